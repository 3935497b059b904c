# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Corrections are charged though the month that carries them was never billed."""

from odoo.tests import tagged

from .billing_case import BillingCase


@tagged("post_install", "-at_install")
class TestBillingLeft(BillingCase):
    def setUp(self):
        super().setUp()
        self.at("2026-02-05 03:00:00")

    def run_at(self, moment):
        self.at(moment)
        job = self.scheduled()
        self.assertEqual(job.state, "done", job.error)

    def january_billed(self, count=3, **agreed):
        """January is billed, nothing comes in February, and March is begun."""
        self.agree(self.line("sales_invoice", price_unit=10), **agreed)
        self.books.add_many("sales_invoice", "2026-01-10", count)
        self.scheduled()
        self.bill(self.period("2026-01"))
        self.run_at("2026-03-05 03:00:00")
        self.assertFalse(self.table().line_ids.include)
        self.books.add_many("sales_invoice", "2026-03-10", 2, "march")
        self.at("2026-03-20 10:00:00")

    def late(self):
        self.books.add("late", "sales_invoice", "2026-01-31")

    def rows(self):
        lines = self.table().line_ids
        return [(line.label, line.include) for line in lines]

    def test_a_correction_found_after_an_empty_month_is_billed_with_the_next(self):
        self.january_billed()
        self.late()
        self.run_at("2026-04-05 03:00:00")
        self.assertEqual(self.rows(), [("February 2026", True), ("March 2026", True)])
        self.assertEqual(self.bill().amount_untaxed, 10 + 20)
        self.assertEqual(self.rows(), [("March 2026", False)])

    def test_a_correction_found_after_that_goes_to_the_last_month(self):
        self.january_billed()
        self.run_at("2026-04-05 03:00:00")
        self.late()
        self.import_months("2026-01")
        self.assertFalse(self.period("2026-02").correction_ids)
        self.assertEqual(self.rows(), [("March 2026", True)])
        self.assertEqual(self.bill().amount_untaxed, 10 + 20)

    def test_what_a_month_owes_the_client_is_taken_off_the_next(self):
        self.january_billed()
        self.books.delete("dsales_invoice0")
        self.import_months("2026-01")
        [line] = self.table(self.period("2026-02")).line_ids
        self.assertIn("10.00, because corrections exceed", line.reason)
        self.run_at("2026-04-05 03:00:00")
        self.assertEqual(self.bill().amount_untaxed, 20 - 10)

    def test_a_month_that_lacks_nothing_but_its_reading_is_listed_with_that(self):
        self.january_billed()
        self.freeze("2026-02")
        self.late()
        self.import_months("2026-01")
        self.assertFalse(self.period("2026-03").complete)
        self.at("2026-05-05 03:00:00")
        labels = [row for row in self.rows() if row[0] == "March 2026"]
        self.assertEqual(labels, [("March 2026", False)])

    # === NOT LISTED === #

    def left(self, **agreed):
        """February carries a correction of January; March was counted."""
        self.january_billed(**agreed)
        self.late()
        self.import_months("2026-01")
        self.assertTrue(self.period("2026-02").correction_ids)
        self.run_at("2026-04-05 03:00:00")

    def test_a_month_left_that_somebody_has_frozen_is_done_with(self):
        self.left()
        self.freeze("2026-02")
        self.assertEqual(self.rows(), [("March 2026", True)])

    def test_a_month_left_is_not_listed_where_corrections_are_not_billed(self):
        self.left(with_corrections=False)
        self.assertEqual(self.rows(), [("March 2026", True)])

    def test_a_month_left_is_not_listed_if_nothing_in_it_costs_anything(self):
        self.january_billed()
        self.books.add("late", "bank_payment", "2026-01-31")
        self.import_months("2026-01")
        self.run_at("2026-04-05 03:00:00")
        self.assertTrue(self.period("2026-02").correction_ids)
        self.assertEqual(self.rows(), [("March 2026", True)])

    def test_a_month_left_without_corrections_is_not_listed(self):
        self.january_billed()
        self.books.add("february", "sales_invoice", "2026-02-10")
        self.import_months("2026-02")
        self.run_at("2026-04-05 03:00:00")
        self.assertEqual(self.rows(), [("March 2026", True)])

    def test_a_month_left_is_not_listed_for_other_clients(self):
        self.left()
        table = self.table()
        table.partner_ids = self.add_client("Kask OÜ")[0]
        table.action_show()
        self.assertFalse(table.line_ids)

    def test_chosen_periods_stay_the_only_ones(self):
        self.left()
        table = self.table(self.period("2026-03"))
        self.assertEqual(table.line_ids.mapped("label"), ["March 2026"])
