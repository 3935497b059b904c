# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo.tests import tagged

from odoo.addons.ledger_connector_base.tests.conformance import Conformance

from .books_case import BooksCase


@tagged("post_install", "-at_install")
class TestSmartAccountsConformance(Conformance, BooksCase):
    def settle(self):
        """The pause after a 503 without a reason is over as well."""
        result = super().settle()
        self.env.cr.execute("UPDATE ledger_budget SET blocked_until = 0")
        self.env.invalidate_all()
        return result

    # === WHAT THIS VENDOR DOES OTHERWISE === #

    def test_an_archived_customer_is_switched_off_there(self):
        """Clients have no such switch there: they stay, and nothing is sent."""
        [partner] = self.sent("Bergen Bygg AS")
        self.books.forget_calls()
        partner.active = False
        self.push()
        self.assertEqual(self.books.writes(), 0)
        self.assertEqual(self.books.names("customers"), ["Bergen Bygg AS"])

    def test_whose_number_wins_is_kept(self):
        """Clients have no number there: Odoo's stays, whoever is to win."""
        customer = self.books.add_customer("Number AS")
        self.pull()
        self.partner(customer).ref = "K-17"
        for policy in ("odoo", "system", "both"):
            self.flow("partner").number_policy = policy
            self.books.change_customer(customer, name=f"Number {policy} AS")
            self.pull(full=True)
            self.assertEqual(self.partner(customer).name, f"Number {policy} AS")
            self.assertEqual(self.partner(customer).ref, "K-17")

    def test_a_foreign_invoice_keeps_its_currency_there(self):
        self.sends_invoices()
        euro = self.env.ref("base.EUR")
        euro.active = True
        move = self.invoice(currency_id=euro.id)
        self.push("invoice")
        there = self.there(move)
        self.assertEqual((there["currency"], there["total"]), ("EUR", 4464.0))

    def test_a_refused_record_fails_alone_and_is_named(self):
        """No length of a name is documented; what cannot be stored is."""
        self.push_flow("partner")
        self.customer("Esimene AS")
        bad = self.customer("Kohvik 😀 OÜ")
        self.customer("Viimane AS")
        job = self.push(expect="partial")
        self.assertEqual((job.created, job.failed), (2, 1))
        self.assertEqual(self.books.names("customers"), ["Esimene AS", "Viimane AS"])
        link = self.link_of(bad)
        self.assertEqual((link.state, link.owner), ("failed", "record"))
        self.assert_readable(link.error)
        bad.name = "Kohvik OÜ"
        self.push()
        self.assertEqual(self.link_of(bad).state, "linked")

    def test_a_tax_without_a_code_is_named_and_goes_on_once_it_has_one(self):
        self.push_flow("product")
        self.env["ledger.value.mapping"].search([]).unlink()
        product = self.env["product.product"].create(
            {
                "name": "Tool",
                "default_code": "TO-1",
                "taxes_id": [(6, 0, self.tax.ids)],
                "company_id": self.company.id,
            }
        )
        self.push("product", expect="partial")
        link = self.link_of(product, self.books.product)
        self.assertEqual((link.state, link.owner), ("failed", "mapping"))
        self.assertIn(self.tax.name, link.error)
        self.env["ledger.value.mapping"].create(
            {
                "connection_id": self.connection.id,
                "kind": "tax",
                "remote_code": self.books.tax_code,
                "res_id": self.tax.id,
            }
        )
        self.run_lanes()
        self.assertEqual(link.state, "linked")
        self.assertFalse(self.activities(self.connection))

    def test_an_invoice_whose_totals_would_differ_is_held_with_a_sentence(self):
        """What rounding parts is booked as rounding there; nothing is held for it."""
        self.sends_invoices()
        lines = [(f"Kruvi {n}", 1, 0.33, self.tax) for n in range(7)]
        move = self.invoice(lines=lines)
        self.push("invoice")
        there = self.there(move)
        self.assertEqual(there["total"], move.amount_total)
        rounded = self.books.rounded(self.link_of(move, "client_invoice").external_id)
        self.assertNotEqual(rounded, 0)

    def test_no_signature_is_kept_with_a_call(self):
        """Each call carries one (§2)."""
        self.pull()
        calls = self.env["ledger.exchange"].search(
            [("connection_id", "=", self.connection.id)]
        )
        self.assertTrue(calls)
        self.assertFalse(any("signature=" in (call.url or "") for call in calls))

    # Payments are not made in Odoo: what is open is read with the invoice, see
    # test_payment_there_is_seen_here.

    def _paid_there(self):
        _customer, invoice = self._invoice()
        self.pull("invoice")
        move = self._move(invoice)
        move.action_post()
        self.books.pay(invoice)
        self.pull("invoice")
        move.invalidate_recordset()
        self.assertEqual(move.ledger_payment_state, "paid")
        self.assertEqual(move.payment_state, "not_paid")
        self.assertFalse(self.flow("payment"))

    def test_a_payment_waits_until_its_invoice_is_posted(self):
        self._paid_there()

    def test_payments_are_registered_when_the_flow_says_so_once(self):
        self._paid_there()

    def test_a_payment_there_becomes_a_payment_here(self):
        self.sends_invoices()
        move = self.invoice()
        self.push("invoice")
        self.books.pay(self.link_of(move, self.books.invoice).external_id)
        self.pull("invoice")
        move.invalidate_recordset()
        self.assertEqual(move.ledger_payment_state, "paid")
        self.assertEqual(move.payment_state, "not_paid")
