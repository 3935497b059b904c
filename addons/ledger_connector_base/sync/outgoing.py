# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""From an Odoo record to what a vendor is told, by the lines of a push flow's mapping.

A record becomes a flat dict: remote path → JSON value, and for a list the path up to
``[]`` → rows of such dicts. Flat, two of them are compared value by value; nested, they
have the shape of the vendor's records.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date, datetime, timezone
from typing import Any

from odoo import models
from odoo.tools import LazyTranslate, html2plaintext

from .mapping import EMPTY, Line
from .problems import Problem

_lt = LazyTranslate(__name__)

Flat = dict[str, Any]


def _text(_lookups, value, _argument):
    if isinstance(value, models.BaseModel):
        value = value[:1].display_name
    return str(value or "").strip()


def _html(_lookups, value, _argument):
    return html2plaintext(value or "").strip()


def _first_mail(lookups, value, argument):
    """Some people keep several addresses in one field."""
    return re.split(r"[;,\s]+", _text(lookups, value, argument))[0]


def _number(_lookups, value, _argument):
    # 0.1 + 0.2 must not become a difference, nor must a negative nought.
    return round(value or 0.0, 10) + 0.0


def _absolute(lookups, value, argument):
    return abs(_number(lookups, value, argument))


def _integer(_lookups, value, _argument):
    return int(value or 0)


def _boolean(_lookups, value, _argument):
    return bool(value)


def _not(_lookups, value, _argument):
    return not value


def _date(lookups, value, _argument):
    if isinstance(value, datetime):
        # The day that people saw there: Odoo's times are UTC.
        value = value.replace(tzinfo=timezone.utc).astimezone(lookups.zone).date()
    return value.isoformat() if isinstance(value, date) else None


def _datetime(lookups, value, _argument):
    """Odoo's naive UTC as the vendor's local time, with its offset."""
    if not isinstance(value, datetime):
        return _date(lookups, value, _argument)
    local = value.replace(tzinfo=timezone.utc).astimezone(lookups.zone)
    return local.isoformat(timespec="seconds")


def _choice(_lookups, value, argument):
    """``odoo=remote,*=x``: a fixed list, ``*`` for all others."""
    pairs = dict(part.split("=", 1) for part in argument.split(",") if "=" in part)
    chosen = pairs.get(str(value), pairs.get("*"))
    return {"true": True, "false": False}.get((chosen or "").lower(), chosen)


def _code(_lookups, value, _argument):
    """The ISO code of a country or currency, the name of anything else."""
    if not value:
        return None
    return value.code if "code" in value._fields else value.name


def _name(_lookups, value, _argument):
    return value.name if value else None


def _unit(_lookups, value, _argument):
    """Standard units go by their English name, which vendors' tables are keyed by."""
    return value.with_context(lang="en_US").name if value else None


def _reference(lookups, value, argument):
    return lookups.external_id(argument, value)


def _value(lookups, value, argument):
    return lookups.remote_code(argument, value)


def _constant(_lookups, _value_, argument):
    return {"true": True, "false": False}.get(argument.lower(), argument)


#: name → function. The names and labels are those of ``sync.converters``.
CONVERTERS: dict[str, Callable[[Any, Any, str], Any]] = {
    "text": _text,
    "code": _text,
    "html": _html,
    "number": _number,
    "absolute": _absolute,
    "integer": _integer,
    "boolean": _boolean,
    "not": _not,
    "rank": _boolean,
    "date": _date,
    "datetime": _datetime,
    "first_mail": _first_mail,
    "choice": _choice,
    "country": _code,
    "currency": _name,
    "unit": _unit,
    "category": _name,
    "reference": _reference,
    "value": _value,
    "values": _value,
    "constant": _constant,
}


#: Converters whose outcome depends on settings and links, not on the record alone.
_BY_LINK = frozenset({"reference", "value", "values", "constant"})


