# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Calls that write orders, order lines and invoices, and the actions on them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from ..wire import Request, Response
from . import errors
from .access import Caller
from .fields import Record
from .order_writing import InvoiceWriter, OrderWriter, without_blanks
from .routes import read_body, route
from .writing import Writer, bodies_of, check_beta

if TYPE_CHECKING:
    from .system import Tripletex

BULK_LIMIT = 100
SEND_TYPES = ("EMAIL", "EHF", "AVTALEGIRO", "EFAKTURA", "VIPPS", "PAPER", "MANUAL")


def needed(request: Request, *names: str) -> list[str]:
    """Return query parameters that must be there.

    :raise ApiError: 422 / 15000 naming all that are missing
    """
    missing = [name for name in names if not request.arg(name)]
    if missing:
        texts = [errors.message("Kan ikke være null.", name) for name in missing]
        raise errors.parameters(*texts)
    return [request.arg(name) or "" for name in names]


def needed_day(request: Request, name: str) -> str:
    """Return a date that must be there, YYYY-MM-DD."""
    (text,) = needed(request, name)
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise errors.parameter_format(name) from None


def amount_of(request: Request, name: str) -> float | None:
    """Return a number parameter, or None."""
    text = request.arg(name)
    try:
        return float(text) if text else None
    except ValueError:
        raise errors.parameter_format(name) from None


def paid_at_once(request: Request) -> Record:
    """Return the parameters of an invoice that has been paid already, if given."""
    payment, paid = request.arg("paymentTypeId"), amount_of(request, "paidAmount")
    if not payment or not paid:
        return {}
    if not payment.isdigit():
        raise errors.parameter_format("paymentTypeId")
    return {"paymentTypeId": int(payment), "paidAmount": paid}


# orders


def _order_answer(
    writer: OrderWriter, order: Record, request: Request, status: int
) -> Response:
    if writer.settings["order_answer_lines"] == "empty":
        order = {**order, "orderLines": []}
    return writer.answer(order, request, status)


@route("POST", "order")
def create_order(
    system: Tripletex, caller: Caller, request: Request, _values: Any
) -> Response:
    """Make an order."""
    writer = OrderWriter(system, caller)
    order = writer.create(writer.prepare(read_body(request)))
    return _order_answer(writer, order, request, writer.created)


@route("POST", "order/list")
def create_orders(
    system: Tripletex, caller: Caller, request: Request, _values: Any
) -> Response:
    """Make up to 100 orders."""
    check_beta(system, "order/list")
    writer = OrderWriter(system, caller)
    orders = writer.create_all(bodies_of(request, BULK_LIMIT))
    return writer.answer_list(orders, request, writer.created)


@route("PUT", "order/{id}")
def change_order(
    system: Tripletex, caller: Caller, request: Request, values: Any
) -> Response:
    """Change an order; its lines only with `updateLinesAndGroups=true`."""
    writer = OrderWriter(system, caller)
    order = writer.find(int(values["id"]))
    lines_too = (request.arg("updateLinesAndGroups") or "").lower() == "true"
    writer.change(order, read_body(request), lines_too)
    return writer.answer(order, request)


@route("DELETE", "order/{id}")
def delete_order(
    system: Tripletex, caller: Caller, _request: Request, values: Any
) -> Response:
    """Delete an order that was not charged, with its preliminary invoice."""
    writer = OrderWriter(system, caller)
    order = writer.find(int(values["id"]))
    draft = writer.books.find("Invoice", order.get("preliminaryInvoice"))
    if draft is not None:
        writer.books.remove("Invoice", draft)
    writer.rules.check_unused("Order", order)
    writer.books.remove("Order", order)
    return Response(204)


@route("POST", "order/orderline")
def create_line(
    system: Tripletex, caller: Caller, request: Request, _values: Any
) -> Response:
    """Add a line to an order."""
    writer = OrderWriter(system, caller)
    (line,) = _add_lines(writer, [read_body(request)])
    lines = Writer(system, caller, "OrderLine")
    return lines.answer(line, request, writer.created)


@route("POST", "order/orderline/list")
def create_lines(
    system: Tripletex, caller: Caller, request: Request, _values: Any
) -> Response:
    """Add lines to orders."""
    writer = OrderWriter(system, caller)
    added = _add_lines(writer, bodies_of(request))
    lines = Writer(system, caller, "OrderLine")
    return lines.answer_list(added, request, writer.created)


