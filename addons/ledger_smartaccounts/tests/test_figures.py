# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""From the vendor's entries to figures, and to corrections of frozen ones."""

from datetime import date, timedelta

from odoo import fields
from odoo.tests import tagged

from .counting_case import CountingCase

JANUARY = (date(2026, 1, 1), date(2026, 1, 31))


@tagged("post_install", "-at_install")
class TestFigures(CountingCase):
    def setUp(self):
        super().setUp()
        self.plan = self.env["ledger.statistics.plan"].create(
            {
                "system": "smartaccounts",
                "company_id": self.company.id,
                "delivery": "none",
            }
        )

    def count(self, *spans, seconds=None, **place):
        """Run a job that reads these periods, and return it."""
        values = self.flow._prepare_counting(spans, **place)
        job = self.env["ledger.sync.job"].create(values)
        return self.go_on(job, seconds)

    def go_on(self, job, seconds=None):
        """One turn of a job, which may have no more than so many seconds."""
        options = {} if seconds is None else {"seconds": seconds}
        with self.committing() as env:
            job.with_env(env)._run(**options)
        job.invalidate_recordset()
        return job

    def period(self, first=JANUARY[0]):
        return self.env["ledger.statistics.period"].search(
            [("connection_id", "=", self.connection.id), ("date_from", "=", first)]
        )

    def figures(self, period, field="count"):
        return {x.kind_id.code: x[field] for x in period.figure_ids if x[field]}

    def test_a_month_becomes_figures_with_the_documents_behind_them(self):
        self.world.seed_month(
            "2026-01", kinds={"BANK_PAYMENT": 120, "LEDGER_ENTRY": 3, "NEW": 1}
        )
        job = self.count(JANUARY)
        self.assertEqual(job.state, "done", job.error)
        period = self.period()
        expected = {"bank_payment": 120, "manual_entry": 3, "other:NEW": 1}
        self.assertEqual(self.figures(period), {**expected, "entries": 124})
        documents = self.env["ledger.statistics.document"].search(
            [("period_id", "=", period.id)]
        )
        self.assertEqual(len(documents), 124)

    def test_a_job_that_is_cut_short_goes_on_at_its_page(self):
        self.plan.with_credits = False
        self.world.seed_month("2026-01", 201, documents=False)
        job = self.count(JANUARY, seconds=0)
        turns = 1
        while job.state == "pending":
            job = self.go_on(job, seconds=0)
            turns += 1
        self.assertEqual(job.state, "done", job.error)
        self.assertGreater(turns, 1)
        self.assertEqual(self.figures(self.period(), "count")["entries"], 201)
        # No page was asked for twice.
        entries = self.world.calls(path="entries:get")
        pages = [dict(call["query"])["pageNumber"] for call in entries]
        self.assertEqual(pages, ["1", "2", "3"])

    def test_what_changes_in_a_frozen_month_becomes_a_correction(self):
        self.world.seed_month("2026-01", kinds={"BANK_PAYMENT": 5}, documents=False)
        self.count(JANUARY)
        period = self.period()
        period.with_user(self.manager).action_freeze()
        before = self.figures(period)
        moment = fields.Datetime.to_string(self.now() - timedelta(minutes=1))
        self.world.add(
            "entries", date="31.01.2026", docType="BANK_PAYMENT", number="PA-X"
        )
        gone = self.world.objects("general/entries")[0]
        self.world.delete("entries", gone["id"])
        self.world.add("entries", date="31.01.2026", docType="VAT_RETURN", number="K")
        job = self.count(changed=moment)
        self.assertEqual(job.state, "done", job.error)
        self.assertEqual(self.figures(period), before)
        corrections = self.env["ledger.statistics.correction"].search(
            [("frozen_period_id", "=", period.id)]
        )
        found = {x.kind_id.code: x.difference for x in corrections if x.difference}
        self.assertEqual(found, {"vat_return": 1, "entries": 1})
        again = self.count(changed=moment)
        self.assertEqual(again.state, "done", again.error)
        self.assertEqual(sum(x.difference for x in corrections), 2)

    def test_a_limit_lets_the_job_wait_and_go_on_where_it_stopped(self):
        self.world.seed_month("2026-01", 201, documents=False)
        self.world.settings(limit_minute=2)
        job = self.count(JANUARY)
        self.assertEqual((job.state, job.owner), ("waiting", "wait"), job.error)
        self.assertFalse(self.period().figure_ids)
        self.world.settings(limit_minute=0)
        self.env["ledger.budget"].search([]).unlink()
        self.connection.set_aside_until = False
        job.write({"state": "pending", "run_after": False})
        job = self.go_on(job)
        self.assertEqual(job.state, "done", job.error)
        self.assertEqual(self.figures(self.period())["entries"], 201)
