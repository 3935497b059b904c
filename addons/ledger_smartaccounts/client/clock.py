# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The vendor's clock: Estonian local time, and how far ours is from it (§2)."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from typing import NamedTuple
from zoneinfo import ZoneInfo

TALLINN = ZoneInfo("Europe/Tallinn")


class Skew(NamedTuple):
    """How far our clock is from the vendor's.

    :param seconds: never negative
    :param way: ``ahead`` or ``behind``: where our clock is
    """

    seconds: int
    way: str


def utc_now() -> datetime:
    """Return the time of this machine, UTC."""
    return datetime.now(timezone.utc)


def stamp(moment: datetime) -> str:
    """Return *moment* as the parameter ``timestamp``: ``ddMMyyyyHHmmss`` (§2).

    :param moment: aware
    :raises ValueError: it is naive, so nobody knows which moment is meant
    """
    return _local(moment).strftime("%d%m%Y%H%M%S")


def local_day(moment: datetime) -> date:
    """Return the Estonian day of *moment*: months of the books are made of those (§9).

    :param moment: aware
    :raises ValueError: it is naive
    """
    return _local(moment).date()


def skew(ours: datetime, theirs: datetime) -> Skew:
    """Return how far *ours* is from *theirs*, both read at the same moment, aware."""
    difference = round((ours - theirs).total_seconds())
    return Skew(abs(difference), "ahead" if difference > 0 else "behind")


def is_doubled(moment: datetime) -> bool:
    """Tell whether the vendor's clock shows this time twice that day (§2).

    So it is for two hours in October, of which the timestamp cannot name one.
    """
    local = _local(moment)
    first, second = local.replace(fold=0), local.replace(fold=1)
    return (first.utcoffset() or timedelta()) > (second.utcoffset() or timedelta())


def seconds_to_plain_time(moment: datetime) -> float:
    """Return the seconds until timestamps name one moment again, 0 if they do.

    :return: after the doubled hour those until 04:00 (§2)
    """
    if not is_doubled(moment):
        return 0.0
    local = _local(moment)
    plain = local.replace(minute=0, second=0, microsecond=0, fold=0)
    # Taken as clock time: the hour after the one that comes twice.
    plain = plain.replace(hour=plain.hour + 1)
    return (plain.astimezone(timezone.utc) - moment).total_seconds()


def _local(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return moment.astimezone(TALLINN)