def _add_lines(writer: OrderWriter, bodies: list[Record]) -> list[Record]:
    prepared = writer.prepare_lines(bodies)
    orders = [writer.find(line.get("order") or 0) for line in prepared]
    pairs = zip(orders, prepared, strict=True)
    return [writer.invoicing.add_line(o, without_blanks(ln)) for o, ln in pairs]


@route("PUT", "order/{id}/:invoice")
def charge_order(
    system: Tripletex, caller: Caller, request: Request, values: Any
) -> Response:
    """Charge an order and close it."""
    writer = InvoiceWriter(system, caller)
    order = writer.open_order(int(values["id"]))
    day = needed_day(request, "invoiceDate")
    paid = paid_at_once(request)
    if paid:
        writer.payment_type(paid["paymentTypeId"])
    invoice = writer.charge([order], day, order.get("invoicesDueIn", 14))
    if paid:
        amount = paid["paidAmount"]
        writer.pay(invoice, day, paid["paymentTypeId"], amount, amount)
    writer.send(invoice, request)
    return writer.answer(invoice, request)


@route("PUT", "order/:invoiceMultipleOrders")
def charge_orders(
    system: Tripletex, caller: Caller, request: Request, _values: Any
) -> Response:
    """Charge several orders of one customer on one invoice."""
    writer = InvoiceWriter(system, caller)
    (ids,) = needed(request, "id")
    day = needed_day(request, "invoiceDate")
    orders = [writer.open_order(int(key)) for key in ids.split(",")]
    if len({(order["customer"], order["currency"]) for order in orders}) > 1:
        text = "Ordrene må ha samme kunde og valuta."
        raise errors.validation(errors.message(text))
    invoice = writer.charge(orders, day, orders[0].get("invoicesDueIn", 14))
    writer.send(invoice, request)
    return writer.answer(invoice, request)


# invoices


@route("POST", "invoice")
def create_invoice(
    system: Tripletex, caller: Caller, request: Request, _values: Any
) -> Response:
    """Make an invoice; it is sent unless the call says otherwise."""
    writer = InvoiceWriter(system, caller)
    invoice = writer.create(writer.prepare(read_body(request) | paid_at_once(request)))
    writer.send(invoice, request)
    return writer.answer(invoice, request, writer.created)


@route("POST", "invoice/list")
def create_invoices(
    system: Tripletex, caller: Caller, request: Request, _values: Any
) -> Response:
    """Make up to 100 invoices."""
    check_beta(system, "invoice/list")
    writer = InvoiceWriter(system, caller)
    bodies = bodies_of(request, BULK_LIMIT)
    invoices = writer.create_all(bodies, lambda made: writer.send(made, request))
    return writer.answer_list(invoices, request, writer.created)


@route("PUT", "invoice/{id}/:payment")
def pay_invoice(
    system: Tripletex, caller: Caller, request: Request, values: Any
) -> Response:
    """Book a payment of an invoice."""
    writer = InvoiceWriter(system, caller)
    invoice = writer.find(int(values["id"]))
    needed(request, "paymentDate", "paymentTypeId", "paidAmount")
    writer.pay(
        invoice,
        needed_day(request, "paymentDate"),
        int(request.arg("paymentTypeId") or 0),
        amount_of(request, "paidAmount") or 0.0,
        amount_of(request, "paidAmountCurrency"),
    )
    return writer.answer(invoice, request)


@route("PUT", "invoice/{id}/:createCreditNote")
def credit_invoice(
    system: Tripletex, caller: Caller, request: Request, values: Any
) -> Response:
    """Credit a whole invoice."""
    writer = InvoiceWriter(system, caller)
    invoice = writer.find(int(values["id"]))
    day = needed_day(request, "date")
    note = writer.credit(invoice, day, request.arg("comment") or "")
    writer.send_note(note, request)
    return writer.answer(note, request)


@route("PUT", "invoice/{id}/:send")
def send_invoice(
    system: Tripletex, caller: Caller, request: Request, values: Any
) -> Response:
    """Send an invoice again."""
    writer = InvoiceWriter(system, caller)
    invoice = writer.find(int(values["id"]))
    (kind,) = needed(request, "sendType")
    if kind not in SEND_TYPES:
        raise errors.no_such_path()
    writer.send(invoice, request)
    return Response(200)
