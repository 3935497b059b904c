# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""One company's books: its tables, and how a record is added, changed, removed."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable
from typing import Any

from ..clock import Clock
from .fields import Record
from .schema import MODELS
from .store import Sequence, Table

PARTY = {"Customer": "isCustomer", "Supplier": "isSupplier"}
# kept once for all companies: their ids are global (dossier §3.3, §10)
SHARED = ("Country", "Currency", "Subscription", "VatType", "VoucherType")
FIRST_ID = {
    "Party": 93_640_700,
    "Address": 332_635_000,
    "Contact": 18_400_100,
    "Product": 69_781_000,
    "ProductUnit": 5_216_100,
    "Account": 291_297_200,
    "Department": 865_100,
    "Employee": 18_500_100,
    "Order": 401_930_000,
    "OrderLine": 1_607_500_000,
    # above 2 ** 31, as recorded
    "Invoice": 2_147_490_000,
    "Posting": 3_844_770_000,
    "Voucher": 608_829_000,
    "SupplierInvoice": 608_900_000,
    "PaymentType": 34_200_100,
    "PaymentTypeOut": 1_920_100,
    "CloseGroup": 71_200_100,
    "CustomerCategory": 410_100,
    "Entitlement": 1,
    "Subscription": 7,
}


class Books:
    """The books of one company."""

    def __init__(
        self, company: Record, shared: dict[str, Table], ids: Sequence, clock: Clock
    ) -> None:
        self.company = company
        self.id: int = company["id"]
        self.numbers = Sequence()
        self._ids = ids
        self._clock = clock
        # who is named in the list of changes
        self.employee = 0
        self.outbox: list[dict[str, Any]] = []
        # told what is created, updated, deleted: the word, the model, the record
        self.watcher: Callable[[str, str, Record], None] = lambda *_args: None
        self.tables = {name: Table(name) for name in MODELS if name not in SHARED}
        self.tables.update(shared)
        self.tables["Company"].put(company)

    def table(self, model: str) -> Table:
        """Return the table of a model."""
        return self.tables[model]

    def find(self, model: str, key: int | None) -> Record | None:
        """Return a record that these books can see, or None."""
        return self.tables[model].get(key)

    def revision(self, model: str) -> int:
        """Return how often the table of a model has changed."""
        return self.tables[model].revision

    def new_id(self, model: str) -> int:
        """Return an id never used in this world."""
        series = "Party" if model in PARTY else model
        return self._ids.next(series, FIRST_ID.get(series, 1_000_001))

    def add(self, model: str, values: Record, version: int = 1) -> Record:
        """Add a record.

        :param values: without `id`, unless a test wants a certain one
        :return: the stored record
        """
        record = dict(values)
        record.setdefault("id", self.new_id(model))
        record.setdefault("version", version)
        record["_changes"] = [(self._moment(), "CREATE", self.employee)]
        for home in self.homes(model, record):
            self.tables[home].put(record)
            self.watcher("create", home, record)
        return record

    def homes(self, model: str, record: Record) -> list[str]:
        """Return the models under which a record can be read."""
        if model not in PARTY:
            return [model]
        if record.get("_twin"):
            return [model]
        return [name for name, flag in PARTY.items() if record.get(flag)] or [model]

    def touch(self, model: str, record: Record) -> None:
        """Note that a record was changed: version, changes, answers kept ready."""
        record["version"] += 1
        change = (self._moment(), "UPDATE", self.employee)
        record["_changes"] = [*record["_changes"], change]
        homes = self.homes(model, record)
        for home in PARTY if model in PARTY else homes:
            table = self.tables[home]
            if home not in homes:
                if table.get(record["id"]) is record:
                    table.remove(record["id"])
                    self.watcher("delete", home, record)
            elif record["id"] in table.records:
                table.changed(record["id"])
                self.watcher("update", home, record)
            else:
                # a customer that has become a supplier too
                table.put(record)
                self.watcher("create", home, record)

    def remove(self, model: str, record: Record) -> None:
        """Take a record out of the books, without a trace."""
        for home in self.homes(model, record):
            self.tables[home].remove(record["id"])
            self.watcher("delete", home, record)

    def all_ids(self, models: Iterable[str]) -> set[int]:
        """Return the ids of all records of some models."""
        tables = [self.tables[name].records for name in models]
        return set(itertools.chain.from_iterable(tables))

    def _moment(self) -> float:
        return self._clock.now().timestamp()
