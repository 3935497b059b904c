# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Looking for what may have been created: before anything is sent twice (§7).

There is no idempotency key. The vendor may find by parts, so it is compared here.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from odoo.addons.ledger_connector_base.sync.contract import Operation

from ..client import codes, fit_text, id_of, plain_identifier, text_of
from ..records import complete
from .checkdigits import business_id
from .numbers import number_of, standing

if TYPE_CHECKING:
    from ..client import ProcountorClient

Record = dict[str, Any]

#: By what a customer is recognised, as it is set on the connection.
MATCHES = {
    "number_id": ("customerNumber", "identifier"),
    "number": ("customerNumber",),
    "business_id": ("identifier",),
}
_LISTS = {"customer": "partners", "product": "products"}


class Finder:
    """Finds the records of one resource.

    :param match: one of :data:`MATCHES`
    """

    def __init__(
        self, client: ProcountorClient, resource: str, match: str = "number_id"
    ) -> None:
        self.client = client
        self.resource = resource
        self.keys = MATCHES.get(match, MATCHES["number_id"])

    def find(self, operations: list[Operation]) -> list[list[Record]]:
        """Return for each operation the records that it may have created, complete.

        Their ids are looked up one by one, the records read together.
        """
        look = {"customer": self._customers, "product": self._products}
        find = look.get(self.resource, self._invoices)
        ids = [[id_of(one["id"]) for one in find(op)] for op in operations]
        whole = self._read({one for some in ids for one in some})
        return [[whole[one] for one in some if one in whole] for some in ids]

    def _read(self, ids: Iterable[str]) -> dict[str, Record]:
        name = _LISTS.get(self.resource, "invoices")
        found = self.client.by_ids(name, sorted(ids)) if ids else ()
        return {id_of(one["id"]): one for one in complete(self.resource, list(found))}

    # === INVOICES === #

    def _invoices(self, op: Operation) -> list[Record]:
        """(§3.4) Those with our number; the customer of an invoice never changes."""
        number = number_of(op.number or op.name, op.generation)
        wanted = text_of(op.whole.get("partnerId"))
        return [
            one
            for one in standing(self.client, number)
            if not wanted or text_of(one.get("partnerId")) in ("", wanted)
        ]

    # === CUSTOMERS === #

    def _customers(self, op: Operation) -> list[Record]:
        """By the keys that are set; one that has none of them by all that it has."""
        info = op.whole.get("invoicingInfo") or {}
        own = {
            "customerNumber": text_of(info.get("customerNumber")),
            "identifier": business_id(text_of(info.get("identifier"))),
        }
        # The set keys first; the other one is better than a name alone.
        for key in (*self.keys, *(name for name in own if name not in self.keys)):
            if own[key] and (key in self.keys or not self._has_set_key(own)):
                found = self._by(key, own[key])
                if mine := [one for one in found if not _is_another(own, one)]:
                    return mine
        return [] if any(own.values()) else self._namesakes(op.whole)

    def _has_set_key(self, own: dict[str, str]) -> bool:
        return any(own[key] for key in self.keys)

    def _by(self, key: str, value: str) -> list[Record]:
        partners = self.client.partners
        if key == "customerNumber":
            return partners.find_by_number(value)
        return partners.find_by_identifier(value) if _is_header(value) else []

    def _namesakes(self, values: Record) -> list[Record]:
        """Those with the same name and e-mail, or address, and no business id."""
        name = fit_text(text_of(values.get("name")))
        found: dict[str, Record] = {}
        for state in (True, False):
            filters = {"type": codes.CUSTOMER, "active": state, **_header(name)}
            for page in self.client.pages("partners", filters):
                same = (x for x in page.records if text_of(x.get("name")) == name)
                found.update((id_of(one["id"]), one) for one in same)
        whole = self.client.by_ids("partners", sorted(found)) if found else ()
        return [one for one in whole if _is_alike(values, one)]

    # === PRODUCTS === #

    def _products(self, op: Operation) -> list[Record]:
        """By exact code (§5); one without by its name."""
        code = text_of(op.whole.get("code"))
        if code:
            return self.client.products.find(code)
        name = fit_text(text_of(op.whole.get("name")))
        filters = {"name": name, "type": codes.SALES}
        pages = self.client.pages("products", filters)
        return [
            one
            for page in pages
            for one in page.records
            if text_of(one.get("name")) == name and not one.get("code")
        ]


def _is_another(own: dict[str, str], found: Record) -> bool:
    """Tell whether both have a business id, and not the same."""
    theirs = text_of((found.get("invoicingInfo") or {}).get("identifier"))
    ours = own["identifier"]
    return bool(ours and theirs) and plain_identifier(ours) != plain_identifier(
        business_id(theirs)
    )


def _header(name: str) -> dict[str, str]:
    """(§4) Names are searched by a header, which holds fewer letters than a name.

    Whether a part would be found is not documented: then all customers are compared.
    """
    return {"name": name} if name and _is_header(name) else {}


def _is_header(text: str) -> bool:
    try:
        text.encode("latin-1")
    except UnicodeEncodeError:
        return False
    return text.isprintable()


def _is_alike(values: Record, there: Record) -> bool:
    """Name and e-mail; without an e-mail the place where they are."""
    ours = values.get("invoicingInfo") or {}
    theirs = there.get("invoicingInfo") or {}
    if plain_identifier(theirs.get("identifier")):
        return False
    mails = [_folded(one.get("email")) for one in (ours, theirs)]
    if any(mails):
        return mails[0] == mails[1]
    places = [one.get("address") or {} for one in (values, there)]
    return all(
        _folded(places[0].get(key)) == _folded(places[1].get(key))
        for key in ("street", "zip", "city")
    )


def _folded(value: Any) -> str:
    return fit_text(text_of(value)).casefold()
