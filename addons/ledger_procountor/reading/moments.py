# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""From when on changes are asked for (§1): the vendor's moments name no zone."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from ..client import moment_of

if TYPE_CHECKING:
    from ..client import ListPage

_UTC = ZoneInfo("UTC")
#: The vendor's clock and its books may be that far apart; what comes twice costs
#: nothing but a place in a page.
OVERLAP = timedelta(minutes=5)
#: That the zone is Finland's is a guess. If it is UTC, a question in Finnish time asks
#: from so much too late.
UNSURE = timedelta(hours=3)
_INEXACT = timedelta(minutes=1)
_LATE = timedelta(seconds=10)


def asked_from(moment: datetime, finnish: bool) -> datetime:
    """Return the moment to ask from, so that nothing since *moment* is missed.

    :param moment: of the vendor's clock, aware
    :param finnish: that its moments are Finnish has been seen
    """
    return moment - OVERLAP - (timedelta() if finnish else UNSURE)


def told_before(moment: datetime, finnish: bool) -> datetime:
    """Return the moment before which a run at *moment* has surely seen all changes."""
    return moment - _LATE - (timedelta() if finnish else UNSURE)


def shows_finnish_time(page: ListPage) -> bool:
    """Tell whether *page* has a record that was changed in the future, were it UTC."""
    if page.date is None:
        return False
    versions = (moment_of(record.get("version"), _UTC) for record in page.records)
    return any(version and version > page.date + _INEXACT for version in versions)
