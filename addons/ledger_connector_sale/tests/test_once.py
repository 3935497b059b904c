# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Where orders become invoices, nothing is booked as both."""

from dataclasses import replace
from unittest.mock import patch

from odoo.tests import tagged

from odoo.addons.ledger_tripletex.description import describe
from odoo.addons.ledger_tripletex.models import connector

from .order_case import OrderCase


@tagged("post_install", "-at_install")
class TestOnce(OrderCase):
    def setUp(self):
        super().setUp()
        self.push_flow("invoice")

    def orders_become_invoices(self):
        """Let the vendor say that its orders are invoices."""

        def described(env):
            system = describe(env)
            resources = [
                replace(x, same_as="invoice") if x.name == "order" else x
                for x in system.resources
            ]
            return replace(system, resources=tuple(resources))

        change = patch.object(connector, "describe", described)
        change.start()
        self.addCleanup(change.stop)

    def invoices_there(self):
        return self.books.world.counts()["invoice"]

    def invoice_link(self, invoice):
        return self.link_of(invoice, "invoice")

    def assert_held(self, link, *words):
        self.assertEqual((link.state, link.owner), ("failed", "record"))
        self.assertFalse(link.external_id)
        self.assert_readable(link.error)
        for word in words:
            self.assertIn(word, link.error)

    # === INVOICES === #

    def test_the_invoice_of_a_sent_order_is_held_and_a_person_is_told(self):
        self.orders_become_invoices()
        order = self.sent()
        order.ledger_number = "1045"
        invoice = self.invoice(order)
        self.books.forget_calls()
        self.push("invoice", expect="partial")
        self.assertEqual((self.books.writes(), self.invoices_there()), (0, 0))
        link = self.invoice_link(invoice)
        self.assert_held(link, invoice.name, "invoice 1045", f"order {order.name}")
        self.assertEqual(len(self.activities(self.connection)), 1)

    def test_a_down_payment_and_a_credit_note_of_a_sent_order_are_held_too(self):
        self.orders_become_invoices()
        order = self.sent()
        down = self.invoice(order, method="percentage", amount=10)
        note = self.invoice(order)._reverse_moves()
        # Otherwise it would wait for the invoice that it credits.
        note.reversed_entry_id = False
        note.action_post()
        self.push("invoice", expect="partial")
        self.assertEqual(self.invoices_there(), 0)
        for document in (down, note):
            self.assert_held(self.invoice_link(document), document.name, order.name)

    def test_the_invoice_waits_too_while_nobody_knows_whether_the_order_arrived(self):
        self.orders_become_invoices()
        order = self.order()
        self.books.fault("^/order", method="POST", times=1, cut=True)
        self.push("order", expect="failed")
        self.assertEqual(self.order_link(order).state, "uncertain")
        invoice = self.invoice(order)
        # The connection asks first what became of the order.
        self.env.cr.precommit.run()
        self.run_flow(self.push_flow("invoice"))
        self.assertEqual(self.invoices_there(), 0)
        self.assert_held(self.invoice_link(invoice), order.name)

    def test_an_invoice_without_an_order_is_sent(self):
        self.orders_become_invoices()
        self.sent()
        other = self.order()
        invoice = self.invoice(other)
        other._action_cancel()
        self.push("invoice")
        self.assertEqual(self.invoice_link(invoice).state, "linked")

    def test_what_was_taken_back_there_does_not_hold_the_invoice(self):
        self.orders_become_invoices()
        order = self.sent()
        order.ledger_stage = "invalidated"
        invoice = self.invoice(order)
        self.push("invoice")
        self.assertEqual(self.invoice_link(invoice).state, "linked")

    # === ORDERS === #

    def test_an_order_of_which_an_invoice_was_sent_is_held(self):
        self.orders_become_invoices()
        self.orders.send_policy = "manual"
        order = self.order()
        invoice = self.invoice(order)
        self.push("invoice")
        self.assertEqual(self.invoice_link(invoice).state, "linked")
        order.with_user(self.responsible).action_ledger_push()
        self.push("order", expect="partial")
        self.assertEqual(self.books.writes("^/order"), 0)
        self.assert_held(self.order_link(order), order.name, invoice.name)

    # === ORDERS THAT STAY ORDERS === #

    def test_where_orders_stay_orders_both_are_sent(self):
        order = self.sent()
        invoice = self.invoice(order)
        self.push("invoice")
        self.assertEqual(self.invoice_link(invoice).state, "linked")
        self.assertEqual(self.order_link(order).state, "linked")
