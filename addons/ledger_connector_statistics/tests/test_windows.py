# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Periods on the calendar."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from odoo.tests import BaseCase, tagged

from ..sync import windows

TALLINN = ZoneInfo("Europe/Tallinn")


@tagged("post_install", "-at_install")
class TestWindows(BaseCase):
    def test_a_period_holds_each_of_its_days_and_no_other(self):
        for recurrence in ("monthly", "quarterly", "weekly"):
            day = date(2023, 12, 20)
            while day < date(2025, 1, 10):
                first, last = windows.span_of(recurrence, day)
                self.assertLessEqual(first, day)
                self.assertLessEqual(day, last)
                self.assertEqual(windows.span_of(recurrence, last), (first, last))
                self.assertEqual(
                    windows.span_of(recurrence, last + timedelta(days=1))[0],
                    last + timedelta(days=1),
                )
                self.assertEqual(windows.recurrence_of(first, last), recurrence)
                day += timedelta(days=1)

    def test_february_of_a_leap_year_has_29_days(self):
        self.assertEqual(
            windows.span_of("monthly", date(2024, 2, 1)),
            (date(2024, 2, 1), date(2024, 2, 29)),
        )

    def test_the_last_period_that_ended_is_never_the_one_of_today(self):
        closed = windows.closed("monthly", date(2026, 1, 31))
        self.assertEqual(closed, (date(2025, 12, 1), date(2025, 12, 31)))
        closed = windows.closed("weekly", date(2026, 3, 1))
        self.assertEqual(closed, (date(2026, 2, 16), date(2026, 2, 22)))
        closed = windows.closed("quarterly", date(2026, 4, 1))
        self.assertEqual(closed, (date(2026, 1, 1), date(2026, 3, 31)))

    def test_missed_periods_are_due_and_no_more_than_twelve(self):
        today = date(2026, 3, 5)
        due = windows.due("monthly", today, date(2025, 11, 30), 12)
        self.assertEqual([d[0].month for d in due], [12, 1, 2])
        self.assertEqual(len(windows.due("monthly", today, date(2020, 1, 31), 12)), 12)

    def test_what_was_counted_is_not_missed_but_the_last_period_is_read_again(self):
        due = windows.due("monthly", date(2026, 3, 5), date(2026, 2, 28), 12)
        self.assertEqual(due, [(date(2026, 2, 1), date(2026, 2, 28))])
        due = windows.due("monthly", date(2026, 3, 5), None, 12)
        self.assertEqual(len(due), 1)

    def test_what_comes_after_a_day_inside_a_period_is_the_rest_of_it(self):
        self.assertEqual(
            windows.after("quarterly", date(2026, 1, 31)),
            (date(2026, 2, 1), date(2026, 3, 31)),
        )
        self.assertEqual(
            windows.after("weekly", date(2026, 1, 31)),
            (date(2026, 2, 1), date(2026, 2, 1)),
        )
        self.assertEqual(
            windows.after("quarterly", date(2025, 12, 31)),
            (date(2026, 1, 1), date(2026, 3, 31)),
        )

    def around(self, span, *fixed):
        days = [tuple(map(date.fromisoformat, one)) for one in (span, *fixed)]
        return [
            (str(first), str(last)) for first, last in windows.around(days[0], days[1:])
        ]

    def test_fixed_periods_are_left_out_of_a_longer_one_and_stand_beside_it(self):
        quarter = ("2026-01-01", "2026-03-31")
        january = ("2026-01-01", "2026-01-31")
        february = ("2026-02-01", "2026-02-28")
        march = ("2026-03-01", "2026-03-31")
        self.assertEqual(self.around(quarter), [quarter])
        self.assertEqual(self.around(quarter, january, quarter), [quarter])
        self.assertEqual(self.around(quarter, february), [january, february, march])
        self.assertEqual(
            self.around(quarter, january, march), [january, february, march]
        )
        self.assertEqual(self.around(quarter, ("2025-12-01", "2025-12-31")), [quarter])

    def test_a_week_inside_a_fixed_month_is_that_month(self):
        january = ("2026-01-01", "2026-01-31")
        self.assertEqual(self.around(("2026-01-05", "2026-01-11"), january), [january])
        self.assertEqual(
            self.around(("2026-01-26", "2026-02-01"), january),
            [january, ("2026-02-01", "2026-02-01")],
        )

    def fetch(self, recurrence, day, hour, now, zone=TALLINN):
        return windows.next_fetch(
            recurrence, day, hour, zone, datetime.fromisoformat(now)
        ).isoformat(" ", "minutes")

    def test_figures_are_fetched_on_the_day_and_hour_of_the_companys_zone(self):
        self.assertEqual(
            self.fetch("monthly", 5, 3, "2026-01-10 00:00"), "2026-02-05 01:00"
        )
        # Summer time.
        self.assertEqual(
            self.fetch("monthly", 5, 3, "2026-06-10 00:00"), "2026-07-05 00:00"
        )
        self.assertEqual(
            self.fetch("quarterly", 20, 0, "2026-01-20 12:00"), "2026-04-19 21:00"
        )
        self.assertEqual(
            self.fetch("weekly", 1, 6, "2026-03-04 12:00"), "2026-03-09 04:00"
        )

    def test_the_day_is_still_to_come_while_its_hour_is(self):
        self.assertEqual(
            self.fetch("monthly", 5, 3, "2026-02-05 00:59"), "2026-02-05 01:00"
        )
        self.assertEqual(
            self.fetch("monthly", 5, 3, "2026-02-05 01:00"), "2026-03-05 01:00"
        )

    def test_the_last_fetching_is_the_one_that_the_next_follows(self):
        for recurrence, day in (("monthly", 5), ("quarterly", 28), ("weekly", 1)):
            now = datetime(2026, 1, 1)
            while now < datetime(2026, 12, 1):
                args = (recurrence, day, 3, TALLINN)
                last = windows.last_fetch(*args, now)
                self.assertLessEqual(last, now)
                self.assertEqual(
                    windows.next_fetch(*args, last), windows.next_fetch(*args, now)
                )
                now += timedelta(hours=37)

    def test_an_hour_that_comes_twice_in_october_fetches_once(self):
        # 25 October 2026, 03:00–04:00 comes twice in Tallinn: at 00 and at 01 UTC.
        first = self.fetch("monthly", 25, 3, "2026-10-24 12:00")
        self.assertEqual(first, "2026-10-25 00:00")
        self.assertEqual(self.fetch("monthly", 25, 3, first), "2026-11-25 01:00")
        self.assertEqual(
            self.fetch("monthly", 25, 3, "2026-10-25 00:30"), "2026-11-25 01:00"
        )

    def test_an_hour_that_march_skips_is_not_lost(self):
        # 29 March 2026 has no 03:30 in Tallinn.
        fetched = self.fetch("monthly", 28, 3, "2026-03-20 00:00")
        self.assertEqual(fetched, "2026-03-28 01:00")
        sunday = self.fetch("weekly", 7, 3, "2026-03-28 00:00")
        self.assertEqual(sunday[:10], "2026-03-29")
