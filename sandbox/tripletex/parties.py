# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Customers and suppliers: numbers, accounts, one id or two."""

from __future__ import annotations

from typing import Any

from .books import PARTY, Books
from .fields import Record
from .intake import Intake
from .standard import account

FIRST_CUSTOMER = 10_001
FIRST_SUPPLIER = 50_001


class Parties:
    """Adds and changes customers and suppliers of one company."""

    def __init__(
        self, books: Books, settings: dict[str, Any], strict: bool = True
    ) -> None:
        self._books = books
        self._settings = settings
        self._intake = Intake(books, strict)
        self._accounts: dict[int, int] = {}

    def add(self, model: str, values: Record) -> Record:
        """Add a customer or a supplier, possibly both at once.

        :param model: Customer or Supplier
        :param values: in stored form, addresses as bodies
        """
        values = {**self._defaults(model), **values, PARTY[model]: True}
        apart = self._two_ids and all(values.get(flag) for flag in PARTY.values())
        self._number(values)
        for name in ("postalAddress", "physicalAddress"):
            values[name] = values.get(name) or {}
        if apart:
            values["_twin"] = -1
        record = self._intake.create(model, values)
        if apart:
            self._add_twin(model, record)
        return record

    @property
    def _two_ids(self) -> bool:
        return self._settings["party_ids"] == "two"

    def _defaults(self, model: str) -> Record:
        number = 1500 if model == "Customer" else 2400
        if number not in self._accounts:
            self._accounts[number] = account(self._books, number)["id"]
        values: Record = {"currency": 1, "ledgerAccount": self._accounts[number]}
        if model == "Customer":
            values["invoiceSendMethod"] = self._settings["customer_send_method"]
        return values

    def _number(self, values: Record) -> None:
        numbers = self._books.numbers
        series = (
            ("isCustomer", "customerNumber", FIRST_CUSTOMER),
            ("isSupplier", "supplierNumber", FIRST_SUPPLIER),
        )
        for flag, name, first in series:
            if values.get(name):
                numbers.take(name, values[name])
            elif values.get(flag):
                values[name] = numbers.next(name, first)

    def _add_twin(self, model: str, record: Record) -> None:
        other = next(name for name in PARTY if name != model)
        values = {k: v for k, v in record.items() if k not in ("id", "version")}
        twin = self._books.add(other, {**values, "_twin": record["id"]})
        record["_twin"] = twin["id"]

    def update(self, model: str, record: Record, values: Record) -> bool:
        """Change a party; one that becomes the other kind too gets its number.

        :return: whether anything was different
        """
        other = next(name for name in PARTY if name != model)
        becomes_both = values.get(PARTY[other]) and not record.get(PARTY[other])
        if becomes_both:
            record[PARTY[other]] = True
            self._number(record)
            if self._two_ids:
                self._add_twin(model, record)
        changed = self._intake.update(model, record, values)
        if becomes_both and not changed:
            self._books.touch(model, record)
        return changed or bool(becomes_both)
