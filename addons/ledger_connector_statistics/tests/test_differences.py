# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Differences first: nothing is taken over before a person has seen it."""

from odoo.tests import tagged

from .import_case import ImportCase


@tagged("post_install", "-at_install")
class TestDifferences(ImportCase):
    def compare(self):
        """Ask for the differences of the last twelve months and let them be found."""
        one = self.ask(self.client, compare=True)
        self.work()
        return one.with_user(self.responsible)

    def kept(self):
        """How many documents are kept of what jobs have read."""
        self.env.cr.execute("SELECT count(*) FROM ledger_statistics_read")
        return self.env.cr.fetchone()[0]

    # === WHAT IS FOUND === #

    def test_a_reload_looks_at_twelve_months_and_changes_nothing(self):
        self.import_months("2026-01", "2026-02")
        self.books.add("new", "sales_invoice", "2026-02-11")
        one = self.ask(self.client, compare=True)
        self.assertEqual(str(one.date_from), "2025-03-01")
        told = self.work()
        self.assertIn("1 differences", told[0])
        self.assertEqual(one.state, "waiting")
        line = one.difference_ids
        self.assertEqual(
            (line.before, line.after, line.added, line.removed), (4, 5, 1, 0)
        )
        self.assertEqual(self.figures("2026-02")["sales_invoice"], 4)
        self.assertFalse(self.period("2025-12"))

    def test_applied_differences_change_open_periods_and_correct_frozen_ones(self):
        self.import_months("2026-01", "2026-02")
        self.freeze("2026-01")
        self.books.add("new", "sales_invoice", "2026-01-11")
        self.books.add("newer", "sales_invoice", "2026-02-11")
        self.at("2026-03-05 05:00:00")
        one = self.compare()
        self.assertEqual(one.difference_ids.mapped("frozen"), [True, False])
        pages = self.books.pages
        one.action_apply()
        told = self.work()
        self.assertEqual(len(told), 1)
        self.assertEqual(one.state, "done")
        self.assertEqual(self.books.pages, pages, "read a second time")
        self.assertEqual(self.figures("2026-01")["sales_invoice"], 3)
        self.assertEqual(self.figures("2026-02")["sales_invoice"], 5)
        self.assertEqual(self.figures("2026-02", "total")["sales_invoice"], 6)
        self.assertEqual(self.kept(), 0)

    def test_discarded_differences_leave_all_as_it_is(self):
        self.import_months("2026-02")
        self.books.add("new", "sales_invoice", "2026-02-11")
        one = self.compare()
        one.action_discard()
        self.work()
        self.assertEqual(one.state, "done")
        self.assertEqual(self.figures("2026-02")["sales_invoice"], 4)
        self.assertEqual(self.kept(), 0)

    def test_differences_that_a_run_has_overtaken_are_not_applied(self):
        self.import_months("2026-02")
        self.books.add("new", "sales_invoice", "2026-02-11")
        self.at("2026-03-05 05:00:00")
        one = self.compare()
        self.books.add("newer", "sales_invoice", "2026-02-12")
        self.at("2026-03-05 06:00:00")
        self.scheduled()
        one.action_apply()
        self.work()
        self.assertEqual(self.figures("2026-02")["sales_invoice"], 6)
        line = one.difference_ids.filtered(lambda x: x.date_from.month == 2)
        self.assertEqual((line.applied, line.overtaken), (False, True))
        self.assertTrue((one.difference_ids - line).applied)
        self.assertEqual((one.difference_count, one.state), (0, "done"))

    def test_of_books_without_a_difference_nothing_is_kept(self):
        self.import_months("2026-01", "2026-02")
        one = self.compare()
        self.assertEqual(one.state, "done")
        self.assertEqual(self.kept(), 0)

    # === WHO DECIDES, AND WHEN === #

    def test_who_discards_on_a_stale_screen_takes_nothing_off(self):
        self.import_months("2026-01", "2026-02")
        self.freeze("2026-01")
        self.books.add("new", "sales_invoice", "2026-01-11")
        self.at("2026-03-05 05:00:00")
        one = self.compare()
        one.action_apply()
        # Somebody else saw the differences before they were taken over.
        one.action_discard()
        self.work()
        self.assertEqual(one.state, "done")
        self.assertEqual(
            self.corrections("2026-02"), [("sales_invoice", 1), ("entries", 1)]
        )

    def test_discarded_differences_cannot_be_taken_over_any_more(self):
        self.import_months("2026-02")
        self.books.add("new", "sales_invoice", "2026-02-11")
        one = self.compare()
        one.action_discard()
        one.action_apply()
        self.assertEqual(len(one.job_ids), 1)
        self.assertEqual(one.state, "done")

    def test_who_discards_a_running_import_changes_no_figure(self):
        self.books.page_size = 2
        self.books.fails_at = 2
        one = self.ask(self.client).with_user(self.responsible)
        self.work()
        self.assertEqual(one.state, "running")
        one.action_discard()
        self.at("2026-03-05 12:00:00")
        self.work()
        self.assertEqual(one.state, "done")
        self.assertEqual(self.figures("2026-02")["sales_invoice"], 4)

    def failed_in_february(self):
        """A comparison that found January's difference and failed amid February."""
        self.import_months("2026-01", "2026-02")
        self.books.add("new", "sales_invoice", "2026-01-11")
        self.at("2026-03-05 05:00:00")
        self.books.page_size = 3
        one = self.ask(
            self.client, compare=True, month_from="2026-01-01", month_to="2026-02-01"
        )
        # Two pages of January, one of February.
        self.books.fails_at = self.books.pages + 4
        self.work()
        self.fail_for_good(self.books)
        self.assertEqual((one.state, one.difference_count), ("waiting", 1))
        return one.with_user(self.responsible)

    def assert_february_is_compared(self, one):
        asked = len(self.books.asked)
        one.action_retry()
        self.work()
        [(first, *_window, cursor)] = self.books.asked[asked:]
        self.assertEqual((first, cursor), ("2026-02-01", 3))
        self.assertEqual((one.state, one.difference_count), ("done", 0))
        self.assertEqual(self.kept(), 0)

    def test_a_failed_comparison_goes_on_after_the_first_months_were_taken_over(self):
        one = self.failed_in_february()
        one.action_apply()
        self.work()
        self.assertEqual(self.figures("2026-01")["sales_invoice"], 4)
        self.assert_february_is_compared(one)

    def test_a_failed_comparison_goes_on_after_the_first_months_were_discarded(self):
        one = self.failed_in_february()
        one.action_discard()
        self.assert_february_is_compared(one)
        self.assertEqual(self.figures("2026-01")["sales_invoice"], 3)

    def test_what_is_not_kept_any_more_is_not_taken_over(self):
        self.import_months("2026-01")
        self.freeze("2026-01")
        self.books.add("new", "sales_invoice", "2026-01-11")
        self.at("2026-03-05 05:00:00")
        one = self.compare()
        one.action_apply()
        # The keys' budget was used up for weeks; old jobs were cleared away.
        one.sudo().job_ids.sorted("id")[0].unlink()
        self.env["ledger.statistics.read"]._gc_read()
        self.work()
        self.assertEqual(one.state, "partial")
        self.assertIn("look at the differences again", one.failures)
        self.assertFalse(self.period("2026-01").change_ids)

    def test_a_correction_that_came_in_between_is_not_taken_back(self):
        self.books.page_size = 3
        self.at("2026-03-05 03:30:00")
        self.import_months("2026-01")
        self.freeze("2026-01")
        self.at("2026-03-05 04:00:00")
        self.books.add("first", "sales_invoice", "2026-01-11")
        self.at("2026-03-05 05:00:00")
        one = self.compare()
        self.books.add("second", "sales_invoice", "2026-01-12")
        # The scheduled run finds both on the first page of what changed, and stops.
        self.books.add_many("sales_invoice", "2026-02-10", 4, "more")
        self.at("2026-03-06 03:00:00")
        self.books.fails_at = self.books.pages + 2
        job = self.scheduled()
        self.assertEqual(job.state, "waiting")
        found = self.corrections("2026-02")
        self.assertIn(("sales_invoice", 2), found)
        one.action_apply()
        line = one.difference_ids.filtered("frozen")
        self.assertEqual((line.applied, line.overtaken), (False, True))
        self.at("2026-03-06 12:00:00")
        self.work()
        self.assertEqual(job.state, "done", job.error)
        self.assertEqual(self.corrections("2026-02"), found)
