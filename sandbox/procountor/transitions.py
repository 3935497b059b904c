# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""From one status of an invoice to the next (dossier §3, status flow)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from . import moments
from .books import Record
from .call import Call
from .errors import refused
from .invoices import RIGHT
from .model import CHECKING, NOTES

CLOSED = "CLOSED_FISCAL_PERIOD"
# how long before the invoice date the vendor delivers
DELIVERY_LEAD = timedelta(days=3)


def _invoice(call: Call, id: str, *statuses: str) -> Record:
    """Return an invoice that is in one of these statuses.

    :raise ApiError: 403, 404
    """
    call.need(RIGHT)
    invoice = call.one("invoices", id, "Invoice")
    if invoice["status"] not in statuses:
        text = f"Not allowed for an invoice with status {invoice['status']}."
        raise refused(403, text)
    return invoice


def _move(call: Call, invoice: Record, status: str, message: str) -> Record:
    invoice["status"] = status
    call.books.touch(invoice, call.now)
    return {"message": message}


def _check_period(call: Call, invoice: Record, status: int = 400) -> None:
    if call.company.is_closed(date.fromisoformat(invoice["date"])):
        raise refused(status, CLOSED)


def _check_comment(call: Call) -> None:
    if not call.request.body and call.settings["approve_without_body"] == "allowed":
        return
    intake = call.intake()
    intake.read(CHECKING, call.body())
    intake.problems.refuse()


def approve(call: Call, id: str) -> Record:
    """Answer `PUT /invoices/{id}/approve`."""
    invoice = _invoice(call, id, "UNFINISHED")
    call.flag("updateInventory")
    _check_comment(call)
    _check_period(call, invoice, 403)
    silent = invoice["invoiceChannel"] == "NO_SENDING"
    return _move(call, invoice, "APPROVED" if silent else "NOT_SENT", "Approved.")


def send(call: Call, id: str) -> Record:
    """Answer `PUT /invoices/{id}/send`."""
    again = ("SENT",) if call.settings["resend"] == "allowed" else ()
    invoice = _invoice(call, id, "NOT_SENT", *again)
    if invoice["type"] != "SALES_INVOICE":
        raise refused(403, "Only sales invoices can be sent.")
    call.company.outbox.append(_delivery(call, invoice))
    return _move(call, invoice, "SENT", "Invoice sent.")


def _delivery(call: Call, invoice: Record) -> dict[str, Any]:
    """Return what leaves the house: now, or three days before the invoice date."""
    early = date.fromisoformat(invoice["date"]) - DELIVERY_LEAD
    attached = [
        found["name"]
        for found in call.books.table("attachments").values()
        if found["referenceType"] == "INVOICE"
        and found["referenceId"] == invoice["id"]
        and found["sendWithInvoice"]
    ]
    party = invoice["counterParty"]
    return {
        "invoice": invoice["id"],
        "channel": invoice["invoiceChannel"],
        "to": party.get("email") or party["counterPartyAddress"]["name"],
        "attachments": attached,
        "day": max(early, moments.today(call.now, call.settings)).isoformat(),
    }


def unfinish(call: Call, id: str) -> Record:
    """Answer `PUT /invoices/{id}/unfinished`."""
    invoice = _invoice(call, id, "NOT_SENT", "APPROVED")
    _check_period(call, invoice)
    return _move(call, invoice, "UNFINISHED", "Invoice set as unfinished.")


def invalidate(call: Call, id: str) -> Record:
    """Answer `PUT /invoices/{id}/invalidate`."""
    more = ("NOT_SENT", "APPROVED")
    wide = call.settings["invalidate_from"] == "approved_too"
    invoice = _invoice(call, id, "UNFINISHED", *(more if wide else ()))
    _check_period(call, invoice)
    return _move(call, invoice, "INVALIDATED", "Invoice invalidated.")


def reject(call: Call, id: str) -> Record:
    """Answer `PUT /invoices/{id}/reject`."""
    invoice = _invoice(call, id, "UNFINISHED", "NOT_SENT", "APPROVED")
    _check_comment(call)
    _check_period(call, invoice, 403)
    return _move(call, invoice, "PAYMENT_DENIED", "Invoice rejected.")


def note(call: Call, id: str) -> Record:
    """Answer `PUT /invoices/{id}/notes`, in any status."""
    call.need(RIGHT)
    invoice = call.one("invoices", id, "Invoice")
    intake = call.intake()
    given = intake.read(NOTES, call.body())
    intake.problems.refuse()
    invoice["notes"] = given["notes"]
    return _move(call, invoice, invoice["status"], "Notes updated.")
