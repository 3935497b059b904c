# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Moments in questions to the vendor, who reads them in Estonian time (§3)."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone

from ..client import TALLINN
from ..client.clock import is_doubled

#: The vendor's clock and its books may be that far apart; what comes twice costs
#: nothing.
OVERLAP = timedelta(minutes=5)
_DOUBLED = timedelta(hours=2)


def since(moment: datetime) -> datetime:
    """Return the moment to ask from, so that nothing since *moment* is missed.

    In the hour that comes twice the text names two moments (§2): asked is from before.

    :param moment: aware, UTC
    """
    asked = moment - OVERLAP
    return asked - _DOUBLED if is_doubled(asked) else asked


def aware(moment: datetime) -> datetime:
    """Return naive UTC as a moment."""
    return moment.replace(tzinfo=timezone.utc)


def begin_of(day: date) -> datetime:
    """Return the first moment of an Estonian day, aware."""
    return datetime.combine(day, time(), TALLINN)


def end_of(day: date) -> datetime:
    """Return the last second of an Estonian day, aware."""
    return begin_of(day + timedelta(days=1)) - timedelta(seconds=1)


def now() -> datetime:
    """Return this moment, aware, UTC."""
    return datetime.now(timezone.utc)


def today() -> date:
    """Return the day that it is in Estonia."""
    return datetime.now(TALLINN).date()
