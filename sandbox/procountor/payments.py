# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Payments of invoices: marked by hand, or come by bank (dossier §3.5, §10)."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from . import listing, moments, money, values
from .books import Books, Record, plain
from .call import Call
from .company import Company
from .errors import Problems, not_found, refused
from .model import MARK_PAID

RIGHT = "markAsPaid"
OPEN = ("NOT_SENT", "APPROVED", "SENT", "PARTLY_PAID")
FINAL = ("PAID", "MARKED_PAID")
# what the list of many invoices' payments tells of each
BASIC = (
    *("id", "invoiceId", "paymentDate", "amount", "status"),
    *("paidAmount", "paidCurrency"),
)


def events(books: Books, invoice: Record) -> list[Record]:
    """Return the payments of an invoice."""
    found = books.table("paymentevents").values()
    return [event for event in found if event["invoiceId"] == invoice["id"]]


def open_amount(books: Books, invoice: Record) -> Decimal:
    """Return what is not paid, in the invoice's currency."""
    paid = (money.exact(event["paidAmount"]) for event in events(books, invoice))
    return money.total(invoice) - sum(paid, Decimal())


def mark_paid(call: Call, id: str) -> Record:
    """Answer `PUT /invoices/{id}/paymentevents/markpaid`.

    :raise ApiError: 400; 403 the invoice is not approved, or rights; 404
    """
    call.need(RIGHT)
    call.flag("addPenalExpense")
    invoice = call.one("invoices", id, "Invoice")
    if invoice["status"] not in OPEN:
        text = f"Payments cannot be attached to status {invoice['status']}."
        raise refused(403, text)
    intake = call.intake()
    given = intake.read(MARK_PAID, call.body())
    _check(call, invoice, given, intake.problems)
    kind = values.PAID_BY[given.get("paymentMethodType", "EXTERNAL_BANK_TRANSFER")]
    text = given.get("description", "")
    amount = money.exact(given["amount"])
    payer = Payer(call.company, call.settings, call.now)
    event = payer.pay(invoice, amount, given["paymentDate"], kind, text)
    return shown(event)


def _check(call: Call, invoice: Record, given: Record, problems: Problems) -> None:
    info = invoice["paymentInfo"]
    if given.get("currency", info["currency"]) != info["currency"]:
        problems.add("currency", "Currency has to be that of the invoice.")
    if given.get("amount") == 0:
        problems.add("amount", "must not be 0")
    problems.refuse()
    if call.company.is_closed(date.fromisoformat(given["paymentDate"])):
        problems.add("paymentDate", "CLOSED_FISCAL_PERIOD")
    left = open_amount(call.books, invoice)
    too_much = abs(money.exact(given["amount"])) > abs(left)
    if too_much and call.settings["overpayment"] == "refused":
        problems.add("amount", "Amount is greater than the open amount.")
    problems.refuse()


class Payer:
    """Books payments in a company."""

    def __init__(
        self, company: Company, settings: dict[str, Any], now: datetime
    ) -> None:
        self._company = company
        self._settings = settings
        self._now = now

    def pay(
        self, invoice: Record, amount: Decimal, day: str, kind: str, text: str
    ) -> Record:
        """Book a payment in the invoice's currency and move the invoice's status.

        :param day: yyyy-MM-dd
        :param kind: type of the payment event
        """
        books, info = self._company.books, invoice["paymentInfo"]
        by_bank = kind in ("REFERENCEPAYMENT", "BANKSTATEMENT_TO_INVOICE")
        rate = money.exact(info["currencyRate"])
        event = {
            "invoiceId": invoice["id"],
            "type": kind,
            "paymentDate": day,
            "status": "PAID" if by_bank else "MARKED_PAID",
            "amount": float(money.cents(amount / rate)),
            "currency": self._company.currency,
            "description": text,
            "paidAmount": float(amount),
            "paidCurrency": info["currency"],
        }
        books.add("paymentevents", event, self._now)
        invoice.setdefault("_unpaid_status", invoice["status"])
        self.settle(invoice, event["status"])
        return event

    def settle(self, invoice: Record, final: str) -> None:
        """Give an invoice the status and the date that its payments make.

        :param final: status once nothing is open
        """
        books = self._company.books
        own = events(books, invoice)
        left = open_amount(books, invoice)
        if not own:
            invoice["status"] = invoice.pop("_unpaid_status")
            invoice.pop("paymentDate", None)
        else:
            done = left * (1 if money.total(invoice) >= 0 else -1) <= 0
            invoice["status"] = final if done else "PARTLY_PAID"
            invoice["paymentDate"] = max(event["paymentDate"] for event in own)
        if self._settings["payment_touches_version"]:
            books.touch(invoice, self._now)


def shown(event: Record) -> Record:
    """Return a payment as it is read."""
    return {key: value for key, value in plain(event).items() if key != "version"}


def search(call: Call, id: str) -> dict[str, Any]:
    """Answer `GET /invoices/{id}/paymentevents`."""
    call.need("salesInvoiceSearch", "VIEWING_RIGHTS")
    invoice = call.one("invoices", id, "Invoice")
    return listing.page(call, events(call.books, invoice), shown)


def search_all(call: Call) -> dict[str, Any]:
    """Answer `GET /payments/paymentevents`: payments of up to 200 invoices.

    How they were made is not told here.

    :raise ApiError: 400 no invoice, or too many; 403
    """
    call.need("salesInvoiceSearch", "VIEWING_RIGHTS")
    wanted = call.numbers("invoiceId")
    if not wanted:
        raise refused(400, "must not be null", "invoiceId")
    found = call.books.table("paymentevents").values()
    return listing.page(
        call, [event for event in found if event["invoiceId"] in wanted], _basic
    )


def _basic(event: Record) -> Record:
    return {name: value for name, value in shown(event).items() if name in BASIC}


def _event(call: Call, id: str, event_id: str) -> Record:
    invoice = call.one("invoices", id, "Invoice")
    event = call.one("paymentevents", event_id, "Payment event")
    if event["invoiceId"] != invoice["id"]:
        raise not_found("Payment event")
    return event


def read(call: Call, id: str, event_id: str) -> Record:
    """Answer `GET /invoices/{id}/paymentevents/{eventId}`."""
    call.need("salesInvoiceSearch", "VIEWING_RIGHTS")
    return shown(_event(call, id, event_id))


def ask_removal(call: Call, id: str, event_id: str) -> Record:
    """Answer `DELETE …/paymentevents/{eventId}`: a person has to confirm (202).

    :raise ApiError: 400 closed period; 403 not marked by hand; 404
    """
    call.need(RIGHT)
    event = _event(call, id, event_id)
    if event["status"] != "MARKED_PAID":
        raise refused(403, "Only payments marked as paid can be deleted.")
    if call.company.is_closed(moments.read_day(event["paymentDate"])):
        raise refused(400, "CLOSED_FISCAL_PERIOD")
    event["_transaction"] = str(uuid.uuid4())
    return {
        "transactionIdentifier": event["_transaction"],
        "confirmationApp": "PROCOUNTOR_KEY",
    }


def remove(
    company: Company, settings: dict[str, Any], now: datetime, event: Record
) -> None:
    """Take a payment away, and with it what it did to its invoice."""
    invoice = company.books.table("invoices")[event["invoiceId"]]
    company.books.remove("paymentevents", event["id"])
    Payer(company, settings, now).settle(invoice, "MARKED_PAID")
