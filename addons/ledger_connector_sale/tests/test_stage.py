# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""How far an order has to come before it is sent."""

import re
from datetime import date

from odoo.exceptions import UserError
from odoo.tests import tagged

from .order_case import OrderCase

#: Tables that a query reads or writes.
TABLE = re.compile(r'(?:FROM|JOIN|INTO|UPDATE)\s+"?(\w+)')


@tagged("post_install", "-at_install")
class TestStage(OrderCase):
    def stage(self, name):
        """From now on orders are sent at this stage."""
        self.orders.order_stage = name

    def deliver(self, order, share=1.0):
        for line in order.order_line:
            line.qty_delivered = line.product_uom_qty * share
        # As at the end of a transaction.
        self.env.cr.flush()

    def assert_waits(self):
        self.push("order")
        self.assertEqual(self.orders_there(), 0)

    def assert_sent(self, order):
        self.push("order")
        self.assertEqual(self.order_link(order).state, "linked")
        self.assertEqual(self.orders_there(), 1)

    # === DELIVERED === #

    def test_an_order_waits_until_all_is_delivered(self):
        self.stage("delivered")
        order = self.order()
        self.assert_waits()
        self.deliver(order, 0.5)
        self.assert_waits()
        self.deliver(order)
        self.assert_sent(order)

    def test_nobody_delivers_sections_discounts_and_down_payments(self):
        self.stage("delivered")
        order = self.order(
            lines=[
                {"display_type": "line_section", "name": "Kontor"},
                self.line(),
                self.line(name="Rabatt", product_uom_qty=1, price_unit=-50),
            ]
        )
        self.invoice(order, method="fixed", fixed_amount=10)
        order.order_line.filtered(lambda x: x.price_unit > 0)[0].qty_delivered = 2
        self.assert_sent(order)

    def test_a_person_cannot_send_an_order_before_its_stage(self):
        self.stage("delivered")
        early, late = self.order(), self.order()
        self.deliver(late)
        orders = self.env["sale.order"].with_user(self.responsible)
        with self.assertRaisesRegex(UserError, f"{early.name}.*all is delivered"):
            orders.browse(early.ids).action_ledger_push()
        said = orders.browse((early + late).ids).action_ledger_push()
        self.assertIn("1 of 2", said["params"]["message"])
        self.run_lanes()
        self.assertTrue(self.order_link(late))
        self.assertFalse(self.order_link(early))

    def test_an_old_delivered_order_is_not_sent_for_an_edit(self):
        self.orders.active = False
        order = self.order()
        self.deliver(order)
        self.env.flush_all()
        self.push_flow("order", order_stage="delivered")
        order.client_order_ref = "PO 1"
        self.assert_waits()

    def test_delivering_an_old_order_does_not_send_it_where_confirming_does(self):
        self.orders.active = False
        order = self.order()
        self.push_flow("order")
        self.deliver(order)
        self.assert_waits()

    def test_an_order_cancelled_before_it_was_delivered_is_not_sent(self):
        self.stage("delivered")
        order = self.order()
        self.deliver(order)
        order._action_cancel()
        self.assert_waits()

    # === PAID === #

    def test_an_order_waits_until_it_is_paid(self):
        self.stage("paid")
        order = self.order()
        self.assert_waits()
        payment = self.pay(order, state="pending")
        self.assert_waits()
        payment.state = "done"
        self.assert_sent(order)

    def test_a_part_of_the_total_does_not_pay_an_order(self):
        self.stage("paid")
        order = self.order()
        self.pay(order, amount=order.amount_total - 1)
        self.assert_waits()
        self.pay(order, amount=1)
        self.assert_sent(order)

    def test_a_quotation_that_is_paid_goes_when_it_is_confirmed(self):
        self.stage("paid")
        quotation = self.quotation()
        self.pay(quotation)
        self.assert_waits()
        quotation.action_confirm()
        self.assert_sent(quotation)

    def test_lists_find_paid_orders_as_the_orders_say(self):
        paid, part, foreign, blocked, unpaid = (self.order() for _no in range(5))
        self.pay(paid)
        self.pay(part, amount=5)
        self.pay(foreign).currency_id = self.env.ref("base.EUR")
        payment = self.pay(blocked, state="pending")
        # No provider here can reserve an amount without taking it.
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE payment_transaction SET state = 'authorized' WHERE id = %s",
            [payment.id],
        )
        self.env.invalidate_all()
        orders = paid + part + foreign + blocked + unpaid
        for value in (True, False):
            domain = [("id", "in", orders.ids), ("ledger_is_paid", "=", value)]
            found = self.env["sale.order"].search(domain)
            self.assertEqual(found, orders.filtered_domain(domain))
        self.assertEqual(orders.filtered("ledger_is_paid"), paid)
        self.assertEqual(unpaid.ledger_paid_on, False)

    def test_the_day_of_payment_is_that_of_the_last_transaction(self):
        self.company.partner_id.tz = "Europe/Helsinki"
        order = self.order()
        self.pay(order, 1).last_state_change = "2026-03-01 12:00:00"
        self.pay(order).last_state_change = "2026-03-02 22:30:00"
        self.assertEqual(order.ledger_paid_on, date(2026, 3, 3))

    # === DATES === #

    def test_the_invoice_date_is_the_order_day_where_the_company_is(self):
        self.company.partner_id.tz = "Europe/Helsinki"
        order = self.order()
        order.date_order = "2026-03-01 22:30:00"
        self.assertEqual(order.ledger_date_invoice, date(2026, 3, 2))
        self.assertEqual(order.ledger_date_due, date(2026, 3, 2))

    def test_where_no_company_says_where_it_is_the_day_is_that_of_its_books(self):
        self.company.partner_id.tz = False
        self.env.user.tz = "America/New_York"
        order = self.order()
        order.date_order = "2026-03-01 23:30:00"
        self.assertEqual(order.ledger_date_invoice, date(2026, 3, 2))

    def test_the_due_date_is_that_of_the_payment_term(self):
        order = self.order()
        order.payment_term_id = self.env.ref("account.account_payment_term_30days")
        order.date_order = "2026-03-01 10:00:00"
        self.assertEqual(order.ledger_date_due, date(2026, 3, 31))

    # === COSTS === #

    def test_without_a_flow_an_edit_costs_no_query(self):
        self.orders.active = False
        order = self.order()
        self.deliver(order)
        self.env.flush_all()
        self.env["ledger.flow"]._watched()
        with self.assertQueryCount(0):
            order._ledger_note_changes(["client_order_ref"])
            order._compute_ledger_is_delivered()
            self.env["payment.transaction"].browse(1)._ledger_note_paid()

    def test_an_edit_of_an_order_touches_no_table_of_the_connectors(self):
        self.orders.active = False
        order = self.order()
        self.env.flush_all()
        self.env["ledger.flow"]._watched()
        self.env.invalidate_all()
        with self.keeping_queries() as queries:
            order.write({"client_order_ref": "PO 3", "note": "Hei"})
            order.order_line[0].write({"product_uom_qty": 7, "qty_delivered": 7})
            self.env.flush_all()
        touched = {table for query in queries for table in TABLE.findall(query)}
        self.assertIn("sale_order", touched)
        self.assertEqual(
            {x for x in touched if "ledger" in x or "transaction" in x}, set()
        )
