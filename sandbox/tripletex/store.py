# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Tables of records, and their answers kept ready."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from typing import Any

from ..wire import dump_json
from .fields import Find, Projection, Record

KEPT_PROJECTIONS = 4
KEPT_RESULTS = 32


class Table:
    """The records of one model in one set of books.

    A record is sparse: a value it does not hold is the blank one of its field.
    References are ids. Names with an underscore are the stand-in's own.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.records: dict[int, Record] = {}
        self.revision = 0
        self._rows: OrderedDict[str, _Rows] = OrderedDict()
        self._results: OrderedDict[Hashable, tuple[int, list[int]]] = OrderedDict()

    def __len__(self) -> int:
        return len(self.records)

    def get(self, key: int | None) -> Record | None:
        """Return a record, or None."""
        return self.records.get(key) if key is not None else None

    def values(self) -> Iterable[Record]:
        """Return all records, oldest first."""
        return self.records.values()

    def put(self, record: Record) -> None:
        """Add a record."""
        self.records[record["id"]] = record
        self.revision += 1

    def remove(self, key: int) -> None:
        """Take a record out."""
        del self.records[key]
        self.changed(key)

    def changed(self, key: int) -> None:
        """Tell that a record is not what it was."""
        self.revision += 1
        for rows in self._rows.values():
            rows.ready.pop(key, None)

    def result(self, key: Hashable, search: Callable[[], list[int]]) -> list[int]:
        """Return the ids of a search, searched again only after a change."""
        known = self._results.get(key)
        if known is None or known[0] != self.revision:
            known = self._results[key] = (self.revision, search())
            if len(self._results) > KEPT_RESULTS:
                self._results.popitem(last=False)
        return known[1]

    def rows(
        self,
        key: str,
        wanted: Projection,
        find: Find,
        revisions: Callable[[str], int],
        ids: Iterable[int],
    ) -> list[bytes]:
        """Return records as JSON, in the order of `ids`.

        :param key: of the projection: the text of `fields`
        :param revisions: tells the revision of the table of a model
        """
        stamp = tuple(revisions(name) for name in sorted(wanted.depends))
        kept = self._rows.get(key)
        if kept is None or kept.stamp != stamp:
            kept = self._rows[key] = _Rows(stamp)
        self._rows.move_to_end(key)
        if len(self._rows) > KEPT_PROJECTIONS:
            self._rows.popitem(last=False)
        return kept.read(self.records, wanted, find, ids)


class _Rows:
    """Answers of one projection, ready to send."""

    def __init__(self, stamp: tuple[int, ...]) -> None:
        self.stamp = stamp
        self.ready: dict[int, bytes] = {}

    def read(
        self,
        records: dict[int, Record],
        wanted: Projection,
        find: Find,
        ids: Iterable[int],
    ) -> list[bytes]:
        ready = self.ready
        found = []
        for key in ids:
            row = ready.get(key)
            if row is None:
                row = ready[key] = dump_json(wanted.build(records[key], find))
            found.append(row)
        return found


class Sequence:
    """Ids and numbers that go up."""

    def __init__(self) -> None:
        self._last: dict[Any, int] = {}
        self._taken: set[tuple[Any, int]] = set()

    def next(self, name: Any, start: int = 1) -> int:
        """Return the next number of a series that begins at `start`."""
        number = self._last.get(name, start - 1) + 1
        while (name, number) in self._taken:
            number += 1
        self._last[name] = number
        return number

    def take(self, name: Any, number: Any) -> None:
        """Note that somebody chose a number; the series skips it.

        :param number: what is no whole number cannot be in the way
        """
        if str(number).isdigit():
            self._taken.add((name, int(number)))

    def reach(self, name: Any, number: int) -> None:
        """Let a series go on after `number`, if it is not there yet."""
        self._last[name] = max(self._last.get(name, 0), number)
