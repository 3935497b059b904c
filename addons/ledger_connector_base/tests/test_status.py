# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What records and connections tell about themselves, and what people decide."""

from odoo import fields
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .screen_case import ScreenCase


@tagged("post_install", "-at_install")
class TestStatus(ScreenCase):
    # === RECORDS === #

    def test_a_partner_tells_how_its_links_stand(self):
        partner = self.env["res.partner"].create({"name": "Fjordlys"})
        self.assertFalse(partner.ledger_state)
        link = self.add_binding("1", record=partner)
        partner.invalidate_recordset()
        self.assertEqual(
            (partner.ledger_state, partner.ledger_binding_count), ("linked", 1)
        )
        link.state = "failed"
        partner.invalidate_recordset()
        self.assertEqual(partner.ledger_state, "attention")

    def test_a_product_tells_how_its_variants_stand(self):
        product = self.env["product.product"].create({"name": "Lamp"})
        self.add_binding("1", "waiting", record=product)
        template = product.product_tmpl_id
        self.assertEqual(
            (template.ledger_state, template.ledger_binding_count), ("attention", 1)
        )
        self.assertEqual(
            template.action_ledger_bindings()["domain"][1],
            ("res_id", "in", product.ids),
        )

    def test_records_are_found_by_how_their_links_stand(self):
        linked, failed, free = self.env["res.partner"].create(
            [{"name": "Linked"}, {"name": "Failed"}, {"name": "Free"}]
        )
        self.add_binding("1", record=linked)
        self.add_binding("2", "failed", record=failed)
        everyone = linked + failed + free
        for state, expected in (
            ("linked", linked),
            ("attention", failed),
            (False, free),
        ):
            found = self.env["res.partner"].search(
                [("ledger_state", "=", state), ("id", "in", everyone.ids)]
            )
            self.assertEqual(found, expected, state)
        found = self.env["res.partner"].search(
            [("ledger_state", "!=", False), ("id", "in", everyone.ids)]
        )
        self.assertEqual(found, linked + failed)

    def test_a_lost_answer_is_awaited_and_asks_nothing_of_anybody(self):
        lost, doubtful, both = self.env["res.partner"].create(
            [{"name": "Lost"}, {"name": "Doubtful"}, {"name": "Both"}]
        )
        self.add_binding("1", "uncertain", record=lost)
        self.add_binding("2", "uncertain", record=doubtful).owner = "record"
        self.add_binding("3", "uncertain", record=both)
        self.add_binding("4", "failed", record=both, resource="supplier")
        everyone = lost + doubtful + both
        self.assertEqual(
            everyone.mapped("ledger_state"), ["awaited", "attention", "attention"]
        )
        for state, expected in (("awaited", lost), ("attention", doubtful + both)):
            found = self.env["res.partner"].search(
                [("ledger_state", "=", state), ("id", "in", everyone.ids)]
            )
            self.assertEqual(found, expected, state)

    def test_people_outside_the_groups_learn_nothing_and_meet_no_error(self):
        partner = self.env["res.partner"].create({"name": "Fjordlys"})
        self.add_binding("1", "failed", record=partner)
        seen = partner.with_user(self.plain)
        self.assertFalse(seen.ledger_state)
        self.assertFalse(seen.search([("ledger_state", "=", "attention")]))

    # === DASHBOARD === #

    def test_links_are_counted_by_what_they_ask_of_people(self):
        states = "linked linked waiting due failed uncertain candidate ignored"
        for number, state in enumerate(states.split()):
            self.add_binding(str(number), state)
        self.add_cause("limit", "wait")
        self.add_cause("value:tax:3")
        info = self.connection.with_user(self.responsible).dashboard
        self.assertEqual(
            [info[name] for name in ("linked", "waiting", "failed", "decide")],
            [2, 2, 2, 1],
        )
        self.assertEqual(self.connection.binding_count, 8)
        # What goes on by itself is nobody's work.
        self.assertEqual((info["causes"], self.connection.cause_count), (1, 1))

    def test_links_show_on_the_card_as_long_as_something_is_or_was_kept_in_step(self):
        self.assertTrue(self.connection.dashboard["records"])
        self.connection.flow_ids.active = False
        self.env.invalidate_all()
        self.assertFalse(self.connection.dashboard["records"])
        self.add_binding("1")
        self.env.invalidate_all()
        self.assertTrue(self.connection.dashboard["records"])

    def test_each_number_of_the_card_opens_just_those_records(self):
        for number, state in enumerate(("linked", "waiting", "failed", "candidate")):
            self.add_binding(str(number), state)
        for action, count in (
            (self.connection.action_open_bindings(), 4),
            (self.connection.action_open_waiting(), 1),
            (self.connection.action_open_candidates(), 1),
        ):
            found = self.env["ledger.binding"].search_count(action["domain"])
            self.assertEqual(found, count, action["domain"])

    def test_bars_follow_the_number_of_records_and_wear_the_color_of_the_state(self):
        self.add_job(received=200)
        self.add_job("failed", received=0)
        self.add_job("partial", received=100, failed=7)
        self.add_job("pending", ended_at=False)
        bars = self.connection.dashboard_graph
        self.assertEqual([bar["height"] for bar in bars], [100, 8, 50])
        self.assertEqual(
            [bar["color"] for bar in bars], ["bg-success", "bg-danger", "bg-warning"]
        )
        self.assertIn("100 read, 7 failed", bars[2]["title"])
        self.assertEqual(self.connection.dashboard["open_jobs"], 1)

    def test_a_matching_that_found_nothing_is_a_done_step(self):
        self.assertFalse(self.connection.is_matched)
        self.add_job(trigger="match")
        self.connection.invalidate_recordset()
        self.assertTrue(self.connection.is_matched)

    def test_calls_left_come_from_the_narrowest_window_that_still_runs(self):
        now = fields.Datetime.now().timestamp()
        for kind, started, used, allowed in (
            ("day", now - 100_000, 990, 1000),
            ("vendor", now, 20, 100),
        ):
            self._insert(
                "ledger.budget",
                credential_id=self.credential.id,
                kind=kind,
                seconds=86400,
                started=started,
                used=used,
                allowed=allowed,
            )
        budget = self.connection.with_user(self.responsible).dashboard["budget"]
        self.assertEqual(budget, "80 of 100 calls left")

    def test_a_cause_opens_the_place_where_it_is_mended(self):
        value = self.add_cause("value:tax:3").action_open_place()
        self.assertEqual(value["res_model"], "ledger.value.mapping")
        self.assertIn(("remote_code", "=", "3"), value["domain"])
        field = self.add_cause("convert:email").action_open_place()
        self.assertEqual(field["res_model"], "ledger.field.mapping")
        flow = self.add_cause(f"deletions:{self.flow.id}").action_open_place()
        self.assertEqual(
            (flow["res_model"], flow["res_id"]), ("ledger.flow", self.flow.id)
        )
        keys = self.add_cause("reconnect:auth:401", "reconnect").action_open_place()
        self.assertEqual(keys["res_model"], "ledger.connection")
        held = self.add_cause("odoo:no", "record")
        self.add_binding("1", "failed", cause_id=held.id)
        self.assertEqual(held.action_open_place()["res_model"], "ledger.binding")

    # === CHOICES === #

    def add_value(self, code, **values):
        return self.env["ledger.value.mapping"].create(
            {
                "connection_id": self.connection.id,
                "kind": "tax",
                "remote_code": code,
                **values,
            }
        )

    def add_tax(self, company):
        return self.env["account.tax"].search(
            [("company_id", "=", company.id)], limit=1
        )

    def test_a_counterpart_chosen_by_a_person_is_no_suggestion(self):
        tax = self.add_tax(self.company)
        chosen, confirmed = self.add_value("3"), self.add_value("5")
        (chosen + confirmed).write({"res_id": tax.id, "is_suggested": True})
        self.assertEqual((chosen + confirmed).mapped("is_suggested"), [True, True])
        confirmed.with_user(self.responsible).action_confirm()
        chosen.with_user(self.responsible).res_id = tax.id
        self.assertEqual((chosen + confirmed).mapped("is_suggested"), [False, False])

    def test_a_counterpart_of_another_company_is_refused_in_words(self):
        other = self._make_company("Other AS")
        value = self.add_value("3")
        with self.assertRaises(ValidationError) as refusal:
            value.res_id = self.add_tax(other).id
        self.assert_readable(str(refusal.exception).replace("”", ""))
        self.assertIn("Fjordlys Test AS", str(refusal.exception))

    def test_what_is_still_unmapped_stands_first(self):
        mapped = self.add_value("1", is_nothing=True)
        unmapped = self.add_value("2")
        lines = self.env["ledger.value.mapping"].search(
            [("connection_id", "=", self.connection.id)]
        )
        self.assertEqual(lines, unmapped + mapped)
        action = self.connection.action_open_unmapped()
        found = self.env["ledger.value.mapping"].search(action["domain"])
        self.assertEqual(found, unmapped)

    def test_a_decision_needs_a_record_to_link_to(self):
        link = self.add_binding("1", "candidate")
        wizard = self.env["ledger.match.decision"].create({"binding_id": link.id})
        with self.assertRaises(UserError) as refusal:
            wizard.action_apply()
        self.assert_readable(str(refusal.exception))
        self.assertEqual(link.state, "candidate")

    def test_a_decision_links_the_proposed_record(self):
        partner = self.env["res.partner"].create({"name": "Fjordlys"})
        link = self.add_binding("1", "candidate", record=partner)
        wizard = self.env["ledger.match.decision"].create({"binding_id": link.id})
        self.assertEqual((wizard.res_model, wizard.res_id), ("res.partner", partner.id))
        wizard.action_apply()
        self.assertEqual((link.state, link.res_id), ("due", partner.id))

    def test_a_record_left_out_asks_nothing_any_more(self):
        link = self.add_binding("1", "failed", error="No name.")
        self.env["ledger.match.decision"].create(
            {"binding_id": link.id, "choice": "ignore"}
        ).action_apply()
        self.assertEqual((link.state, link.error), ("ignored", False))
