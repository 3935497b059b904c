# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Invoices of both sides: figures, entry, what is open (dossier §7.1, §7.2)."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from . import chart
from .books import Books, Record, invoice_number, reference_number
from .model import CLIENT_INVOICES, CLIENTS, RESOURCES, VENDOR_INVOICES, VENDORS
from .posting import RATES, ZERO, Ledger, cents, posting

HUNDRED = Decimal(100)
DUE_DAYS = 14


class Invoices:
    """The invoices of one side of a company."""

    def __init__(self, books: Books, settings: dict[str, Any], sales: bool) -> None:
        self._books = books
        self._settings = settings
        self._ledger = Ledger(books)
        self.sales = sales
        self.resource = CLIENT_INVOICES if sales else VENDOR_INVOICES
        self.parties = CLIENTS if sales else VENDORS
        self.party_field = "clientId" if sales else "vendorId"
        self.doc_type = "CLIENT_INVOICE" if sales else "VENDOR_INVOICE"

    def add(self, values: Record, moment: datetime, user: str) -> Record:
        """Store an invoice whose values are right, and book it."""
        values["number"] = self._ledger.number(self.doc_type)
        values["_paid"] = ZERO
        if not values.get("invoiceNumber"):
            values["invoiceNumber"] = self._free_number(values["date"])
        if self.sales and not values.get("referenceNumber"):
            serial = values["number"].rpartition("-")[2]
            values["referenceNumber"] = reference_number(int(serial) + 100)
        self._fill(values)
        invoice = self._books.add(self.resource, values, moment, user)
        self._book(invoice, moment, user)
        return invoice

    def edit(
        self, invoice: Record, values: Record, moment: datetime, user: str
    ) -> Record:
        """Put other values in place of an invoice's, and book it anew."""
        for name in ("invoiceNumber", "referenceNumber"):
            values[name] = values.get(name) or invoice[name]
        invoice.update(values)
        self._fill(invoice)
        self._books.touch(invoice, moment, user)
        self._book(invoice, moment, user)
        return invoice

    def delete(self, invoice: Record, moment: datetime) -> None:
        """Remove an invoice and its entry."""
        self._ledger.unbook(invoice, moment)
        self._books.remove(self.resource, invoice["id"], moment)

    def pay(self, invoice: Record, amount: Decimal, moment: datetime) -> None:
        """Bring what is open nearer to zero (or further, below zero)."""
        invoice["_paid"] += amount
        self._open(invoice)
        if self._settings["payment_touches_invoice"]:
            invoice["_changed"] = moment.replace(microsecond=0)
        self._books.changed()

    def _free_number(self, day: date) -> str:
        taken = {
            invoice["invoiceNumber"]
            for invoice in self._books.table(self.resource).values()
        }
        while True:
            number = invoice_number(day, self._books.next_in(f"invoice {day:%y}"))
            if number not in taken:
                return number

    def _party(self, invoice: Record) -> Record:
        return self._books.find(self.parties, invoice[self.party_field]) or {}

    def _fill(self, invoice: Record) -> None:
        """Work out dates and figures."""
        party = self._party(invoice)
        days = party.get("invoiceDueDate")
        due = timedelta(days=DUE_DAYS if days is None else days)
        invoice["dueDate"] = invoice.get("dueDate") or invoice["date"] + due
        invoice["entryDate"] = invoice.get("entryDate") or invoice["date"]
        usual = chart.RECEIVABLE if self.sales else chart.PAYABLE
        invoice["accountUnpaid"] = party.get("accountUnpaid") or usual
        sign = -1 if invoice.get("type") == "CRE" else 1
        net, vat = self._row_figures(invoice["rows"])
        if not self.sales:
            vat = self._purchase_vat(invoice, vat)
        self._total(invoice, net, vat, sign)
        self._open(invoice)

    def _row_figures(self, rows: list[Record]) -> tuple[Decimal, Decimal]:
        net = ZERO
        bases: dict[Decimal, Decimal] = defaultdict(lambda: ZERO)
        row_vat = ZERO
        for place, row in enumerate(rows, 1):
            share = 1 - (row.get("discount") or ZERO) / HUNDRED
            base = cents(row["price"] * row["quantity"] * share)
            pc = self._percent(row["vatPc"])
            vat = cents(base * pc / HUNDRED)
            row |= {"vat": vat, "sum": base + vat, "_base": base, "_pc": pc}
            row["order"] = row.get("order") or place
            net += base
            bases[pc] += base
            row_vat += vat
        if self._settings["vat_rounding"] == "row":
            return net, row_vat
        return net, sum((cents(b * pc / HUNDRED) for pc, b in bases.items()), ZERO)

    def _percent(self, code: str) -> Decimal:
        return self._vat_pc(code).get("pc", ZERO)

    def _vat_pc(self, code: str) -> Record:
        return self._books.find(RESOURCES["settings/vatpcs"], code) or {}

    @staticmethod
    def _purchase_vat(invoice: Record, computed: Decimal) -> Decimal:
        """Return the VAT of a purchase: the one sent, unless it is to be worked out."""
        sent = invoice.get("vatAmount")
        return computed if invoice.get("isCalculateVat") or sent is None else sent

    @staticmethod
    def _total(invoice: Record, net: Decimal, vat: Decimal, sign: int) -> None:
        """Set the figures; what was sent as total decides on the rounding."""
        sent, rounding = invoice.get("totalAmount"), invoice.get("roundAmount") or ZERO
        if sent is not None:
            rounding = abs(sent) - (net + vat) if sign < 0 else sent - (net + vat)
        invoice |= {
            "amount": net * sign,
            "vatAmount": vat * sign,
            "roundAmount": rounding * sign,
            "totalAmount": (net + vat + rounding) * sign,
        }

    @staticmethod
    def _open(invoice: Record) -> None:
        paid = invoice["_paid"] + (invoice.get("paymentAmount") or ZERO)
        sign = -1 if invoice["totalAmount"] < 0 else 1
        invoice["outstandingAmount"] = invoice["totalAmount"] - paid * sign

    def _book(self, invoice: Record, moment: datetime, user: str) -> None:
        values = {
            "date": invoice["entryDate"],
            "document": invoice["invoiceNumber"],
            "currency": invoice["currency"],
            "comment": invoice.get("comment"),
            "rows": self._entry_rows(invoice),
        }
        source = self.resource
        self._ledger.book(self.doc_type, source, invoice, values, moment, user)

    def _entry_rows(self, invoice: Record) -> list[Record]:
        currency = invoice["currency"]
        rate = invoice.get("exchangeRate") or RATES.get(currency, Decimal(1))
        # a sale is debit at the client, credit at sales and VAT; a purchase mirrored
        side = 1 if self.sales else -1
        name = self._party(invoice).get("name", "")
        amounts = [(invoice["accountUnpaid"], name, invoice["totalAmount"])]
        amounts += [
            (account, text, -amount) for account, text, amount in self._splits(invoice)
        ]
        return [
            posting(account, text, amount * side, currency, rate)
            for account, text, amount in amounts
            if amount
        ]

    def _splits(self, invoice: Record) -> list[tuple[str, str, Decimal]]:
        sign = -1 if invoice.get("type") == "CRE" else 1
        found = [
            (self._row_account(row), row["description"], row["_base"] * sign)
            for row in invoice["rows"]
        ]
        side = "accountSales" if self.sales else "accountPurchase"
        usual = chart.OUTPUT_VAT if self.sales else chart.INPUT_VAT
        account = self._vat_pc(invoice["rows"][0]["vatPc"]).get(side, usual)
        found.append((account, "KM", invoice["vatAmount"]))
        found.append((chart.ROUNDING, "Ümardus", invoice["roundAmount"]))
        return found

    def _row_account(self, row: Record) -> str:
        field = "accountSales" if self.sales else "accountPurchase"
        article = self._books.find(RESOURCES["purchasesales/articles"], row["code"])
        usual = chart.SALES if self.sales else chart.SERVICES
        return row.get(field) or (article or {}).get(field) or usual
