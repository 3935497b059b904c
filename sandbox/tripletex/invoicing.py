# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Orders, invoices, credit notes and payments in one company's books."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from ..seed.numbers import kid
from . import money
from .books import Books
from .fields import Record
from .posting import Ledger
from .standard import rate


class Invoicing:
    """Makes orders and invoices; every figure in them is computed here."""

    def __init__(self, books: Books, settings: dict[str, Any]) -> None:
        self._books = books
        self._settings = settings
        self._ledger = Ledger(books)

    def percentage(self, vat_type: int) -> float:
        """Return the percentage of a VAT type."""
        return (self._books.find("VatType", vat_type) or {}).get("percentage", 0)

    def order(self, values: Record, lines: Iterable[Record]) -> Record:
        """Make an order with lines.

        :param values: with customer, orderDate, deliveryDate; currency is NOK if none
        :param lines: with count, price, vatType (id), description or product (id)
        """
        values = {"currency": 1, "orderLines": [], **values}
        numbers = self._books.numbers
        if values.get("number"):
            numbers.take("order", values["number"])
        else:
            values["number"] = str(numbers.next("order"))
        included = self._settings["prices_include_vat"]
        values.setdefault("isPrioritizeAmountsIncludingVat", included)
        order = self._books.add("Order", values)
        for line in lines:
            self.add_line(order, line)
        return order

    def add_line(self, order: Record, line: Record) -> Record:
        """Add a line to an order, priced."""
        values = {"vatType": 3, **line, "order": order["id"]}
        values["currency"] = order["currency"]
        included = order["isPrioritizeAmountsIncludingVat"]
        money.price_line(values, self.percentage(values["vatType"]), included)
        stored = self._books.add("OrderLine", values, version=2)
        order["orderLines"] = [*order["orderLines"], stored["id"]]
        self._books.table("Order").changed(order["id"])
        return stored

    def preliminary(self, order: Record) -> Record:
        """Give an order the invoice that every new order carries, not yet charged."""
        values = {
            "customer": order["customer"],
            "orders": [order["id"]],
            "orderLines": order["orderLines"],
            "currency": order["currency"],
            "invoiceNumber": 0,
            "isCharged": False,
        }
        invoice = self._books.add("Invoice", values)
        order["preliminaryInvoice"] = invoice["id"]
        return invoice

    def invoice(self, orders: list[Record], values: Record) -> Record:
        """Charge orders.

        :param values: invoiceDate, invoiceDueDate; others as the vendor names them
        """
        first = orders[0]
        lines = [key for order in orders for key in order["orderLines"]]
        number = self._number(values.get("invoiceNumber"))
        invoice: Record = {
            "customer": first["customer"],
            "currency": first["currency"],
            "deliveryDate": first.get("deliveryDate"),
            "isPeriodizationPossible": True,
            **values,
            "invoiceNumber": number,
            "orders": [order["id"] for order in orders],
            "orderLines": lines,
            "isCharged": True,
        }
        if not invoice.get("kid") and self._settings["automatic_kid"]:
            invoice["kid"] = self._kid(invoice)
        for line in self._records("OrderLine", lines):
            line["isCharged"] = True
            self._books.touch("OrderLine", line)
        stored = self._store(first, invoice)
        for order in orders:
            order.update(isClosed=True, preliminaryInvoice=None)
            self._books.touch("Order", order)
        return stored

    def _number(self, chosen: int | None) -> int:
        """Return the number of an invoice; a chosen one does not move the series."""
        if not chosen:
            return self._books.numbers.next("invoice")
        if self._settings["chosen_invoice_number"] == "skipped":
            self._books.numbers.take("invoice", chosen)
        return chosen

    def _store(self, order: Record, invoice: Record) -> Record:
        self._fill_amounts(invoice)
        draft = self._books.find("Invoice", order.get("preliminaryInvoice"))
        if draft is None:
            stored = self._books.add("Invoice", invoice)
        else:
            draft.update(invoice)
            stored = draft
            self._books.touch("Invoice", stored)
        self._ledger.post_invoice(stored, self._sums(stored))
        return stored

    def _kid(self, invoice: Record) -> str:
        customer = self._books.find("Customer", invoice["customer"]) or {}
        return kid(customer.get("customerNumber", 0), invoice["invoiceNumber"])

    def _records(self, model: str, keys: Iterable[int]) -> list[Record]:
        found = (self._books.find(model, key) for key in keys)
        return [record for record in found if record is not None]

    def _sums(self, invoice: Record) -> list[money.VatSum]:
        lines = self._records("OrderLine", invoice["orderLines"])
        shares = {ln["vatType"]: self.percentage(ln["vatType"]) for ln in lines}
        return money.sum_by_vat(lines, shares, self._settings["vat_rounding"])

    def _fill_amounts(self, invoice: Record) -> None:
        sums = self._sums(invoice)
        net = sum((part.net for part in sums), Decimal(0))
        gross = net + sum((part.vat for part in sums), Decimal(0))
        roundoff = Decimal(0)
        if self._settings["invoice_rounding"] == "krone":
            roundoff = money.whole_krone(gross)
        code = (self._books.find("Currency", invoice["currency"]) or {})["code"]
        price, factor = rate(code)
        invoice["_rate"] = (price, factor)
        pairs = {
            ("amount", "amountCurrency"): gross + roundoff,
            ("amountExcludingVat", "amountExcludingVatCurrency"): net,
            ("amountRoundoff", "amountRoundoffCurrency"): roundoff,
        }
        for (local, foreign), amount in pairs.items():
            invoice[foreign] = money.number(money.cents(amount))
            invoice[local] = money.number(money.in_kroner(amount, price, factor))
        self._outstand(invoice, gross + roundoff)

    def _outstand(self, invoice: Record, amount: Decimal) -> None:
        price, factor = invoice["_rate"]
        local = money.number(money.in_kroner(amount, price, factor))
        for name in ("amountCurrencyOutstanding", "amountCurrencyOutstandingTotal"):
            invoice[name] = money.number(money.cents(amount))
        for name in ("amountOutstanding", "amountOutstandingTotal"):
            invoice[name] = local

    def pay(
        self, invoice: Record, day: str, payment_type: Record, amount: Decimal
    ) -> None:
        """Book a payment.

        :param amount: in the invoice's currency
        """
        rest = money.decimal(invoice["amountCurrencyOutstanding"]) - amount
        self._outstand(invoice, rest)
        self._ledger.post_payment(invoice, day, payment_type, amount)
        self._books.touch("Invoice", invoice)

    def credit(self, invoice: Record, values: Record) -> Record:
        """Make the credit note of a whole invoice.

        :param values: invoiceDate, comment
        """
        lines = [
            self._mirrored(line)["id"]
            for line in self._records("OrderLine", invoice["orderLines"])
        ]
        note: Record = {
            "invoiceDueDate": values["invoiceDate"],
            **values,
            "invoiceNumber": self._number(None),
            "customer": invoice["customer"],
            "currency": invoice["currency"],
            "deliveryDate": invoice.get("deliveryDate"),
            "orders": invoice["orders"],
            "orderLines": lines,
            "isCharged": True,
            "isCreditNote": True,
            "isPeriodizationPossible": True,
            "creditedInvoice": invoice["id"],
        }
        self._fill_amounts(note)
        stored = self._books.add("Invoice", note, version=2)
        self._ledger.post_invoice(stored, self._sums(stored))
        self._settle(invoice, stored)
        return stored

    def _settle(self, invoice: Record, note: Record) -> None:
        rest = money.decimal(invoice["amountCurrencyOutstanding"])
        total = rest + money.decimal(note["amountCurrency"])
        self._outstand(invoice, max(total, Decimal(0)))
        self._outstand(note, min(total, Decimal(0)))
        invoice["isCredited"] = True
        both = [*invoice["postings"], *note["postings"]]
        if total == 0:
            self._ledger.close(note["invoiceDate"], both)
        note["postings"] = both
        self._books.touch("Invoice", invoice)

    def _mirrored(self, line: Record) -> Record:
        values = {k: v for k, v in line.items() if k[0] != "_"}
        del values["id"], values["version"]
        for name in (
            "count",
            "amountExcludingVatCurrency",
            "amountIncludingVatCurrency",
        ):
            values[name] = money.number(-money.decimal(values.get(name)))
        return self._books.add("OrderLine", values)
