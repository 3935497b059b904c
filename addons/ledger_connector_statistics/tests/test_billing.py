# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Counted periods become draft invoices, and are frozen with them."""

from odoo import Command
from odoo.tests import tagged

from .billing_case import BillingCase


@tagged("post_install", "-at_install")
class TestBilling(BillingCase):
    # === WHAT STANDS ON THE INVOICE === #

    def test_counts_become_quantities_and_the_period_stands_in_the_text(self):
        self.agree(
            self.line("sales_invoice", price_unit=1.2, name="Sales invoices"),
            self.line("purchase_invoice", "bank_payment", price_unit=0.8),
        )
        self.count("2026-02", sales_invoice=3, purchase_invoice=4, bank_payment=5)
        invoice = self.bill()
        self.assertEqual(invoice.state, "draft")
        self.assertEqual(invoice.move_type, "out_invoice")
        self.assertEqual(invoice.partner_id, self.client)
        self.assertEqual(invoice.company_id, self.company)
        self.assertEqual(invoice.invoice_origin, "February 2026")
        self.assertEqual(
            self.lines_of(invoice),
            [
                ("Sales invoices, February 2026", 3, 1.2),
                ("Bookkeeping, February 2026", 9, 0.8),
            ],
        )
        self.assertEqual(invoice.invoice_line_ids.tax_ids, self.tax)
        self.assertAlmostEqual(invoice.amount_untaxed, 10.8)
        self.assertAlmostEqual(invoice.amount_tax, 2.59)

    def test_each_tier_is_a_line(self):
        tiers = [
            Command.create({"first": first, "price_unit": price})
            for first, price in ((1, 2), (4, 1.5))
        ]
        self.agree(self.line("entries", scheme="tier_sum", tier_ids=tiers))
        self.count("2026-02", bank_payment=5)
        self.assertEqual(
            self.lines_of(self.bill()),
            [
                ("Bookkeeping, February 2026: pieces 1 to 3", 3, 2),
                ("Bookkeeping, February 2026: pieces from 4 on", 2, 1.5),
            ],
        )

    def test_the_matching_tier_prices_all_pieces(self):
        tiers = [
            Command.create({"first": first, "price_unit": price})
            for first, price in ((1, 2), (4, 1.5))
        ]
        self.agree(self.line("entries", scheme="tier_all", tier_ids=tiers))
        self.count("2026-02", bank_payment=5)
        self.assertEqual(
            self.lines_of(self.bill()), [("Bookkeeping, February 2026", 5, 1.5)]
        )

    def test_a_base_fee_and_what_is_above_are_two_lines(self):
        base = {"scheme": "base", "base_fee": 50, "included_count": 3, "price_unit": 2}
        self.agree(self.line("entries", **base))
        self.count("2026-02", bank_payment=5)
        self.assertEqual(
            self.lines_of(self.bill()),
            [
                ("Bookkeeping, February 2026: base fee, 3 included", 1, 50),
                ("Bookkeeping, February 2026: above the 3 included", 2, 2),
            ],
        )

    def test_a_base_fee_is_due_in_a_month_without_documents(self):
        base = {"scheme": "base", "base_fee": 50, "included_count": 3, "price_unit": 2}
        self.agree(self.line("entries", **base))
        self.count("2026-02")
        self.assertEqual([x[1:] for x in self.lines_of(self.bill())], [(1, 50)])

    def test_free_and_least_pieces_are_explained(self):
        self.agree(
            self.line("bank_payment", price_unit=1, free_count=2),
            self.line("sales_invoice", price_unit=1, minimum_count=10),
        )
        self.count("2026-02", bank_payment=5, sales_invoice=4)
        self.assertEqual(
            self.lines_of(self.bill()),
            [
                ("Bookkeeping, February 2026: 5 counted, 2 of them free", 3, 1),
                ("Bookkeeping, February 2026: 4 counted, 10 charged at least", 10, 1),
            ],
        )

    def test_without_a_service_the_kinds_are_named(self):
        self.agree(self.line("sales_invoice", product_id=False, price_unit=1))
        self.count("2026-02", sales_invoice=1)
        [line] = self.lines_of(self.bill())
        self.assertEqual(line[0], "Sales invoices, February 2026")

    def test_without_a_service_the_companys_own_tax_is_due(self):
        self.company.account_sale_tax_id = self.tax
        self.agree(self.line("bank_payment", product_id=False, price_unit=2))
        self.count("2026-02", bank_payment=5)
        move = self.bill()
        self.assertEqual(move.invoice_line_ids.tax_ids, self.tax)
        self.assertEqual(move.amount_tax, 2.4)

    def test_the_text_is_in_the_clients_language(self):
        self.env["res.lang"]._activate_lang("et_EE")
        self.client.lang = "et_EE"
        self.service.with_context(lang="et_EE").name = "Raamatupidamine"
        self.agree(self.line("entries", price_unit=1))
        self.count("2026-02", bank_payment=5)
        invoice = self.bill()
        [line] = self.lines_of(invoice)
        self.assertEqual(line[0], "Raamatupidamine, veebruar 2026")
        self.assertEqual(invoice.invoice_origin, "veebruar 2026")

    def test_terms_position_and_address_are_the_clients_own(self):
        terms = self.env.ref("account.account_payment_term_30days")
        self.client.with_company(self.company).property_payment_term_id = terms
        address = self.env["res.partner"].create(
            {"name": "Accounts", "type": "invoice", "parent_id": self.client.id}
        )
        self.agree(self.line("entries", price_unit=1))
        self.count("2026-02", bank_payment=5)
        invoice = self.bill()
        self.assertEqual(invoice.invoice_payment_term_id, terms)
        self.assertEqual(invoice.partner_id, address)

    def test_a_new_price_holds_from_its_first_day_on(self):
        self.agree(
            self.line("entries", price_unit=1, date_to="2026-01-31"),
            self.line("entries", price_unit=2, date_from="2026-02-01"),
        )
        self.count("2026-01", bank_payment=3)
        self.count("2026-02", bank_payment=3)
        invoice = self.bill(self.period("2026-01"), self.period("2026-02"))
        self.assertEqual(
            self.lines_of(invoice),
            [
                ("Bookkeeping, January 2026", 3, 1),
                ("Bookkeeping, February 2026", 3, 2),
            ],
        )
        self.assertEqual(invoice.invoice_origin, "January 2026, February 2026")

    def test_the_amount_of_the_table_is_that_of_the_invoice_in_any_currency(self):
        self.env["decimal.precision"].search(
            [("name", "=", "Product Price")]
        ).digits = 4
        for name, amount in (("EUR", 4.07), ("JPY", 4), ("KWD", 4.072)):
            with self.subTest(name):
                currencies = self.env["res.currency"].with_context(active_test=False)
                currency = currencies.search([("name", "=", name)])
                currency.active = True
                client, flow, books = self.add_client(f"Client in {name}")
                books.add_many("bank_payment", "2026-02-10", 3)
                self.scheduled(flow)
                self.agree(
                    self.line("entries", price_unit=1.3573),
                    client=client,
                    currency_id=currency.id,
                )
                period = self.env["ledger.statistics.period"].search(
                    [("partner_id", "=", client.id)]
                )
                table = self.table(period)
                self.assertAlmostEqual(table.line_ids.amount, amount, places=6)
                table.action_create_invoices()
                invoice = table.invoice_ids
                self.assertEqual(invoice.currency_id, currency)
                self.assertAlmostEqual(invoice.amount_untaxed, amount, places=6)

    # === FROZEN, LINKED === #

    def test_billing_freezes_the_period_and_links_its_figures(self):
        self.agree(self.line("bank_payment", price_unit=1))
        self.count("2026-02", bank_payment=5, sales_invoice=2)
        period = self.period("2026-02")
        invoice = self.bill()
        self.assertTrue(period.frozen)
        self.assertEqual(period.frozen_by, self.manager)
        self.assertEqual(period.invoice_id, invoice)
        self.assertTrue(period.billed)
        linked = period.figure_ids.filtered("invoice_line_ids")
        self.assertEqual(linked.kind_id.code, "bank_payment")
        self.assertEqual(linked.invoice_line_ids, invoice.invoice_line_ids)
        figures = self.env["ledger.statistics.figure"]
        domain = invoice.with_user(self.manager).action_open_statistics()["domain"]
        self.assertEqual(figures.search(domain), linked)

    def test_what_changes_after_billing_becomes_a_correction(self):
        self.agree(self.line("entries", price_unit=1))
        self.count("2026-01", bank_payment=5)
        invoice = self.bill(self.period("2026-01"))
        self.books.add("late", "bank_payment", "2026-01-20")
        self.import_months("2026-01")
        self.assertEqual(self.figures("2026-01")["bank_payment"], 5)
        self.assertEqual(self.lines_of(invoice)[0][1], 5)
        self.count("2026-02", bank_payment=2)
        self.assertEqual([x[1] for x in self.lines_of(self.bill())], [2, 1])

    def test_all_books_of_a_client_are_billed_together(self):
        base = {"scheme": "base", "base_fee": 50, "included_count": 3, "price_unit": 2}
        self.agree(self.line("entries", **base))
        flow, books = self.add_books(self.client)
        books.add_many("bank_payment", "2026-02-10", 2)
        self.scheduled(flow)
        self.count("2026-02", bank_payment=2)
        invoice = self.bill(self.period("2026-02"))
        self.assertEqual([x[1:] for x in self.lines_of(invoice)], [(1, 50), (1, 2)])
        periods = self.env["ledger.statistics.period"].search([])
        self.assertEqual(periods.invoice_id, invoice)
        self.assertTrue(all(periods.mapped("frozen")))
