# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Which objects a list call asks for (dossier §4, §7)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

from . import tallinn
from .books import Books, Record
from .errors import ApiError, bad_request
from .fields import Resource
from .model import CLIENTS, DOC_TYPES, ENTRIES, PAYMENTS, RESOURCES, VENDORS
from .posting import entry_rows
from .signing import fold

Args = dict[str, str]
Predicate = Callable[[Record], bool]
INVOICES = ("clientinvoices", "vendorinvoices")
BOOKINGS = (*INVOICES, "entries", "payments")
# plain comparisons: service, parameter, field
_EQUAL = {
    "clientinvoices": ("clientId", "id", "invoiceNumber"),
    "vendorinvoices": ("vendorId", "id", "invoiceNumber"),
    "entries": ("id", "docType"),
    "payments": ("id", "partnerType", "accountType", "accountName"),
    "clients": ("id",),
    "vendors": ("id",),
    "articles": ("code",),
}
_CHOICES = {
    "docType": DOC_TYPES,
    "paymentStatus": ("unpaid", "overdue"),
    "partnerType": ("CLIENT", "VENDOR"),
    "accountType": ("BANK", "CASH"),
}


class Filters:
    """Reads the parameters of one list call."""

    def __init__(
        self,
        books: Books,
        settings: dict[str, Any],
        resource: Resource,
        args: Args,
        today: date,
    ) -> None:
        self._books = books
        self._settings = settings
        self._resource = resource
        self._name = resource.name
        # a parameter without a value is as good as none
        self._args = {name: value for name, value in args.items() if value}
        self._today = today

    def predicates(self) -> list[Predicate]:
        """Return what an object has to fulfil.

        :raise ApiError: 400, a parameter is missing or of no use
        """
        self._check()
        found = list(self._equal())
        found += self._period() if self._name in BOOKINGS else self._modified()
        found += self._texts()
        if self._name in (*INVOICES, "entries") and "paymentStatus" in self._args:
            found.append(self._is_open)
        return found

    def removed_since(self) -> datetime | None:
        """Return since when the first page tells of deletions, or None."""
        if self._name in BOOKINGS:
            if self._day_type() != "modifydate":
                return None
            return self._begin("dateFrom")
        if not self._settings["deleted_with_modified_from"]:
            return None
        return self._begin("modifiedFrom")

    def by_change(self) -> bool:
        """Tell whether the list is a change history."""
        return self.removed_since() is not None

    def _check(self) -> None:
        if self._name not in BOOKINGS:
            return
        for name, allowed in _CHOICES.items():
            value = self._args.get(name)
            if value and value not in allowed and not self._is_known(name, value):
                raise _useless(name, value)
        self._day_type()
        needed = {"bookings": BOOKINGS, "invoices": INVOICES, "never": ()}
        if self._name in needed[self._settings["date_from_needed"]]:
            self._need_date_from()

    def _need_date_from(self) -> None:
        if not {"dateFrom", "id", "paymentStatus"} & set(self._args):
            text = "Parameter dateFrom is mandatory"
            raise bad_request("PARAMETER-MISSING", text)

    def _is_known(self, name: str, value: str) -> bool:
        # the vendor may know kinds that its document does not name
        entries = self._books.table(ENTRIES).values()
        return name == "docType" and any(e["docType"] == value for e in entries)

    def _day_type(self) -> str:
        kind = self._args.get("dateType", "date")
        if kind not in (*self._resource.days, "modifydate"):
            raise _useless("dateType", kind)
        return kind

    # moments and days

    def _period(self) -> Iterator[Predicate]:
        kind = self._day_type()
        if kind == "modifydate":
            yield from self._changed("dateFrom", "dateTo")
            return
        field = self._resource.days[kind]
        if "dateFrom" in self._args:
            first = self._day("dateFrom")
            yield lambda record: record[field] >= first
        if "dateTo" in self._args:
            last = self._day("dateTo")
            if self._settings["date_to"] == "exclusive":
                last -= timedelta(days=1)
            yield lambda record: record[field] <= last

    def _modified(self) -> Iterator[Predicate]:
        return self._changed("modifiedFrom", "modifiedTo")

    def _changed(self, begin: str, end: str) -> Iterator[Predicate]:
        first, last = self._begin(begin), self._end(end)
        if first is not None:
            yield lambda record: record["_changed"] >= first
        if last is not None:
            yield lambda record: record["_changed"] <= last

    def _day(self, name: str) -> date:
        text = self._args[name]
        try:
            return tallinn.read_day(text)
        except ValueError:
            raise _useless(name, text) from None

    def _begin(self, name: str) -> datetime | None:
        if name not in self._args:
            return None
        return self._moment(name) or tallinn.at(self._day(name))

    def _end(self, name: str) -> datetime | None:
        """Return the last second that counts."""
        if name not in self._args:
            return None
        second = timedelta(seconds=1)
        exclusive = self._settings["date_to"] == "exclusive"
        if moment := self._moment(name):
            return moment - second if exclusive else moment
        day = self._day(name)
        following = day if exclusive else day + timedelta(days=1)
        return tallinn.at(following) - second

    def _moment(self, name: str) -> datetime | None:
        text = self._args[name]
        if "_" not in text:
            return None
        try:
            return tallinn.read_moment(text, fold(self._settings))
        except ValueError:
            raise _useless(name, text) from None

    # values

    def _equal(self) -> Iterator[Predicate]:
        for name in _EQUAL[self._name]:
            if name in self._args:
                yield _is(name, self._args[name])
        if self._name == "payments" and "partnerId" in self._args:
            wanted = self._args["partnerId"]
            yield (
                lambda record: (
                    wanted in (record.get("clientId"), record.get("vendorId"))
                )
            )

    def _texts(self) -> Iterator[Predicate]:
        for name, texts_of in (
            ("clientName", self._party_name),
            ("vendorName", self._party_name),
            ("partnerName", self._party_name),
            ("filterDescription", _entry_texts),
            ("nameOrRegCode", _name_and_code),
            ("searchString", _article_texts),
        ):
            if name in self._args and name in _TEXTS[self._name]:
                yield _contains(self._args[name], texts_of)

    def _party_name(self, record: Record) -> list[str]:
        found = self._books.find(CLIENTS, record.get("clientId"))
        found = found or self._books.find(VENDORS, record.get("vendorId"))
        return [found["name"]] if found else []

    def _is_open(self, record: Record) -> bool:
        if self._resource is ENTRIES:
            path, key = record.get("_source", ("", ""))
            if path not in RESOURCES or RESOURCES[path] is PAYMENTS:
                return False
            record = self._books.find(RESOURCES[path], key) or {}
        if not record.get("outstandingAmount"):
            return False
        overdue = self._args["paymentStatus"] == "overdue"
        return not overdue or record["dueDate"] < self._today


_TEXTS = {
    "clientinvoices": ("clientName",),
    "vendorinvoices": ("vendorName",),
    "entries": ("filterDescription",),
    "payments": ("partnerName",),
    "clients": ("nameOrRegCode",),
    "vendors": ("nameOrRegCode",),
    "articles": ("searchString",),
}


def _is(name: str, wanted: str) -> Predicate:
    return lambda record: record.get(name) == wanted


def _contains(text: str, texts_of: Callable[[Record], list[str]]) -> Predicate:
    wanted = text.casefold()
    return lambda record: any(wanted in found.casefold() for found in texts_of(record))


def _entry_texts(record: Record) -> list[str]:
    texts = [row["description"] for row in entry_rows(record)]
    return [record["number"], record.get("document") or "", *texts]


def _name_and_code(record: Record) -> list[str]:
    return [record["name"], record.get("regCode") or ""]


def _article_texts(record: Record) -> list[str]:
    return [record["code"], record["description"]]


def _useless(name: str, value: str) -> ApiError:
    text = f"Parameter {name} cannot be {value}"
    return bad_request("INVALID-PARAMETER", text)
