# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Credit notes: Tripletex makes them of whole invoices, and of nothing else (§9)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from odoo.addons.ledger_connector_base.sync.contract import (
    EXISTS,
    REFUSED,
    Operation,
    Result,
)
from odoo.addons.ledger_connector_base.sync.problems import Problem

if TYPE_CHECKING:
    from ..client import TripletexClient

Record = dict[str, Any]

_ORIGINAL = "id,invoiceNumber,amountCurrency,isCredited,currency(code)"
#: Half of the smallest coin of any currency with cents.
_CENT = 0.005


def is_credit(values: Record) -> bool:
    """Tell whether *values*, in the shape of a read invoice, are a credit note."""
    return str(values.get("isCreditNote")).lower() == "true"


class CreditNotes:
    """Makes credit notes of invoices that are there."""

    def __init__(self, env: Any, client: TripletexClient) -> None:
        self.env = env
        self.client = client

    def check(self, operations: dict[int, Operation]) -> dict[int, Result]:
        """Return the results, by place, of credit notes that cannot be made.

        Reads the invoices to be credited, and writes nothing.
        """
        ids = [
            str(op.values.get("creditedInvoice") or "") for op in operations.values()
        ]
        wanted = list(filter(None, ids))
        found = self.client.by_ids("/invoice", wanted, _ORIGINAL) if wanted else ()
        originals = {str(record["id"]): record for record in found}
        held = {}
        for (place, op), number in zip(operations.items(), ids, strict=True):
            if result := self._refusal(op, originals.get(number)):
                held[place] = result
        return held

    def make(self, op: Operation) -> Record | None:
        """Make the credit note and return it; nothing is sent to the customer."""
        path = f"/invoice/{op.values['creditedInvoice']}/:createCreditNote"
        return self.client.put(
            path,
            params={
                "date": op.values.get("invoiceDate"),
                "comment": op.number or op.name,
                "sendToCustomer": False,
            },
        )

    def _refusal(self, op: Operation, original: Record | None) -> Result | None:
        if original is None:
            return Result(REFUSED, error=no_original(self.env, op.name))
        if original.get("isCredited"):
            return Result(EXISTS, error=self._credited(op, original))
        if not _same_total(op.values, original):
            return Result(REFUSED, error=partial(self.env, op.name))
        return None

    def _credited(self, op: Operation, original: Record) -> Problem:
        return Problem(
            "record",
            self.env._(
                "Invoice %(number)s, which %(record)s credits, has been credited in "
                "Tripletex already. Link %(record)s to that credit note.",
                number=str(original.get("invoiceNumber") or original["id"]),
                record=op.name,
            ),
            cause="credited",
        )


def no_original(env: Any, name: str) -> Problem:
    """Return the problem of a credit note without an invoice in Tripletex."""
    return Problem(
        "record",
        env._(
            "%(record)s credits no invoice that is in Tripletex, and Tripletex makes "
            "credit notes of its own invoices only. Make it with “Credit note” on the "
            "invoice in Odoo, or enter it in Tripletex by hand and ignore it here.",
            record=name,
        ),
        cause="credit:none",
    )


def partial(env: Any, name: str) -> Problem:
    """Return the problem of a credit note that is not for the whole invoice."""
    return Problem(
        "record",
        env._(
            "%(record)s has another total than the invoice that it credits, and "
            "Tripletex credits whole invoices only. Credit the whole invoice and make "
            "a new one for the rest, or enter the credit note in Tripletex by hand and "
            "ignore it here.",
            record=name,
        ),
        cause="credit:partial",
    )


def _same_total(values: Record, original: Record) -> bool:
    ours = values.get("amountCurrency")
    if ours is None:
        return False
    currency = (values.get("currency") or {}).get("code")
    theirs = (original.get("currency") or {}).get("code")
    difference = abs(float(ours)) - abs(original.get("amountCurrency") or 0)
    return abs(difference) < _CENT and currency in (None, "", theirs)
