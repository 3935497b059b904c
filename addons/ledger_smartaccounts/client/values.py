# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Values as SmartAccounts writes them, and what they mean (§3)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, timezone
from decimal import Decimal
from typing import Any

from .clock import TALLINN

_DAY = "%d.%m.%Y"
_MOMENT = "%d.%m.%Y_%H:%M:%S"
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?")
#: Dates of answers: alone, or with a time after a space or an underscore.
_DATE = re.compile(r"(\d{2})\.(\d{2})\.(\d{4})(?:[ _](\d{2}):(\d{2}):(\d{2}))?")
_FLAGS = {"true": True, "1": True, "false": False, "0": False}

# === WHAT ANSWERS SAY === #


def decimal_of(value: Any) -> Decimal | None:
    """Return a number exactly, None where there is none.

    :param value: number or quoted number, with a full stop
    :raises ValueError: it is no number
    """
    if value is None or value == "":
        return None
    text = str(value).strip()
    # Of a float str() is the shortest text that means it: 100.02 stays 100.02.
    if isinstance(value, bool) or not _NUMBER.fullmatch(text):
        raise ValueError(f"{value!r} is no number")
    return Decimal(text)


def day_of(value: Any) -> date | None:
    """Return the date in ``dd.MM.yyyy``, with or without a time; None for none.

    :raises ValueError: it is no date
    """
    parts = _date_parts(value)
    return parts and date(*parts[:3])


def moment_of(value: Any) -> datetime | None:
    """Return the moment in ``dd.MM.yyyy``, `` HH:mm:ss`` or ``_HH:mm:ss``, UTC.

    A date alone is its first moment in Estonia; of a doubled hour it is the first.

    :return: aware, None for none
    :raises ValueError: it is no date
    """
    parts = _date_parts(value)
    return parts and datetime(*parts, tzinfo=TALLINN).astimezone(timezone.utc)


def text_of(value: Any) -> str:
    """Return an id or a number of a document as text, "" for none.

    They are declared as text, and arrive as bare numbers too.

    :raises ValueError: it is neither
    """
    if value is None:
        return ""
    if isinstance(value, bool | Mapping | list):
        raise ValueError(f"{value!r} is no text")
    return str(value).strip()


def flag_of(value: Any) -> bool | None:
    """Return a truth value that may be quoted, None for none.

    :raises ValueError: it is neither
    """
    if value is None or value == "":
        return None
    flag = _FLAGS.get(str(value).strip().lower())
    if flag is None:
        raise ValueError(f"{value!r} is neither true nor false")
    return flag


def _date_parts(value: Any) -> tuple[int, ...] | None:
    if value is None or value == "":
        return None
    match = _DATE.fullmatch(str(value).strip())
    if not match:
        raise ValueError(f"{value!r} is no date")
    day, month, year, *times = (int(part or 0) for part in match.groups())
    return (year, month, day, *times)


# === WHAT QUESTIONS SAY === #


def written(value: Any) -> Any:
    """Return *value* as queries and bodies hold it.

    :param value: date; datetime, aware; anything else stays as it is
    :raises ValueError: a moment without time zone
    """
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return value.astimezone(TALLINN).strftime(_MOMENT)
    if isinstance(value, date):
        return value.strftime(_DAY)
    return value


def as_query(filters: Mapping[str, Any]) -> dict[str, str]:
    """Return *filters* as texts; those that are None are left out."""
    return {
        name: _as_text(value) for name, value in filters.items() if value is not None
    }


def _as_text(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list | tuple):
        return ",".join(map(_as_text, value))
    return str(written(value))


def without_emoji(text: str) -> str:
    """Return *text* with ``_`` for characters that cannot be stored there.

    (§3) Those of four bytes in UTF-8 are not supported.
    """
    return re.sub(r"[^\u0000-\uffff]", "_", text)
