# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Periods by which documents are read: the vendor demands a window of dates (§4)."""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

OSLO = ZoneInfo("Europe/Oslo")
#: Nothing in Tripletex is older; for flows without a first date.
BEGINNING = date(2000, 1, 1)


def window_end(begin: date, today: date) -> date:
    """Return the exclusive end of the window that begins at *begin*.

    Months in this year and the last, whole years before: their bounds stand still, so
    that a page keeps its address and with it its checksum.

    >>> window_end(date(2026, 11, 5), date(2026, 11, 21))
    datetime.date(2026, 12, 1)
    >>> window_end(date(2020, 3, 1), date(2026, 11, 21))
    datetime.date(2021, 1, 1)
    """
    if begin.year < today.year - 1:
        return date(begin.year + 1, 1, 1)
    return (begin.replace(day=1) + timedelta(days=32)).replace(day=1)


def middle(begin: date, end: date) -> date:
    """Return a day that parts the window, its end if it is a single day."""
    return begin + max(timedelta(days=1), (end - begin) // 2)
