# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What people see and press where Odoo sends: conflicts, uncertain records, buttons."""

from types import SimpleNamespace

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..sync.conflict import Conflict
from ..sync.entities import ENTITIES
from ..sync.problems import Problem
from ..sync.run import Item
from ..wizards.ledger_preview_texts import PullTexts
from .screen_case import ScreenCase

SENDING_MODELS = ("res.partner", "product.template", "product.product", "account.move")


@tagged("post_install", "-at_install")
class TestSendingScreens(ScreenCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.push = cls._insert_flow("push", compared_at="2026-01-01 00:00:00")
        cls.partner = cls.env["res.partner"].create(
            {"name": "Fjordlys", "email": "odoo@example.com"}
        )

    def noted(self):
        """Ids of the partners that wait to be sent."""
        rows = self.env["ledger.outbox"].search([("flow_id", "=", self.push.id)])
        return rows.mapped("res_id")

    # === CONFLICTS === #

    def test_what_both_sides_had_before_outlives_another_change_there(self):
        binding = self.add_binding("1", "conflict", record=self.partner)
        conflict = self.add_conflict(binding)
        item = Item(
            resource="customer",
            external_id="1",
            name="Fjordlys",
            data={},
            values=(),
            digest="",
            plan=SimpleNamespace(entity=ENTITIES["partner"]),
        )
        item.conflicts.append(
            Conflict("email", "odoo@example.com", "newer@example.com", "x", "system")
        )
        self.env["ledger.conflict"]._note(self.connection, item, set())
        self.assertEqual(
            (conflict.base_text, conflict.system_text),
            ("old@example.com", "newer@example.com"),
        )

    def test_people_outside_the_groups_decide_nothing(self):
        conflict = self.add_conflict(self.add_binding("1", "conflict"))
        with self.assertRaises(AccessError):
            conflict.with_user(self.plain).action_take_odoo()
        self.assertEqual(conflict.state, "open")

    def test_a_record_in_conflict_leads_to_its_open_conflicts(self):
        binding = self.add_binding("1", "conflict")
        action = binding.with_user(self.responsible).action_decide_conflicts()
        self.assertEqual(action["res_model"], "ledger.conflict")
        self.assertIn(("binding_id", "in", binding.ids), action["domain"])
        self.assertTrue(action["context"]["search_default_open"])

    # === CAUSES === #

    def test_the_cause_of_conflicts_leads_to_them_and_outlives_a_sweep(self):
        cause = self.add_cause("conflict", "record")
        action = cause.with_user(self.responsible).action_open_place()
        self.assertEqual(action["res_model"], "ledger.conflict")
        self.env["ledger.cause"]._sweep(self.connection)
        self.assertTrue(cause.exists())

    def test_a_value_without_a_code_leads_to_the_codes_that_could_stand_for_it(self):
        kind = {"connection_id": self.connection.id, "kind": "payment_term"}
        term, other = self.env["account.payment.term"].create(
            [{"name": "10 days"}, {"name": "20 days"}]
        )
        free, mine, taken = self.env["ledger.value.mapping"].create(
            [
                {**kind, "remote_code": "free"},
                {**kind, "remote_code": "mine", "res_id": term.id},
                {**kind, "remote_code": "taken", "res_id": other.id},
            ]
        )
        cause = self.add_cause(f"code:payment_term:{term.id}")
        action = cause.with_user(self.responsible).action_open_place()
        found = self.env[action["res_model"]].search(action["domain"])
        self.assertEqual(found, free + mine)
        self.assertNotIn(taken, found)

    def test_the_summary_of_an_activity_ends_between_words(self):
        sentence = "Customer Fjordlys cannot be sent as it is. " * 5
        cause = self.add_cause("some", "record", sentence.strip())
        cause._schedule_activity()
        summary = cause.activity_id.summary
        self.assertLessEqual(len(summary), 120)
        self.assertTrue(summary.endswith("…"))
        kept = summary.removesuffix("…")
        self.assertTrue(sentence.startswith(f"{kept} "), summary)

    def test_an_activity_says_what_its_cause_says_by_now(self):
        causes = self.env["ledger.cause"]
        for count in (9, 7):
            problem = Problem("record", f"{count} values.", cause="some")
            cause = causes._note(self.connection, problem)
        self.assertEqual(cause.activity_id.summary, "7 values.")

    # === UNCERTAIN RECORDS === #

    def add_uncertain(self):
        """A partner that was sent and whose answer was lost."""
        return self.add_binding(
            False,
            "uncertain",
            record=self.partner,
            intent={"kind": "create", "whole": {"name": "Fjordlys"}},
            tries=2,
        )

    def test_a_person_says_which_record_there_an_uncertain_one_became(self):
        binding = self.add_uncertain()
        proposal = self.add_binding("77", "candidate")
        binding.with_user(self.responsible).action_link_to("77")
        self.assertEqual(
            (binding.external_id, binding.state, binding.sent, binding.tries),
            ("77", "due", {"name": "Fjordlys"}, 0),
        )
        self.assertFalse(binding.intent)
        self.assertFalse(proposal.exists())
        self.assertEqual(self.noted(), self.partner.ids)

    def test_an_uncertain_record_does_not_take_another_ones_place(self):
        binding = self.add_uncertain()
        other = self.env["res.partner"].create({"name": "Other"})
        theirs = self.add_binding("77", record=other)
        with self.assertRaises(UserError) as caught:
            binding.with_user(self.responsible).action_link_to("77")
        self.assertIn("Customer 77", str(caught.exception))
        self.assertEqual((binding.state, theirs.state), ("uncertain", "linked"))
        self.assertFalse(self.noted())

    def test_what_is_known_to_be_there_is_not_linked_by_hand(self):
        binding = self.add_binding("1", record=self.partner)
        with self.assertRaises(UserError):
            binding.with_user(self.responsible).action_link_to("77")
        self.assertEqual(binding.external_id, "1")

    def test_people_outside_the_groups_link_nothing(self):
        binding = self.add_uncertain()
        with self.assertRaises(AccessError):
            binding.with_user(self.plain).action_link_to("77")

    def test_what_was_deleted_there_is_made_again_only_where_a_flow_sends_it(self):
        gone = self.add_binding("1", "gone", record=self.partner)
        linked = self.add_binding("2", record=self.partner, alias=True)
        self.assertEqual((gone + linked).mapped("can_create_there"), [True, False])
        self.push.active = False
        (gone + linked).invalidate_recordset()
        self.assertEqual((gone + linked).mapped("can_create_there"), [False, False])

    def test_what_the_system_was_told_is_for_managers(self):
        binding = self.add_binding("1", sent={"name": "Fjordlys", "isInactive": False})
        seen = binding.with_user(self.manager).sent_text
        self.assertEqual(seen, "name: Fjordlys\nisInactive: False")
        with self.assertRaises(AccessError):
            binding.with_user(self.responsible).read(["sent_text"])

    # === WHAT WAITS TO BE SENT === #

    def test_what_waits_is_counted_once_and_opened_from_the_card(self):
        outbox = self.env["ledger.outbox"]
        outbox._note([self.push.id] * 2, self.partner.ids * 2)
        self.add_conflict(self.add_binding("1", "conflict"))
        connection = self.connection.with_user(self.responsible)
        self.assertEqual(
            [connection.dashboard[name] for name in ("outgoing", "conflicts")], [1, 1]
        )
        self.assertEqual((connection.outgoing_count, connection.conflict_count), (1, 1))
        action = connection.action_open_outgoing()
        found = self.env[action["res_model"]].search(action["domain"])
        self.assertEqual(found, self.partner)
        conflicts = connection.action_open_conflicts()
        self.assertEqual(conflicts["res_model"], "ledger.conflict")

    def test_a_record_that_waits_wears_its_status_before_it_has_a_link(self):
        self.env["ledger.outbox"]._note(self.push.ids, self.partner.ids)
        partner = self.partner.with_user(self.responsible)
        partner = partner.with_context(allowed_company_ids=self.company.ids)
        self.assertEqual(
            (partner.ledger_state, partner.ledger_binding_count), ("outgoing", 0)
        )

    def test_what_cannot_be_sent_does_not_wear_the_status_of_what_waits(self):
        address = self.env["res.partner"].create(
            {"name": "Ramp 3", "parent_id": self.partner.id, "type": "delivery"}
        )
        both = self.partner + address
        self.env["ledger.outbox"]._note(self.push.ids * 2, both.ids)
        both = both.with_user(self.responsible)
        both = both.with_context(allowed_company_ids=self.company.ids)
        self.assertEqual(both.mapped("ledger_state"), ["outgoing", False])
        found = both.search([("ledger_state", "=", "outgoing"), ("id", "in", both.ids)])
        self.assertEqual(found, both[:1])

    # === SEND TO LEDGER === #

    def sending_actions(self, model, user):
        """Server actions of *model* by which *user* sends records."""
        bound = self.env["ir.actions.actions"].with_user(user).get_bindings(model)
        ids = [action["id"] for action in bound.get("action", ())]
        actions = self.env["ir.actions.server"].browse(ids).exists()
        return actions.filtered(lambda x: "action_ledger_push" in (x.code or ""))

    def test_records_are_sent_from_lists_and_forms_by_users_only(self):
        for model in SENDING_MODELS:
            with self.subTest(model=model):
                action = self.sending_actions(model, self.responsible)
                self.assertEqual(action.mapped("binding_view_types"), ["list,form"])
                self.assertFalse(self.sending_actions(model, self.plain))

    def test_a_chosen_record_is_noted_whatever_the_filter_says(self):
        self.push.domain = "[('name', '=', 'Nobody')]"
        action = self.sending_actions("res.partner", self.responsible)
        result = (
            action.with_user(self.responsible)
            .with_context(
                active_model="res.partner",
                active_id=self.partner.id,
                active_ids=self.partner.ids,
                allowed_company_ids=self.company.ids,
            )
            .run()
        )
        self.assertEqual(result["tag"], "display_notification")
        [row] = self.env["ledger.outbox"].search([("flow_id", "=", self.push.id)])
        self.assertEqual((row.res_id, row.asked), (self.partner.id, True))

    # === CONNECTIONS AND CREDENTIALS === #

    def test_many_connections_are_tested_at_once_and_summed_up(self):
        other = self._insert(
            "ledger.connection",
            name="Other books",
            system="any",
            state="draft",
            active=True,
            remote_company_id="2",
            credential_id=self.credential.id,
            company_id=self.company.id,
            user_id=self.responsible.id,
        )
        both = (self.connection + other).with_user(self.manager)
        shown = both.action_test_connections()["params"]
        self.assertEqual(shown["type"], "danger")
        for part in ("0 of 2", "Books: The connector", "Other books: The connector"):
            self.assertIn(part, shown["message"])
        with self.assertRaises(AccessError):
            both.with_user(self.responsible).action_test_connections()

    def test_keys_of_a_missing_connector_keep_their_technical_names(self):
        self.credential.secret_hint = "first_token …abcd, second_token …"
        self.assertEqual(self.credential.keys_set, "first_token …abcd, second_token …")

    # === PREVIEW === #

    def test_a_preview_leaves_out_what_every_new_record_has(self):
        for name, converter in (
            ("name", "text"),
            ("active", "not"),
            ("type", "constant"),
            ("customer_rank", "rank"),
        ):
            self._insert(
                "ledger.field.mapping",
                flow_id=self.flow.id,
                resource="customer",
                remote_path=name,
                field_path=name,
                converter=converter,
                apply="always",
                active=True,
            )
        change = {
            "resource": "customer",
            "model": "res.partner",
            "action": "created",
            "changes": {
                "name": (None, "Fjordlys"),
                "active": (None, True),
                "type": (None, "contact"),
                "customer_rank": (None, 1),
                "company_id": (None, self.company.id),
            },
        }
        texts = PullTexts(self.flow)
        self.assertEqual(list(texts.of(change)), [("Name", "", "Fjordlys")])
        change["changes"] = {"active": (True, False)}
        change["action"] = "updated"
        self.assertEqual(list(texts.of(change)), [("Active", "yes", "no")])
