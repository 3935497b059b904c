# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Entries: the booking that every document makes (dossier §7.3)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from . import chart
from .books import Books, Record
from .fields import Resource
from .model import ENTRIES

CENT = Decimal("0.01")
ZERO = Decimal("0.00")
SERIES = {
    "LEDGER_ENTRY": "PR",
    "CLIENT_INVOICE": "MA",
    "VENDOR_INVOICE": "OA",
    "BANK_PAYMENT": "PA",
    "CASH_PAYMENT": "KA",
    "VAT_RETURN": "KM",
    "WAREHOUSE_MOVEMENT": "LA",
    "PERIOD_DEPRECIATION": "AM",
    "PERIOD_SALARY": "PL",
}
# debit and credit of the entries that are seeded without a document
_TWO_SIDES = {
    "CLIENT_INVOICE": (chart.RECEIVABLE, chart.SALES),
    "VENDOR_INVOICE": (chart.SERVICES, chart.PAYABLE),
    "BANK_PAYMENT": (chart.BANK, chart.RECEIVABLE),
    "CASH_PAYMENT": (chart.CASH, chart.RECEIVABLE),
    "VAT_RETURN": (chart.OUTPUT_VAT, chart.TAX_DEBT),
    "WAREHOUSE_MOVEMENT": (chart.GOODS, chart.STOCK),
    "PERIOD_DEPRECIATION": (chart.DEPRECIATION, chart.FIXED_ASSETS),
    "PERIOD_SALARY": (chart.WAGES, chart.WAGES_DEBT),
}
# units of a currency per euro, the same on every day
RATES = {
    "EUR": Decimal(1),
    "USD": Decimal("1.08"),
    "SEK": Decimal("11.20"),
    "NOK": Decimal("11.70"),
    "DKK": Decimal("7.46"),
    "GBP": Decimal("0.85"),
    "PLN": Decimal("4.30"),
    "CHF": Decimal("0.95"),
}


def cents(amount: Decimal) -> Decimal:
    """Return an amount rounded to cents, halves away from zero."""
    return amount.quantize(CENT, ROUND_HALF_UP)


def posting(
    account: str, text: str, amount: Decimal, currency: str, rate: Decimal
) -> Record:
    """Return one row of an entry.

    :param amount: in `currency`; above zero on the debit side, below on the credit
    :param rate: units of the currency per euro
    """
    euros = cents(amount / rate)
    row: Record = {
        "account": account,
        "description": text,
        "debitAmount": max(euros, ZERO),
        "creditAmount": max(-euros, ZERO),
    }
    if currency != "EUR":
        row["debitAmountOriginalCurrency"] = max(amount, ZERO)
        row["creditAmountOriginalCurrency"] = max(-amount, ZERO)
    return row


def one_side(rows: Iterable[Record], currency: str) -> tuple[Decimal, Decimal]:
    """Return the sums of debit and of credit, in the entry's currency."""
    end = "" if currency == "EUR" else "OriginalCurrency"
    sums = [ZERO, ZERO]
    for row in rows:
        sums[0] += row.get(f"debitAmount{end}") or ZERO
        sums[1] += row.get(f"creditAmount{end}") or ZERO
    return sums[0], sums[1]


def entry_rows(record: Record) -> list[Record]:
    """Return the rows of an entry; those seeded in bulk are made up here."""
    if "rows" in record:
        return record["rows"]
    sides = _TWO_SIDES.get(record["docType"], (chart.SERVICES, chart.BANK))
    signs = (record["amount"], -record["amount"])
    text = record["document"] or record["docType"]
    return [
        posting(account, text, amount, "EUR", Decimal(1))
        for account, amount in zip(sides, signs, strict=True)
    ]


class Ledger:
    """Keeps the entry of a document in step with it."""

    def __init__(self, books: Books) -> None:
        self._books = books

    def number(self, doc_type: str) -> str:
        """Return the next number in accounting, such as MA-12."""
        series = SERIES.get(doc_type, "XX")
        return f"{series}-{self._books.next_in(series)}"

    def book(
        self,
        doc_type: str,
        resource: Resource,
        document: Record,
        values: dict[str, Any],
        moment: datetime,
        user: str,
    ) -> Record:
        """Make the entry of a document, or bring the one it has up to date.

        :param values: date, document, currency and rows of the entry
        """
        rows = values["rows"]
        values["amount"] = one_side(rows, values["currency"])[0]
        known = self._books.find(ENTRIES, document.get("_entry"))
        if known is not None:
            known.update(values)
            self._books.touch(known, moment, user)
            return known
        source = (resource.path, document[resource.key])
        start = {"docType": doc_type, "number": document["number"], "_source": source}
        entry = self._books.add(ENTRIES, {**start, **values}, moment, user)
        document["_entry"] = entry["id"]
        return entry

    def unbook(self, document: Record, moment: datetime) -> None:
        """Remove the entry of a document."""
        if document.get("_entry"):
            self._books.remove(ENTRIES, document["_entry"], moment)

    def bare(
        self,
        doc_type: str,
        day: date,
        amount: Decimal,
        moment: datetime,
        user: str,
        text: str = "",
    ) -> Record:
        """Add an entry that has no document in the stand-in and no rows of its own."""
        values = {
            "docType": doc_type,
            "date": day,
            "document": text,
            "currency": "EUR",
            "number": self.number(doc_type),
            "amount": amount,
        }
        return self._books.add(ENTRIES, values, moment, user)
