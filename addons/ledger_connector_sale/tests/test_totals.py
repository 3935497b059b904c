# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What is booked there of an order has the total that the order has here."""

from odoo.tests import tagged

from odoo.addons.ledger_connector_base.sync.run import Run

from ..order import Order
from .order_case import OrderCase


@tagged("post_install", "-at_install")
class TestTotals(OrderCase):
    def problem(self, order, theirs):
        """What is said if the vendor booked *theirs*; "" for nothing."""
        run = Run(self.env, self.orders, dry=True)
        found = Order().check_answer(run, order, {"ledger_amount_total": theirs})
        return found.sentence if found else ""

    def test_another_total_is_named_with_both_amounts(self):
        order = self.order()
        said = self.problem(order, 900.0)
        self.assert_readable(said)
        self.assertIn(order.name, said)
        self.assertIn("900.00", said)
        self.assertIn("1,000.00", said.replace("\N{NO-BREAK SPACE}", " "))

    def test_the_same_total_is_no_news(self):
        self.assertEqual(self.problem(self.order(), 1000.0), "")

    def test_a_vendor_that_tells_no_total_is_not_asked_for_one(self):
        self.assertEqual(self.problem(self.order(), None), "")

    def test_a_down_payment_does_not_change_what_was_sent(self):
        order = self.order()
        self.invoice(order, method="percentage", amount=10)
        self.assertTrue(order.order_line.filtered("is_downpayment"))
        self.assertEqual(self.problem(order, 1000.0), "")

    def test_what_the_ledger_gave_is_not_copied_to_another_order(self):
        order = self.order()
        order.write(
            {
                "ledger_number": "1045",
                "ledger_stage": "sent",
                "ledger_reference": "10453",
                "ledger_amount_total": 1000.0,
            }
        )
        copy = order.copy()
        self.assertFalse(copy.ledger_number or copy.ledger_stage)
        self.assertFalse(copy.ledger_reference or copy.ledger_amount_total)

    def test_what_the_ledger_gave_is_not_sent_back(self):
        order = self.sent()
        order.write({"ledger_number": "1045", "ledger_stage": "sent"})
        self.env.cr.precommit.run()
        self.assertEqual(self.orders.outbox_count, 0)
