# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Full records: what lists show of them is a part (§3.4, §4)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from odoo.addons.ledger_connector_base.sync.contract import Page

from ..client import MOST, codes, text_of
from ..records import INVOICES, OURS, PAYMENTS, complete

if TYPE_CHECKING:
    from ..client import ProcountorClient

Record = dict[str, Any]

#: Tables by our names of what is in them.
TABLES = {
    "customer": "partners",
    "product": "products",
    "invoice": "invoices",
    "order": "invoices",
}
#: (§5) Of products the list shows everything, if it is asked for names as well.
NAMES = {"includeLocalizations": True}
#: (§3) Something was paid.
PAID = (codes.PARTLY_PAID, codes.PAID, codes.MARKED_PAID)


def full(
    client: ProcountorClient, resource: str, ids: Iterable[str], kinds: bool = False
) -> list[Record]:
    """Return the complete records with these ids; 200 in a call.

    :param kinds: payments are wanted as such, not only what is open
    """
    params = NAMES if resource == "product" else None
    found = list(client.by_ids(TABLES[resource], ids, params))
    if resource == "invoice":
        _add_payments(client, found, kinds)
    return complete(resource, found)


def fetch(
    client: ProcountorClient, resource: str, ids: list[str], kinds: bool
) -> Iterator[Page]:
    """Yield pages with the records that have these ids; others are left out."""
    for start in range(0, len(ids), MOST):
        found = full(client, resource, ids[start : start + MOST], kinds)
        yield Page(resource, found, partial=True)


def _add_payments(client: ProcountorClient, found: list[Record], kinds: bool) -> None:
    """Put payments to the invoices that need them, 200 invoices in a call.

    (§3) What is open of a partly paid invoice only its payments tell.
    """
    statuses = PAID if kinds else (codes.PARTLY_PAID,)
    wanted = {
        text_of(invoice["id"]): invoice
        for invoice in found
        if invoice.get("status") in statuses
    }
    events: dict[str, list[Record]] = {one: [] for one in wanted}
    for event in client.invoices.payments(wanted) if wanted else ():
        events.setdefault(text_of(event.get("invoiceId")), []).append(event)
    for number, invoice in wanted.items():
        own = events[number]
        if not own or (kinds and any(map(_by_hand, own))):
            own = list(client.invoices.payment_events(number))
        invoice[OURS] = {PAYMENTS: own}


def _by_hand(event: Record) -> bool:
    """Tell whether only the invoice's own list says how it was paid, or whether."""
    return event.get("status") == codes.MARKED_PAID


__all__ = ["INVOICES", "NAMES", "PAID", "TABLES", "fetch", "full"]
