# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Months of books, counted over HTTP: right to the last second in Estonia."""

from odoo.tests import tagged

from .counting_case import CountingCase

#: The vendor's words and our kinds.
KINDS = {
    "LEDGER_ENTRY": "manual_entry",
    "CLIENT_INVOICE": "sales_invoice",
    "VENDOR_INVOICE": "purchase_invoice",
    "BANK_PAYMENT": "bank_payment",
    "CASH_PAYMENT": "cash_payment",
    "VAT_RETURN": "vat_return",
    "WAREHOUSE_MOVEMENT": "stock_movement",
    "PERIOD_DEPRECIATION": "depreciation",
    "PERIOD_SALARY": "payroll",
}


@tagged("post_install", "-at_install")
class TestMonths(CountingCase):
    def test_months_of_any_size_are_counted_to_the_last_entry(self):
        months = {"2025-01": 0, "2025-03": 100, "2025-05": 101, "2025-07": 201}
        for month, entries in months.items():
            with self.subTest(entries=entries):
                self.world.seed_month(month, entries, neighbours=True)
                self.world.clear_calls()
                found = self.documents(f"{month}-01", f"{month}-31")
                self.assertEqual(len(found), entries)
                self.assertEqual(len({one.external_id for one in found}), entries)
                # An empty last day is asked for once more.
                calls = -(-entries // 100) or 2
                self.assertEqual(self.world.count_calls(), calls)
                self.assertFalse(self.world.refused())

    def test_every_kind_is_told_and_a_new_one_keeps_the_vendors_word(self):
        kinds = {word: number for number, word in enumerate(KINDS, 1)}
        self.world.seed_month("2026-01", kinds={**kinds, "CARBON_LEVY": 3})
        found = self.kinds(self.documents("2026-01-01", "2026-01-31"))
        expected = {KINDS[word]: number for word, number in kinds.items()}
        self.assertEqual(found, {**expected, "other:CARBON_LEVY": 3})
