# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Invoices come once somebody can know of them, with what is open of them."""

from odoo import fields
from odoo.tests import tagged

from .books_case import BooksCase

PAYMENTS = r"/paymentevents"


@tagged("post_install", "-at_install")
class TestReadingInvoices(BooksCase):
    def setUp(self):
        super().setUp()
        self.buyer = self.books.add_customer("Kunde AS")

    def invoice(self, *lines, **values):
        lines = lines or (("Rådgivning", 4, 100.0, self.books.tax_code, None),)
        return self.books.add_invoice(self.buyer, list(lines), **values)

    def move(self, external_id):
        return self.record_of(self.connection, "invoice", external_id)

    def status(self, external_id, status):
        self.world.do("set_status", id=int(external_id), status=status)

    def test_number_and_reference_come_along(self):
        number = self.invoice()
        there = self.world.object("invoices", int(number))
        self.pull("invoice")
        move = self.move(number)
        self.assertEqual(move.ledger_number, str(there["invoiceNumber"]))
        reference = there["paymentInfo"]["bankReferenceCode"]
        self.assertEqual(move.payment_reference, reference)

    def test_prices_with_vat_and_discounts_come_to_the_same_cent(self):
        number = self.invoice(("Ting", 2, 50.0, self.books.tax_code, None))
        info = {"extraInfo": {"unitPricesIncludeVat": True}, "discountPercent": 10}
        self.world.update("invoices", int(number), **info)
        self.pull("invoice")
        untaxed, total = self.books.totals(number)
        self.assertEqual(self.move(number).amount_total, total)
        self.assertEqual(self.move(number).amount_untaxed, untaxed)

    def test_a_void_invoice_that_nobody_saw_stays_out(self):
        self.world.clock(advance=-3600)
        before = self.invoice()
        self.status(before, "INVALIDATED")
        self.world.clock(advance=3600)
        self.pull("invoice")
        self.world.clock(advance=60)
        after = self.invoice()
        self.status(after, "INVALIDATED")
        self.pull("invoice")
        self.assertFalse(self.bindings(self.connection, resource="invoice"))

    def test_an_invoice_that_is_voided_later_says_so(self):
        number = self.invoice()
        self.pull("invoice")
        self.assertEqual(self.move(number).ledger_stage, "unfinished")
        self.status(number, "INVALIDATED")
        self.pull("invoice")
        self.assertEqual(self.move(number).ledger_stage, "invalidated")
        self.assertEqual(self.move(number).ledger_amount_outstanding, 0)

    def test_invoices_before_the_first_day_are_left_alone_for_good(self):
        self.flow("invoice").start_date = "2026-03-01"
        old = self.invoice(date="2026-02-27", due="2026-03-13")
        new = self.invoice(date="2026-03-01", due="2026-03-13")
        self.pull("invoice")
        self.status(old, "APPROVED")
        self.pull("invoice")
        links = self.bindings(self.connection, resource="invoice")
        self.assertEqual(links.mapped("external_id"), [new])

    def test_offers_and_sales_orders_do_not_come(self):
        number = self.invoice()
        self.world.update("invoices", int(number), type="SALES_ORDER")
        self.pull("invoice")
        self.assertFalse(self.bindings(self.connection, resource="invoice"))

    # === WHAT IS OPEN === #

    def test_payments_of_all_partly_paid_invoices_of_a_page_are_one_call(self):
        numbers = [self.invoice() for _n in range(5)]
        for number in numbers:
            self.books.pay(number, 100.0)
        paid = self.invoice()
        self.books.pay(paid)
        self.books.forget_calls()
        self.pull("invoice")
        self.assertEqual(self.books.calls(PAYMENTS), 1)
        opened = [self.move(one).ledger_amount_outstanding for one in numbers]
        self.assertEqual(opened, [400.0] * 5)
        self.assertEqual(self.move(paid).ledger_amount_outstanding, 0)

    def test_invoices_that_nobody_paid_in_part_cost_no_call_for_payments(self):
        self.books.pay(self.invoice())
        self.invoice()
        self.pull("invoice")
        self.assertEqual(self.books.calls(PAYMENTS), 0)

    def keep_payments(self):
        self.connection.payment_journal_id = self.env["account.journal"].search(
            [("type", "=", "bank"), ("company_id", "=", self.company.id)], limit=1
        )
        self.flow("invoice").post_invoices = True
        self.flow("payment").write({"active": True, "register_payments": True})

    def test_payments_that_came_by_bank_are_read_together(self):
        self.keep_payments()
        numbers = [self.invoice() for _n in range(3)]
        for number in numbers:
            self.books.pay(number)
        self.pull("invoice")
        self.assertEqual(self.books.calls(PAYMENTS), 1)
        for number in numbers:
            self.assertIn(self.move(number).payment_state, ("paid", "in_payment"))

    def mark_paid(self, number, kind):
        self.status(number, "APPROVED")
        with self.committing() as env:
            connection = self.connection.with_env(env)
            connection._connector()._client(connection).invoices.mark_paid(
                number,
                day=fields.Date.to_date("2026-02-01"),
                amount=500.0,
                currency="NOK",
                paid_by=kind,
            )

    def test_a_credit_loss_is_no_money_in_the_bank(self):
        self.keep_payments()
        lost, paid = self.invoice(), self.invoice()
        self.mark_paid(lost, "CREDIT_LOSS")
        self.mark_paid(paid, "CHARGE_CARD")
        self.pull("invoice")
        self.assertEqual(self.move(lost).payment_state, "not_paid")
        self.assertEqual(self.move(lost).ledger_payment_state, "paid")
        self.assertIn(self.move(paid).payment_state, ("paid", "in_payment"))
        self.assertEqual(len(self.bindings(self.connection, entity="payment")), 1)

    def test_the_flow_of_payments_alone_reads_what_was_paid_and_no_more(self):
        self.keep_payments()
        paid = self.invoice()
        self.invoice()
        self.pull("invoice")
        self.books.pay(paid)
        self.books.forget_calls()
        self.pull("payment")
        self.assertIn(self.move(paid).payment_state, ("paid", "in_payment"))
        # The list of what was paid, that invoice, its payments.
        self.assertEqual(self.books.calls(), 3)
