# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Writers of orders with their lines, and of invoices (dossier §9)."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING

from ..wire import Request
from . import errors, money
from .access import Caller
from .fields import Record
from .invoicing import Invoicing
from .routes import norwegian_day
from .writing import Writer

if TYPE_CHECKING:
    from .system import Tripletex


class OrderWriter(Writer):
    """Writes orders with their lines."""

    def __init__(self, system: Tripletex, caller: Caller) -> None:
        super().__init__(system, caller, "Order")
        self.invoicing = Invoicing(self.books, system.settings)
        self._lines = Writer(system, caller, "OrderLine")

    def prepare(self, body: Record) -> Record:
        """Return the stored form; lines stay bodies, each of them checked."""
        lines = self.prepare_lines(body.get("orderLines") or [])
        values = super().prepare({k: v for k, v in body.items() if k != "orderLines"})
        included = self.settings["prices_include_vat"]
        values.setdefault("isPrioritizeAmountsIncludingVat", included)
        self.rules.check_line_prices(values, lines)
        return {**values, "_lines": lines}

    def prepare_lines(self, bodies: list[Record]) -> list[Record]:
        """Return the stored form of new lines."""
        return [self._lines.prepare(dict(body)) for body in bodies]

    def create(self, values: Record) -> Record:
        """Store a prepared order with its lines and its preliminary invoice."""
        values = dict(values)
        lines = [without_blanks(line) for line in values.pop("_lines")]
        order = self.invoicing.order(without_blanks(values), lines)
        self.invoicing.preliminary(order)
        return order

    def change(self, record: Record, body: Record, lines_too: bool = False) -> None:
        """Change an order; its lines only if asked for, those not sent are removed."""
        body = dict(body)
        lines = body.pop("orderLines", None)
        values = self.prepared_change(record, body)
        if lines_too and lines is not None:
            kept = [line["id"] for line in lines if line.get("id")]
            fresh = self.prepare_lines([ln for ln in lines if not ln.get("id")])
            self._replace_lines(record, kept, fresh)
        self.intake.update("Order", record, values)

    def _replace_lines(
        self, order: Record, kept: list[int], fresh: list[Record]
    ) -> None:
        gone = [key for key in order["orderLines"] if key not in kept]
        for key in gone:
            self.books.table("OrderLine").remove(key)
        order["orderLines"] = [k for k in order["orderLines"] if k in kept]
        for line in fresh:
            self.invoicing.add_line(order, without_blanks(line))
        self.books.touch("Order", order)


