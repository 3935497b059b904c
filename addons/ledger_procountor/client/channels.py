# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""How an invoice reaches the buyer, and what each way needs (§3.1)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from .codes import ELECTRONIC_INVOICE, EMAIL, MAIL, NO_SENDING

_EMAIL = re.compile(r"[^@\s,;]+@[^@\s,;.]+(?:\.[^@\s,;.]+)+")
_POSTAL = ("street", "zip", "city")
_BUYER = "counterParty"
_BUYER_ADDRESS = f"{_BUYER}.counterPartyAddress"


def usual_channel(invoice: Mapping[str, Any]) -> str:
    """Return the channel by what is known of the buyer.

    An address for e-invoices, else for e-mail, else a full postal one, else none.

    :param invoice: as it will be sent; its own channel does not matter
    """
    tried = (ELECTRONIC_INVOICE, EMAIL, MAIL)
    if not _text(invoice, f"{_BUYER}.einvoiceAddress.address"):
        tried = tried[1:]
    return next((c for c in tried if not channel_lacks(invoice, c)), NO_SENDING)


def channel_lacks(
    invoice: Mapping[str, Any], channel: str, *, finnish: bool = True
) -> list[str]:
    """Return the paths of what *channel* needs and *invoice* does not have.

    :param invoice: as it will be sent
    :param finnish: the company is a Finnish one
    """
    if channel == EMAIL:
        address = _text(invoice, f"{_BUYER}.email")
        return [] if _EMAIL.fullmatch(address) else [f"{_BUYER}.email"]
    if channel == MAIL:
        return _postal_lacks(invoice)
    if channel == ELECTRONIC_INVOICE:
        return _electronic_lacks(invoice, finnish)
    return []


def _postal_lacks(invoice: Mapping[str, Any]) -> list[str]:
    # A billing address that was left out is the buyer's own.
    buyers = _empty(invoice, _BUYER_ADDRESS, _POSTAL)
    if not buyers or "billingAddress" not in invoice:
        return buyers
    return _empty(invoice, "billingAddress", _POSTAL) and buyers


def _electronic_lacks(invoice: Mapping[str, Any], finnish: bool) -> list[str]:
    address = ("operator", "address") if finnish else ("address",)
    lacking = _empty(invoice, f"{_BUYER}.einvoiceAddress", address)
    lacking += _empty(invoice, _BUYER_ADDRESS, ("name", *_POSTAL))
    if "billingAddress" in invoice:
        lacking += _empty(invoice, "billingAddress", ("name", *_POSTAL))
    return lacking


def _empty(invoice: Mapping[str, Any], place: str, names: tuple[str, ...]) -> list[str]:
    paths = (f"{place}.{name}" for name in names)
    return [path for path in paths if not _text(invoice, path)]


def _text(invoice: Mapping[str, Any], path: str) -> str:
    value: Any = invoice
    for name in path.split("."):
        value = value.get(name) if isinstance(value, Mapping) else None
    return str(value or "").strip()
