# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Looking for what may have been created: before anything is sent twice.

There is no idempotency key (§7): records are found by what bookkeepers know them by.
Filters only narrow the search (§7.5), whether a record is the one is compared here.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from odoo.addons.ledger_connector_base.sync.contract import Operation

from ..reading import DETAILS, SERVICES
from ..records import OURS, complete

if TYPE_CHECKING:
    from ..client import SmartAccountsClient

Record = dict[str, Any]


class Finder:
    """Finds the records of one resource."""

    def __init__(self, client: SmartAccountsClient, resource: str) -> None:
        self.client = client
        self.resource = resource

    def find(self, op: Operation) -> list[Record]:
        """Return the records that *op* may have created, complete."""
        if self.resource == "article":
            return self._article(op)
        if self.resource == "client_invoice":
            return self._invoices(op)
        return self._parties(op.whole)

    def _rows(self, **filters: Any) -> Iterable[Record]:
        asked = {**DETAILS[self.resource], **filters}
        for page in self.client.pages(SERVICES[self.resource], asked):
            yield from complete(self.resource, page.records)

    def _article(self, op: Operation) -> list[Record]:
        code = _text(op.whole, "code")
        if not code:
            return []
        found = self.client.one("articles", code, DETAILS["article"])
        return complete("article", [found]) if found else []

    def _invoices(self, op: Operation) -> list[Record]:
        """Those with Odoo's number, of the same client."""
        rows = self._rows(
            dateFrom=date.fromisoformat(_text(op.whole, "date")),
            invoiceNumber=op.number or op.name,
            clientId=_text(op.whole, "clientId"),
        )
        return [
            row
            for row in rows
            if _text(row, "invoiceNumber") == (op.number or op.name)
            and _text(row, "clientId") == _text(op.whole, "clientId")
        ]

    def _parties(self, values: Record) -> list[Record]:
        """Those with the business or VAT number; without, those alike in all.

        Of several with the number those with the name too, where there are any.
        """
        code = _text(values, "regCode")
        rows = list(self._rows(nameOrRegCode=code or _text(values, "name")))
        key = next((k for k in ("regCode", "vatNumber") if _bare(values, k)), "")
        if not key:
            return [row for row in rows if _alike(values, row)]
        same = [row for row in rows if _bare(row, key) == _bare(values, key)]
        named = [row for row in same if _text(row, "name") == _text(values, "name")]
        return named or same


def _alike(values: Record, row: Record) -> bool:
    """Name and e-mail; without an e-mail the rest of what tells namesakes apart."""
    ours, theirs = (one.get(OURS) or {} for one in (values, row))
    if _text(values, "name") != _text(row, "name") or _bare(row, "regCode"):
        return False
    if _text(ours, "email") or _text(theirs, "email"):
        return _text(ours, "email") == _text(theirs, "email")
    here, there = (one.get("address") or {} for one in (values, row))
    return _text(ours, "phone") == _text(theirs, "phone") and all(
        _text(here, name) == _text(there, name) for name in ("address1", "postalCode")
    )


def _bare(record: Record, name: str) -> str:
    return "".join(_text(record, name).split()).upper()


def _text(record: Record, name: str) -> str:
    return str(record.get(name) or "").strip()
