# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What people press about records that are sent, with a real system behind it."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.ledger_connector_base.sync.lookups import Lookups
from odoo.addons.ledger_connector_base.tests.conformance_case import ConformanceCase

from .stand_in import TripletexBooks


@tagged("post_install", "-at_install")
class TestSendingScreens(ConformanceCase):
    stand_in = TripletexBooks

    def setUp(self):
        super().setUp()
        self.push_flow("partner", conflict_policy="ask")

    def send_one(self, name="Bergen Bygg AS", **values):
        """A customer that both sides have and agree on."""
        customer = self.customer(name, **values)
        self.push()
        self.pull()
        return customer

    def there(self, customer):
        """What the system has of *customer*."""
        number = int(self.link_of(customer).external_id)
        return self.books.world.object("customer", number)

    def edit_both(self, customer, field, here, there):
        """Change one field on both sides; returns the conflict."""
        self.books.change_customer(self.link_of(customer).external_id, **{field: there})
        customer[field] = here
        self.pull()
        return self.link_of(customer).conflict_ids

    def pressed(self, record, method, *args):
        """Press a button as the responsible user."""
        with self.committing(self.responsible) as env:
            return getattr(record.with_env(env), method)(*args)

    # === CONFLICTS === #

    def test_keeping_odoos_value_brings_it_to_the_system(self):
        customer = self.send_one(email="old@example.com")
        conflict = self.edit_both(customer, "email", "a@example.com", "b@example.com")
        self.assertEqual(
            (conflict.base_text, conflict.odoo_text, conflict.system_text),
            ("old@example.com", "a@example.com", "b@example.com"),
        )
        self.pressed(conflict, "action_take_odoo")
        self.assertEqual((conflict.state, conflict.decided_by), ("odoo", "person"))
        self.assertEqual(conflict.user_id, self.responsible)
        self.push()
        self.assertEqual(self.there(customer)["email"], "a@example.com")
        self.assertEqual(customer.email, "a@example.com")
        self.assertEqual(conflict.system_text, "b@example.com")

    def test_taking_the_systems_value_writes_it_and_sends_nothing(self):
        customer = self.send_one(email="old@example.com")
        conflict = self.edit_both(customer, "email", "a@example.com", "b@example.com")
        self.pressed(conflict, "action_take_system")
        customer.invalidate_recordset()
        self.assertEqual(customer.email, "b@example.com")
        self.assertEqual(self.link_of(customer).state, "linked")
        self.books.world.clear_calls()
        self.push()
        self.assertFalse(self.books.world.count_calls(method="PUT"))
        self.assertEqual(conflict.odoo_text, "a@example.com")

    def test_a_decision_is_remembered_for_that_field_only(self):
        customer = self.send_one(email="old@example.com")
        conflict = self.edit_both(customer, "email", "a@example.com", "b@example.com")
        self.pressed(conflict, "action_always_odoo")
        lines = self.connection.with_context(active_test=False).flow_ids.mapping_ids
        remembered = lines.filtered("conflict_policy")
        self.assertEqual(set(remembered.mapped("field_path")), {"email"})
        self.assertEqual(set(remembered.mapped("resource")), {"customer"})
        self.assertEqual(set(remembered.mapped("conflict_policy")), {"odoo"})

    def test_the_cause_of_conflicts_stands_until_the_last_is_decided(self):
        customer = self.send_one(email="old@example.com")
        conflict = self.edit_both(customer, "email", "a@example.com", "b@example.com")
        self.pull()
        self.push()
        self.assertEqual(self.connection.cause_ids.mapped("key"), ["conflict"])
        self.pressed(conflict, "action_take_odoo")
        self.assertFalse(self.connection.cause_ids)
        self.assertFalse(self.activities(self.connection))

    # === WHICH ONE IS IT === #

    def choose(self, binding, external_id):
        """Answer the question which of the system's records it is."""
        with self.committing(self.responsible) as env:
            action = binding.with_env(env).action_choose_there()
            wizard = env[action["res_model"]].browse(action["res_id"])
            wizard.external_id = external_id
            wizard.action_apply()

    def add_uncertain(self):
        """A customer that arrived twice, so that nobody knows which one it is."""
        customer = self.customer(street=False, zip=False, city=False, country_id=False)
        binding = self.env["ledger.binding"].create(
            {
                "connection_id": self.connection.id,
                "company_id": self.company.id,
                "entity": "partner",
                "resource": "customer",
                "label": customer.name,
                "res_model": customer._name,
                "res_id": customer.id,
                "state": "uncertain",
                "owner": "record",
            }
        )
        return binding, self.books.add_customer(customer.name)

    def test_a_record_that_the_system_has_can_be_chosen(self):
        binding, external_id = self.add_uncertain()
        self.choose(binding, f" {external_id} ")
        self.assertEqual((binding.external_id, binding.state), (external_id, "due"))
        self.pull()
        self.assertEqual(binding.state, "linked")

    def test_an_id_that_the_system_does_not_have_links_nothing(self):
        binding, _external_id = self.add_uncertain()
        with self.assertRaises(UserError) as caught:
            self.choose(binding, "99999999")
        self.assert_readable(str(caught.exception))
        self.assertEqual((binding.external_id, binding.state), (False, "uncertain"))

    def test_a_system_that_does_not_answer_links_nothing(self):
        binding, external_id = self.add_uncertain()
        self.books.world.fault("customer", status=500)
        with self.assertRaises(UserError) as caught:
            self.choose(binding, external_id)
        self.assert_readable(str(caught.exception))
        self.assertEqual(binding.state, "uncertain")

    def chosen(self, **values):
        """A customer that was linked by hand, with these values there."""
        binding, external_id = self.add_uncertain()
        self.books.change_customer(external_id, **values)
        # As it was sent before the answer was lost.
        outgoing = self.push_flow("partner")._outgoing()["customer"]
        partner = self.env["res.partner"].browse(binding.res_id)
        lookups = Lookups(self.env, self.connection.id)
        binding.intent = {"whole": outgoing.flat(lookups, partner)}
        self.choose(binding, external_id)
        self.books.forget_calls()
        return partner, binding

    def test_the_first_change_after_a_choice_names_the_version_that_was_read(self):
        for reads in (True, False):
            self.flow("partner").active = reads
            partner, binding = self.chosen()
            partner.phone = "22334455"
            self.push()
            (call,) = self.books.world.calls(method="PUT")
            self.assertGreater(call["body"]["version"], 0, reads)
            self.assertEqual(self.there(partner)["phoneNumber"], "22334455")
            self.assertTrue(binding.remote_version)

    def test_a_choice_writes_over_nothing_that_a_colleague_entered_there(self):
        partner, binding = self.chosen(phoneNumber="99887766")
        partner.phone = "22334455"
        self.push()
        self.assertEqual(self.there(partner)["phoneNumber"], "99887766")
        self.assertEqual(binding.conflict_ids.mapped("field_name"), ["phone"])

    # === PREVIEW === #

    def previewed(self, entity="partner"):
        """Lines of the preview of what would be sent."""
        self.env.cr.precommit.run()
        with self.committing(self.responsible) as env:
            flow = self.push_flow(entity).with_env(env)
            preview = flow.env["ledger.preview"].browse(flow.action_preview()["res_id"])
            return preview.direction, [
                (line.name, line.action, line.changes) for line in preview.line_ids
            ]

    def test_a_preview_tells_what_would_be_sent_in_the_words_of_odoo(self):
        old = self.send_one(email="old@example.com", phone="55 55 55 55")
        old.write({"email": "new@example.com", "phone": False})
        self.customer("Oslo Olje AS", email="olje@example.com")
        direction, lines = self.previewed()
        self.assertEqual(direction, "push")
        shown = {name: (action, text) for name, action, text in lines}
        action, text = shown[self.link_of(old).label]
        self.assertEqual(action, "updated")
        self.assertIn("Email: old@example.com → new@example.com", text)
        self.assertIn("Phone: 55 55 55 55 → (empty)", text)
        action, text = shown["Oslo Olje AS"]
        self.assertEqual(action, "created")
        self.assertEqual(text.count("olje@example.com"), 1)
        self.assertIn("Country: NO", text)
        for hidden in ("Active", "Rank", "isInactive", "postalAddress"):
            self.assertNotIn(hidden, text)
        self.assertFalse(self.link_of(self.env["res.partner"].browse(old.id)).error)

    # === CONNECTIONS AND CREDENTIALS === #

    def test_connections_that_work_are_counted(self):
        with self.committing(self.manager) as env:
            action = self.connection.with_env(env).action_test_connections()
        self.assertEqual(action["params"]["type"], "success")
        self.assertIn("1 of 1", action["params"]["message"])

    def test_keys_that_are_set_go_by_the_vendors_names(self):
        shown = self.connection.credential_id.keys_set
        self.assertIn("Consumer token …", shown)
        self.assertNotIn("consumer_token", shown)
