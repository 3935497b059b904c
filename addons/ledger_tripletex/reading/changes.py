# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""When records changed, and whether the filter ``changedSince`` is heeded (§5.4)."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

#: Changes this shortly before the last reading are read once more.
OVERLAP = timedelta(minutes=10)
#: The zone in which the filter is read is unknown (§15): a record may be that much
#: older than asked for although the filter was heeded.
TOLERANCE = timedelta(hours=4)
#: Nothing has changed since then, unless the filter is ignored.
FAR_FUTURE = "2100-01-01T00:00:00"


def since_text(moment: datetime | None) -> str | None:
    """Return the filter for what changed since *moment* (aware), without a zone.

    In UTC: if the vendor reads it as Norwegian time, it asks for an hour or two more.
    """
    if moment is None:
        return None
    earlier = moment.astimezone(timezone.utc) - OVERLAP
    return earlier.strftime("%Y-%m-%dT%H:%M:%S")


def is_older(record: dict[str, Any], since: str) -> bool:
    """Tell whether the newest change of *record* lies clearly before *since*.

    A record without changes proves nothing: they are complete only since 2018.
    """
    moments = [_moment(one.get("timestamp")) for one in record.get("changes") or ()]
    known = [moment for moment in moments if moment]
    asked = datetime.fromisoformat(since).replace(tzinfo=timezone.utc)
    return bool(known) and max(known) < asked - TOLERANCE


def changed_at(record: dict[str, Any]) -> datetime | None:
    """Return when *record* was changed last (naive UTC), None if it does not say."""
    moments = [_moment(one.get("timestamp")) for one in record.get("changes") or ()]
    newest = max(filter(None, moments), default=None)
    return newest and newest.astimezone(timezone.utc).replace(tzinfo=None)


def _moment(text: Any) -> datetime | None:
    try:
        moment = datetime.fromisoformat(str(text).replace("Z", "+00:00"))
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)
