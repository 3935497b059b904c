# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Which rights a key needs for reading and writing, and which of them it lacks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from odoo.tools import LazyTranslate

from odoo.addons.ledger_connector_base.transport.errors import VendorError

from .client import upper_bound
from .errors import NO_ACCESS, OFFICE_KEY

if TYPE_CHECKING:
    from .client import TripletexClient

_lt = LazyTranslate(__name__)
#: Opens everything.
ADMINISTRATOR = "ROLE_ADMINISTRATOR"


@dataclass(frozen=True)
class Need:
    """A list that a flow reads, or adds to.

    :param entity: of the flow
    :param rights: each of them opens the list, so far as is known (OAS, role names)
    :param label: what a person would call it
    """

    entity: str
    path: str
    rights: frozenset[str]
    label: Any


_CUSTOMERS = frozenset({"AUTH_CUSTOMER_ADMIN", "AUTH_CUSTOMER_INFO"})
_INVOICES = frozenset({"AUTH_INVOICING", "AUTH_ORDER_ADMIN", "AUTH_PRODUCT_INVOICE"})
NEEDS = (
    Need("partner", "/customer", _CUSTOMERS, _lt("Customers")),
    Need(
        "partner", "/supplier", _CUSTOMERS | {"AUTH_INCOMING_INVOICE"}, _lt("Suppliers")
    ),
    Need("partner", "/contact", _CUSTOMERS, _lt("Contacts")),
    Need("product", "/product", _INVOICES | {"AUTH_PRODUCT_ADMIN"}, _lt("Products")),
    Need("invoice", "/invoice", _INVOICES, _lt("Invoices")),
)


#: What a flow that sends needs. Nothing is written to find out: the names of the rights
#: have to do.
WRITING = (
    Need(
        "partner",
        "/customer",
        frozenset({"AUTH_CUSTOMER_ADMIN"}),
        _lt("Edit customers"),
    ),
    Need(
        "partner",
        "/supplier",
        frozenset({"AUTH_SUPPLIER_ADMIN", "AUTH_CUSTOMER_ADMIN"}),
        _lt("Edit suppliers"),
    ),
    Need(
        "product", "/product", frozenset({"AUTH_PRODUCT_ADMIN"}), _lt("Edit products")
    ),
    Need("order", "/order", frozenset({"AUTH_ORDER_ADMIN"}), _lt("Edit orders")),
    Need("invoice", "/invoice", frozenset({"AUTH_INVOICING"}), _lt("Make invoices")),
)


def missing_rights(
    env, client: TripletexClient, flows: Iterable[tuple[str, str]], today: date
) -> tuple[str, ...]:
    """Return what the key may not do of what *flows* need, in words.

    :param flows: entity and direction of each
    :raises transport.errors.LedgerError: the vendor could not be asked
    """
    wanted = set(flows)
    reading = {entity for entity, direction in wanted if direction == "pull"}
    sending = {entity for entity, direction in wanted if direction == "push"}
    missing = _unreadable(env, client, reading, today)
    needs = [need for need in WRITING if need.entity in sending]
    held = _held(client) if needs else None
    lacking = (str(env._(need.label)) for need in needs if _lacks(need, held))
    return (*missing, *lacking)


def _unreadable(
    env, client: TripletexClient, entities: set[str], today: date
) -> tuple[str, ...]:
    """Return what the key cannot read of what flows of *entities* need, in words.

    A list may be refused, or come empty without an error (§3.3); then the rights that
    both the key and its person hold decide (§2.4). Names of rights may change between
    releases, so a list that has records is never held to be missing.

    """
    needs = [need for need in NEEDS if need.entity in entities]
    states = {need.path: _state(client, need, today) for need in needs}
    held = _held(client) if "empty" in states.values() else None
    return tuple(
        str(env._(need.label))
        for need in needs
        if states[need.path] == "refused"
        or (states[need.path] == "empty" and _lacks(need, held))
    )


def _state(client: TripletexClient, need: Need, today: date) -> str:
    params = {}
    if need.path == "/invoice":
        year = str(today.replace(month=1, day=1))
        params = {"invoiceDateFrom": year, "invoiceDateTo": upper_bound(today)}
    try:
        page = next(client.pages(need.path, fields="id", params=params))
    except VendorError as error:
        if error.code != NO_ACCESS or OFFICE_KEY in error.message:
            raise
        return "refused"
    return "full" if page.values else "empty"


def _held(client: TripletexClient) -> set[str] | None:
    """Return the names of the rights that count, None if they are not to be seen."""
    try:
        return set(client.rights().values())
    except VendorError as error:
        if error.code != NO_ACCESS or OFFICE_KEY in error.message:
            raise
        return None


def _lacks(need: Need, held: set[str] | None) -> bool:
    if held is None or ADMINISTRATOR in held:
        return False
    known = any(name.startswith("AUTH_") for name in held)
    return known and not need.rights & held
