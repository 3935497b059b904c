# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Sales invoices: from a draft to its payment (§3)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from .body import with_file
from .calls import Caller, Record, object_in
from .codes import INVOICE_ATTACHMENT, PAID_BY, SALES_INVOICE
from .lists import ListReader
from .resources import MOST, RESOURCES
from .texts import fit
from .values import text_of
from .writes import Written, change, create, id_in, needed, prepared

_PATH = RESOURCES["invoices"].path
#: (§3) Not known before the vendor assigned it, or not changeable afterwards.
_NEVER_SENT = frozenset(
    """
    attachments creatorId id invoiceApprovalInformation invoiceNumber
    invoiceOperatorInfo invoiceSumInfo ledgerReceiptId paymentDate
    """.split()
)
_SUMS = ("excludingVatTotal", "vatSumTotal", "invoiceSumTotal")


class Sums(NamedTuple):
    """The totals of an invoice in one currency."""

    net: Decimal
    vat: Decimal
    gross: Decimal


class Invoices:
    """Creates sales invoices and moves them from one status to the next."""

    def __init__(self, caller: Caller, lists: ListReader) -> None:
        self._caller = caller
        self._lists = lists

    # === READING === #

    def find(
        self, original_number: str, types: Iterable[str] = (SALES_INVOICE,)
    ) -> list[Record]:
        """Return the invoices that carry our number, as lists show them (§3.4, §7).

        To be asked before anything is sent a second time. Those that were invalidated
        are among them. The vendor may find by parts of the number; here only the whole
        of it counts.

        :param original_number: our number as it was sent, at most 40 characters
        :raises ValueError: it is empty
        """
        wanted = fit(original_number.strip()).body
        if not wanted:
            raise ValueError("an invoice is looked for by a number")
        filters = {"originalInvoiceNumber": wanted, "types": list(types)}
        pages = self._lists.pages(RESOURCES["invoices"], filters, None)
        found = (record for page in pages for record in page.records)
        return [
            record
            for record in found
            if text_of(record.get("originalInvoiceNumber")) == wanted
        ]

    def payment_events(self, invoice_id: str) -> Iterator[Record]:
        """Yield the payments of an invoice, with their kind (§3)."""
        return self._lists.walk(f"{_PATH}/{needed(invoice_id)}/paymentevents")

    def payments(self, invoice_ids: Iterable[str]) -> Iterator[Record]:
        """Yield the payments of many invoices, :data:`MOST` invoices a call.

        They name their ``invoiceId``, but not how they were paid.
        """
        wanted = list(dict.fromkeys(map(needed, invoice_ids)))
        for begin in range(0, len(wanted), MOST):
            filters = {"invoiceId": wanted[begin : begin + MOST]}
            for page in self._lists.pages(RESOURCES["payments"], filters, None):
                yield from page.records

    # === WRITING === #

    def add(self, body: Mapping[str, Any]) -> Written:
        """Create an invoice, always ``UNFINISHED`` (§3).

        :param body: with the vendor's names; see :func:`invoice_body`
        :raises transport.errors.BadAnswer: no id came back; it may be there
        """
        return create(self._caller, _PATH, invoice_body(body))

    def update(self, invoice_id: str, body: Mapping[str, Any]) -> Written:
        """Replace an unfinished invoice as a whole (§3).

        :param body: complete, with the ``version`` that was read; status, partner and
            number stay as they are
        :raises ValueError: it has no version
        """
        if not body.get("version"):
            raise ValueError("an invoice is changed with the version that was read")
        sent = invoice_body(body)
        return change(self._caller, "PUT", _PATH, invoice_id, sent)

    def approve(self, invoice_id: str, *, update_inventory: bool | None = None) -> None:
        """Approve: it counts in the books, and can be sent or paid (§3).

        :param update_inventory: None leaves it to the vendor
        """
        params = {"updateInventory": update_inventory}
        self._step(invoice_id, "approve", {}, params)

    def send(self, invoice_id: str) -> None:
        """Send an approved invoice by its channel; one that is sent goes out again."""
        self._step(invoice_id, "send")

    def unfinish(self, invoice_id: str) -> None:
        """Open an approved invoice that was not sent for changes (§3)."""
        self._step(invoice_id, "unfinished")

    def invalidate(self, invoice_id: str) -> None:
        """Void an unfinished invoice (§3)."""
        self._step(invoice_id, "invalidate")

    def set_notes(self, invoice_id: str, notes: str) -> None:
        """Replace the internal notes, in any status (§3)."""
        self._step(invoice_id, "notes", {"notes": fit(notes).body})

    def mark_paid(
        self,
        invoice_id: str,
        *,
        day: date,
        amount: Decimal,
        currency: str,
        paid_by: str,
        description: str = "",
    ) -> Record:
        """Note a payment that was made elsewhere, of an approved invoice (§3.5).

        Asked twice it is noted twice: see :meth:`payment_events` first.

        :param currency: the invoice's
        :param paid_by: one of ``codes.PAID_BY``
        :param description: at most 140 characters
        :return: the payment
        :raises ValueError: *paid_by* is something else
        """
        if paid_by not in PAID_BY:
            raise ValueError(f"{paid_by!r} is none of {', '.join(PAID_BY)}")
        body, _replaced = prepared(
            {
                "paymentDate": day,
                "amount": amount,
                "currency": currency,
                "description": description,
                "paymentMethodType": paid_by,
            }
        )
        path = f"{_PATH}/{needed(invoice_id)}/paymentevents/markpaid"
        return object_in(self._caller.http, self._caller.tell("PUT", path, body))

    def attach(
        self,
        invoice_id: str,
        name: str,
        content: bytes,
        *,
        mime_type: str = "application/pdf",
        send_with_invoice: bool = True,
    ) -> Written:
        """Attach a file, before the invoice is sent (§3.6).

        :param name: with its extension
        :param content: at most 10,000,000 bytes
        :raises ValueError: it is empty or larger, or *name* has no extension
        :raises transport.errors.BadAnswer: no id came back; it may be there
        """
        stem, dot, extension = name.rpartition(".")
        if not (stem and dot and extension):
            raise ValueError(f"{name!r} has no extension")
        meta, replaced = prepared(
            {
                "name": name,
                "referenceType": INVOICE_ATTACHMENT,
                "referenceId": int(needed(invoice_id)),
                "mimeType": mime_type,
                "sendWithInvoice": send_with_invoice,
            }
        )
        answer = self._caller.upload("/attachments", *with_file(meta, content))
        data = object_in(self._caller.http, answer)
        return Written(id_in(self._caller, answer), data, replaced)

    def detach(self, attachment_id: str) -> None:
        """Remove an attachment (§3.6)."""
        self._caller.tell("DELETE", f"/attachments/{needed(attachment_id)}")

    def _step(
        self,
        invoice_id: str,
        step: str,
        body: Record | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> None:
        path = f"{_PATH}/{needed(invoice_id)}/{step}"
        self._caller.tell("PUT", path, body, params)


def invoice_body(body: Mapping[str, Any]) -> Record:
    """Return *body* as an invoice is sent, without what only the vendor says (§3).

    A missing reference code becomes a blank one, so that the vendor makes one.
    """
    sent = {name: value for name, value in body.items() if name not in _NEVER_SENT}
    payment = dict(sent.get("paymentInfo") or {})
    payment["bankReferenceCode"] = payment.get("bankReferenceCode") or ""
    return {**sent, "paymentInfo": payment}


def sums_of(invoice: Mapping[str, Any], currency: str) -> Sums | None:
    """Return the totals of an invoice in *currency*, None if it does not tell (§3)."""
    listed = invoice.get("invoiceSumInfo")
    for part in listed if isinstance(listed, list) else ():
        if part.get("currency") == currency:
            return Sums(*(_amount(part.get(name)) for name in _SUMS))
    return None


def _amount(value: Any) -> Decimal:
    return Decimal(str(value or 0))
