# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The set-up changes from months to quarters or weeks: each day is counted once."""

from datetime import date

from odoo.tests import tagged

from .billing_case import BillingCase

JANUARY = (date(2026, 1, 1), date(2026, 1, 31))
REST = (date(2026, 2, 1), date(2026, 3, 31))
QUARTER = (date(2026, 1, 1), date(2026, 3, 31))


@tagged("post_install", "-at_install")
class TestRecurrence(BillingCase):
    def setUp(self):
        super().setUp()
        self.at("2026-02-05 03:00:00")
        self.agree(self.line("sales_invoice", price_unit=10))
        self.books.add_many("sales_invoice", "2026-01-10", 2)
        self.scheduled()

    def run_at(self, moment):
        self.at(moment)
        job = self.scheduled()
        self.assertEqual(job.state, "done", job.error)

    def periods(self):
        return self.env["ledger.statistics.period"].search(
            [("connection_id", "=", self.connection.id)], order="date_from, date_to"
        )

    def spans(self):
        return [(one.date_from, one.date_to) for one in self.periods()]

    def january_billed(self):
        """January is billed, then quarters are counted; papers come to all months."""
        self.bill(self.period("2026-01"))
        self.plan.recurrence = "quarterly"
        self.at("2026-02-20 03:00:00")
        self.books.add("late", "sales_invoice", "2026-01-20")
        self.books.add_many("sales_invoice", "2026-02-10", 5, "february")

    def test_after_a_billed_month_the_rest_of_its_quarter_is_a_period(self):
        self.january_billed()
        self.run_at("2026-04-05 03:00:00")
        self.assertEqual(self.spans(), [JANUARY, REST])
        invoice = self.bill(self.periods()[1])
        self.assertEqual(invoice.amount_untaxed, 10 + 50)
        self.run_at("2026-07-05 03:00:00")
        quarter = (date(2026, 4, 1), date(2026, 6, 30))
        self.assertEqual(self.spans(), [JANUARY, REST, quarter])

    def test_the_rest_of_the_quarter_carries_what_is_found_in_it(self):
        self.january_billed()
        self.import_months("2026-01")
        self.assertEqual(self.spans(), [JANUARY, REST])
        carrier = self.periods()[1]
        self.assertEqual(set(carrier.correction_ids.mapped("difference")), {1})
        self.run_at("2026-04-05 03:00:00")
        self.assertEqual(self.bill(carrier).amount_untaxed, 10 + 50)

    def test_a_month_that_carries_a_correction_is_read_to_its_end_by_itself(self):
        self.bill(self.period("2026-01"))
        self.at("2026-02-20 03:00:00")
        self.books.add("late", "sales_invoice", "2026-01-20")
        self.import_months("2026-01")
        self.plan.recurrence = "quarterly"
        self.run_at("2026-04-05 03:00:00")
        february = self.period("2026-02")
        march = (date(2026, 3, 1), date(2026, 3, 31))
        self.assertEqual(self.spans(), [JANUARY, *self.days(february), march])
        self.assertTrue(february.complete)

    def days(self, periods):
        return [(one.date_from, one.date_to) for one in periods]

    def test_a_month_that_may_still_change_gives_way_to_its_quarter(self):
        self.plan.recurrence = "quarterly"
        self.run_at("2026-04-05 03:00:00")
        self.assertIn(QUARTER, self.spans())

    def test_weeks_begin_after_a_billed_month(self):
        self.bill(self.period("2026-01"))
        self.plan.recurrence = "weekly"
        self.flow.counted_until = "2026-01-18"
        self.run_at("2026-02-09 03:00:00")
        sunday = date(2026, 2, 1)
        week = (date(2026, 2, 2), date(2026, 2, 8))
        self.assertEqual(self.spans(), [JANUARY, (sunday, sunday), week])

    def test_an_import_of_the_quarter_shows_what_differs_in_its_billed_month(self):
        self.january_billed()
        self.at("2026-04-05 03:00:00")
        asked = self.env["ledger.statistics.request"].with_user(self.manager)
        request = asked.create(
            {
                "partner_ids": self.client.ids,
                "system": "counted",
                "month_from": "2026-01-01",
                "month_to": "2026-03-01",
                "compare": True,
            }
        )
        one = self.env["ledger.statistics.import"].browse(
            request.action_import()["res_id"]
        )
        windows = one.sudo().job_ids.cursor["windows"]
        self.assertEqual(
            windows, [[str(day) for day in span] for span in (JANUARY, REST)]
        )
