# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Bodies of calls that write, from records in the shape in which they are read.

Tripletex reads and writes nearly the same shape. What differs (§7, §9): references are
ids, new objects have neither id nor version, and an invoice's lines lie in an order.
"""

from __future__ import annotations

from typing import Any

from .lines import AMOUNTS, EXCLUDING, all_include_vat, priced, says_nothing
from .references import HOME, NORWAY, References

Record = dict[str, Any]

#: Key of what is ours in a record.
OURS = "^"
#: Objects that are written with the object around them.
ADDRESSES = ("postalAddress", "physicalAddress", "deliveryAddress")
ADDRESS_LINES = ("addressLine1", "addressLine2", "postalCode", "city")
#: (§9, SW) Longest number of an order, and of a KID.
LONGEST_NUMBER = 100
LONGEST_KID = 25
_EMPTY = (None, "", [], {})
#: An invoice's fields that are its order's in a body.
_OF_THE_ORDER = frozenset({"customer", "currency", "deliveryDate", "invoiceComment"})
#: (OAS Invoice) Worked out by the vendor: said for comparing only.
_WORKED_OUT = frozenset(
    {
        *("isCreditNote", "creditedInvoice", "isCredited", "isCharged"),
        *("amount", "amountCurrency", "amountOutstanding", "amountCurrencyOutstanding"),
        *("amountExcludingVat", "amountExcludingVatCurrency"),
    }
)


# === VALUES === #


def resolved(values: Record, refs: References) -> Record:
    """Return *values* with ids for references, and without what is ours.

    :raises references.UnknownCode: there is no such country or currency
    """
    return {
        key: _resolved(key, value, refs) for key, value in values.items() if key != OURS
    }


def _resolved(key: str, value: Any, refs: References) -> Any:
    if isinstance(value, list):
        return [resolved(x, refs) if isinstance(x, dict) else x for x in value]
    if not isinstance(value, dict):
        return value
    return resolved(value, refs) if key in ADDRESSES else _reference(key, value, refs)


def _reference(key: str, value: Record, refs: References) -> Record | None:
    """(§4) An id and nothing else: a name would make the server look for it."""
    name, find = {
        "country": ("isoAlpha2Code", refs.country),
        "currency": ("code", refs.currency),
        "productUnit": ("name", refs.unit),
    }.get(key, ("", None))
    found: Any = as_id(value.get("id"))
    if not found and find and value.get(name):
        found = find(value[name])
    return {"id": found} if found else None


def as_id(value: Any) -> Any:
    """Return the id *value* (text in our records) as the vendor writes it."""
    text = str(value or "").strip()
    return int(text) if text.isdecimal() else value or None


def without_empty(body: Record) -> Record:
    """Return *body* without what says nothing: for new objects."""
    kept = {
        key: without_empty(value) if isinstance(value, dict) else value
        for key, value in body.items()
    }
    return {key: value for key, value in kept.items() if value not in _EMPTY}


def with_version(body: Record, external_id: str, version: str) -> Record:
    """Return *body* for an update: the version makes the vendor refuse it if stale."""
    known = {"version": int(version)} if version.isdecimal() else {}
    return {**body, "id": as_id(external_id), **known}


# === CUSTOMERS, SUPPLIERS, PRODUCTS === #


def new_party(resource: str, values: Record, refs: References) -> Record:
    """Return the body of a new customer or supplier.

    (§9) Some accounts send invoices to businesses by EHF, and then demand an address.
    """
    body = without_empty(resolved(values, refs))
    country = (body.get("postalAddress") or {}).get("country")
    if body.get("organizationNumber") and _is_foreign(country):
        body.setdefault("physicalAddress", {}).setdefault("country", country)
    business = not body.get("isPrivateIndividual")
    if resource == "customer" and business and not _has_lines(body, "postalAddress"):
        body.setdefault("invoiceSendMethod", "EMAIL")
    return body


def needs_addresses(values: Record, whole: Record) -> bool:
    """Tell whether an update of *values* has to know the addresses that are there.

    (§9, guess) A business number is held against its country with every update, also
    where it is not named: abroad the country has to be there.
    """
    named = any(name in values for name in (*ADDRESSES, "organizationNumber"))
    country = (whole.get("postalAddress") or {}).get("country") or {}
    abroad = country.get("isoAlpha2Code") not in (None, "", HOME)
    return named or bool(whole.get("organizationNumber") and abroad)


def changed_party(
    values: Record, whole: Record, there: Record, refs: References
) -> Record:
    """Return the body of a changed customer or supplier.

    :param there: its addresses as they are there
    """
    body = {k: x for k, x in resolved(values, refs).items() if k not in ADDRESSES}
    for name in ADDRESSES:
        if name in values:
            address = _changed_address(name, values, whole, there, refs)
            body.update({name: address} if address else {})
    needed = needs_addresses(values, whole)
    abroad = _home_abroad(whole, there, refs) if needed else None
    if abroad and "physicalAddress" not in body:
        body["physicalAddress"] = abroad
    return body


def _changed_address(
    name: str, values: Record, whole: Record, there: Record, refs: References
) -> Record:
    """(§9) An address is updated by its id; one that is not there is new."""
    number = (there.get(name) or {}).get("id")
    if number:
        return {**resolved(values[name], refs), "id": number}
    return without_empty(resolved(whole.get(name) or values[name], refs))


def _home_abroad(whole: Record, there: Record, refs: References) -> Record | None:
    """Return the physical address that lets a foreign business number pass (§9).

    The number is checked against its country. One with lines in it is somebody's.
    """
    address = resolved(whole.get("postalAddress") or {}, refs)
    home = there.get("physicalAddress") or {}
    country = address.get("country")
    if not whole.get("organizationNumber") or not _is_foreign(country):
        return None
    if _has_lines(there, "physicalAddress") or home.get("country") == country:
        return None
    known = {"id": home["id"]} if home.get("id") else {}
    return {**known, "country": country}


def _is_foreign(country: Record | None) -> bool:
    return bool(country) and country["id"] != NORWAY


def _has_lines(body: Record, name: str) -> bool:
    return any(map((body.get(name) or {}).get, ADDRESS_LINES))


def new_product(values: Record, refs: References) -> Record:
    """Return the body of a new product."""
    return without_empty(resolved(values, refs))


def changed_product(values: Record, refs: References) -> Record:
    """Return the body of a changed product; a unit that is unknown there stays."""
    body = resolved(values, refs)
    if (values.get("productUnit") or {}).get("name") and not body["productUnit"]:
        del body["productUnit"]
    return body


# === ORDERS, INVOICES === #


def order_lines(rows: list[Record], number: str, refs: References) -> Record:
    """Return ``orderLines`` and the kind of their prices, which is always said (§9).

    :param number: text of a line that has neither product nor description
    """
    rows = [row for row in rows if not says_nothing(row)]
    including = all_include_vat(rows)
    lines = []
    for row in rows:
        plain = {k: x for k, x in row.items() if k not in AMOUNTS and k != EXCLUDING}
        body = without_empty(resolved(plain, refs))
        if not row.get("description") and "product" not in body:
            row = {**row, "description": number}
        lines.append(priced(row, body, including))
    return {"isPrioritizeAmountsIncludingVat": including, "orderLines": lines}


def new_order(values: Record, number: str, refs: References) -> Record:
    """Return the body of a new order (§9: customer, two dates)."""
    plain = {key: x for key, x in values.items() if key != "orderLines"}
    body = without_empty(resolved(plain, refs))
    body.setdefault("number", number[:LONGEST_NUMBER])
    body.setdefault("deliveryDate", body.get("orderDate"))
    return {**body, **order_lines(values.get("orderLines") or [], number, refs)}


def changed_order(values: Record, number: str, refs: References) -> Record:
    """Return the body of a changed order; its lines are all there or not at all."""
    body = resolved({k: x for k, x in values.items() if k != "orderLines"}, refs)
    if "orderLines" in values:
        body.update(order_lines(values["orderLines"] or [], number, refs))
    return body


def new_invoice(values: Record, number: str, refs: References) -> Record:
    """Return the body of a new invoice, with the order behind it.

    :param number: Odoo's number. It becomes the order's, by which the invoice is found
        again: a chosen invoice number would collide with the series (§9)
    """
    top = {
        key: value
        for key, value in values.items()
        if key not in _OF_THE_ORDER | _WORKED_OUT | {"orderLines", "orders"}
    }
    body = without_empty(resolved(top, refs))
    if not is_kid(body.get("kid")):
        body.pop("kid", None)
    return {**body, "orders": [_order_of_invoice(values, number, refs)]}


def _order_of_invoice(values: Record, number: str, refs: References) -> Record:
    inner = next(iter(values.get("orders") or ()), {})
    given = {key: values[key] for key in _OF_THE_ORDER if key in values}
    reference = (values.get(OURS) or {}).get("reference")
    plain = {
        "orderDate": values.get("invoiceDate"),
        "deliveryDate": values.get("invoiceDate"),
        "reference": reference,
        **inner,
        **{key: value for key, value in given.items() if value},
        "orderLines": values.get("orderLines"),
    }
    return {**new_order(plain, number, refs), "number": number[:LONGEST_NUMBER]}


def is_kid(text: Any) -> bool:
    """Tell whether *text* can be a KID: digits, 25 at the most (§9, SW)."""
    text = str(text or "")
    return text.isdecimal() and text.isascii() and len(text) <= LONGEST_KID
