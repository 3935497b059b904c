# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""How objects look in an answer (dossier §3, §7)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any

from . import tallinn
from .books import Books, Record
from .fields import Field, Resource
from .model import CLIENTS, VENDORS
from .posting import entry_rows

NUMBER_NAMES = ("number", "invoiceNumber", "referenceNumber")
_STUB = ("id", "name", "regCode", "vatNumber")
_SIGNED = ("amount", "vatAmount", "totalAmount", "outstandingAmount", "roundAmount")
_HISTORY = {
    "dateCreated": "_created",
    "dateUpdated": "_changed",
    "createdBy": "_creator",
    "updatedBy": "_editor",
}
_MOMENTS = {
    "date": "%d.%m.%Y",
    "seconds": "%d.%m.%Y %H:%M:%S",
    "underscore": "%d.%m.%Y_%H:%M:%S",
}
_FETCHES = (
    *("fetchRows", "fetchDocuments", "fetchComments", "fetchAddresses"),
    *("fetchContacts", "fetchAcceptsEinvoices"),
)
EVERYTHING = dict.fromkeys(_FETCHES, "true")


class Showing:
    """Turns records into what JSON carries."""

    def __init__(self, books: Books, settings: dict[str, Any]) -> None:
        self._books = books
        self._settings = settings

    def object(self, resource: Resource, record: Record, asked: dict[str, str]) -> Any:
        """Return a record as a list shows it.

        :param asked: the parameters of the call, for those that fetch more
        """
        found: dict[str, Any] = {}
        for field in resource.fields:
            wanted = not field.fetch or asked.get(field.fetch) == "true"
            if field.readable and wanted:
                value = self._value(field, self._raw(resource, record, field.name))
                found[field.name] = value
        self._sign(record, found)
        if self._settings["nulls"] == "absent":
            return _without_nulls(found)
        return found

    def returned(self, resource: Resource, record: Record) -> dict[str, Any]:
        """Return what a write answers."""
        fields = {field.name: field for field in resource.fields}
        found = {
            shown: self._value(fields[name], self._raw(resource, record, name))
            for shown, name in resource.returned
        }
        self._sign(record, found)
        return found

    def _raw(self, resource: Resource, record: Record, name: str) -> Any:
        if name in _HISTORY:
            return record.get(_HISTORY[name])
        if name in ("client", "vendor"):
            return self._stub(CLIENTS if name == "client" else VENDORS, record, name)
        if name == "documents":
            return record.get("_documents", [])
        if name == "rows" and resource.name == "entries":
            return entry_rows(record)
        return record.get(name)

    def _stub(self, resource: Resource, record: Record, name: str) -> Record | None:
        party = self._books.find(resource, record.get(f"{name}Id"))
        return party and {key: party.get(key) for key in _STUB}

    def _value(self, field: Field, value: Any) -> Any:
        if field.kind == "A":
            return [self._members(field, part) for part in value or ()]
        if value is None:
            return None
        if field.kind == "O":
            return self._members(field, value)
        if field.kind == "S" and field.name in NUMBER_NAMES:
            return self._document_number(value)
        convert = self._converters().get(field.kind)
        return convert(value) if convert else value

    def _converters(self) -> dict[str, Callable[[Any], Any]]:
        return {"D": tallinn.day_text, "M": self._moment, "N": self._decimal}

    def _members(self, field: Field, value: Record) -> dict[str, Any]:
        found = {
            member.name: self._value(member, value.get(member.name))
            for member in field.members
            if member.readable
        }
        if "vat" in found and self._settings["row_vat"] == "percent":
            found["vat"] = self._decimal(value["_pc"])
        return found

    def _moment(self, moment: datetime) -> str:
        form = _MOMENTS[self._settings["date_created_format"]]
        return tallinn.local(moment).strftime(form)

    def _decimal(self, value: Decimal) -> Any:
        if self._settings["decimals"] == "quoted":
            return f"{value:f}"
        return int(value) if value == value.to_integral_value() else float(value)

    def _document_number(self, value: str) -> Any:
        is_bare = self._settings["document_numbers"] == "bare"
        plain = value.isdecimal() and not value.startswith("0")
        return int(value) if is_bare and plain else value

    def _sign(self, record: Record, found: dict[str, Any]) -> None:
        if record.get("type") == "CRE":
            self._sign_credit(found)
        marked = self._settings["purchase_credit"] == "marked"
        total = record.get("totalAmount")
        if marked and "vendorId" in record and total is not None and total < 0:
            found["type"] = "CRE"

    def _sign_credit(self, found: dict[str, Any]) -> None:
        if self._settings["credit_totals"] == "negative":
            return
        for name in _SIGNED:
            value = found.get(name)
            if isinstance(value, str):
                found[name] = value.lstrip("-")
            elif value:
                found[name] = abs(value)


def _without_nulls(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _without_nulls(v) for k, v in value.items() if v is not None}
    if isinstance(value, list):
        return [_without_nulls(part) for part in value]
    return value
