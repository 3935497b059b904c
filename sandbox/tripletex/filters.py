# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The filters of each list: parameter names are the vendor's (dossier §4)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timezone
from typing import Any
from zoneinfo import ZoneInfo

from . import errors
from .fields import Record

Test = Callable[[Record], bool]
_WORD = re.compile(
    r"(?P<name>\w+)(?P<must>!?):(?P<kind>\w+)(?:@(?P<target>\w+))?"
    r"(?:=(?P<default>\w+))?$"
)


@dataclass(frozen=True)
class Filter:
    """One query parameter that narrows a list."""

    name: str
    kind: str
    target: str
    required: bool = False
    default: str | None = None

    def test(self, text: str, zone: str) -> Test:
        """Return the test for one given value.

        :param zone: in which a `changedSince` without offset is read
        :raise ApiError: the value is of the wrong kind
        """
        if self.kind == "since":
            moment = _moment(self.name, text, zone)
            return lambda record: record["_changes"][-1][0] >= moment
        return _KINDS[self.kind](self.target, _value(self, text))


def parse_filters(text: str) -> dict[str, Filter]:
    """Read filters from their short form.

    Each word is `parameter:kind`, with `!` after the name if it is required,
    `@field` if the field is called otherwise, `=value` for a default.
    """
    found = {}
    for word in text.split():
        match = _WORD.match(word)
        if match is None:
            raise ValueError(f"cannot read {word!r}")
        name = match["name"]
        found[name] = Filter(
            name,
            match["kind"],
            match["target"] or name,
            bool(match["must"]),
            match["default"],
        )
    return found


def _value(rule: Filter, text: str) -> Any:
    try:
        return _READERS[rule.kind](text)
    except ValueError:
        if rule.kind == "old_numbers":
            entry = errors.message("Må være et heltall.", rule.name)
            raise errors.parameters(entry) from None
        raise errors.parameter_format(rule.name) from None


def _moment(name: str, text: str, zone: str) -> float:
    try:
        found = datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        raise errors.parameter_format(name) from None
    if found.tzinfo is None:
        found = found.replace(tzinfo=ZoneInfo(zone))
    return found.astimezone(timezone.utc).timestamp()


def _numbers(text: str) -> frozenset[int]:
    return frozenset(int(part) for part in text.split(",") if part.strip())


def _words(text: str) -> frozenset[str]:
    return frozenset(part.strip() for part in text.split(",") if part.strip())


def _truth(text: str) -> bool:
    if text.lower() not in ("true", "false"):
        raise ValueError(text)
    return text.lower() == "true"


def _day(text: str) -> str:
    return date.fromisoformat(text).isoformat()


def _text(record: Record, name: str) -> str:
    value = record.get(name)
    return "" if value is None else str(value)


def _between(lower: bool) -> Callable[[str, Any], Test]:
    def make(name: str, bound: Any) -> Test:
        blank = "" if isinstance(bound, str) else 0
        if lower:
            return lambda record: (record.get(name) or blank) >= bound
        return lambda record: (record.get(name) or blank) < bound

    return make


_READERS: dict[str, Callable[[str], Any]] = {
    "ids": _numbers,
    "old_numbers": _numbers,
    "words": _words,
    "is": str,
    "like": str.casefold,
    "bool": _truth,
    "day_from": _day,
    "day_to": _day,
    "from": float,
    "to": float,
    "upto": float,
    "uses": str,
    "any": str,
}
_KINDS: dict[str, Callable[[str, Any], Test]] = {
    "ids": lambda name, wanted: lambda record: record.get(name) in wanted,
    "old_numbers": lambda name, wanted: (
        lambda record: _text(record, name) in {str(number) for number in wanted}
    ),
    "words": lambda name, wanted: lambda record: _text(record, name) in wanted,
    "is": lambda name, wanted: lambda record: _text(record, name) == wanted,
    "like": lambda name, wanted: (
        lambda record: wanted in _text(record, name).casefold()
    ),
    "bool": lambda name, wanted: lambda record: bool(record.get(name)) is wanted,
    "day_from": _between(lower=True),
    "day_to": _between(lower=False),
    "from": _between(lower=True),
    "to": _between(lower=False),
    "upto": lambda name, bound: lambda record: (record.get(name) or 0) <= bound,
    "uses": lambda _name, wanted: (
        lambda record: wanted in record.get("_uses", (wanted,))
    ),
    "any": lambda _name, _wanted: lambda _record: True,
}
