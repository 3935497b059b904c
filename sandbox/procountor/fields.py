# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""How a body of the vendor's is described: kinds of fields and their bounds."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Field:
    """One field of a body.

    `kind` is text, whole, number, flag, day, moment, choice, object, objects or texts.
    For texts `low` and `high` bound the length, for numbers the value.
    """

    kind: str
    required: bool = False
    low: float | None = None
    high: float | None = None
    scale: int | None = None
    choices: Collection[str] = ()
    members: Any = None


Model = dict[str, Field]


def text(high: int | None = None, low: int = 0, required: bool = False) -> Field:
    """Describe a text of so many characters."""
    return Field("text", required, low, high)


def number(
    low: float | None = None,
    high: float | None = None,
    scale: int | None = None,
    required: bool = False,
) -> Field:
    """Describe a number; `scale` is how many decimals are kept."""
    return Field("number", required, low, high, scale)


def whole(
    low: int | None = None, high: int | None = None, required: bool = False
) -> Field:
    """Describe a whole number."""
    return Field("whole", required, low, high)


def flag(required: bool = False) -> Field:
    """Describe true or false."""
    return Field("flag", required)


def day(required: bool = False) -> Field:
    """Describe a date."""
    return Field("day", required)


def moment() -> Field:
    """Describe a moment without a zone."""
    return Field("moment")


def choice(choices: Collection[str], required: bool = False) -> Field:
    """Describe a value of a list."""
    return Field("choice", required, choices=choices)


def part(members: Model, required: bool = False) -> Field:
    """Describe an object within an object."""
    return Field("object", required, members=members)


def parts(members: Model, required: bool = False) -> Field:
    """Describe a list of objects; at least one if it is required."""
    return Field("objects", required, members=members)


def texts(high: int | None = None) -> Field:
    """Describe a list of so many texts."""
    return Field("texts", high=high)
