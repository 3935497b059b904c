# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tests import Form

from . import books
from .client_case import KEYS, ClientCase


class TestWithoutKeys(ClientCase):
    """Clients without keys are not forgotten."""

    def activate(self):
        """Activate the set-up with a tag of clients."""
        self.plan.category_id = self.client_tag
        self.plan.action_activate()

    def tag(self, client=None, tag=None):
        """Give a client the tag."""
        tag = tag or self.client_tag
        (client or self.client).category_id = [Command.link(tag.id)]

    def asked(self, client=None):
        """Open activities that ask for a client's keys."""
        kind = self.env.ref("ledger_connector_statistics.mail_activity_type_keys")
        activities = (client or self.client).activity_ids
        return activities.filtered(lambda x: x.activity_type_id == kind)

    def lacking(self):
        """Clients in the list of those without keys."""
        partners = self.env["res.partner"].with_company(self.company)
        return partners.search([("ledger_without_keys", "=", True)])

    def test_a_client_tagged_later_appears_in_the_list_and_somebody_is_asked(self):
        self.activate()
        self.tag()
        self.assertEqual(self.lacking(), self.client)
        self.assertTrue(self.client.with_company(self.company).ledger_without_keys)
        self.assertEqual(self.asked().user_id, self.plan.user_id)
        self.assertIn("Test Books", self.asked().note)

    def test_a_client_made_with_the_tag_is_asked_for_as_well(self):
        self.activate()
        client = self._make_client("New OÜ", category_id=[(4, self.client_tag.id)])
        self.assertTrue(self.asked(client))

    def test_tags_below_the_clients_tag_count_too(self):
        self.activate()
        below = self.env["res.partner.category"].create(
            {"name": "Large", "parent_id": self.client_tag.id}
        )
        self.tag(tag=below)
        self.assertTrue(self.asked())

    def test_nobody_is_asked_twice(self):
        self.activate()
        self.tag()
        self.client.category_id = [Command.set(self.client_tag.ids)]
        self.assertEqual(len(self.asked()), 1)

    def test_keys_close_the_activity(self):
        self.activate()
        self.tag()
        self.connect()
        self.assertFalse(self.asked())
        self.assertFalse(self.lacking())

    def store(self, secret="wrong-secret-of-nobody"):
        """Keys that are stored although nothing confirmed them."""
        connections = self.env["ledger.connection"]
        return connections._connect_client(
            self.client,
            {
                "system": books.SYSTEM,
                "environment": "production",
                "custom_url": False,
                "company_id": self.company.id,
                "user_id": self.responsible.id,
            },
            {**KEYS, "secret_key": secret},
        )

    def test_keys_that_were_never_tested_leave_the_client_in_the_list(self):
        self.activate()
        self.tag()
        connection = self.store()
        self.assertEqual(connection.state, "draft")
        self.assertEqual(self.lacking(), self.client)
        self.assertEqual(len(self.asked()), 1)

    def test_keys_that_are_refused_leave_the_client_in_the_list(self):
        self.activate()
        self.tag()
        self.store()._test_now()
        self.assertEqual(self.lacking(), self.client)
        self.assertEqual(len(self.asked()), 1)

    def test_a_test_that_succeeds_takes_the_client_off_the_list(self):
        self.activate()
        self.tag()
        connection = self.store("secret-of-nordvik-01")
        connection._test_now()
        self.assertEqual(connection.state, "ready")
        self.assertFalse(self.lacking())
        self.assertFalse(self.asked())

    def test_keys_of_a_live_client_that_are_refused_later_are_no_missing_keys(self):
        self.activate()
        self.tag()
        connection = self.connect()
        connection.credential_id.set_secrets({"secret_key": "wrong-secret-of-nobody"})
        connection._test_now()
        self.assertEqual(connection.state, "reconnect")
        self.assertFalse(self.lacking(), "the connection asks for them itself")
        self.assertFalse(self.asked())

    def test_a_paused_client_has_keys(self):
        self.activate()
        self.tag()
        self.connect().action_pause()
        self.assertFalse(self.lacking())
        self.assertFalse(self.asked())

    def test_new_keys_that_are_not_tested_after_a_removal_do_not_count(self):
        self.activate()
        self.tag()
        self.connect()._disconnect_client()
        self.store()
        self.assertEqual(self.lacking(), self.client)
        self.assertEqual(len(self.asked()), 1)

    def test_a_tag_that_goes_takes_the_question_back_beside_untested_keys(self):
        self.activate()
        self.tag()
        self.store()
        self.client.category_id = [Command.clear()]
        self.assertFalse(self.asked())
        self.assertNotIn("keys are there", "".join(self.said()))

    def said(self):
        """What stands in the history of the client."""
        return [str(body) for body in self.client.message_ids.mapped("body")]

    def test_removed_keys_ask_again(self):
        self.activate()
        self.tag()
        self.connect()._disconnect_client()
        self.assertTrue(self.asked())
        self.assertEqual(self.lacking(), self.client)

    def test_without_the_tag_nobody_is_asked_any_more(self):
        self.activate()
        self.tag()
        self.client.category_id = [Command.clear()]
        self.assertFalse(self.asked())

    def test_deactivating_takes_the_questions_back(self):
        self.activate()
        self.tag()
        self.plan.action_deactivate()
        self.assertFalse(self.asked())
        self.assertFalse(self.lacking())

    def test_a_user_without_ledger_rights_may_tag_clients(self):
        self.activate()
        user = self._make_user("tagger", "group_ledger_user")
        user.group_ids = self.env.ref("base.group_partner_manager") + self.env.ref(
            "base.group_user"
        )
        self.client.with_user(user).category_id = [Command.link(self.client_tag.id)]
        self.assertTrue(self.asked())

    def test_tagging_costs_no_query_where_no_set_up_names_a_tag(self):
        self.client._ledger_follow_keys()
        with self.assertQueryCount(0):
            self.client._ledger_follow_keys()

    # === CONTACTS OF A CLIENT === #

    def contact(self, client=None):
        """A contact of a client, with the tag that it has inherited."""
        return self.env["res.partner"].create(
            {
                "name": "Mari",
                "parent_id": (client or self.client).id,
                "category_id": [Command.link(self.client_tag.id)],
            }
        )

    def test_a_contact_of_a_connected_company_is_not_without_keys(self):
        self.activate()
        self.connect()
        contact = self.contact().with_company(self.company)
        self.assertFalse(contact.ledger_without_keys)
        self.assertFalse(self.lacking())
        self.assertFalse(self.asked(contact))
        self.assertFalse(self.asked())

    def test_for_a_tagged_contact_the_keys_of_its_company_are_asked_once(self):
        self.activate()
        contacts = self.contact() + self.contact()
        self.tag()
        self.assertEqual(self.lacking(), self.client)
        self.assertEqual(len(self.asked()), 1)
        self.assertFalse(contacts.activity_ids)
        self.connect()
        self.assertFalse(self.asked())
        self.assertFalse(self.lacking())

    def test_a_contact_that_loses_the_tag_or_leaves_ends_the_question(self):
        self.activate()
        contact = self.contact()
        self.assertTrue(self.asked())
        contact.category_id = False
        self.assertFalse(self.asked())
        contact.category_id = self.client_tag
        other = self._make_client("Kask OÜ")
        contact.parent_id = other
        self.assertFalse(self.asked())
        self.assertTrue(self.asked(other))

    def test_keys_that_a_contact_has_are_those_of_its_company(self):
        self.activate()
        contact = self.contact()
        self.connect(contact)
        self.assertFalse(self.asked())
        self.assertFalse(self.lacking())

    # === WHO === #

    def test_naming_the_tag_later_asks_for_clients_who_have_it_already(self):
        connected = self._make_client("Kask OÜ")
        self.tag(connected)
        self.connect(connected)
        self.tag()
        self.plan.action_activate()
        self.assertFalse(self.asked())
        self.plan.category_id = self.client_tag
        self.assertEqual(self.asked().user_id, self.plan.user_id)
        self.assertFalse(self.asked(connected))

    def test_activating_asks_for_clients_who_have_the_tag_already(self):
        self.tag()
        contact = self.contact(self._make_client("Tamm OÜ"))
        self.activate()
        self.assertEqual(len(self.asked()), 1)
        self.assertEqual(len(self.asked(contact.parent_id)), 1)

    def test_a_tag_in_place_of_another_asks_for_its_own_clients_only(self):
        self.activate()
        self.tag()
        new_tag = self.env["res.partner.category"].create({"name": "Books"})
        client = self._make_client("Kask OÜ", category_id=[(4, new_tag.id)])
        self.plan.category_id = new_tag
        self.assertFalse(self.asked())
        self.assertEqual(len(self.asked(client)), 1)

    def test_a_tag_needs_somebody_who_is_asked_for_keys(self):
        self.plan.write({"delivery": "none", "user_id": False})
        self.plan.action_activate()
        with self.assertRaises(ValidationError) as caught:
            self.plan.category_id = self.client_tag
        self.assertIn("choose a user", str(caught.exception))
        self.plan.action_deactivate()
        self.plan.category_id = self.client_tag
        with self.assertRaises(ValidationError):
            self.plan.action_activate()

    def test_the_user_is_to_be_chosen_on_the_screen_as_soon_as_there_is_a_tag(self):
        with Form(self.plan.with_user(self.manager)) as form:
            form.delivery = "none"
            form.category_id = self.client_tag
            form.user_id = self.responsible
        self.assertEqual(self.plan.user_id, self.responsible)

    def test_clients_of_another_company_are_not_meant(self):
        self.activate()
        self.client.company_id = self._make_company("Annet AS")
        self.tag()
        self.assertFalse(self.asked())
