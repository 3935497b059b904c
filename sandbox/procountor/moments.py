# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Days, and moments without a zone, as the vendor writes them (dossier §1)."""

from __future__ import annotations

import re
from datetime import date, datetime, timezone
from typing import Any
from zoneinfo import ZoneInfo

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?\Z")


def read_day(text: Any) -> date:
    """Read yyyy-MM-dd.

    :raise ValueError: it is none
    """
    if not isinstance(text, str) or not _DAY.match(text):
        raise ValueError(text)
    return date.fromisoformat(text)


def is_moment(text: Any) -> bool:
    """Tell whether a text is yyyy-MM-ddTHH:mm:ss; seconds may be left out."""
    try:
        return bool(_MOMENT.match(text) and datetime.fromisoformat(text))
    except (TypeError, ValueError):
        return False


def whole(text: str) -> str:
    """Return a moment with its seconds."""
    return text if len(text) > 16 else f"{text}:00"


def zone(settings: dict[str, Any]) -> Any:
    """Return the zone that moments are told in."""
    name = settings["time_zone"]
    return timezone.utc if name == "UTC" else ZoneInfo(name)


def shown(moment: datetime, settings: dict[str, Any]) -> str:
    """Return a moment as the vendor writes it: local, whole seconds, no zone."""
    local = moment.astimezone(zone(settings)).replace(microsecond=0, tzinfo=None)
    return local.isoformat()


def today(moment: datetime, settings: dict[str, Any]) -> date:
    """Return the day it is at the vendor's."""
    return moment.astimezone(zone(settings)).date()
