# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The vendor's lists behind our resources, and the fields that they are asked for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

#: Key under which a record carries what is not the vendor's, see ``records.py``.
OURS = "^"

_ADDRESS = (
    *("addressLine1", "addressLine2", "postalCode", "city"),
    "country.isoAlpha2Code",
)


def _inside(name: str, paths: Iterable[str]) -> tuple[str, ...]:
    return tuple(f"{name}.{path}" for path in paths)


@dataclass(frozen=True)
class Listing:
    """A list of the vendor.

    :param path: address below the base URL
    :param always: paths that the connector itself needs, whatever is mapped
    :param passes: filters of the readings that together give all records
    :param changed_since: the list knows that filter (§5.4)
    """

    path: str
    always: tuple[str, ...]
    passes: tuple[dict[str, Any], ...] = ({},)
    changed_since: bool = False


#: (§9) Without the filter inactive ones are probably left out, so both are asked for.
_BOTH = ({"isInactive": False}, {"isInactive": True})
_PARTY = (
    "id",
    "version",
    "name",
    "isCustomer",
    "isSupplier",
    *_inside("postalAddress", _ADDRESS),
    *_inside("physicalAddress", _ADDRESS),
)

LISTINGS: dict[str, Listing] = {
    "customer": Listing(
        "/customer",
        (*_PARTY, *_inside("deliveryAddress", ("id", "version", *_ADDRESS))),
        _BOTH,
        changed_since=True,
    ),
    "supplier": Listing("/supplier", _PARTY, _BOTH, changed_since=True),
    "contact": Listing(
        "/contact",
        (
            *("id", "version", "firstName", "lastName", "displayName", "email"),
            *_inside("customer", ("id", "isCustomer", "isSupplier")),
        ),
    ),
    "product": Listing(
        "/product", ("id", "version", "name", "number", "productUnit.commonCode")
    ),
    "order": Listing("/order", ("id", "version", "number", "customer.id")),
    "invoice": Listing("/invoice", ("id", "version", "invoiceNumber")),
}
#: What paths of our own are made of, where that is not asked for in any case.
_MADE_OF = {("invoice", f"{OURS}.reference"): "orders[].reference"}

#: Where the records of a child resource lie: outer resource, and path in its records.
CHILD_PATHS: dict[str, tuple[str, str]] = {
    "delivery_address": ("customer", "deliveryAddress"),
    "payment": ("invoice", "postings"),
}
#: What the connector itself needs of a child, once something of it is mapped.
_CHILD_NEEDS = {
    "delivery_address": ("id",),
    "payment": ("id", "version", "date", "amountCurrency", "type"),
}


def asked_paths(resource: str, mapped: dict[str, list[str]]) -> list[str]:
    """Return the paths that the list of *resource* is asked for.

    :param mapped: mapped paths by resource; those of the records inside are asked for
        with their outer record
    """
    paths = [*LISTINGS[resource].always, *mapped.get(resource, ())]
    paths += [_MADE_OF[resource, x] for x in paths if (resource, x) in _MADE_OF]
    for child, (outer, place) in CHILD_PATHS.items():
        if outer == resource and mapped.get(child):
            inside = (*_CHILD_NEEDS[child], *mapped[child])
            paths += _inside(place, (path for path in inside if path[0] != OURS))
    return paths


def field_list(paths: Iterable[str]) -> str:
    """Return the ``fields`` parameter that asks for *paths* and nothing else (§5.2).

    Small lists are the vendor's first advice on speed. Parentheses always follow a
    reference, for a bare one may come whole or as a stub.

    :param paths: keys joined by dots, ``[]`` after lists; those of our own are skipped

    >>> field_list(["id", "customer.id", "orderLines[].product.id", "^.address.city"])
    'id,customer(id),orderLines(product(id))'
    """
    tree: dict[str, Any] = {}
    for path in paths:
        keys = path.replace("[]", "").split(".")
        if keys[0] == OURS:
            continue
        branch = tree
        for key in keys:
            branch = branch.setdefault(key, {})
    return _written(tree)


def _written(tree: dict[str, Any]) -> str:
    return ",".join(
        f"{key}({_written(branch)})" if branch else key for key, branch in tree.items()
    )
