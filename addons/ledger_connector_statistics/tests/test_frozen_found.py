# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""No correction of a frozen period is lost, and none is made up."""

from odoo.tests import tagged

from .counting_case import CountingCase


@tagged("post_install", "-at_install")
class TestFrozenFound(CountingCase):
    """It is 5 February; January is counted and frozen."""

    now = "2026-02-05 03:00:00"

    def frozen_january(self, **plan):
        self.plan.write(plan)
        self.scheduled()
        self.freeze("2026-01")
        self.at("2026-02-20 10:00:00")

    def later(self, moment="2026-03-05 03:00:00"):
        """The next scheduled run."""
        self.at(moment)
        job = self.scheduled()
        self.assertEqual(job.state, "done", job.error)

    def found(self, month="2026-01"):
        """What all periods carry for a frozen month, by kind; zeros are left out."""
        corrections = self.period(month).change_ids
        sums = {
            kind.code: sum(group.mapped("difference"))
            for kind, group in corrections.grouped("kind_id").items()
        }
        return {code: number for code, number in sums.items() if number}

    # === UNFREEZING === #

    def test_a_period_frozen_again_unread_finds_its_corrections_again(self):
        self.books.add_many("sales_invoice", "2026-01-10", 3)
        self.frozen_january()
        self.books.add("new", "sales_invoice", "2026-01-31")
        self.later()
        self.assertEqual(self.found(), {"sales_invoice": 1, "entries": 1})
        # A slip: unfrozen and frozen again, nothing read in between.
        self.period("2026-01").with_user(self.manager).action_unfreeze()
        self.assertFalse(self.found())
        self.freeze("2026-01")
        self.later("2026-04-05 03:00:00")
        self.later("2026-05-05 03:00:00")
        self.assertEqual(self.found(), {"sales_invoice": 1, "entries": 1})

    def test_unfreezing_brings_what_people_were_told_of_the_carrier_up_to_date(self):
        self.books.add_many("sales_invoice", "2026-01-10", 3)
        self.frozen_january()
        self.books.add("new", "sales_invoice", "2026-01-31")
        self.later()
        activity = self.period("2026-02").activity_id
        self.assertIn("Corrections of earlier periods", activity.note)
        self.period("2026-01").with_user(self.manager).action_unfreeze()
        self.assertEqual(self.period("2026-02").activity_id, activity)
        self.assertNotIn("Corrections of earlier periods", activity.note)

    def test_unfreezing_tells_nobody_of_a_period_that_has_not_ended(self):
        self.frozen_january()
        self.books.add("new", "sales_invoice", "2026-01-31")
        self.import_months("2026-01")
        self.assertTrue(self.corrections("2026-02"))
        self.period("2026-01").with_user(self.manager).action_unfreeze()
        self.assertFalse(self.corrections("2026-02"))
        self.assertFalse(self.period("2026-02").activity_id)

    def test_a_period_is_unfrozen_after_its_set_up_was_deleted(self):
        self.books.add_many("sales_invoice", "2026-01-10", 3)
        self.frozen_january()
        self.books.add("new", "sales_invoice", "2026-01-31")
        self.later()
        self.plan.state = "off"
        self.plan.with_user(self.manager).unlink()
        self.period("2026-01").with_user(self.manager).action_unfreeze()
        self.assertFalse(self.period("2026-01").frozen)
        self.assertFalse(self.corrections("2026-02"))

    # === ROWS === #

    def test_with_rows_a_new_document_of_a_frozen_month_is_found(self):
        self.books.add("old", "sales_invoice", "2026-01-10", rows=2)
        self.frozen_january(with_rows=True)
        self.books.add("new", "sales_invoice", "2026-01-31", rows=5)
        self.later()
        self.assertEqual(self.found(), {"sales_invoice": 1, "entries": 1, "rows": 5})

    def test_with_rows_a_month_that_nothing_touched_is_not_read_again(self):
        self.at("2026-02-05 02:00:00")
        self.books.add("old", "sales_invoice", "2026-01-10", rows=2)
        self.at("2026-02-05 03:00:00")
        self.frozen_january(with_rows=True)
        self.books.add("other", "sales_invoice", "2026-02-10", rows=5)
        self.books.asked.clear()
        self.later()
        asked = [x[0] for x in self.books.asked]
        self.assertEqual(asked, ["changed", "2026-02-01"])

    def test_rows_of_a_period_frozen_again_unread_are_found_again(self):
        self.at("2026-02-05 02:00:00")
        self.books.add("old", "sales_invoice", "2026-01-10", rows=2)
        self.at("2026-02-05 03:00:00")
        self.frozen_january(with_rows=True)
        self.books.add("old", "sales_invoice", "2026-01-10", rows=5)
        self.later()
        self.assertEqual(self.found(), {"rows": 3})
        self.period("2026-01").with_user(self.manager).action_unfreeze()
        self.freeze("2026-01")
        self.assertEqual(self.period("2026-01").figure_ids.document_ids.rows, 2)
        self.later("2026-04-05 03:00:00")
        self.assertEqual(self.figures("2026-01")["rows"], 2)
        self.assertEqual(self.found(), {"rows": 3})

    def test_rows_that_count_nowhere_make_no_empty_period(self):
        self.books.add("old", "sales_invoice", "2026-01-10", rows=2)
        self.frozen_january(with_rows=True, entries="manual")
        self.books.add("old", "sales_invoice", "2026-01-10", rows=9)
        self.import_months("2026-01")
        self.assertFalse(self.period("2026-01").change_ids)
        self.assertFalse(self.period("2026-02"))

    # === DOCUMENT DATE === #

    def test_by_document_date_a_paper_that_comes_four_months_late_is_found(self):
        self.plan.basis = "document_date"
        for month, now in (
            ("2026-01", "2026-02-05"),
            ("2026-02", "2026-03-05"),
            ("2026-03", "2026-04-05"),
            ("2026-04", "2026-05-05"),
        ):
            self.at(f"{now} 02:00:00")
            self.books.add_many("sales_invoice", f"{month}-10", 2, month)
            self.at(f"{now} 03:00:00")
            self.scheduled()
            self.freeze(month)
        self.at("2026-05-20 10:00:00")
        self.books.add("late", "purchase_invoice", "2026-01-31", "2026-05-20")
        self.books.asked.clear()
        self.later("2026-06-05 03:00:00")
        self.assertEqual(self.found(), {"purchase_invoice": 1, "entries": 1})
        self.assertEqual(
            [x[0] for x in self.books.asked], ["changed", "2026-01-01", "2026-05-01"]
        )

    # === CREDIT NOTES === #

    def test_a_month_counted_without_credit_notes_is_held_against_invoices(self):
        self.books.add("note", "sales_invoice", "2026-01-10")
        self.frozen_january(with_credits=False)
        # From now on they are told apart; the same document was only touched.
        self.plan.with_credits = True
        self.books.add("note", "sales_credit_note", "2026-01-10")
        self.books.add("new", "purchase_credit_note", "2026-01-11")
        self.later()
        self.assertEqual(self.found(), {"purchase_invoice": 1, "entries": 1})

    # === DATE ENTERED === #

    def test_by_date_entered_an_edited_entry_is_no_correction_and_a_deleted_is(self):
        self.books.add_many("bank_payment", "2026-01-10", 3)
        self.frozen_january(basis="entered")
        # The vendor only knows the last change: it has left January's window.
        self.books.add("dbank_payment0", "bank_payment", "2026-02-20")
        self.books.delete("dbank_payment1")
        self.later()
        self.import_months("2026-01")
        self.assertEqual(self.found(), {"bank_payment": -1, "entries": -1})

    def test_by_date_entered_no_difference_is_shown_for_what_was_edited(self):
        self.books.add_many("bank_payment", "2026-01-10", 3)
        self.frozen_january(basis="entered")
        self.books.add("dbank_payment0", "bank_payment", "2026-02-20")
        job = self.import_months("2026-01", compare=True)
        self.assertEqual(job.state, "done", job.error)
        self.assertFalse(
            self.env["ledger.statistics.difference"].search([("job_id", "=", job.id)])
        )

    # === WARNINGS === #

    def test_that_nobody_could_be_told_is_said_once(self):
        self.frozen_january()
        self.later()
        self.client.company_id = self._make_company("Elsewhere OÜ")
        for number in (1, 2):
            self.books.add(f"new{number}", "sales_invoice", "2026-01-31")
            self.import_months("2026-01")
        warning = self.period("2026-02").warning
        self.assertEqual(warning.count("Nobody could be told"), 1)
