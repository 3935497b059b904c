# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The total there against Odoo's: cents of rounding get a row (§11).

How Procountor rounds is not documented, so it is looked at what came out.
Nothing here imports Odoo.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from ..client import codes, sums_of, text_of
from .addresses import ADDRESSES, given_addresses

Record = dict[str, Any]

#: What rounding may make of a whole document; a cent a row at the most.
MOST = Decimal("0.05")
CENT = Decimal("0.01")
#: (§3.3) "No VAT handling": rounding is no turnover.
WITHOUT_VAT = 12
_WORDS = {
    "FINNISH": "Pyöristys",
    "SWEDISH": "Öresavrundning",
    "DANISH": "Afrunding",
    "NORWEGIAN": "Avrunding",
    "ESTONIAN": "Ümardamine",
}
_WORD = "Rounding"
#: Ours, or the vendor's own: neither is taken back.
_NOT_SENT = ("^", "status", "created")


def difference(there: Mapping[str, Any], currency: str, total: Decimal) -> Decimal:
    """Return what is missing there to *total*, 0 where the vendor tells no total.

    :param total: Odoo's, negative for a credit note
    """
    sums = sums_of(there, currency)
    return total - sums.gross if sums else Decimal(0)


def is_rounding(there: Mapping[str, Any], missing: Decimal) -> bool:
    """Tell whether so much may come from rounding."""
    rows = len(there.get("invoiceRows") or ())
    return abs(missing) <= max(CENT, min(MOST, CENT * rows))


def rounded_body(
    there: Mapping[str, Any], missing: Decimal, vat_status: int | None
) -> Record:
    """Return the whole invoice with a row more, as it is sent back.

    :param vat_status: of the row, None for the invoice's own
    """
    row: Record = {
        "product": _WORDS.get(text_of(there.get("language")), _WORD),
        "quantity": 1,
        "unit": "NO_UNIT",
        "unitPrice": missing,
        "discountPercent": 0,
        "vatPercent": 0,
    }
    if vat_status:
        row["vatStatus"] = vat_status
    rows = [*(there.get("invoiceRows") or ()), row]
    return plain({**there, "invoiceRows": rows})


def is_rounding_row(row: Mapping[str, Any]) -> bool:
    """Tell whether *row* is one that :func:`rounded_body` adds."""
    words = {*_WORDS.values(), _WORD}
    small = abs(Decimal(str(row.get("unitPrice") or 0))) <= MOST
    return text_of(row.get("product")) in words and small and not row.get("vatPercent")


def plain(invoice: Mapping[str, Any]) -> Record:
    """Return *invoice* as it is sent back: without what reading it added."""
    rows = [
        {name: value for name, value in row.items() if name != "^"}
        for row in invoice.get("invoiceRows") or ()
    ]
    left_out = {*_NOT_SENT, *ADDRESSES}
    kept = {name: value for name, value in invoice.items() if name not in left_out}
    kept |= given_addresses(invoice)
    kind = invoice.get("type") or codes.SALES_INVOICE
    return {**kept, "type": kind, "invoiceRows": rows}
