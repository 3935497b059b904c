# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What each channel of an invoice asks for (dossier §3.1)."""

from __future__ import annotations

from typing import Any

from .books import Record
from .errors import Problems

POSTAL = ("street", "zip", "city")
EMPTY = "must not be empty"
PARTY = "counterParty.counterPartyAddress"


def check_channel(
    invoice: Record, problems: Problems, settings: dict[str, Any]
) -> None:
    """Note what an invoice lacks for its channel."""
    party = invoice.get("counterParty")
    if party is None:
        return
    home = party.get("counterPartyAddress", {})
    channel = invoice.get("invoiceChannel")
    if channel == "EMAIL" and not party.get("email"):
        problems.add("counterParty.email", "Required by invoice channel EMAIL.")
    elif channel == "MAIL":
        _check_mail(invoice, home, problems)
    elif channel == "ELECTRONIC_INVOICE":
        _check_addresses(invoice, home, problems)
        _check_einvoice(invoice, party, home, problems)
        if settings["einvoice_without_reference"] == "refused":
            _check_reference(invoice, problems)


def _billing(invoice: Record, home: Record) -> Record:
    """Return the billing address; that of the counterparty if it is left out."""
    return invoice.get("billingAddress", home)


def _check_mail(invoice: Record, home: Record, problems: Problems) -> None:
    billing = _billing(invoice, home)
    for name in POSTAL:
        if not billing.get(name) and not home.get(name):
            problems.add(f"{PARTY}.{name}", "Required by invoice channel MAIL.")


def _check_addresses(invoice: Record, home: Record, problems: Problems) -> None:
    both = (("billingAddress", _billing(invoice, home)), (PARTY, home))
    for path, address in both:
        for name in ("name", *POSTAL):
            if not address.get(name):
                text = "Required by invoice channel ELECTRONIC_INVOICE."
                problems.add(f"{path}.{name}", text)


def _check_einvoice(
    invoice: Record, party: Record, home: Record, problems: Problems
) -> None:
    given = party.get("einvoiceAddress", {})
    country = _billing(invoice, home).get("country") or home.get("country")
    finnish = country in (None, "FINLAND")
    for name in ("address", "operator") if finnish else ("address",):
        if not given.get(name):
            problems.add(f"counterParty.einvoiceAddress.{name}", EMPTY)
    if not finnish and "ediId" in given:
        problems.add("counterParty.einvoiceAddress.ediId", "Allowed in Finland only.")


def _check_reference(invoice: Record, problems: Problems) -> None:
    if "bankReferenceCode" not in invoice.get("paymentInfo", {}):
        text = "An electronic invoice must have a reference code."
        problems.add("paymentInfo.bankReferenceCode", text)
