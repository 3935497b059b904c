# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Values as Procountor writes them, and what they mean (§1)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

#: Moments come without a zone, and no document names it; a Finnish system most probably
#: keeps Finnish time, whatever the country of the company is.
HELSINKI = ZoneInfo("Europe/Helsinki")

_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?")
_MOMENT = "%Y-%m-%dT%H:%M:%S"
#: Fractions of any length, and a zone where there is one.
_MOMENTS = re.compile(
    r"(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(?::(\d\d)(?:[.,]\d+)?)?(Z|[+-]\d\d:?\d\d)?)?"
)
_ID = re.compile(r"[1-9]\d*")

# === WHAT ANSWERS SAY === #


def decimal_of(value: Any) -> Decimal | None:
    """Return a number exactly, None where there is none.

    :param value: number or quoted number, with a full stop
    :raises ValueError: it is no number
    """
    if value is None or value == "":
        return None
    text = str(value).strip()
    # Of a float str() is the shortest text that means it: 25.5 stays 25.5.
    if isinstance(value, bool) or not _NUMBER.fullmatch(text):
        raise ValueError(f"{value!r} is no number")
    return Decimal(text)


def day_of(value: Any) -> date | None:
    """Return the day in ``2026-01-30``, with or without a time; None for none.

    :raises ValueError: it is no date
    """
    if value is None or value == "":
        return None
    return date.fromisoformat(_parts(value)[1])


def moment_of(value: Any, zone: ZoneInfo = HELSINKI) -> datetime | None:
    """Return the moment in ``2026-01-30T15:20:00``, UTC.

    A date alone is its first moment; of an hour that comes twice it is the first.

    :param zone: of the vendor's clock, used where *value* names none
    :return: aware, None for none
    :raises ValueError: it is no moment
    """
    if value is None or value == "":
        return None
    match = _parts(value)
    day, minute, second, offset = match.groups()
    moment = datetime.fromisoformat(f"{day}T{minute or '00:00'}:{second or '00'}")
    return moment.replace(tzinfo=_zone(offset) or zone).astimezone(timezone.utc)


def id_of(value: Any) -> str:
    """Return the id of a record as text, "" for none; 0 is none, too.

    :raises ValueError: it is no id
    """
    if value is None or value in ("", 0, "0"):
        return ""
    text = str(value).strip()
    if isinstance(value, bool) or not _ID.fullmatch(text):
        raise ValueError(f"{value!r} is no id")
    return text


def text_of(value: Any) -> str:
    """Return a number or code as text, "" for none.

    :raises ValueError: it is an object, a list or a truth value
    """
    if value is None:
        return ""
    if isinstance(value, bool | Mapping | list):
        raise ValueError(f"{value!r} is no text")
    return str(value).strip()


def _parts(value: Any) -> re.Match[str]:
    match = _MOMENTS.fullmatch(str(value).strip())
    if not match:
        raise ValueError(f"{value!r} is no date")
    return match


def _zone(offset: str | None) -> timezone | None:
    if not offset:
        return None
    if offset == "Z":
        return timezone.utc
    sign = -1 if offset[0] == "-" else 1
    hours, minutes = int(offset[1:3]), int(offset[-2:])
    return timezone(sign * timedelta(hours=hours, minutes=minutes))


# === WHAT QUESTIONS SAY === #


def stamp(moment: datetime, zone: ZoneInfo = HELSINKI) -> str:
    """Return *moment* as the vendor writes it.

    :param moment: aware
    :raises ValueError: it is naive, so nobody knows which moment is meant
    """
    return _local(moment, zone).strftime(_MOMENT)


def since(moment: datetime, zone: ZoneInfo = HELSINKI) -> str:
    """Return the lower bound of a search that misses nothing after *moment*.

    In the hour of October that comes twice the vendor's clock cannot tell the first
    from the second: there the bound is the beginning of that hour.

    :param moment: aware
    :raises ValueError: it is naive
    """
    local = _local(moment, zone)
    first, second = local.replace(fold=0), local.replace(fold=1)
    if (first.utcoffset() or timedelta()) > (second.utcoffset() or timedelta()):
        local = local.replace(minute=0, second=0)
    return local.strftime(_MOMENT)


def written(value: Any) -> Any:
    """Return *value* as queries and bodies hold it.

    :param value: date; datetime, aware, taken to Finnish time; else it stays as it is
    :raises ValueError: a moment without time zone
    """
    if isinstance(value, datetime):
        return stamp(value)
    if isinstance(value, date):
        return value.isoformat()
    return value


def as_query(filters: Mapping[str, Any]) -> dict[str, str]:
    """Return *filters* as texts, lists with commas, without those that are None."""
    return {
        name: _as_text(value) for name, value in filters.items() if value is not None
    }


def _as_text(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list | tuple):
        return ",".join(map(_as_text, value))
    return str(written(value))


def _local(moment: datetime, zone: ZoneInfo) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return moment.astimezone(zone)
