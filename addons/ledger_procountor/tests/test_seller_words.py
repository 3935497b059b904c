# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What stands on an order that Procountor cannot take, in a seller's words."""

from odoo.tests import tagged

from .order_case import ProcountorOrderCase


@tagged("post_install", "-at_install")
class TestSellerWords(ProcountorOrderCase):
    def change_after_reading(self, order):
        """A seller changes what was read back before."""
        self.run_flow(self.reading("order"))
        self.change(order)

    def test_an_order_goes_by_its_own_number_after_it_was_read_back(self):
        order = self.asked(self.change_after_reading)
        self.assertIn(f"{order.name} was changed in Odoo", order.ledger_problem)
        self.assertIn(f"invoice {order.ledger_number}", order.ledger_problem)

    def test_who_has_agreed_is_told_and_not_asked_again(self):
        order = self.asked(self.change_after_reading)
        told = order.action_ledger_agree()
        self.assertEqual(told["tag"], "display_notification")
        self.env.invalidate_all()
        self.assertFalse(order.ledger_question)
        self.assertIn("was agreed to", order.ledger_problem)
        self.push("order")
        self.env.invalidate_all()
        self.assertFalse(order.ledger_problem)

    def test_a_retry_is_told_where_something_failed_and_only_there(self):
        order = self.asked(self.change_after_reading)
        self.assertTrue(order.action_ledger_retry())
        fine = self.order()
        self.assertFalse(fine.action_ledger_retry())

    def test_what_cannot_be_sent_is_a_sentence_and_no_half_of_a_body(self):
        self.tax.copy({"name": "Another tax"})
        unknown = self.env["account.tax"].search([("name", "=", "Another tax")])
        order = self.order(lines=[self.line(tax_ids=unknown.ids)])
        action = order.action_ledger_payload()
        [line] = self.env["ledger.payload"].browse(action["res_id"]).line_ids
        self.assert_readable(line.problem)
        self.assertFalse(line.body or line.told)

    def test_flows_that_are_off_stand_on_the_connection_to_be_switched_on(self):
        form = self.env.ref("ledger_connector_base.ledger_connection_view_form")
        self.assertIn('name="all_flow_ids"', form.arch)
        shown = self.connection.all_flow_ids
        self.assertIn(self.flow("payment"), shown)
        self.assertFalse(self.flow("payment").active)
