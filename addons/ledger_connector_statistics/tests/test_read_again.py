# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Open periods are read once more: papers come in after the day of fetching."""

from odoo.tests import tagged

from .counting_case import CountingCase


@tagged("post_install", "-at_install")
class TestReadAgain(CountingCase):
    """January was counted on 5 February and stayed open."""

    now = "2026-02-05 03:00:00"

    def setUp(self):
        super().setUp()
        self.books.add_many("sales_invoice", "2026-01-10", 3)
        self.scheduled()
        self.told = self.period("2026-01").activity_id
        self.at("2026-02-20 10:00:00")
        self.books.add_many("purchase_invoice", "2026-01-31", 2, "late")
        self.books.asked.clear()

    def asked(self):
        return [asked[0] for asked in self.books.asked]

    def test_papers_that_came_late_are_counted_with_the_next_month(self):
        self.at("2026-03-05 03:00:00")
        self.scheduled()
        self.assertEqual(self.asked(), ["2026-01-01", "2026-02-01"])
        self.assertEqual(
            self.figures("2026-01"),
            {"sales_invoice": 3, "purchase_invoice": 2, "entries": 5},
        )
        # The one summary, brought up to date.
        self.assertEqual(self.period("2026-01").activity_id, self.told)
        self.assertIn("5", self.told.note)
        activities = self.env["mail.activity"].search(
            [("res_model", "=", "res.partner"), ("res_id", "=", self.client.id)]
        )
        self.assertEqual(len(activities), 2)

    def test_each_is_read_once_more_with_each_fetching(self):
        self.at("2026-03-05 03:00:00")
        self.scheduled()
        self.books.asked.clear()
        self.scheduled()
        self.assertEqual(self.asked(), ["2026-02-01"])
        self.books.asked.clear()
        self.at("2026-04-05 03:00:00")
        self.scheduled()
        self.assertEqual(self.asked(), ["2026-02-01", "2026-03-01"])

    def test_the_set_up_says_how_many_and_none_is_possible(self):
        self.plan.again_count = 0
        self.at("2026-03-05 03:00:00")
        self.scheduled()
        self.assertEqual(self.asked(), ["2026-02-01"])
        self.plan.again_count = 2
        self.books.asked.clear()
        self.at("2026-04-05 03:00:00")
        self.scheduled()
        self.assertEqual(self.asked(), ["2026-01-01", "2026-02-01", "2026-03-01"])

    def test_frozen_ones_are_not_read_again(self):
        self.freeze("2026-01")
        self.at("2026-03-05 03:00:00")
        self.scheduled()
        self.assertEqual(self.asked(), ["changed", "2026-02-01"])

    def test_by_date_entered_nothing_comes_late(self):
        self.plan.basis = "entered"
        self.at("2026-03-05 03:00:00")
        self.scheduled()
        self.assertEqual(self.asked(), ["2026-02-01"])

    def test_an_unfrozen_period_is_read_again_however_old_it_is_and_once(self):
        self.freeze("2026-01")
        for now in ("2026-03-05", "2026-04-05", "2026-05-05"):
            self.at(f"{now} 03:00:00")
            self.scheduled()
        self.period("2026-01").with_user(self.manager).action_unfreeze()
        for moment, first in (("06", "2026-01-01"), ("07", "2026-05-01")):
            self.at(f"2026-{moment}-05 03:00:00")
            self.books.asked.clear()
            self.scheduled()
            self.assertEqual(self.asked()[0], first)
        self.assertEqual(self.figures("2026-01")["entries"], 5)

    def test_a_month_has_ended_when_it_has_in_the_books(self):
        self.company.partner_id.tz = "Asia/Tokyo"
        # 1 April 00:30 in Tokyo, 31 March in Tallinn.
        self.at("2026-03-31 15:30:00")
        self.import_months("2026-03")
        self.assertFalse(self.period("2026-03").complete)
        self.assertIn("not ended", self.period("2026-03").warning)
        self.at("2026-03-31 21:00:00")
        self.import_months("2026-03")
        self.assertTrue(self.period("2026-03").complete)