class InvoiceWriter(Writer):
    """Makes invoices, sends them, takes payments."""

    def __init__(self, system: Tripletex, caller: Caller) -> None:
        super().__init__(system, caller, "Invoice")
        self.orders = OrderWriter(system, caller)
        self.invoicing = self.orders.invoicing
        self._today = norwegian_day(system).isoformat()

    def prepare(self, body: Record) -> Record:
        """Return the stored form with exactly one order, known or new."""
        orders = body.get("orders") or []
        values = super().prepare(body)
        self.rules.check_open(values["invoiceDate"], "invoiceDate")
        self.rules.check_bank_account()
        if len(orders) != 1:
            text = "Faktura må ha nøyaktig én ordre."
            raise errors.validation(errors.message(text, "orders"))
        if values.get("paymentTypeId"):
            self.payment_type(values["paymentTypeId"])
        if orders[0].get("id"):
            values["_order"] = self.open_order(orders[0]["id"])
        else:
            values["_new_order"] = self.orders.prepare(orders[0])
        return values

    def check_twice(self, prepared: list[Record]) -> None:
        """Raise where two invoices want the same number, or charge the same order."""
        super().check_twice(prepared)
        self.orders.check_twice(
            [v["_new_order"] for v in prepared if "_new_order" in v]
        )
        keys = Counter(v["_order"]["id"] for v in prepared if "_order" in v)
        if any(count > 1 for count in keys.values()):
            raise _closed_order()

    def payment_type(self, key: int) -> Record:
        """Return a payment type.

        :raise ApiError: 404 / 6000, such as one of another company
        """
        kind = self.books.find("PaymentType", key)
        if kind is None:
            raise errors.not_found()
        return kind

    def open_order(self, key: int) -> Record:
        """Return an order that may be charged.

        :raise ApiError: 404 / 6000, or 422 / 18000 if it is closed
        """
        order = self.orders.find(key)
        if order.get("isClosed"):
            raise _closed_order()
        return order

    def create(self, values: Record) -> Record:
        """Charge a prepared invoice, and book what was paid at once."""
        values = dict(values)
        fresh = values.pop("_new_order", None)
        order = self.orders.create(fresh) if fresh else values.pop("_order")
        paid = values.pop("paidAmount", None)
        payment_type = values.pop("paymentTypeId", None)
        invoice = self.invoicing.invoice([order], without_blanks(values))
        if payment_type and paid:
            # in the currency of the invoice
            self.pay(invoice, values["invoiceDate"], payment_type, paid, paid)
        return invoice

    def charge(self, orders: list[Record], day: str, number_of_days: int) -> Record:
        """Charge orders that are there already."""
        self.rules.check_open(day, "invoiceDate")
        self.rules.check_bank_account()
        due = date.fromisoformat(day) + timedelta(days=number_of_days)
        values = {"invoiceDate": day, "invoiceDueDate": due.isoformat()}
        return self.invoicing.invoice(orders, values)

    def pay(
        self,
        invoice: Record,
        day: str,
        payment_type: int,
        paid: float,
        paid_currency: float | None = None,
    ) -> None:
        """Book a payment.

        :param paid: in the currency of the payment type's account
        :param paid_currency: in the invoice's currency, needed if that is another
        :raise ApiError: 404 / 6000 a payment type of another company
        """
        kind = self.payment_type(payment_type)
        self.rules.check_open(day, "paymentDate")
        foreign = invoice["currency"] != 1
        if foreign and paid_currency is None:
            raise errors.validation(
                errors.message("Må fylles ut.", "paidAmountCurrency")
            )
        amount = money.decimal(paid_currency if foreign else paid)
        self.invoicing.pay(invoice, day, kind, amount)

    def credit(self, invoice: Record, day: str, comment: str) -> Record:
        """Credit a whole invoice.

        :raise ApiError: 422 / 18000 it was credited, or is a credit note; a closed day
        """
        if invoice.get("isCredited") or invoice.get("isCreditNote"):
            raise errors.validation(errors.message("Fakturaen kan ikke krediteres."))
        self.rules.check_open(day, "date")
        return self.invoicing.credit(invoice, {"invoiceDate": day, "comment": comment})

    def send_note(self, note: Record, request: Request) -> None:
        """Send a credit note, by e-mail only to an address that the call gives.

        So says the vendor of `creditNoteEmail`; the setting `credit_note_mail` lets
        it go to the customer's address too.
        """
        mail = request.arg("creditNoteEmail")
        kind = request.arg("sendType") or self._method(note)
        always = self.settings["credit_note_mail"] == "always"
        if kind == "EMAIL" and not mail and not always:
            return
        self.send(note, request, mail)

    def _method(self, invoice: Record) -> str:
        customer = self.books.find("Customer", invoice["customer"]) or {}
        return customer.get("invoiceSendMethod", "EMAIL")

    def send(self, invoice: Record, request: Request, to: str | None = None) -> None:
        """Put a message into the outbox, unless the call says not to send.

        :param to: instead of the customer's address
        """
        if (request.arg("sendToCustomer") or "true").lower() != "true":
            return
        customer = self.books.find("Customer", invoice["customer"]) or {}
        mail = to or customer.get("invoiceEmail") or customer.get("email") or ""
        self.books.outbox.append(
            {
                "invoice": invoice["id"],
                "sendType": request.arg("sendType") or self._method(invoice),
                "to": request.arg("overrideEmailAddress") or mail,
                "date": self._today,
            }
        )


def _closed_order() -> errors.ApiError:
    text = "Ordren er lukket og kan ikke faktureres."
    return errors.validation(errors.message(text, "orders"))


def without_blanks(values: Record) -> Record:
    """Return values without those that say nothing."""
    return {key: value for key, value in values.items() if value not in (None, "")}
