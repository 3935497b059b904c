# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Values that no field takes, and invoices that are read again."""

from odoo.tests import tagged

from .engine_case import EngineCase


@tagged("post_install", "-at_install")
class TestOddValues(EngineCase):
    def test_a_character_that_no_database_takes_stops_nobody(self):
        self.books.seed(customers=3)
        for name in ("Null\x00byte AS", "Another\x00 AS"):
            self.books.add_customer(name, email="a\x00b@example.org")
        self.pull()
        ids = self.bindings(self.connection).mapped("res_id")
        names = self.env["res.partner"].browse(ids).mapped("name")
        self.assertIn("Nullbyte AS", names)

    def test_a_value_too_large_for_its_converter_fails_alone(self):
        self.env["ledger.field.mapping"].create(
            {
                "flow_id": self.flow("partner").id,
                "resource": "customer",
                "remote_path": "description",
                "field_path": "color",
                "converter": "integer",
            }
        )
        self.books.seed(customers=3)
        customer = self.books.add_customer("Stor AS")
        self.books.fault(self.books.customer_list, set_fields={"description": "4"})
        self.pull(full=True)
        self.books.clear_faults()
        self.books.change_customer(customer, description="9" * 30)
        self.pull(full=True, expect="partial")
        self.assertEqual(self.link(customer).state, "failed")

    def test_a_removed_mapping_line_is_told_and_stops_nobody_else(self):
        self.connection.payment_journal_id = self.env["account.journal"].search(
            [("type", "=", "bank"), ("company_id", "=", self.company.id)], limit=1
        )
        self.flow("invoice").post_invoices = True
        payments = self.flow("payment")
        payments.write({"active": True, "register_payments": True})
        payments.mapping_ids.filtered(lambda x: x.field_path == "amount").unlink()
        line = ("Frakt", 1, 100.0, self.books.tax_code, None)
        customer = self.books.add_customer("Kunde AS")
        invoice = self.books.add_invoice(customer, [line])
        self.books.pay(invoice)
        self.pull("invoice", expect="partial")
        move = self.record_of(self.connection, "invoice", invoice)
        self.assertEqual(move.state, "posted")
        link = self.bindings(self.connection, resource="payment")
        self.assertEqual(link.state, "failed")
        self.assert_readable(link.error)


@tagged("post_install", "-at_install")
class TestInvoicesAgain(EngineCase):
    def add(self, **values):
        line = ("Frakt", 1, 100.0, self.books.tax_code, None)
        return self.books.add_invoice(self.customer, [line], **values)

    def move(self, invoice):
        return self.record_of(self.connection, "invoice", invoice)

    def setUp(self):
        super().setUp()
        self.customer = self.books.add_customer("Kunde AS")

    def test_a_payment_term_of_the_partner_does_not_move_the_due_date(self):
        self.pull()
        term = self.env.ref("account.account_payment_term_30days")
        self.partner(self.customer).with_company(
            self.company
        ).property_payment_term_id = term
        self.flow("invoice").post_invoices = True
        invoice = self.add(date="2026-02-03", due="2026-02-10")
        self.pull("invoice")
        move = self.move(invoice)
        self.assertEqual(str(move.invoice_date_due), "2026-02-10")
        lines = move.line_ids.filtered(lambda x: x.display_type == "payment_term")
        self.assertEqual([str(x.date_maturity) for x in lines], ["2026-02-10"])

    def test_many_posted_invoices_that_changed_are_one_activity(self):
        self.flow("invoice").post_invoices = True
        invoices = [self.add() for _number in range(3)]
        self.pull("invoice")
        for invoice in invoices:
            self.books.change_invoice(invoice)
        self.pull("invoice", expect="partial")
        self.assertEqual(len(self.activities(self.connection)), 1)
        self.assertEqual(self.connection.cause_ids.binding_count, 3)

    def test_many_differences_are_one_activity(self):
        for _number in range(3):
            self.add()
        self.books.misstate_totals()
        self.pull("invoice", expect="partial")
        self.assertEqual(len(self.activities(self.connection)), 1)

    def test_another_tax_for_a_code_leaves_posted_invoices_alone(self):
        self.flow("invoice").post_invoices = True
        invoice = self.add()
        self.pull("invoice")
        other = self.tax.copy({"name": "Another 25 %"})
        self.connection.value_mapping_ids.target_ref = other
        self.pull("invoice")
        self.assertEqual(self.move(invoice).invoice_line_ids.tax_ids, self.tax)
