# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""How the documents of a period become its figures."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.ledger_connector_base.models.ledger_sync_job import LEASE
from odoo.addons.ledger_connector_base.sync.lease import lease

from .counting_case import CountingCase

FEBRUARY = ("2026-02-01", "2026-02-28", "entry_date")


@tagged("post_install", "-at_install")
class TestCounting(CountingCase):
    # === FIGURES === #

    def test_a_month_is_counted_by_kind_and_entries_add_them_up(self):
        self.books.add_many("sales_invoice", "2026-02-01", 3)
        self.books.add_many("bank_payment", "2026-02-28", 2)
        self.books.add_many("sales_invoice", "2026-03-01", 5, prefix="later")
        self.books.add_many("sales_invoice", "2026-01-31", 7, prefix="before")
        job = self.scheduled()
        self.assertEqual(job.state, "done", job.error)
        self.assertEqual(job.received, 5)
        self.assertEqual(
            self.figures("2026-02"),
            {"sales_invoice": 3, "bank_payment": 2, "entries": 5},
        )
        self.assertTrue(self.period("2026-02").complete)
        self.assertFalse(self.period("2026-03"))
        self.assertFalse(self.period("2026-01"))

    def test_counts_are_right_at_the_edges_of_a_page(self):
        for month, count in (("01", 0), ("02", 100), ("03", 101), ("04", 201)):
            self.books.add_many("manual_entry", f"2025-{month}-15", count, month)
        self.import_months("2025-01", "2025-02", "2025-03", "2025-04")
        found = [self.figures(f"2025-0{n}").get("entries", 0) for n in (1, 2, 3, 4)]
        self.assertEqual(found, [0, 100, 101, 201])
        self.assertEqual(self.books.pages, 1 + 1 + 2 + 3)

    def test_a_kind_that_nobody_knows_is_counted_under_its_own_word(self):
        self.books.add_many("other:BONUS_SHEET", "2026-02-10", 2)
        self.scheduled()
        self.assertEqual(
            self.figures("2026-02"), {"other:BONUS_SHEET": 2, "entries": 2}
        )
        kind = self.env["ledger.statistics.kind"].search(
            [("code", "=", "other:BONUS_SHEET")]
        )
        self.assertEqual(kind.name, "BONUS_SHEET")

    def test_entries_may_leave_invoices_out_or_be_manual_ones_only(self):
        self.books.add_many("sales_invoice", "2026-02-10", 4)
        self.books.add_many("purchase_credit_note", "2026-02-10", 1)
        self.books.add_many("bank_payment", "2026-02-10", 2)
        self.books.add_many("manual_entry", "2026-02-10", 3)
        for entries, expected in (
            ("all", 10),
            ("without_invoices", 5),
            ("manual", 3),
        ):
            self.plan.entries = entries
            self.scheduled()
            self.assertEqual(self.figures("2026-02")["entries"], expected)

    def test_rows_are_counted_only_if_asked_for(self):
        self.books.add("1", "sales_invoice", "2026-02-10", rows=4)
        self.books.add("2", "manual_entry", "2026-02-10", rows=2)
        self.scheduled()
        self.assertNotIn("rows", self.figures("2026-02"))
        self.plan.with_rows = True
        self.scheduled()
        self.assertEqual(self.figures("2026-02")["rows"], 6)
        self.assertEqual(
            self.figures("2026-02", "row_count"),
            {"sales_invoice": 4, "manual_entry": 2, "entries": 6, "rows": 6},
        )

    def test_figures_lead_to_their_documents(self):
        self.books.add_many("sales_invoice", "2026-02-01", 3)
        self.books.add_many("manual_entry", "2026-02-01", 2)
        self.scheduled()
        documents = self.env["ledger.statistics.document"]
        for figure in self.period("2026-02").figure_ids:
            action = figure.action_open_documents()
            self.assertEqual(
                documents.search_count(action["domain"]), figure.count, figure.kind_id
            )
            if not figure.is_total:
                self.assertEqual(len(figure.document_ids), figure.count)

    # === AGAIN === #

    def test_a_second_run_updates_the_open_period_and_makes_no_other(self):
        self.books.add_many("sales_invoice", "2026-02-01", 3)
        self.scheduled()
        first = self.period("2026-02")
        self.books.delete("dsales_invoice0")
        self.books.add("dsales_invoice1", "sales_credit_note", "2026-02-01")
        self.books.add_many("cash_payment", "2026-02-03", 2)
        self.scheduled()
        self.assertEqual(self.period("2026-02"), first)
        self.assertEqual(
            self.figures("2026-02"),
            {
                "sales_invoice": 1,
                "sales_credit_note": 1,
                "cash_payment": 2,
                "entries": 4,
            },
        )
        self.assertEqual(
            self.env["ledger.statistics.document"].search_count(
                [("period_id", "=", first.id)]
            ),
            4,
        )

    def test_a_kind_without_documents_left_has_no_figure_left(self):
        self.books.add("1", "other:ODD", "2026-02-01")
        self.scheduled()
        self.books.delete("1")
        self.scheduled()
        codes = self.period("2026-02").figure_ids.kind_id.mapped("code")
        self.assertNotIn("other:ODD", codes)
        self.assertIn("sales_invoice", codes)

    def test_a_failure_halfway_leaves_the_last_full_figures(self):
        self.books.add_many("sales_invoice", "2026-02-01", 3)
        self.scheduled()
        self.books.page_size = 2
        self.books.add_many("sales_invoice", "2026-02-01", 3, prefix="new")
        self.books.fails_at = self.books.pages + 2
        job = self.scheduled()
        self.assertEqual(job.state, "waiting")
        self.assert_readable(job.error)
        self.assertEqual(self.figures("2026-02")["sales_invoice"], 3)

    def test_a_run_goes_on_at_the_page_where_it_stopped(self):
        self.books.page_size = 10
        self.books.add_many("sales_invoice", "2026-02-01", 35)
        self.books.fails_at = 3
        job = self.scheduled()
        self.assertEqual(job.cursor["at"], 20)
        self.books.fails_at = None
        again = self.scheduled()
        self.assertEqual(again, job)
        self.assertEqual(again.state, "done", again.error)
        self.assertEqual(self.books.asked, [(*FEBRUARY, None), (*FEBRUARY, 20)])
        self.assertEqual(again.received, 35)
        self.assertEqual(self.figures("2026-02")["sales_invoice"], 35)

    def test_a_process_that_died_repeats_a_page_at_the_most(self):
        self.books.page_size = 10
        self.books.add_many("sales_invoice", "2026-02-01", 25)
        self.books.fails_at = 3
        job = self.scheduled()
        # As it stands in the database when the process is gone.
        job.write({"state": "running", "run_after": False, "ended_at": False})
        self.connection.write({"failures": 0, "set_aside_until": False})
        self.flow.next_run = False
        self.run_lanes()
        self.env.invalidate_all()
        self.assertEqual(job.state, "done", job.error)
        self.assertEqual(self.books.pages, 4)
        self.assertEqual(self.figures("2026-02")["entries"], 25)

    def test_a_turn_that_is_over_leaves_the_rest_for_the_next(self):
        self.books.page_size = 10
        self.books.add_many("sales_invoice", "2026-02-01", 25)
        with self.committing() as env:
            job = self.flow.with_env(env)._enqueue("schedule", wake=False)
            for _turn in range(3):
                self.assertIn(job.state, ("pending", "waiting"))
                job._run(seconds=0)
            self.assertEqual(job.state, "done")
        self.env.invalidate_all()
        self.assertEqual(self.figures("2026-02")["entries"], 25)
        self.assertEqual(self.books.pages, 3)

    def test_a_cancelled_job_stops_after_its_page_and_changes_no_figure(self):
        self.books.page_size = 10
        self.books.add_many("sales_invoice", "2026-02-01", 25)
        with self.committing() as env:
            job = self.flow.with_env(env)._enqueue("schedule", wake=False)
            self.books.between = job.action_cancel
            job._run()
            self.assertEqual(job.state, "cancelled")
        self.env.invalidate_all()
        self.assertFalse(self.figures("2026-02"))
        self.assertEqual(self.books.pages, 2)

    def test_of_two_runs_at_once_the_second_does_nothing(self):
        self.books.add_many("sales_invoice", "2026-02-01", 3)
        with lease(self.env.cr.dbname, LEASE, self.connection.id) as held:
            self.assertTrue(held)
            with self.committing() as env:
                job = self.flow.with_env(env)._enqueue("schedule", wake=False)
                self.assertFalse(job._run())
                self.assertEqual(job.state, "pending")
        self.assertFalse(self.books.asked)
        self.assertFalse(self.period("2026-02"))

    # === WARNINGS === #

    def test_a_month_without_documents_is_warned_of(self):
        self.scheduled()
        self.assertIn("No document", self.period("2026-02").warning)
        self.assertTrue(self.period("2026-02").complete)

    def test_a_jump_against_the_three_periods_before_is_warned_of(self):
        for month, count in (("10", 90), ("11", 10), ("12", 12)):
            self.books.add_many("bank_payment", f"2025-{month}-10", count, month)
        self.books.add_many("bank_payment", "2026-01-10", 11, "jan")
        self.books.add_many("bank_payment", "2026-02-10", 20, "feb")
        self.import_months("2025-10", "2025-11", "2025-12", "2026-01", "2026-02")
        warning = self.period("2026-02").warning
        self.assertIn("Bank payments: 20, and 11 on average before.", warning)
        self.assertNotIn("Sales", warning)
        self.plan.jump_percent = 90
        self.import_months("2026-02")
        self.assertFalse(self.period("2026-02").warning)

    def test_a_few_documents_more_are_no_jump(self):
        self.books.add_many("bank_payment", "2026-01-10", 1, "jan")
        self.books.add_many("bank_payment", "2026-02-10", 3, "feb")
        self.import_months("2026-01", "2026-02")
        self.assertFalse(self.period("2026-02").warning)

    def test_a_month_that_has_not_ended_is_counted_but_not_complete(self):
        self.books.add_many("bank_payment", "2026-03-02", 4)
        self.import_months("2026-03")
        period = self.period("2026-03")
        self.assertEqual(self.figures("2026-03")["entries"], 4)
        self.assertIn("not ended", period.warning)
        self.assertFalse(period.complete)
        self.assertFalse(period.activity_id)
        with self.assertRaisesRegex(UserError, "not read to its end"):
            self.freeze("2026-03")

    def test_midnight_is_that_of_the_books(self):
        # 31 March 21:30 UTC is April in Tallinn.
        self.at("2026-03-31 21:30:00")
        self.scheduled()
        self.assertTrue(self.period("2026-03").complete)

    # === TELLING PEOPLE === #

    def test_people_are_told_once_of_a_complete_period(self):
        self.books.add_many("bank_payment", "2026-02-10", 4)
        self.scheduled()
        activity = self.period("2026-02").activity_id
        self.assertTrue(activity)
        self.books.add_many("bank_payment", "2026-02-11", 4, "more")
        self.scheduled()
        self.assertEqual(self.period("2026-02").activity_id, activity)

    def test_figures_stay_where_nobody_can_be_told(self):
        self.books.add_many("bank_payment", "2026-02-10", 4)
        elsewhere = self._make_company("Elsewhere OÜ")
        self.client.company_id = elsewhere
        job = self.scheduled()
        self.assertEqual(job.state, "partial")
        self.assertEqual(self.figures("2026-02")["entries"], 4)
        self.assertIn("Nobody could be told", self.period("2026-02").warning)

    # === SCHEDULE === #

    def test_the_lane_fetches_on_the_day_of_the_set_up_and_not_before(self):
        self.at("2026-03-04 12:00:00")
        self.flow._schedule()
        self.assertEqual(str(self.flow.next_run), "2026-03-05 01:00:00")
        self.run_lanes()
        self.assertFalse(self.books.asked)
        self.at("2026-03-05 01:00:00")
        self.run_lanes()
        self.env.invalidate_all()
        self.assertEqual(self.books.asked, [(*FEBRUARY, None)])
        self.assertEqual(str(self.flow.next_run), "2026-04-05 00:00:00")
        self.assertEqual(str(self.flow.counted_until), "2026-02-28")

    def test_months_that_were_missed_are_fetched_as_well(self):
        self.at("2026-01-10 12:00:00")
        self.flow._schedule()
        self.at("2026-04-05 03:00:00")
        self.scheduled()
        self.assertEqual(
            [asked[0] for asked in self.books.asked],
            ["2026-01-01", "2026-02-01", "2026-03-01"],
        )

    def test_a_set_up_that_is_off_has_no_schedule(self):
        self.env.cr.execute("UPDATE ledger_statistics_plan SET state = 'off'")
        self.env.invalidate_all()
        self.flow._schedule()
        self.assertFalse(self.flow.next_run)
        job = self.scheduled()
        self.assertEqual(job.state, "done")
        self.assertFalse(self.books.asked)

    def test_an_import_by_hand_leaves_the_schedule_alone(self):
        self.flow._schedule()
        planned = self.flow.next_run
        self.import_months("2025-05")
        self.assertEqual(self.flow.next_run, planned)

    def test_without_a_set_up_the_job_says_so(self):
        self.env.cr.execute("UPDATE ledger_statistics_plan SET system = 'other'")
        self.env.invalidate_all()
        job = self.import_months("2026-02")
        self.assertEqual(job.state, "failed")
        self.assertIn("Set-up", job.error)
        self.assert_readable(job.error)

    def test_previews_and_matches_are_refused_in_words(self):
        for press in ("action_preview", "action_match", "preview", "action_full"):
            with self.assertRaisesRegex(UserError, "count documents"):
                getattr(self.flow, press)()
        self.connection.action_compare()
        self.assertFalse(
            self.env["ledger.sync.job"].search([("trigger", "=", "compare")])
        )
