# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Payments: what they settle, and their entry (dossier §7.4)."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from . import chart
from .books import Books, Record
from .invoices import Invoices
from .model import CLIENT_INVOICES, PAYMENTS, RESOURCES, VENDOR_INVOICES
from .posting import RATES, ZERO, Ledger, cents, posting

SETTLED = {"CLIENT_INVOICE": CLIENT_INVOICES, "VENDOR_INVOICE": VENDOR_INVOICES}


def account_of(books: Books, values: Record) -> Record | None:
    """Return the bank or cash account that a payment names, or None."""
    kind = "bankaccounts" if values["accountType"] == "BANK" else "cashaccounts"
    return books.find(RESOURCES[f"settings/{kind}"], values["accountName"])


class Payments:
    """The payments of a company."""

    def __init__(self, books: Books, settings: dict[str, Any]) -> None:
        self._books = books
        self._ledger = Ledger(books)
        self._sides = {
            "CLIENT_INVOICE": Invoices(books, settings, sales=True),
            "VENDOR_INVOICE": Invoices(books, settings, sales=False),
        }

    def add(self, values: Record, moment: datetime, user: str) -> Record:
        """Store a payment whose values are right, settle with it, and book it."""
        doc_type = f"{values['accountType']}_PAYMENT"
        values["number"] = self._ledger.number(doc_type)
        if doc_type == "CASH_PAYMENT":
            values["orderNumber"] = self._books.next_in("cash order")
        self._fill(values)
        payment = self._books.add(PAYMENTS, values, moment, user)
        self.settle(payment, 1, moment)
        self._book(payment, moment, user)
        return payment

    def edit(
        self, payment: Record, values: Record, moment: datetime, user: str
    ) -> Record:
        """Put other values in place of a payment's.

        What the payment settled has to be undone before, see :meth:`settle`.
        """
        payment.update(values)
        self._fill(payment)
        self._books.touch(payment, moment, user)
        self.settle(payment, 1, moment)
        self._book(payment, moment, user)
        return payment

    def delete(self, payment: Record, moment: datetime) -> None:
        """Remove a payment; what it settled is open again."""
        self.settle(payment, -1, moment)
        self._ledger.unbook(payment, moment)
        self._books.remove(PAYMENTS, payment["id"], moment)

    def settle(self, payment: Record, sign: int, moment: datetime) -> None:
        """Pay the invoices of a payment's rows.

        :param sign: 1, or -1 to undo it
        """
        for row in payment.get("rows") or []:
            side = self._sides.get(row["type"])
            invoice = side and self._books.find(side.resource, row["id"])
            if side and invoice:
                side.pay(invoice, row["amount"] * sign, moment)

    def _fill(self, values: Record) -> None:
        for extra in values.get("extras") or []:
            extra["amount"] = cents(extra["price"] * extra["quantity"])
        for row in values.get("rows") or []:
            found = self._books.find(SETTLED.get(row["type"], PAYMENTS), row["id"])
            row["description"] = (found or {}).get("invoiceNumber") or row["type"]
        if values.get("prepayment"):
            values["prepayment"]["account"] = self._prepaid_account(values)
        values["amount"] = total(values)
        rate = values.get("exchangeRate") or RATES.get(values["currency"], Decimal(1))
        values["eurAmount"] = values.get("eurAmount") or cents(values["amount"] / rate)

    @staticmethod
    def _prepaid_account(values: Record) -> str:
        is_client = values["partnerType"] == "CLIENT"
        return chart.CLIENT_PREPAYMENT if is_client else chart.VENDOR_PREPAYMENT

    def _book(self, payment: Record, moment: datetime, user: str) -> None:
        values = {
            "date": payment["date"],
            "document": payment.get("document") or "",
            "currency": payment["currency"],
            "comment": payment.get("comment"),
            "rows": self._entry_rows(payment),
        }
        doc_type = f"{payment['accountType']}_PAYMENT"
        self._ledger.book(doc_type, PAYMENTS, payment, values, moment, user)

    def _entry_rows(self, payment: Record) -> list[Record]:
        currency = payment["currency"]
        rate = payment.get("exchangeRate") or RATES.get(currency, Decimal(1))
        side = 1 if payment["partnerType"] == "CLIENT" else -1
        account = (account_of(self._books, payment) or {}).get("account", chart.BANK)
        amounts = [(account, "Laekumine" if side > 0 else "Tasumine", total(payment))]
        for row in payment.get("rows") or []:
            amounts.append((self._row_account(row), row["description"], -row["amount"]))
        if prepaid := payment.get("prepayment"):
            text = prepaid["description"]
            amounts.append((prepaid["account"], text, -prepaid["amount"]))
        for extra in payment.get("extras") or []:
            amounts.append((extra["account"], extra["description"], -extra["amount"]))
        return [
            posting(account, text, amount * side, currency, rate)
            for account, text, amount in amounts
        ]

    def _row_account(self, row: Record) -> str:
        resource = SETTLED.get(row["type"])
        invoice = resource and self._books.find(resource, row["id"])
        usual = chart.TAX_DEBT if row["type"] == "VAT_RETURN" else chart.WAGES_DEBT
        return invoice["accountUnpaid"] if invoice else usual


def total(values: Record) -> Decimal:
    """Return what a payment amounts to: rows, prepayment and extras together."""
    rows = sum((row["amount"] for row in values.get("rows") or []), ZERO)
    prepaid = (values.get("prepayment") or {}).get("amount", ZERO)
    extras = values.get("extras") or []
    return (
        rows + prepaid + sum((cents(e["price"] * e["quantity"]) for e in extras), ZERO)
    )
