# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Credit notes: an invoice turned round (§3, §13). Nothing here imports Odoo."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from ..client import codes, text_of
from .addresses import given_addresses
from .numbers import LONGEST

Record = dict[str, Any]

#: What a credit note has from its invoice, besides buyer, payment and rows.
_KEPT = tuple(
    """
    type partnerId extraInfo discountPercent vatStatus vatCountry invoiceChannel
    language orderReference penaltyPercent invoiceTemplateId deliveryTermsInfo
    deliveryStartDate deliveryEndDate orderNumber agreementNumber accountingCode
    deliverySite tenderReference buyerReferenceIdentifier sellerReferenceIdentifier
    """.split()
)
_ROW = tuple(
    """
    productId product productCode unit unitPrice discountPercent vatPercent vatStatus
    comment startDate endDate headerText explanationText
    """.split()
)
_PAYMENT = ("paymentMethod", "currency", "currencyRate", "bankReferenceCodeType")
#: What is printed on it, in the language of the invoice.
_CREDITS = {
    "FINNISH": "Hyvityslasku laskulle {}",
    "SWEDISH": "Kreditfaktura för faktura {}",
    "DANISH": "Kreditnota til faktura {}",
    "NORWEGIAN": "Kreditnota til faktura {}",
    "ESTONIAN": "Kreeditarve arvele {}",
}
_ENGLISH = "Credit note for invoice {}"


def credit_body(there: Mapping[str, Any], number: str, day: date) -> Record:
    """Return the body of the credit note of an invoice: its quantities negated.

    There is no type of its own (§3); prices, percentages and VAT statuses stay, so
    that every sum is the invoice's with the other sign.

    :param there: the vendor's whole record
    :param number: our number of the credit note
    :param day: its date, and the day on which it is due
    :raises ValueError: *number* is too long to be found again
    """
    if len(number) > LONGEST:
        raise ValueError(f"{number!r} is longer than {LONGEST} characters")
    body = {name: there[name] for name in _KEPT if there.get(name) is not None}
    body.update(
        date=day,
        status=codes.UNFINISHED,
        originalInvoiceNumber=number,
        counterParty=_buyer(there.get("counterParty") or {}),
        paymentInfo=_payment(there.get("paymentInfo") or {}, day),
        additionalInformation=_text(there),
        invoiceRows=[_row(row) for row in there.get("invoiceRows") or ()],
        **given_addresses(there),
    )
    if body.get("invoiceChannel") not in codes.CHANNELS:
        body["invoiceChannel"] = codes.NO_SENDING
    if there.get("deliveryMethod") in codes.DELIVERY_METHODS:
        body["deliveryMethod"] = there["deliveryMethod"]
    return body


def _row(row: Mapping[str, Any]) -> Record:
    kept = {name: row[name] for name in _ROW if row.get(name) is not None}
    # Not the minus sign alone: of nothing it would be sent as -0.
    return {**kept, "quantity": 0 - row["quantity"]}


def _buyer(party: Mapping[str, Any]) -> Record:
    # (§3) An account is deprecated there.
    return {name: value for name, value in party.items() if name != "bankAccount"}


def _payment(info: Mapping[str, Any], day: date) -> Record:
    """No discount for early payment: what was taken there belongs to the invoice."""
    kept = {name: info[name] for name in _PAYMENT if info.get(name) is not None}
    account = (info.get("bankAccount") or {}).get("accountNumber")
    if account:
        kept["bankAccount"] = {"accountNumber": account}
    # (§3) Blank: the vendor makes a reference.
    return {**kept, "dueDate": day, "bankReferenceCode": ""}


def _text(there: Mapping[str, Any]) -> str:
    sentence = _CREDITS.get(text_of(there.get("language")), _ENGLISH)
    return sentence.format(text_of(there.get("invoiceNumber")))
