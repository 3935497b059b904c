# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""How long texts may be (§3, §4, §5)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple


class TooLong(NamedTuple):
    """A text that does not fit its field.

    :param path: where in the body, as the vendor writes it
    :param length: characters that it has
    :param most: characters that it may have
    """

    path: str
    length: int
    most: int


_ADDRESS = {
    "name": 80,
    "specifier": 80,
    "street": 80,
    "zip": 20,
    "city": 40,
    "subdivision": 35,
}


def _within(place: str, lengths: Mapping[str, int]) -> dict[str, int]:
    return {f"{place}.{name}": most for name, most in lengths.items()}


INVOICE_LENGTHS: dict[str, int] = {
    "orderReference": 70,
    "originalInvoiceNumber": 40,
    "deliveryInstructions": 255,
    "additionalInformation": 10_000,
    "notes": 10_000,
    "buyerReferenceIdentifier": 70,
    "sellerReferenceIdentifier": 70,
    "counterParty.contactPersonName": 70,
    **_within("counterParty.counterPartyAddress", _ADDRESS),
    **_within("billingAddress", _ADDRESS),
    **_within("deliveryAddress", _ADDRESS),
    "invoiceRows.comment": 512,
    "invoiceRows.headerText": 512,
    "invoiceRows.explanationText": 512,
}
PARTNER_LENGTHS: dict[str, int] = {
    "name": 80,
    "contactPersons.name": 80,
    "contactPersons.email": 80,
    "contactPersons.phone": 40,
    "registryInfo.phone": 40,
    "registryInfo.mobilePhone": 40,
}
PRODUCT_LENGTHS: dict[str, int] = {"name": 100, "code": 40}


def too_long(body: Any, lengths: Mapping[str, int]) -> list[TooLong]:
    """Return the texts in *body* that are longer than their fields.

    :param body: as it is sent: spelling in other letters makes texts longer
    :param lengths: characters by path without the numbers of rows
    """
    return [
        TooLong(path, len(text), most)
        for path, text in _texts(body, "")
        if (most := lengths.get(re.sub(r"\[\d+\]", "", path))) and len(text) > most
    ]


def _texts(value: Any, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, Mapping):
        for name, part in value.items():
            yield from _texts(part, f"{path}.{name}" if path else str(name))
    elif isinstance(value, list | tuple):
        for number, part in enumerate(value):
            yield from _texts(part, f"{path}[{number}]")
