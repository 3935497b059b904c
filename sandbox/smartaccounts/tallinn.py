# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Estonian time and the vendor's way of writing days and moments (dossier §2, §3)."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

TALLINN = ZoneInfo("Europe/Tallinn")
_DAY = re.compile(r"(\d{2})\.(\d{2})\.(\d{4})\Z")
_MOMENT = re.compile(r"(\d{2}\.\d{2}\.\d{4})_(\d{2}):(\d{2}):(\d{2})\Z")
_STAMP = re.compile(r"(\d{2})(\d{2})(\d{4})(\d{2})(\d{2})(\d{2})\Z")


def local(moment: datetime) -> datetime:
    """Return a moment as the clocks in Estonia show it."""
    return moment.astimezone(TALLINN)


def day_text(day: date) -> str:
    """Return dd.MM.yyyy."""
    return day.strftime("%d.%m.%Y")


def read_day(text: str) -> date:
    """Read dd.MM.yyyy.

    :raise ValueError: it is none
    """
    found = _DAY.match(text)
    if found is None:
        raise ValueError(text)
    day, month, year = map(int, found.groups())
    return date(year, month, day)


def read_moment(text: str, fold: int) -> datetime:
    """Read dd.MM.yyyy_HH:mm:ss.

    :param fold: which of two equal hours is meant: 0 the first, 1 the second
    :return: in UTC
    :raise ValueError: it is none
    """
    found = _MOMENT.match(text)
    if found is None:
        raise ValueError(text)
    clock = time(*map(int, found.groups()[1:]), fold=fold)
    return at(read_day(found[1]), clock)


def at(day: date, clock: time = time()) -> datetime:
    """Return the UTC moment of a local time; without one, of the day's beginning."""
    return datetime.combine(day, clock, TALLINN).astimezone(timezone.utc)


def read_timestamp(text: str) -> list[datetime]:
    """Read ddMMyyyyHHmmss.

    :return: the moments in UTC it can mean: two in the hour that comes twice
    :raise ValueError: it is none
    """
    found = _STAMP.match(text)
    if found is None:
        raise ValueError(text)
    day, month, year, *clock = map(int, found.groups())
    moments = [at(date(year, month, day), time(*clock, fold=fold)) for fold in (0, 1)]
    # an hour that is skipped in spring has two readings as well, but never was
    return moments if moments[0] < moments[1] else moments[:1]


def month_bounds(month: str) -> tuple[datetime, datetime]:
    """Return first and last second of a month in Estonia, in UTC.

    :param month: yyyy-MM
    """
    first = date.fromisoformat(f"{month}-01")
    following = (first + timedelta(days=32)).replace(day=1)
    return at(first), at(following) - timedelta(seconds=1)
