# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The books of one company: tables by name, and what versions they carry."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from . import moments

# values by the vendor's names; names with an underscore are the stand-in's own
Record = dict[str, Any]
TABLES = (
    *("invoices", "businesspartners", "partnergroups", "products", "productgroups"),
    *("bankaccounts", "attachments", "paymentevents"),
)
# every company counts from here: ids are unique only inside one
FIRST_ID = 8_000_000
FIRST_INVOICE_NUMBER = 1000


class Books:
    """Records of one company by table and id."""

    def __init__(self, settings: dict[str, Any]) -> None:
        self._settings = settings
        self._tables: dict[str, dict[int, Record]] = {name: {} for name in TABLES}
        self._last_id = FIRST_ID
        self._last_number = FIRST_INVOICE_NUMBER

    def table(self, name: str) -> dict[int, Record]:
        """Return the records of a table by id, oldest first."""
        return self._tables[name]

    def find(self, name: str, id: Any) -> Record | None:
        """Return a record, or None."""
        return self._tables[name].get(id)

    def new_id(self) -> int:
        """Return an id that nothing in the company has."""
        self._last_id += 1
        return self._last_id

    def next_invoice_number(self) -> int:
        """Return the next invoice number."""
        self._last_number += 1
        return self._last_number

    def add(self, name: str, record: Record, moment: datetime) -> Record:
        """Take in a record; it gets an id and a version."""
        record["id"] = self.new_id()
        record["_table"] = name
        self._tables[name][record["id"]] = record
        record["_created"] = moments.shown(moment, self._settings)
        self.touch(record, moment)
        return record

    def touch(self, record: Record, moment: datetime) -> None:
        """Give a record the version of a moment."""
        version = moments.shown(moment, self._settings)
        last = record.get("version")
        if self._settings["version_step"] == "unique" and last and version <= last:
            later = datetime.fromisoformat(last) + timedelta(seconds=1)
            version = later.isoformat()
        record["version"] = version

    def remove(self, name: str, id: int) -> None:
        """Take a record out.

        :raise KeyError: there is none of that id
        """
        del self._tables[name][id]


def plain(record: Record) -> Record:
    """Return a record without what is the stand-in's own."""
    return {key: value for key, value in record.items() if not key.startswith("_")}
