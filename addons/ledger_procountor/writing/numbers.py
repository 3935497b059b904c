# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Odoo's numbers as the vendor keeps them, by which documents are found again (§7)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..client import codes

if TYPE_CHECKING:
    from ..client import ProcountorClient

#: (§3) Of ``originalInvoiceNumber``.
LONGEST = 40


def number_of(number: str, generation: int = 1) -> str:
    """Return the number of a document that was made anew so many times.

    >>> number_of("S00042"), number_of("S00042", 2)
    ('S00042', 'S00042-2')
    """
    return number if generation <= 1 else f"{number}-{generation}"


def credit_number_of(number: str, generation: int = 1) -> str:
    """Return the number of the credit note of a document.

    >>> credit_number_of("S00042", 2)
    'S00042-2-C'
    """
    return f"{number_of(number, generation)}-C"


def standing(client: ProcountorClient, number: str) -> list[dict[str, Any]]:
    """Return the invoices with this number as lists show them, but no void ones."""
    found = client.invoices.find(number)
    return [one for one in found if one.get("status") != codes.INVALIDATED]
