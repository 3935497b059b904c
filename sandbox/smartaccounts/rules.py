# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Second stage: do the values fit the books? All broken rules are told (§5)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from . import tallinn
from .access import Company
from .books import Record
from .errors import Problems
from .fields import Resource
from .model import (
    ARTICLES,
    CLIENT_INVOICES,
    CLIENTS,
    ENTRIES,
    PAYMENTS,
    RESOURCES,
    VENDOR_INVOICES,
    VENDORS,
)
from .payments import SETTLED, account_of, total
from .posting import RATES, one_side

ADDRESS_LENGTH = 64
ROW_KINDS = {"VAT_RETURN": "VAT_RETURN", "SALARY": "PERIOD_SALARY"}


class Rules:
    """Looks at values that were read, in the books of a company."""

    def __init__(
        self, company: Company, settings: dict[str, Any], problems: Problems
    ) -> None:
        self._books = company.books
        self._locked_until = company.locked_until
        self._settings = settings
        self._problems = problems

    def check(
        self, resource: Resource, values: Record, known: Record | None = None
    ) -> None:
        """Look at what is to be stored.

        :param known: the object as it is, when it is edited
        :raise ApiError: 400 with every broken rule
        """
        look = {
            "clientinvoices": self._invoice,
            "vendorinvoices": self._invoice,
            "entries": self._entry,
            "payments": self._payment,
            "clients": self._party,
            "vendors": self._party,
            "articles": self._article,
        }[resource.name]
        look(resource, values, known)
        self._problems.refuse()

    def check_delete(self, resource: Resource, record: Record) -> None:
        """Look at what is to be removed.

        :raise ApiError: 400, something needs it, or its period is locked
        """
        day = record.get("entryDate") or record.get("date")
        if isinstance(day, date):
            self._period(day)
        if resource is ENTRIES and record["docType"] != "LEDGER_ENTRY":
            self._problems.add("ENTRY-HAS-DOCUMENT")
        if self._is_used(resource, record):
            key = record[resource.key]
            self._problems.add("IN-USE", what=resource.what, id=key)
        self._problems.refuse()

    def _is_used(self, resource: Resource, record: Record) -> bool:
        key = record[resource.key]
        if resource in (CLIENT_INVOICES, VENDOR_INVOICES):
            return bool(record["_paid"])
        if resource in (CLIENTS, VENDORS):
            name = "clientId" if resource is CLIENTS else "vendorId"
            users = (CLIENT_INVOICES, VENDOR_INVOICES, PAYMENTS)
            return any(
                record.get(name) == key
                for user in users
                for record in self._books.table(user).values()
            )
        return resource is ARTICLES and any(
            row["code"] == key
            for user in (CLIENT_INVOICES, VENDOR_INVOICES)
            for invoice in self._books.table(user).values()
            for row in invoice["rows"]
        )

    # what several services share

    def _refer(self, resource: Resource, field: str, value: Any) -> Record | None:
        """Return the object that a field names; note if there is none."""
        if not value:
            return None
        found = self._books.find(resource, value)
        if found is None:
            self._problems.add("UNKNOWN-REFERENCE", field=field, value=value)
        return found

    def _setting(self, name: str, field: str, value: Any) -> Record | None:
        return self._refer(RESOURCES[f"settings/{name}"], field, value)

    def _period(self, *days: date | None) -> None:
        locked = self._locked_until
        if locked and any(day and day <= locked for day in days):
            self._problems.add("PERIOD-LOCKED", value=tallinn.day_text(locked))

    def _currency(self, values: Record) -> None:
        currency = values.get("currency") or "EUR"
        if not (len(currency) == 3 and currency.isalpha() and currency.isupper()):
            self._problems.add("UNKNOWN-REFERENCE", field="currency", value=currency)
        elif currency not in RATES and not values.get("exchangeRate"):
            self._problems.add("EXCHANGE-RATE-MISSING", value=currency)

    def _vat_pc(self, field: str, code: str | None, active: str) -> None:
        found = self._setting("vatpcs", field, code)
        if found is not None and active and not found[active]:
            self._problems.add("NOT-IN-USE", field=field, value=code)

    # invoices

    def _invoice(self, resource: Resource, values: Record, known: Any) -> None:
        sales = resource is CLIENT_INVOICES
        entry_day = values.get("entryDate") or values["date"]
        self._period(entry_day, known and known["entryDate"])
        party = "clientId" if sales else "vendorId"
        self._refer(CLIENTS if sales else VENDORS, party, values[party])
        self._currency(values)
        self._setting("objects", "objectId", values.get("objectId"))
        self._setting("paymentmethods", "paymentMethod", values.get("paymentMethod"))
        if values.get("dueDate") and values["dueDate"] < values["date"]:
            self._problems.add("DUE-DATE-EARLIER")
        self._number(resource, values, known)
        if values.get("isCalculateVat") is False and values.get("vatAmount") is None:
            self._problems.add("VAT-AMOUNT-MISSING")
        self._base(values, entry_day)
        for place, row in enumerate(values["rows"]):
            self._invoice_row(row, f"rows[{place}].", sales)

    def _invoice_row(self, row: Record, path: str, sales: bool) -> None:
        self._refer(ARTICLES, path + "code", row["code"])
        side = "Sales" if sales else "Purchase"
        self._vat_pc(path + "vatPc", row["vatPc"], f"active{side}")
        self._setting("objects", path + "objectId", row.get("objectId"))
        for name in ("accountSales", "accountPurchase", "accountWarehouse"):
            self._setting("accounts", path + name, row.get(name))

    def _number(self, resource: Resource, values: Record, known: Any) -> None:
        number = values.get("invoiceNumber")
        if not number or self._settings["doubled_invoice_number"] == "allowed":
            return
        same = ("invoiceNumber",)
        if resource is VENDOR_INVOICES:
            same = ("invoiceNumber", "vendorId")
        for other in self._books.table(resource).values():
            doubled = all(other[name] == values[name] for name in same)
            if doubled and other is not known:
                self._problems.add("NUMBER-IN-USE", value=number)
                return

    def _base(self, values: Record, entry_day: date) -> None:
        key = values.get("baseForCreditInvoiceId")
        base = self._refer(CLIENT_INVOICES, "baseForCreditInvoiceId", key)
        if base is None:
            return
        if values["date"] < base["date"]:
            self._problems.add("CREDIT-INVOICE-EARLIER-THAN-BASE")
        if entry_day < base["entryDate"]:
            self._problems.add("CREDIT-INVOICE-ENTRY-EARLIER-THAN-BASE")

    # entries

    def _entry(self, _resource: Resource, values: Record, known: Any) -> None:
        self._period(values["date"], known and known["date"])
        self._currency(values)
        if known and values["docType"] != known["docType"]:
            self._problems.add("ENTRY-TYPE-FIXED")
        debit, credit = one_side(values["rows"], values.get("currency") or "EUR")
        if debit != credit:
            self._problems.add("ENTRY-NOT-BALANCED", debit=debit, credit=credit)
        for place, row in enumerate(values["rows"]):
            self._setting("accounts", f"rows[{place}].account", row["account"])
            self._setting("objects", f"rows[{place}].objectId", row.get("objectId"))

    # payments

    def _payment(self, _resource: Resource, values: Record, known: Any) -> None:
        self._period(values["date"], known and known["date"])
        name = "clientId" if values["partnerType"] == "CLIENT" else "vendorId"
        self._refer(CLIENTS if name == "clientId" else VENDORS, name, values[name])
        self._currency(values)
        if account_of(self._books, values) is None:
            value = values["accountName"]
            self._problems.add("UNKNOWN-REFERENCE", field="accountName", value=value)
        for place, row in enumerate(values.get("rows") or []):
            self._payment_row(row, f"rows[{place}].", values, name)
        for place, extra in enumerate(values.get("extras") or []):
            self._setting("accounts", f"extras[{place}].account", extra["account"])
        if not total(values):
            self._problems.add("PAYMENT-EMPTY")

    def _payment_row(self, row: Record, path: str, values: Record, name: str) -> None:
        if row["type"] in ROW_KINDS:
            entry = self._refer(ENTRIES, path + "id", row["id"])
            if entry and entry["docType"] != ROW_KINDS[row["type"]]:
                field, value = path + "type", row["type"]
                self._problems.add("UNKNOWN-REFERENCE", field=field, value=value)
            return
        found = self._refer(SETTLED.get(row["type"], PAYMENTS), path + "id", row["id"])
        if found is None:
            return
        if found.get(name) != values[name]:
            field, value = path + "id", row["id"]
            self._problems.add("UNKNOWN-REFERENCE", field=field, value=value)
        elif row["type"] in SETTLED:
            self._settlement(row["amount"], found["outstandingAmount"])

    def _settlement(self, amount: Decimal, left: Decimal) -> None:
        # magnitudes are compared, so a row for a credit invoice is positive too
        if amount <= 0:
            self._problems.add("PAYMENT-ROW-NOT-POSITIVE", value=amount)
        elif amount > abs(left):
            self._problems.add("PAYMENT-EXCEEDS-INVOICE", value=amount, open=abs(left))

    # clients, vendors, articles

    def _party(self, _resource: Resource, values: Record, _known: Any) -> None:
        self._vat_pc("vatPc", values.get("vatPc"), "")
        self._setting("groups", "group", values.get("group"))
        for name in ("accountUnpaid", "accountPrepayment"):
            self._setting("accounts", name, values.get(name))
        address = values.get("address") or {}
        self._setting("countries", "address.country", address.get("country"))
        for name in ("address1", "address2"):
            if len(address.get(name) or "") > ADDRESS_LENGTH:
                field = f"address.{name}"
                self._problems.add("TOO-LONG", field=field, value=ADDRESS_LENGTH)

    def _article(self, _resource: Resource, values: Record, known: Any) -> None:
        if known is None and self._books.find(ARTICLES, values["code"]) is not None:
            self._problems.add("CODE-IN-USE", value=values["code"])
        self._vat_pc("vatPc", values.get("vatPc"), "")
        for name in ("accountSales", "accountPurchase", "accountWarehouse"):
            self._setting("accounts", name, values.get(name))
