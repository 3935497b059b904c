# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Add, edit, delete: from values that were read to books that have them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from .access import Company
from .books import Record, reference_number
from .errors import Problems
from .fields import Resource
from .invoices import Invoices
from .model import CLIENT_INVOICES, CLIENTS, ENTRIES, PAYMENTS
from .payments import Payments
from .posting import Ledger, one_side
from .rules import Rules


@dataclass(frozen=True)
class Author:
    """Who writes, when, and in which language refusals are told."""

    moment: datetime
    user: str
    language: str = "et"
    # keys of rules that do not hold for them
    forgiven: tuple[str, ...] = ()


class Writer:
    """Writes into the books of one company for one author."""

    def __init__(
        self, company: Company, settings: dict[str, Any], author: Author
    ) -> None:
        self._company = company
        self._books = company.books
        self._settings = settings
        self._author = author
        self._when_who = (author.moment, author.user)

    def _problems(self) -> Problems:
        return Problems(self._author.language, self._author.forgiven)

    def _rules(self) -> Rules:
        return Rules(self._company, self._settings, self._problems())

    def add(self, resource: Resource, values: Record) -> Record:
        """Store a new object.

        :raise ApiError: 400 with every broken rule; nothing is done then
        """
        self._rules().check(resource, values)
        maker = self._maker(resource)
        if maker is not None:
            return maker.add(values, *self._when_who)
        if resource is ENTRIES:
            values["docType"] = "LEDGER_ENTRY"
            values["number"] = Ledger(self._books).number("LEDGER_ENTRY")
            self._complete_entry(values)
        elif resource.name in ("clients", "vendors"):
            self._complete_party(resource, values)
        return self._books.add(resource, values, *self._when_who)

    def edit(self, resource: Resource, values: Record) -> Record:
        """Put other values in place of an object's; those not given are blank then.

        :raise ApiError: 400, it is not there, or with every broken rule
        """
        known = self.known(resource, values[resource.key])
        if resource is PAYMENTS:
            return self._edit_payment(known, values)
        self._rules().check(resource, values, known)
        maker = self._maker(resource)
        if isinstance(maker, Invoices):
            return maker.edit(known, values, *self._when_who)
        if resource is ENTRIES:
            self._complete_entry(values)
        elif resource.name in ("clients", "vendors"):
            values["referenceNumber"] = (
                values.get("referenceNumber") or known["referenceNumber"]
            )
        known.update(values)
        self._books.touch(known, *self._when_who)
        return known

    def _edit_payment(self, known: Record, values: Record) -> Record:
        payments = Payments(self._books, self._settings)
        # what it settled is open again while the new values are looked at
        payments.settle(known, -1, self._author.moment)
        try:
            self._rules().check(PAYMENTS, values, known)
        except ValueError:
            payments.settle(known, 1, self._author.moment)
            raise
        return payments.edit(known, values, *self._when_who)

    def delete(self, resource: Resource, key: str) -> None:
        """Remove an object.

        :raise ApiError: 400, it is not there, is needed, or its period is locked
        """
        record = self.known(resource, key)
        self._rules().check_delete(resource, record)
        maker = self._maker(resource)
        if maker is not None:
            maker.delete(record, self._author.moment)
        else:
            self._books.remove(resource, key, self._author.moment)

    def known(self, resource: Resource, key: Any) -> Record:
        """Return an object that is there.

        :raise ApiError: 400, it is not
        """
        record = self._books.find(resource, key)
        if record is None:
            problems = self._problems()
            problems.add("NOT-FOUND", what=resource.what, id=key or "")
            problems.refuse()
        return record or {}

    def _maker(self, resource: Resource) -> Invoices | Payments | None:
        if resource.name in ("clientinvoices", "vendorinvoices"):
            sales = resource is CLIENT_INVOICES
            return Invoices(self._books, self._settings, sales)
        if resource is PAYMENTS:
            return Payments(self._books, self._settings)
        return None

    @staticmethod
    def _complete_entry(values: Record) -> None:
        values["currency"] = values.get("currency") or "EUR"
        values["document"] = values.get("document") or ""
        values["amount"] = one_side(values["rows"], values["currency"])[0]

    def _complete_party(self, resource: Resource, values: Record) -> None:
        if not values.get("referenceNumber"):
            serial = self._books.next_in(f"reference of {resource.name}")
            start = 1000 if resource is CLIENTS else 5000
            values["referenceNumber"] = reference_number(start + serial)