class Outgoing:
    """The push mapping of one resource, ready to be applied to many records.

    :param resource: ``sync.contract.Resource``
    :param entity: ``sync.entities.Entity`` of the records
    :param lines: dicts with the keys of ``sync.mapping.Line`` except *index*
    :param number_policy: whose number wins; the system's is not sent again
    """

    def __init__(
        self,
        resource: Any,
        entity: Any,
        lines: Iterable[dict[str, Any]],
        number_policy: str,
    ) -> None:
        self.resource = resource
        self.entity = entity
        self.lines: list[Line] = []
        self.lists: dict[str, list[Line]] = {}
        for index, values in enumerate(lines):
            line = Line(index=index, **values)
            if not self._sends(line, number_policy):
                continue
            if "[]" in line.remote:
                self.lists.setdefault(line.remote.partition("[]")[0], []).append(line)
            else:
                self.lines.append(line)

    def _sends(self, line: Line, number_policy: str) -> bool:
        """Numbers are sent where Odoo's win, and to new records where they may."""
        if line.field != self.entity.number_field or number_policy == "odoo":
            return True
        return number_policy == "system" and line.apply == "create"

    # === WHAT IS SENT === #

    def flat(self, lookups: Any, record: Any) -> Flat:
        """Return all that is mapped of *record*.

        :raises Problem: a value cannot be mapped, or a required one is empty
        """
        result: Flat = {}
        for line in self.lines:
            self._put(result, line.remote, self._convert(lookups, line, record))
        for path, lines in self.lists.items():
            result[f"{path}[]"] = self._rows(lookups, lines, record)
        return result

    def without_codes(self, flat: Flat) -> Flat:
        """Return *flat* without what value mappings and links made of the record.

        Another code for the same tax does not change a document.
        """
        plain = {x.remote for x in self._all() if x.converter not in _BY_LINK}
        result: Flat = {}
        for path, value in flat.items():
            if path.endswith("[]"):
                result[path] = [
                    {k: x for k, x in row.items() if f"{path}.{k}" in plain}
                    for row in value
                ]
            elif path in plain:
                result[path] = value
        return result

    def only_for_new(self) -> set[str]:
        """Return the paths that are sent to new records and never again."""
        always = {line.remote for line in self._all() if line.apply == "always"}
        return {line.remote for line in self.lines} - always

    def fields_of(self, path: str) -> set[str]:
        """Return the Odoo fields that *path* is made of."""
        return {
            line.field.partition("/")[0]
            for line in self._all()
            if line.remote == path or f"{line.remote.partition('[]')[0]}[]" == path
        }

    def references(self, record: Any) -> set[tuple[str, str, int]]:
        """Return ``(resource, model, id)`` of the records that *record* points to."""
        found = set()
        for line in self._all():
            if line.converter == "reference":
                for target in self._targets(line, record):
                    name = line.argument.removesuffix("?")
                    found.update((name, target._name, one.id) for one in target)
        return found

    # === READING === #

    def _all(self) -> list[Line]:
        return [*self.lines, *(line for group in self.lists.values() for line in group)]

    def _targets(self, line: Line, record: Any) -> list[Any]:
        if "[]" not in line.remote:
            return [_read(record, line.field)]
        head, _, tail = line.field.partition("/")
        return [_read(row, tail) for row in self.entity.rows(record, head)]

    def _rows(self, lookups: Any, lines: list[Line], record: Any) -> list[Flat]:
        rows = []
        for row in self.entity.rows(record, lines[0].field.partition("/")[0]):
            values: Flat = {}
            for line in lines:
                path = line.remote.partition("[].")[2]
                tail = line.field.partition("/")[2]
                self._put(values, path, self._convert(lookups, line, row, tail))
            rows.append(values)
        return rows

    def _convert(
        self, lookups: Any, line: Line, record: Any, path: str | None = None
    ) -> Any:
        value = _read(record, line.field if path is None else path)
        try:
            converted = CONVERTERS[line.converter](lookups, value, line.argument)
        except (AttributeError, TypeError, ValueError) as error:
            raise lookups.not_sendable(line, value) from error
        if converted in EMPTY:
            if line.default:
                return line.default
            if line.required:
                raise lookups.required_missing_here(line)
        return converted

    @staticmethod
    def _put(result: Flat, path: str, value: Any) -> None:
        if path not in result or result[path] in EMPTY:
            result[path] = value


def _read(record: Any, path: str) -> Any:
    """Return the value of *path* (fields joined by slashes) of *record*."""
    value = record
    for name in path.split("/"):
        if not value:
            return value if isinstance(value, models.BaseModel) else False
        value = value[name]
    return value


# === COMPARING === #


def changed(now: Flat, told: Flat) -> Flat:
    """Return what of *now* the vendor was not told yet."""
    return {path: x for path, x in now.items() if path not in told or told[path] != x}


def without_empty(flat: Flat) -> Flat:
    """Return *flat* without the values that say nothing, for new records."""
    return {
        path: [without_empty(row) for row in x] if path.endswith("[]") else x
        for path, x in flat.items()
        if x not in EMPTY
    }


def nested(flat: Flat) -> dict[str, Any]:
    """Return *flat* in the shape of the vendor's records.

    >>> nested({"name": "A", "address.city": "Oslo", "lines[]": [{"tax.id": "3"}]})
    {'name': 'A', 'address': {'city': 'Oslo'}, 'lines': [{'tax': {'id': '3'}}]}
    """
    result: dict[str, Any] = {}
    for path, value in flat.items():
        if path.endswith("[]"):
            path, value = path[:-2], [nested(row) for row in value]
        *outer, last = path.split(".")
        branch = result
        for key in outer:
            branch = branch.setdefault(key, {})
        branch[last] = value
    return result


def same_there(there: Any, sent: Any) -> bool:
    """Tell whether a value of the vendor's record is the one that was sent.

    Vendors write nothing as null, as an empty text or as nought, trim texts, and give
    numbers back as numbers.
    """
    if there in (*EMPTY, 0) and sent in (*EMPTY, 0):
        return True
    if isinstance(there, bool) or isinstance(sent, bool):
        return there == sent
    if isinstance(there, int | float) and isinstance(sent, int | float):
        return abs(there - sent) < 1e-9
    return str(there).strip() == str(sent).strip()


__all__ = ["CONVERTERS", "Flat", "Outgoing", "Problem", "changed", "nested"]
