# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Vouchers and postings behind invoices and payments."""

from __future__ import annotations

from decimal import Decimal

from . import money
from .books import Books
from .fields import Record
from .standard import account

VAT_ACCOUNTS = {3: 2700, 31: 2701, 32: 2702, 311: 2702}
REVENUE_ACCOUNTS = {3: 3000, 31: 3020, 32: 3040, 311: 3040, 5: 3100, 52: 3120}


class Ledger:
    """Writes vouchers whose postings sum to zero."""

    def __init__(self, books: Books) -> None:
        self._books = books
        self._accounts: dict[int, int] = {}

    def _account(self, number: int) -> int:
        if number not in self._accounts:
            self._accounts[number] = account(self._books, number)["id"]
        return self._accounts[number]

    def voucher(self, day: str, text: str, kind: str) -> Record:
        """Start a voucher of a kind, numbered within its year."""
        year = int(day[:4])
        types = self._books.table("VoucherType").values()
        values = {
            "date": day,
            "year": year,
            "number": self._books.numbers.next(("voucher", year)),
            "description": text,
            "voucherType": next(t["id"] for t in types if t["name"] == kind),
            "postings": [],
        }
        return self._books.add("Voucher", values)

    def post(
        self, voucher: Record, number: int, amount: Decimal, values: Record
    ) -> Record:
        """Add a posting to a voucher.

        :param number: of the account
        :param amount: in NOK; credit is negative
        :param values: `amountCurrency` and `currency` if not NOK, and the rest
        """
        local = money.number(money.cents(amount))
        posting = {
            "voucher": voucher["id"],
            "date": voucher["date"],
            "description": voucher["description"],
            "account": self._account(number),
            "_account": number,
            "amount": local,
            "amountCurrency": local,
            "currency": 1,
            "row": len(voucher["postings"]),
            **values,
        }
        posting.setdefault("amountGross", posting["amount"])
        posting.setdefault("amountGrossCurrency", posting["amountCurrency"])
        stored = self._books.add("Posting", posting, version=0)
        voucher["postings"] = [*voucher["postings"], stored["id"]]
        return stored

    def post_invoice(self, invoice: Record, sums: list[money.VatSum]) -> None:
        """Book an invoice or a credit note; its customer posting is linked to it."""
        kind = "Kreditnota" if invoice.get("isCreditNote") else "Faktura"
        text = f"{kind} nummer {invoice['invoiceNumber']}"
        voucher = self.voucher(invoice["invoiceDate"], text, "Utgående faktura")
        total = money.decimal(invoice["amount"])
        values = self._in_currency(invoice, money.decimal(invoice["amountCurrency"]))
        customer = self.post(
            voucher,
            1500,
            total,
            {
                **values,
                "customer": invoice["customer"],
                "invoiceNumber": str(invoice["invoiceNumber"]),
                "termOfPayment": invoice["invoiceDueDate"],
                "type": "OUTGOING_INVOICE_CUSTOMER_POSTING",
                "systemGenerated": True,
            },
        )
        rest = self._post_sums(voucher, invoice, sums, -total)
        if rest:
            self.post(voucher, 7740, rest, {"systemGenerated": True})
        invoice["voucher"] = voucher["id"]
        invoice["postings"] = [customer["id"]]
        self._books.table("Invoice").changed(invoice["id"])

    def _post_sums(
        self, voucher: Record, invoice: Record, sums: list[money.VatSum], rest: Decimal
    ) -> Decimal:
        price, factor = invoice["_rate"]
        for part in sums:
            revenue = REVENUE_ACCOUNTS.get(part.vat_type, 3200)
            vat_account = VAT_ACCOUNTS.get(part.vat_type)
            for number, foreign in ((revenue, part.net), (vat_account, part.vat)):
                if number is None or not foreign:
                    continue
                amount = -money.in_kroner(foreign, price, factor)
                values = self._in_currency(invoice, -foreign)
                self.post(voucher, number, amount, {**values, "vatType": part.vat_type})
                rest -= amount
        return rest

    @staticmethod
    def _in_currency(invoice: Record, amount: Decimal) -> Record:
        return {
            "currency": invoice["currency"],
            "amountCurrency": money.number(money.cents(amount)),
        }

    def post_payment(
        self, invoice: Record, day: str, payment_type: Record, amount: Decimal
    ) -> None:
        """Book a payment against the customer posting of an invoice."""
        text = f"Betaling faktura {invoice['invoiceNumber']}"
        voucher = self.voucher(day, text, "Betaling")
        local = money.in_kroner(amount, *invoice["_rate"])
        debit = self._books.find("Account", payment_type["debitAccount"]) or {}
        values = self._in_currency(invoice, amount)
        bank = {**values, "type": "INCOMING_PAYMENT_OPPOSITE"}
        self.post(voucher, debit["number"], local, bank)
        owed = {
            **self._in_currency(invoice, -amount),
            "customer": invoice["customer"],
            "invoiceNumber": str(invoice["invoiceNumber"]),
            "type": "INCOMING_PAYMENT",
        }
        posting = self.post(voucher, 1500, -local, owed)
        invoice["postings"] = [*invoice["postings"], posting["id"]]
        if not invoice["amountCurrencyOutstanding"]:
            self.close(day, invoice["postings"])

    def close(self, day: str, postings: list[int]) -> None:
        """Put postings that cancel each other into one close group."""
        group = self._books.add("CloseGroup", {"date": day, "postings": postings})
        for key in postings:
            posting = self._books.find("Posting", key)
            if posting is not None:
                posting.update(closeGroup=group["id"], matched=True)
                self._books.touch("Posting", posting)
