# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Clients whose real volume is off the agreed one are listed."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .billing_case import BillingCase


@tagged("post_install", "-at_install")
class TestTolerance(BillingCase):
    def rows(self, *domain, user=None):
        """(first day, agreed, real, percent, off), oldest first."""
        self.env.invalidate_all()
        model = self.env["ledger.statistics.tolerance"]
        user = user or self.responsible
        own = {"allowed_company_ids": user.company_ids.ids}
        rows = model.with_user(user).with_context(**own).search(list(domain))
        return [
            (str(r.date_from), r.agreed_count, r.real_count, round(r.percent, 1), r.off)
            for r in rows.sorted(lambda r: (r.date_from, r.id))
        ]

    def test_a_volume_beyond_the_tolerance_is_off_on_both_sides(self):
        self.agree(self.line("entries", agreed_count=10), tolerance=20)
        self.count("2026-01", bank_payment=13)
        self.count("2026-02", bank_payment=7)
        self.assertEqual(
            self.rows(("off", "=", True)),
            [("2026-01-01", 10, 13, 30, True), ("2026-02-01", 10, 7, -30, True)],
        )

    def test_a_volume_at_the_tolerance_is_not_off(self):
        self.agree(self.line("entries", agreed_count=10), tolerance=20)
        self.count("2026-01", bank_payment=12)
        self.count("2026-02", bank_payment=8)
        self.assertEqual(self.rows(("off", "=", True)), [])
        self.assertEqual([row[3] for row in self.rows()], [20, -20])

    def test_no_documents_at_all_are_off_as_well(self):
        self.agree(self.line("entries", agreed_count=10))
        self.count("2026-01")
        self.assertEqual(self.rows(), [("2026-01-01", 10, 0, -100, True)])

    def test_only_kinds_of_the_line_count(self):
        self.agree(
            self.line("sales_invoice", "purchase_invoice", agreed_count=5),
            self.line("bank_payment"),
        )
        self.count("2026-01", sales_invoice=2, purchase_invoice=3, bank_payment=40)
        self.assertEqual(self.rows(), [("2026-01-01", 5, 5, 0, False)])

    def test_all_books_of_a_client_count_together(self):
        flow, books = self.add_books(self.client)
        books.add_many("bank_payment", "2026-02-10", 4)
        self.agree(self.line("entries", agreed_count=10))
        self.scheduled(flow)
        self.count("2026-02", bank_payment=6)
        self.assertEqual(self.rows(), [("2026-02-01", 10, 10, 0, False)])

    def test_a_quarter_has_three_agreed_months(self):
        self.plan.recurrence = "quarterly"
        self.agree(self.line("entries", agreed_count=10), date_from="2025-01-01")
        self.books.add_many("bank_payment", "2025-12-10", 30)
        self.scheduled()
        self.assertEqual(self.rows(), [("2025-10-01", 30, 30, 0, False)])

    def test_a_week_has_its_share_of_the_year(self):
        self.plan.recurrence = "weekly"
        self.agree(self.line("entries", agreed_count=365))
        self.books.add_many("bank_payment", "2026-02-25", 84)
        self.scheduled()
        self.assertEqual(self.rows(), [("2026-02-23", 84, 84, 0, False)])

    def test_volumes_are_shown_as_whole_numbers(self):
        shown = self.env["ledger.statistics.tolerance"].fields_get()
        for name in ("agreed_count", "difference"):
            self.assertEqual(shown[name]["digits"], (16, 0))

    def test_corrections_count_in_their_own_month_where_they_are_billed(self):
        agreement = self.agree(self.line("entries", agreed_count=10))
        self.count("2026-01", bank_payment=10)
        self.freeze("2026-01")
        self.books.add_many("bank_payment", "2026-01-20", 2, "late")
        self.import_months("2026-01")
        self.count("2026-02", bank_payment=10)
        self.assertEqual([row[2] for row in self.rows()], [12, 10])
        agreement.with_corrections = False
        self.assertEqual([row[2] for row in self.rows()], [10, 10])

    def test_a_new_volume_is_compared_from_its_first_day_on(self):
        self.agree(
            self.line("entries", agreed_count=10, date_to="2026-01-31"),
            self.line("entries", agreed_count=20, date_from="2026-02-01"),
        )
        self.count("2026-01", bank_payment=10)
        self.count("2026-02", bank_payment=20)
        self.assertEqual([row[1:3] for row in self.rows()], [(10, 10), (20, 20)])

    def test_periods_that_are_not_complete_are_not_compared(self):
        self.agree(self.line("entries", agreed_count=10))
        self.count("2026-03", bank_payment=1)
        self.assertFalse(self.period("2026-03").complete)
        self.assertEqual(self.rows(), [])

    def test_ended_and_archived_agreements_are_not_compared(self):
        agreement = self.agree(
            self.line("entries", agreed_count=10), date_to="2026-01-31"
        )
        self.count("2026-01", bank_payment=10)
        self.count("2026-02", bank_payment=10)
        self.assertEqual([row[0] for row in self.rows()], ["2026-01-01"])
        agreement.action_archive()
        self.assertEqual(self.rows(), [])

    def test_months_add_up_in_the_pivot(self):
        self.agree(self.line("entries", agreed_count=10))
        self.count("2026-01", bank_payment=13)
        self.count("2026-02", bank_payment=7)
        model = self.env["ledger.statistics.tolerance"].with_user(self.responsible)
        groups = model._read_group(
            [], ["partner_id"], ["agreed_count:sum", "real_count:sum", "difference:sum"]
        )
        self.assertEqual(groups, [(self.client, 20, 20, 0)])

    def test_a_row_opens_the_figures_behind_it(self):
        self.agree(self.line("entries", agreed_count=10))
        self.count("2026-01", bank_payment=13)
        row = self.env["ledger.statistics.tolerance"].search([])
        figures = self.env["ledger.statistics.figure"]
        found = figures.search(row.action_open_figures()["domain"])
        self.assertEqual(found.mapped("total"), [13])

    def test_others_and_other_companies_see_nothing(self):
        self.agree(self.line("entries", agreed_count=10))
        self.count("2026-01", bank_payment=13)
        other = self._make_company("Other Office AS")
        stranger = self._make_user("ledger_other", "group_ledger_manager", other)
        self.assertEqual(self.rows(user=stranger), [])
        with self.assertRaises(AccessError):
            self.rows(user=self.plain)
