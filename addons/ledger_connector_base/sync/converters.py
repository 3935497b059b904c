# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Converters: one remote value becomes one Odoo value.

A converter is a function ``(context, value, argument) -> value``; *context* is the
run's :class:`~.lookups.Lookups`. Empty remote values (None, "", []) never reach a
converter: the mapping line's default is used, or the field is emptied.
"""

from __future__ import annotations

import math
import re
from datetime import date, datetime, timezone
from typing import Any

from odoo.tools import LazyTranslate, html_sanitize, plaintext2html

_lt = LazyTranslate(__name__)

_TAG = re.compile(r"<[a-z/!][^>]*>", re.IGNORECASE)
_TRUE = frozenset({"true", "1", "yes", "y"})


class NotConvertible(ValueError):
    """The value does not have the shape that the converter expects."""


def _text(_lookups, value, _argument):
    return str(value).replace("\x00", "").strip() or False


def _code(lookups, value, argument):
    """Some vendors write 0 where a number or code is missing."""
    return _text(lookups, value, argument) if str(value).strip() != "0" else False


def _html(_lookups, value, _argument):
    text = str(value)
    return html_sanitize(text) if _TAG.search(text) else plaintext2html(text)


def _number(_lookups, value, _argument):
    if isinstance(value, bool):
        raise NotConvertible(value)
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError) as error:
        raise NotConvertible(value) from error
    if not math.isfinite(number):
        raise NotConvertible(value)
    return number


def _integer(_lookups, value, _argument):
    try:
        return int(value)
    except (TypeError, ValueError, OverflowError) as error:
        raise NotConvertible(value) from error


def _absolute(lookups, value, argument):
    return abs(_number(lookups, value, argument))


def _boolean(_lookups, value, _argument):
    if isinstance(value, str):
        return value.strip().lower() in _TRUE
    return bool(value)


def _not(lookups, value, argument):
    return not _boolean(lookups, value, argument)


def _date(_lookups, value, _argument):
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError as error:
        raise NotConvertible(value) from error


def _datetime(lookups, value, _argument):
    """Odoo keeps date-times naive in UTC; one without zone is the vendor's local."""
    try:
        moment = datetime.fromisoformat(str(value).replace("Z", "+00:00"))
    except ValueError as error:
        raise NotConvertible(value) from error
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=lookups.zone)
    try:
        return moment.astimezone(timezone.utc).replace(tzinfo=None)
    except OverflowError as error:
        raise NotConvertible(value) from error


def _rank(lookups, value, argument):
    return 1 if _boolean(lookups, value, argument) else 0


def _first_mail(_lookups, value, _argument):
    """Some vendors keep several addresses in one field, parted by semicolons."""
    return re.split(r"[;,\s]+", str(value).strip())[0] or False


def _choice(_lookups, value, argument):
    """``A=x,B=y,*=z``: a fixed list, ``*`` for all others."""
    pairs = dict(part.split("=", 1) for part in argument.split(",") if "=" in part)
    text = str(value)
    if text in pairs:
        return pairs[text] or False
    if "*" in pairs:
        return pairs["*"] or False
    raise NotConvertible(value)


def _country(lookups, value, _argument):
    return lookups.country(str(value))


def _currency(lookups, value, _argument):
    return lookups.currency(str(value))


def _unit(lookups, value, _argument):
    return lookups.unit(str(value))


def _category(lookups, value, _argument):
    return lookups.product_category(str(value))


def _reference(lookups, value, argument):
    return lookups.reference(argument, str(value))


def _value(lookups, value, argument):
    return lookups.value(argument, str(value))


def _values(lookups, value, argument):
    """A value mapping into a many2many field, e.g. taxes."""
    target = lookups.value(argument, str(value))
    return [target] if target else []


def _constant(_lookups, _value_, argument):
    return {"true": True, "false": False}.get(argument.lower(), argument)


#: name → (function, label). The labels are what the field mapping screen offers.
CONVERTERS: dict[str, tuple[Any, str]] = {
    "text": (_text, _lt("Text")),
    "code": (_code, _lt("Number or code, 0 for none")),
    "html": (_html, _lt("Formatted text")),
    "number": (_number, _lt("Number")),
    "absolute": (_absolute, _lt("Number without its sign")),
    "integer": (_integer, _lt("Whole number")),
    "boolean": (_boolean, _lt("Yes or no")),
    "not": (_not, _lt("Yes or no, reversed")),
    "rank": (_rank, _lt("Yes or no, as rank 1 or 0")),
    "date": (_date, _lt("Date")),
    "datetime": (_datetime, _lt("Date and time")),
    "first_mail": (_first_mail, _lt("First e-mail address")),
    "choice": (_choice, _lt("Fixed list (A=x,B=y,*=z)")),
    "country": (_country, _lt("Country by code")),
    "currency": (_currency, _lt("Currency by code")),
    "unit": (_unit, _lt("Unit of measure by name")),
    "category": (_category, _lt("Product category by name")),
    "reference": (_reference, _lt("Linked record")),
    "value": (_value, _lt("Value mapping")),
    "values": (_values, _lt("Value mapping, several values")),
    "constant": (_constant, _lt("Constant")),
}
#: These run even when the remote value is empty.
WITHOUT_VALUE = frozenset({"constant", "boolean", "not", "rank"})
