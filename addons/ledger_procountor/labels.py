# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What people call the vendor's fields, by their paths."""

from __future__ import annotations

import re
from typing import Any

from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

_FIELDS: dict[str, Any] = {
    "name": _lt("name"),
    "code": _lt("internal reference"),
    "specifier": _lt("second line of the street"),
    "street": _lt("street"),
    "zip": _lt("postcode"),
    "city": _lt("city"),
    "country": _lt("country"),
    "subdivision": _lt("state"),
    "contactPersonName": _lt("contact person"),
    "email": _lt("e-mail address"),
    "phone": _lt("phone number"),
    "customerNumber": _lt("customer number"),
    "identifier": _lt("business ID"),
    "taxCode": _lt("VAT number"),
    "address": _lt("e-invoice address"),
    "operator": _lt("e-invoice operator"),
    "einvoiceAddress": _lt("e-invoice address"),
    "einvoiceOperator": _lt("e-invoice operator"),
    "orderReference": _lt("reference"),
    "originalInvoiceNumber": _lt("number"),
    "additionalInformation": _lt("terms and conditions"),
    "notes": _lt("internal notes"),
    "product": _lt("description"),
    "productCode": _lt("internal reference of the product"),
    "comment": _lt("description"),
    "headerText": _lt("section"),
    "explanationText": _lt("note"),
    "webAddress": _lt("website"),
    "municipality": _lt("incoterm location"),
    "bankReferenceCode": _lt("payment reference"),
}
_PLACES: dict[str, Any] = {
    "billingAddress": _lt("%(field)s of the invoice address"),
    "deliveryAddress": _lt("%(field)s of the delivery address"),
    "counterPartyAddress": _lt("customer’s %(field)s"),
    "counterParty": _lt("customer’s %(field)s"),
    "einvoiceAddress": _lt("customer’s %(field)s"),
}
_ROW = re.compile(r"\[(\d+)\]")


def label_of(env: Any, path: str) -> str:
    """Return what people call the field at *path* of a body.

    :param path: as the vendor writes it, e.g. ``invoiceRows[2].comment``
    """
    place, _dot, name = _ROW.sub("", path).rpartition(".")
    label = str(env._(_FIELDS[name])) if name in _FIELDS else name
    row = _ROW.search(path)
    if row:
        return env._(
            "%(field)s of line %(number)s", field=label, number=int(row[1]) + 1
        )
    around = _PLACES.get(place.rpartition(".")[2])
    return str(env._(around)) % {"field": label} if around else label


_CHANNELS: dict[str, Any] = {
    "EMAIL": _lt("an e-mail"),
    "MAIL": _lt("a letter"),
    "ELECTRONIC_INVOICE": _lt("an e-invoice"),
    "NO_SENDING": _lt("an invoice that Procountor does not send"),
}


def channel_label(env: Any, channel: str) -> str:
    """Return what people call a channel of invoices (§3.1)."""
    return str(env._(_CHANNELS[channel])) if channel in _CHANNELS else channel
