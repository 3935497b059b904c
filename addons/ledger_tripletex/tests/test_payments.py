# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo.tests import tagged

from odoo.addons.ledger_connector_base.tests.conformance import ConformanceCase

from .stand_in import TripletexBooks


@tagged("post_install", "-at_install")
class TestTripletexPayments(ConformanceCase):
    stand_in = TripletexBooks

    def setUp(self):
        super().setUp()
        customer = self.books.add_customer("Kunde AS")
        line = ("Frakt", 4, 250.0, self.books.tax_code, None)
        self.invoice = self.books.add_invoice(customer, [line])
        self.connection.payment_journal_id = self.env["account.journal"].search(
            [("type", "=", "bank"), ("company_id", "=", self.company.id)], limit=1
        )
        self.flow("invoice").post_invoices = True

    def move(self):
        return self.record_of(self.connection, "invoice", self.invoice)

    def test_payments_stay_in_tripletex_as_long_as_their_flow_is_off(self):
        self.assertFalse(self.flow("payment").active)
        self.books.pay(self.invoice)
        self.pull("invoice")
        self.assertFalse(self.bindings(self.connection, resource="payment"))
        self.assertEqual(self.move().ledger_payment_state, "paid")
        self.assertFalse(self.env["account.payment"].search_count([]))

    def test_switching_the_flow_on_later_brings_the_payments_of_unchanged_invoices(
        self,
    ):
        self.books.pay(self.invoice, 500.0)
        self.pull("invoice")
        self.flow("payment").write({"active": True, "register_payments": True})
        self.pull("payment")
        self.assertEqual(self.move().matched_payment_ids.mapped("amount"), [500.0])
        self.books.pay(self.invoice, 250.0)
        self.pull("payment")
        self.pull("payment")
        amounts = sorted(self.move().matched_payment_ids.mapped("amount"))
        self.assertEqual(amounts, [250.0, 500.0])
        self.assertEqual(self.move().payment_state, "partial")

    def test_a_credited_invoice_has_no_payment(self):
        self.flow("payment").write({"active": True, "register_payments": True})
        self.books.credit(self.invoice)
        self.pull("invoice")
        self.assertFalse(self.bindings(self.connection, resource="payment"))
