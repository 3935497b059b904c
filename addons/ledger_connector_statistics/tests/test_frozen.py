# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Frozen periods keep their figures; what changes becomes a correction."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .counting_case import CountingCase


@tagged("post_install", "-at_install")
class TestFrozen(CountingCase):
    """January was counted and frozen in February; it is 5 March."""

    def setUp(self):
        super().setUp()
        self.at("2026-02-05 03:00:00")
        self.books.add_many("sales_invoice", "2026-01-10", 3)
        self.books.add_many("bank_payment", "2026-01-20", 2)
        self.scheduled()
        self.freeze("2026-01")
        self.january = dict(self.figures("2026-01"))
        self.at("2026-03-05 03:00:00")

    def assert_january_stays(self):
        self.assertEqual(self.figures("2026-01"), self.january)
        self.assertEqual(self.figures("2026-01", "total"), self.january)

    def later(self, moment="2026-04-05 03:00:00"):
        """The next scheduled run."""
        self.at(moment)
        return self.scheduled()

    # === WHAT IS FOUND === #

    def test_freezing_keeps_who_and_when(self):
        period = self.period("2026-01")
        self.assertEqual(period.frozen_by, self.manager)
        self.assertEqual(str(period.frozen_at), "2026-02-05 03:00:00")
        self.assertTrue(all(period.figure_ids.mapped("frozen")))

    def test_an_added_document_is_carried_by_the_next_open_period(self):
        self.at("2026-02-20 10:00:00")
        self.books.add("new", "sales_invoice", "2026-01-31")
        self.books.add_many("sales_invoice", "2026-02-10", 4, "feb")
        job = self.later("2026-03-05 03:00:00")
        self.assertEqual(job.state, "done", job.error)
        self.assert_january_stays()
        self.assertEqual(
            self.corrections("2026-02"), [("sales_invoice", 1), ("entries", 1)]
        )
        self.assertEqual(self.figures("2026-02")["sales_invoice"], 4)
        self.assertEqual(
            self.figures("2026-02", "total"), {"sales_invoice": 5, "entries": 5}
        )
        correction = self.period("2026-02").correction_ids.sorted("id")[0]
        self.assertIn("N-new", correction.added)
        self.assertFalse(correction.removed)

    def test_a_difference_is_noted_once_however_often_it_is_seen(self):
        self.books.add("new", "sales_invoice", "2026-01-31")
        self.scheduled()
        self.scheduled()
        self.import_months("2026-01")
        self.later()
        self.assertEqual(
            self.corrections("2026-02"), [("sales_invoice", 1), ("entries", 1)]
        )
        self.assertFalse(self.corrections("2026-03"))
        self.assert_january_stays()

    def test_a_deleted_document_is_taken_off(self):
        self.books.delete("dbank_payment0")
        self.scheduled()
        self.assertEqual(
            self.corrections("2026-02"), [("bank_payment", -1), ("entries", -1)]
        )
        self.assert_january_stays()
        correction = self.period("2026-02").correction_ids.sorted("id")[0]
        self.assertIn("N-dbank_payment0", correction.removed)

    def test_an_added_and_later_deleted_document_nets_to_zero(self):
        self.books.add("new", "sales_invoice", "2026-01-31")
        self.scheduled()
        self.books.delete("new")
        self.later("2026-03-06 03:00:00")
        self.assertEqual(
            self.figures("2026-02", "correction"),
            {},
        )
        self.assertEqual(len(self.corrections("2026-02")), 4)

    def test_a_deleted_document_that_comes_back_nets_to_zero(self):
        self.books.delete("dbank_payment0")
        self.scheduled()
        self.at("2026-03-06 02:00:00")
        self.books.add("dbank_payment0", "bank_payment", "2026-01-20")
        self.later("2026-03-06 03:00:00")
        self.assertEqual(self.figures("2026-02", "correction"), {})
        self.assert_january_stays()

    def test_another_kind_takes_one_off_and_adds_one(self):
        self.plan.entries = "without_invoices"
        self.books.add("dsales_invoice0", "sales_credit_note", "2026-01-10")
        self.scheduled()
        self.assertEqual(
            self.corrections("2026-02"),
            [("sales_invoice", -1), ("sales_credit_note", 1)],
        )

    def test_a_document_moved_to_another_month_leaves_the_frozen_one(self):
        self.books.add("dsales_invoice0", "sales_invoice", "2026-02-01")
        self.scheduled()
        self.assertEqual(
            self.corrections("2026-02"), [("sales_invoice", -1), ("entries", -1)]
        )
        self.assertEqual(self.figures("2026-02")["sales_invoice"], 1)
        self.assertFalse(self.figures("2026-02", "total"))

    def test_a_document_moved_between_frozen_months_is_off_here_and_on_there(self):
        self.scheduled()
        self.freeze("2026-02")
        self.at("2026-03-20 10:00:00")
        self.books.add("dsales_invoice0", "sales_invoice", "2026-02-01")
        self.later()
        march = self.period("2026-03").correction_ids
        found = {
            (x.frozen_period_id.date_from.month, x.difference)
            for x in march.filtered(lambda x: not x.is_total)
        }
        self.assertEqual(found, {(1, -1), (2, 1)})
        self.assertEqual(self.figures("2026-03", "correction"), {})

    def test_a_document_that_was_only_edited_is_no_correction(self):
        self.books.add("dsales_invoice0", "sales_invoice", "2026-01-11")
        self.scheduled()
        self.assertFalse(self.corrections("2026-02"))

    def test_a_reading_of_the_frozen_month_only_compares(self):
        self.books.add("new", "sales_invoice", "2026-01-31")
        self.books.delete("dbank_payment0")
        self.import_months("2026-01")
        self.assert_january_stays()
        period = self.period("2026-02")
        self.assertFalse(period.complete)
        self.assertFalse(period.activity_id)
        self.assertEqual(
            self.corrections("2026-02"), [("sales_invoice", 1), ("bank_payment", -1)]
        )

    def test_changes_between_reading_and_freezing_are_not_lost(self):
        self.books.add("feb", "manual_entry", "2026-02-10")
        self.scheduled()
        self.at("2026-03-06 10:00:00")
        self.books.add("late", "manual_entry", "2026-02-11")
        self.at("2026-03-10 10:00:00")
        self.freeze("2026-02")
        self.later()
        self.assertEqual(
            self.corrections("2026-03"), [("manual_entry", 1), ("entries", 1)]
        )

    def test_a_correction_goes_to_people_with_the_figures_that_carry_it(self):
        self.scheduled()
        activity = self.period("2026-02").activity_id
        self.books.add("new", "sales_invoice", "2026-01-31")
        self.import_months("2026-01")
        self.assertEqual(self.period("2026-02").activity_id, activity)
        self.assertIn("Corrections", activity.note)

    def test_rows_of_a_frozen_month_are_corrected_too(self):
        self.plan.with_rows = True
        self.books.add("feb", "manual_entry", "2026-02-10", rows=3)
        self.scheduled()
        self.freeze("2026-02")
        self.at("2026-03-20 10:00:00")
        self.books.add("feb", "manual_entry", "2026-02-10", rows=7)
        self.later()
        self.assertEqual(self.corrections("2026-03"), [("rows", 4)])
        self.later("2026-04-06 03:00:00")
        self.assertEqual(self.corrections("2026-03"), [("rows", 4)])

    def test_by_document_date_frozen_months_that_may_have_changed_are_read_again(self):
        self.plan.basis = "document_date"
        self.books.add_many("purchase_invoice", "2026-02-10", 2)
        self.scheduled()
        self.freeze("2026-02")
        self.at("2026-03-20 10:00:00")
        # Entered in March, dated February.
        self.books.add("late", "purchase_invoice", "2026-02-27", "2026-03-20")
        self.later()
        self.assertEqual(
            self.corrections("2026-03"), [("purchase_invoice", 1), ("entries", 1)]
        )
        self.assertIn(
            ("2026-02-01", "2026-02-28", "document_date", None), self.books.asked
        )

    def test_changes_are_not_asked_when_nothing_is_frozen(self):
        self.period("2026-01").action_unfreeze()
        self.books.asked.clear()
        self.scheduled()
        self.assertEqual(
            [asked[0] for asked in self.books.asked], ["2026-01-01", "2026-02-01"]
        )

    def test_changes_are_asked_since_the_last_comparison(self):
        self.scheduled()
        self.later()
        asked = [x[1] for x in self.books.asked if x[0] == "changed"]
        self.assertEqual(asked, ["2026-02-05 03:00:00", "2026-03-05 03:00:00"])

    def test_a_failure_among_the_changes_goes_on_there(self):
        self.books.page_size = 2
        for number in range(5):
            self.books.add(f"new{number}", "cash_payment", "2026-01-31")
        self.books.fails_at = self.books.pages + 3
        self.assertEqual(self.scheduled().state, "waiting")
        self.books.fails_at = None
        job = self.scheduled()
        self.assertEqual(job.state, "done", job.error)
        self.assertEqual(self.figures("2026-02", "correction")["cash_payment"], 5)
        self.assertEqual(self.figures("2026-02", "correction")["entries"], 5)

    def test_a_month_that_is_frozen_while_it_is_read_is_compared(self):
        self.books.page_size = 2
        self.books.add_many("sales_invoice", "2026-02-10", 2, "feb")
        self.scheduled()
        self.books.add_many("bank_payment", "2026-02-10", 3, "feb")
        self.freeze_between("2026-02")
        self.import_months("2026-02")
        self.assertEqual(self.figures("2026-02"), {"sales_invoice": 2, "entries": 2})
        self.assertEqual(
            self.corrections("2026-03"), [("bank_payment", 3), ("entries", 3)]
        )

    def test_a_month_that_is_frozen_while_changes_are_read_misses_none(self):
        self.books.page_size = 2
        self.at("2026-03-01 03:00:00")
        self.books.add_many("sales_invoice", "2026-02-10", 2, "feb")
        self.at("2026-03-05 03:00:00")
        self.scheduled()
        self.at("2026-04-01 03:00:00")
        self.books.add_many("bank_payment", "2026-02-10", 3, "feb")
        self.freeze_between("2026-02")
        self.later()
        self.assertTrue(self.period("2026-02").frozen)
        self.books.between = None
        self.later("2026-05-05 03:00:00")
        found = self.env["ledger.statistics.correction"].search(
            [("kind_id.code", "=", "bank_payment")]
        )
        self.assertEqual(found.frozen_period_id, self.period("2026-02"))
        self.assertEqual(sum(found.mapped("difference")), 3)

    def freeze_between(self, month):
        """Somebody freezes *month* after the first page of the next reading."""
        period_id = self.period(month).id

        def freeze():
            # In the reading's own transaction: the tests have one session only.
            with self.registry.cursor() as cr:
                env = self.env(cr=cr)
                env["ledger.statistics.period"].browse(period_id).action_freeze()

        self.books.between = freeze

    # === FREEZING AND UNFREEZING === #

    def test_users_cannot_freeze_or_unfreeze(self):
        self.scheduled()
        user = self.responsible
        with self.assertRaises(AccessError):
            self.period("2026-02").with_user(user).action_freeze()
        with self.assertRaises(AccessError):
            self.period("2026-01").with_user(user).action_unfreeze()
        with self.assertRaises(AccessError):
            self.period("2026-01").figure_ids.with_user(user).write({"count": 1})

    def test_many_are_frozen_from_their_figures(self):
        self.scheduled()
        period = self.period("2026-02")
        period.figure_ids.with_user(self.manager).action_freeze()
        self.assertTrue(period.frozen)

    def test_an_unfrozen_period_is_read_again_and_takes_its_corrections_back(self):
        self.books.add("new", "sales_invoice", "2026-01-31")
        self.books.delete("dbank_payment0")
        self.scheduled()
        self.assertTrue(self.corrections("2026-02"))
        self.period("2026-01").with_user(self.manager).action_unfreeze()
        self.assertFalse(self.corrections("2026-02"))
        self.assertEqual(self.figures("2026-02", "correction"), {})
        self.assert_january_stays()
        self.import_months("2026-01")
        self.assertEqual(
            self.figures("2026-01"),
            {"sales_invoice": 4, "bank_payment": 1, "entries": 5},
        )
        self.assertFalse(self.corrections("2026-02"))

    def test_a_period_whose_corrections_are_frozen_stays_frozen(self):
        self.books.add("new", "sales_invoice", "2026-01-31")
        self.scheduled()
        self.freeze("2026-02")
        with self.assertRaisesRegex(UserError, "Unfreeze that period first"):
            self.period("2026-01").action_unfreeze()

    def test_corrections_of_a_frozen_carrier_stay_and_new_ones_go_further(self):
        self.books.add("new", "sales_invoice", "2026-01-31")
        self.scheduled()
        self.freeze("2026-02")
        self.at("2026-03-20 10:00:00")
        self.books.add("newer", "sales_invoice", "2026-01-31")
        self.later()
        self.assertEqual(self.figures("2026-02", "total")["sales_invoice"], 1)
        self.assertEqual(
            self.corrections("2026-03"), [("sales_invoice", 1), ("entries", 1)]
        )

    def test_frozen_periods_cannot_be_deleted(self):
        with self.assertRaisesRegex(UserError, "frozen"):
            self.period("2026-01").with_user(self.manager).unlink()

    def test_people_of_other_companies_see_nothing(self):
        elsewhere = self._make_company("Elsewhere OÜ")
        stranger = self._make_user("stranger", "group_ledger_manager", elsewhere)
        self.books.add("new", "sales_invoice", "2026-01-31")
        self.scheduled()
        for name in ("period", "figure", "document", "correction"):
            model = self.env[f"ledger.statistics.{name}"]
            self.assertTrue(model.with_user(self.responsible).search_count([]))
            self.assertFalse(model.with_user(stranger).search_count([]), name)
