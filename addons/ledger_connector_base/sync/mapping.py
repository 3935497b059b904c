# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""From a remote record to Odoo values, by the lines of a flow's field mapping."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .converters import CONVERTERS, WITHOUT_VALUE, NotConvertible
from .extract import Extractor, storable, version_of
from .problems import Problem

EMPTY = (None, "", [], {})


@dataclass(frozen=True)
class Line:
    """A compiled mapping line; *index* is its place in the extracted values."""

    index: int
    remote: str
    field: str
    converter: str
    argument: str
    apply: str
    default: str
    required: bool
    label: str = ""
    policy: str = ""

    def convert(self, lookups: Any, value: Any) -> Any:
        """Return the Odoo value of *value*.

        :raises Problem: a required value is empty, or it has the wrong shape
        """
        if value in EMPTY and self.converter not in WITHOUT_VALUE:
            if not self.default:
                if self.required:
                    raise lookups.required_missing(self)
                return lookups.empty(self)
            value = self.default
        if isinstance(value, str):
            value = storable(value)
        try:
            return CONVERTERS[self.converter][0](lookups, value, self.argument)
        except NotConvertible as error:
            raise lookups.not_convertible(self, value) from error


class Mapping:
    """The mapping of one resource, ready to be applied to many records.

    :param lines: dicts with the keys of :class:`Line` except *index*; ``field`` may
        be ``list_field/field``
    :param version_parts: anything else that changes the outcome, e.g. value mappings
    """

    def __init__(
        self, resource: str, lines: list[dict[str, Any]], version_parts: Any = ()
    ):
        self.resource = resource
        paths = list(dict.fromkeys(line["remote"] for line in lines))
        place = {path: index for index, path in enumerate(paths)}
        compiled = [Line(index=place[line["remote"]], **line) for line in lines]
        self.lines = [line for line in compiled if "/" not in line.field]
        self.lists: dict[str, list[Line]] = {}
        for line in compiled:
            if "/" in line.field:
                self.lists.setdefault(line.field.partition("/")[0], []).append(line)
        # Neither how people call a field nor who wins changes what is read.
        version = [{**line, "label": "", "policy": ""} for line in lines]
        self.version = version_of([version, version_parts])
        self.extractor = Extractor(paths, self.version)

    def policy_of(self, field: str) -> str:
        """Return the remembered decision of who wins in *field*, "" if none is."""
        lines = [*self.lines, *self.lists.get(field, ())]
        return next((x.policy for x in lines if x.field == field and x.policy), "")

    @property
    def fields(self) -> list[str]:
        """Odoo fields that the mapping fills, lists included."""
        return [*dict.fromkeys(line.field for line in self.lines), *self.lists]

    def references(self, values: tuple[Any, ...]) -> set[tuple[str, str]]:
        """Return ``(resource, external id)`` of the records that *values* point to."""
        found = set()
        for line in [*self.lines, *(x for xs in self.lists.values() for x in xs)]:
            if line.converter == "reference":
                value = values[line.index]
                for one in value if isinstance(value, list) else [value]:
                    if one not in EMPTY and one != 0:
                        found.add((line.argument, str(one)))
        return found

    def convert(
        self, lookups: Any, values: tuple[Any, ...], creating: bool
    ) -> dict[str, Any]:
        """Return Odoo values by field; list fields hold a list of dicts.

        Two lines may fill the same field: the first that gives something wins.

        :param creating: lines that apply on create only are left out otherwise
        :raises Problem: a value cannot be mapped
        """
        result: dict[str, Any] = {}
        for line in self.lines:
            if creating or line.apply == "always":
                self._put(result, line, line.convert(lookups, values[line.index]))
        for field, lines in self.lists.items():
            wanted = [x for x in lines if creating or x.apply == "always"]
            if wanted:
                result[field] = self._rows(lookups, wanted, values)
        return result

    @staticmethod
    def _put(result: dict[str, Any], line: Line, value: Any) -> None:
        if line.field not in result or (result[line.field] in EMPTY + (False,)):
            result[line.field] = value

    def _rows(
        self, lookups: Any, lines: list[Line], values: tuple[Any, ...]
    ) -> list[dict[str, Any]]:
        count = max(
            (len(values[x.index]) for x in lines if isinstance(values[x.index], list)),
            default=0,
        )
        rows = []
        for number in range(count):
            row: dict[str, Any] = {}
            for line in lines:
                column = values[line.index]
                value = column[number] if isinstance(column, list) else column
                field = line.field.partition("/")[2]
                converted = line.convert(lookups, value)
                if field not in row or row[field] in EMPTY + (False,):
                    row[field] = converted
            rows.append(row)
        return rows


__all__ = ["EMPTY", "Line", "Mapping", "Problem"]
