# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a record says only between its fields, put beside them under the key ``^``.

The vendor's own fields stay as they came. Mappings read these as ``^.address.city``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .reading.listings import OURS

Record = dict[str, Any]

_ADDRESS_LINES = ("addressLine1", "addressLine2", "postalCode", "city")
#: (§10) UNECE codes of units, and how Odoo calls the same unit.
UNITS = {
    **{"H87": "Units", "C62": "Units", "EA": "Units", "DZN": "Dozens"},
    **{"MIN": "Minutes", "HUR": "Hours", "DAY": "Days"},
    **{"MMT": "mm", "CMT": "cm", "MTR": "m", "KMT": "km", "MTK": "m²", "MTQ": "m³"},
    **{"MLT": "ml", "LTR": "L", "GRM": "g", "KGM": "kg", "TNE": "Ton", "KWH": "KWH"},
}


def has_address(address: Any) -> bool:
    """Tell whether *address* has any line; empty ones come as empty text (§4)."""
    return isinstance(address, dict) and any(map(address.get, _ADDRESS_LINES))


def _party(record: Record) -> Record:
    """The postal address, or the physical one: never lines of both."""
    addresses = (record.get("postalAddress"), record.get("physicalAddress"))
    return {"address": next(filter(has_address, addresses), None)}


def _contact(record: Record) -> Record:
    """A name, and the customer or supplier that the contact belongs to."""
    parts = (record.get("firstName"), record.get("lastName"))
    name = " ".join(part.strip() for part in parts if part and part.strip())
    owner = record.get("customer")
    only_supplier = (
        owner and owner.get("isSupplier") and owner.get("isCustomer") is False
    )
    return {
        "name": name or record.get("displayName") or record.get("email"),
        "customer": None if only_supplier else owner,
        "supplier": owner if only_supplier else None,
    }


def _product(record: Record) -> Record:
    """Odoo's name of the unit, where it is one of the standard's."""
    unit = record.get("productUnit") or {}
    return {"unit": UNITS.get(unit.get("commonCode"))}


def _invoice(record: Record) -> Record:
    """The customer's reference, which stands on the order behind the invoice."""
    orders = record.get("orders") or ()
    references = (order.get("reference") for order in orders)
    return {"reference": next(filter(None, references), None)}


_COMPLETED = {
    "customer": _party,
    "supplier": _party,
    "contact": _contact,
    "product": _product,
    "invoice": _invoice,
}


def complete(resource: str, records: list[Record]) -> list[Record]:
    """Put beside the fields of *records* what follows from them, and return them."""
    if make := _COMPLETED.get(resource):
        for record in records:
            record[OURS] = make(record)
    return records


def inner(resource: str, record: Record) -> Iterator[tuple[str, Record]]:
    """Yield ``(resource, record)`` of what lies inside *record* and has an id."""
    if resource == "customer" and has_address(record.get("deliveryAddress")):
        yield "delivery_address", {**record["deliveryAddress"], OURS: record}
    if resource == "invoice":
        for posting in record.get("postings") or ():
            if _is_payment(posting):
                yield "payment", {**posting, OURS: record}


def _is_payment(posting: Record) -> bool:
    """Tell whether an invoice's posting is a payment of it.

    (OAS Invoice.postings) The invoice is posted with a positive amount, payments with
    a negative one. A positive one of the type takes a payment back.
    """
    amount = posting.get("amountCurrency") or 0
    return posting.get("type") == "INCOMING_PAYMENT" and amount < 0


def twins(resource: str, record: Record) -> Iterator[tuple[str, str]]:
    """Yield what may be the same party under the other path.

    (§9) One record is customer and supplier at once; that it has one id under both
    paths is a guess, so the engine compares the names.
    """
    number = str(record.get("id"))
    if resource == "customer" and record.get("isSupplier"):
        yield "supplier", number
    if resource == "supplier" and record.get("isCustomer"):
        yield "customer", number
