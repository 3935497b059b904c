# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The books of one company: objects, when they changed, what was removed."""

from __future__ import annotations

import uuid
from collections import OrderedDict
from collections.abc import Callable, Hashable
from datetime import date, datetime
from random import Random
from typing import Any

from .fields import Resource
from .model import RESOURCES

# values by the vendor's names; names with an underscore are the stand-in's own:
# _created, _changed (UTC), _creator, _editor
Record = dict[str, Any]
KEPT_RESULTS = 16
API_USER = "API"


class Books:
    """Tables by path of the service; a record is found by its key."""

    def __init__(self, seed: str) -> None:
        self._random = Random(seed)
        self._tables: dict[str, dict[str, Record]] = {path: {} for path in RESOURCES}
        # moment and key of what was removed
        self.gone: dict[str, list[tuple[datetime, str]]] = {p: [] for p in RESOURCES}
        self._series: dict[str, int] = {}
        self._revision = 0
        self._results: OrderedDict[Hashable, tuple[int, list[Record]]] = OrderedDict()

    def table(self, resource: Resource) -> dict[str, Record]:
        """Return the records of a service by their keys, oldest first."""
        return self._tables[resource.path]

    def find(self, resource: Resource, key: Any) -> Record | None:
        """Return a record, or None."""
        return self._tables[resource.path].get(key)

    def new_id(self) -> str:
        """Return an id that nothing has."""
        return str(uuid.UUID(int=self._random.getrandbits(128), version=4))

    def next_in(self, series: str) -> int:
        """Return the next number of a series."""
        self._series[series] = self._series.get(series, 0) + 1
        return self._series[series]

    def add(
        self, resource: Resource, record: Record, moment: datetime, user: str
    ) -> Record:
        """Take in a record and give it an id, if that is its key.

        :param moment: when it was entered, UTC
        :param user: who entered it
        """
        if resource.key == "id":
            record.setdefault("id", self.new_id())
        record["_created"] = record["_changed"] = moment.replace(microsecond=0)
        record["_creator"] = user
        self._tables[resource.path][record[resource.key]] = record
        self.changed()
        return record

    def touch(self, record: Record, moment: datetime, user: str) -> None:
        """Note that a record was edited."""
        record["_changed"], record["_editor"] = moment.replace(microsecond=0), user
        self.changed()

    def changed(self) -> None:
        """Tell that something is not what it was."""
        self._revision += 1

    def remove(self, resource: Resource, key: str, moment: datetime) -> None:
        """Take a record out and remember when."""
        del self._tables[resource.path][key]
        self.gone[resource.path].append((moment.replace(microsecond=0), key))
        self.changed()

    def result(self, key: Hashable, search: Callable[[], list[Record]]) -> list[Record]:
        """Return what a search finds, searched again only after a change."""
        known = self._results.get(key)
        if known is None or known[0] != self._revision:
            known = self._results[key] = (self._revision, search())
            if len(self._results) > KEPT_RESULTS:
                self._results.popitem(last=False)
        return known[1]


def reference_number(serial: int) -> str:
    """Return an Estonian payment reference: check digit with weights 7, 3, 1."""
    digits = str(serial)
    weights = (7, 3, 1) * len(digits)
    total = sum(
        int(digit) * weight
        for digit, weight in zip(reversed(digits), weights, strict=False)
    )
    return f"{digits}{-total % 10}"


def invoice_number(day: date, serial: int) -> str:
    """Return a number that the vendor gives: year and a running number."""
    return f"{day:%y}{serial:03d}"
