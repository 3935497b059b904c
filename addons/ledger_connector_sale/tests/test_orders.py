# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .order_case import OrderCase


@tagged("post_install", "-at_install")
class TestOrders(OrderCase):
    # === NEW ORDERS === #

    def test_a_confirmed_order_is_sent_with_its_customer_and_product(self):
        order = self.sent(client_order_ref="PO 7")
        there = self.there(order)
        self.assertEqual(there["number"], order.name)
        self.assertEqual(there["customer"]["name"], "Kunde AS")
        self.assertEqual(there["reference"], "PO 7")
        self.assertEqual(len(there["orderLines"]), 1)
        self.assertEqual(there["orderLines"][0]["unitPriceExcludingVatCurrency"], 400.0)
        self.assertEqual(self.books.names("products"), ["Stol"])
        self.assertEqual(order.ledger_state, "linked")

    def test_an_order_late_in_the_evening_has_the_date_that_people_there_saw(self):
        order = self.order()
        # Half past midnight in Oslo.
        order.date_order = "2026-03-01 23:30:00"
        self.push("order")
        self.assertEqual(self.there(order)["orderDate"], "2026-03-02")

    def test_many_orders_are_one_call(self):
        orders = [self.order() for _number in range(25)]
        self.push("order")
        self.assertEqual(self.books.writes("^/order"), 1)
        links = {self.order_link(order).external_id for order in orders}
        self.assertEqual(len(links), 25)

    def test_a_quotation_stays_in_odoo(self):
        quotation = self.quotation()
        self.push("order")
        with self.assertRaisesRegex(UserError, "drafts"):
            quotation.action_ledger_push()
        self.run_lanes()
        self.assertEqual(self.orders_there(), 0)
        self.assertFalse(self.order_link(quotation))

    def test_sections_and_notes_go_along_and_down_payments_do_not(self):
        order = self.order(
            lines=[
                {"display_type": "line_section", "name": "Kontor"},
                self.line(name="Stol, blå"),
                {"display_type": "line_note", "name": "Leveres i mars"},
                self.line(name="Tilvalg", product_uom_qty=0),
            ]
        )
        payment = self.env["sale.advance.payment.inv"].with_context(
            active_model="sale.order", active_ids=order.ids
        )
        payment.create(
            {"advance_payment_method": "percentage", "amount": 10}
        ).create_invoices()
        self.assertTrue(order.order_line.filtered("is_downpayment"))
        self.push("order")
        texts = [text for text, _count in self.lines_there(order)]
        self.assertEqual(texts[:3], ["Kontor", "Stol, blå", "Leveres i mars"])
        self.assertNotIn("Tilvalg", texts)
        self.assertEqual(sum(count for _text, count in self.lines_there(order)), 2)

    def test_a_person_sends_chosen_orders_of_a_manual_flow(self):
        self.orders.send_policy = "manual"
        chosen, other = self.order(), self.order()
        self.push("order")
        self.assertEqual(self.orders_there(), 0)
        chosen.with_user(self.responsible).action_ledger_push()
        self.run_lanes()
        self.assertEqual(self.order_link(chosen).state, "linked")
        self.assertFalse(self.order_link(other))

    def test_a_lost_answer_makes_no_second_order(self):
        order = self.order()
        self.books.fault("^/order", method="POST", times=1, cut=True)
        self.push("order", expect="failed")
        self.push("order")
        self.assertEqual(self.orders_there(), 1)
        self.assertEqual(self.order_link(order).state, "linked")

    # === CHANGES === #

    def test_a_changed_line_is_changed_there(self):
        order = self.sent()
        order.write(
            {"order_line": [Command.update(order.order_line.id, {"name": "Ny"})]}
        )
        self.assertEqual(self.push("order").updated, 1)
        self.assertEqual(self.lines_there(order), [("Ny", 2)])

    def test_a_line_that_is_written_by_itself_is_noticed(self):
        order = self.sent()
        order.order_line.product_uom_qty = 5
        self.push("order")
        self.assertEqual([count for _text, count in self.lines_there(order)], [5])
        self.env["sale.order.line"].create(self.line(order_id=order.id, name="Mer"))
        self.push("order")
        self.assertEqual(len(self.lines_there(order)), 2)

    def test_a_field_that_is_not_mapped_sends_nothing(self):
        order = self.sent()
        order.origin = "Nobody asks"
        self.env.cr.precommit.run()
        self.assertEqual(self.orders.outbox_count, 0)

    def test_an_order_changed_on_both_sides_keeps_both_changes(self):
        order = self.sent()
        number = int(self.order_link(order).external_id)
        self.books.world.update("order", number, invoiceComment="Ring først")
        order.client_order_ref = "PO 8"
        self.push("order")
        there = self.there(order)
        self.assertEqual(
            (there["reference"], there["invoiceComment"]), ("PO 8", "Ring først")
        )

    def test_a_change_whose_answer_is_lost_is_neither_lost_nor_sent_twice(self):
        order = self.sent()
        self.books.fault("^/order", method="PUT", times=1, cut=True)
        order.write(
            {
                "client_order_ref": "PO 8",
                "order_line": [Command.update(order.order_line.id, {"name": "Ny"})],
            }
        )
        self.push("order", expect="failed")
        self.assertEqual(self.order_link(order).state, "uncertain")
        self.push("order")
        self.assertEqual(self.there(order)["reference"], "PO 8")
        self.assertEqual(self.lines_there(order), [("Ny", 2)])
        self.assertEqual(self.order_link(order).state, "linked")

    # === CANCELLED ORDERS === #

    def test_a_cancelled_order_stays_there_and_a_person_is_told(self):
        order = self.sent()
        order._action_cancel()
        self.books.forget_calls()
        self.push("order", expect="partial")
        self.assertEqual(self.books.writes(), 0)
        self.assertEqual(self.orders_there(), 1)
        link = self.order_link(order)
        self.assertEqual((link.state, link.owner), ("failed", "record"))
        self.assert_readable(link.error)
        self.assertIn(order.name, link.error)
        self.assertEqual(order.ledger_state, "attention")
        self.assertEqual(len(self.activities(self.connection)), 1)

    def test_a_person_is_told_once_of_many_cancelled_orders(self):
        orders = [self.order() for _number in range(3)]
        self.push("order")
        for order in orders:
            order._action_cancel()
        self.push("order", expect="partial")
        self.assertEqual(self.push("order").failed, 0)
        self.assertEqual(len(self.activities(self.connection)), 1)

    def test_an_ignored_cancelled_order_is_not_mentioned_again(self):
        order = self.sent()
        order._action_cancel()
        self.push("order", expect="partial")
        self.order_link(order).with_user(self.responsible).action_ignore()
        self.push("order")
        self.assertEqual(self.order_link(order).state, "ignored")
        self.assertFalse(self.activities(self.connection))

    def test_an_order_confirmed_again_is_in_step_again(self):
        order = self.sent()
        order._action_cancel()
        self.push("order", expect="partial")
        order.action_draft()
        order.client_order_ref = "PO 9"
        order.action_confirm()
        self.push("order")
        self.assertEqual(self.order_link(order).state, "linked")
        self.assertEqual(self.there(order)["reference"], "PO 9")
        self.assertFalse(self.activities(self.connection))

    def test_an_order_cancelled_before_it_was_sent_is_not_sent(self):
        order = self.order()
        order._action_cancel()
        self.push("order")
        self.assertEqual(self.orders_there(), 0)
        self.assertFalse(self.order_link(order))
