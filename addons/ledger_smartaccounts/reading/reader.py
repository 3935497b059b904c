# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Reading lists page by page, each page with the cursor that follows it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timezone
from typing import TYPE_CHECKING, Any

from odoo.addons.ledger_connector_base.sync.contract import Page

from ..client import day_of, text_of
from ..records import complete
from .moments import since

if TYPE_CHECKING:
    from ..client import ListPage, SmartAccountsClient

Record = dict[str, Any]

#: (§7) Lists by our name of what is in them.
SERVICES = {
    "client": "clients",
    "vendor": "vendors",
    "article": "articles",
    "client_invoice": "client_invoices",
    "vendor_invoice": "vendor_invoices",
}
_PARTY = {"fetchAddresses": True, "fetchContacts": True, "fetchComments": True}
_INVOICE = {"fetchRows": True, "fetchComments": True}
#: What has to be asked for, or is left out of the answer.
DETAILS: dict[str, Record] = {
    "client": _PARTY,
    "vendor": _PARTY,
    "article": {},
    "client_invoice": _INVOICE,
    "vendor_invoice": _INVOICE,
}
#: (§7.4) What a payment calls the invoices that it pays, and its partner's side.
_PAID = {
    "client_invoice": ("CLIENT_INVOICE", "CLIENT"),
    "vendor_invoice": ("VENDOR_INVOICE", "VENDOR"),
}
#: Before the vendor's time; for flows without a first date.
BEGINNING = date(2000, 1, 1)
#: So many records are asked for one by one; for more, lists without dates are read.
FEW = 10


class Reader:
    """Reads resources from a cursor on.

    A cursor holds the ``step`` (number of the resource) and the vendor's ``list`` in
    it, the moment ``since`` which each resource is asked for, and the moment at which
    this run ``asked``. Moments are those of the vendor's clock, ISO text, UTC.

    :param resources: in the order in which they are read
    :param first: invoices before this day are left alone
    :param mapping: version of the mapping; with another one everything is read again
    """

    def __init__(
        self,
        client: SmartAccountsClient,
        resources: tuple[str, ...],
        first: date | None,
        mapping: str,
        cursor: Record | None,
    ) -> None:
        self.client = client
        self.resources = resources
        self.first = first or BEGINNING
        known = cursor if cursor and cursor.get("mapping") == mapping else {}
        self.mapping = mapping
        self.step: int = known.get("step", 0)
        self.list: Any = known.get("list")
        self.since: dict[str, str] = dict(known.get("since") or {})
        self.asked: dict[str, str] = dict(known.get("asked") or {})

    # === ALL === #

    def pages(self) -> Iterator[Page]:
        """Yield everything, or what was changed since the last finished run."""
        while self.step < len(self.resources):
            resource = self.resources[self.step]
            asked_since = self.since.get(resource)
            for page in self._ask(resource, asked_since):
                self._note_clock(resource, page)
                done = page.cursor is None
                if done and asked_since:
                    yield from self._paid(resource, asked_since)
                yield self._page(resource, page, bool(asked_since))

    def _ask(self, resource: str, asked_since: str | None) -> Iterator[ListPage]:
        filters = {**DETAILS[resource], **self._window(resource, asked_since)}
        return self.client.pages(SERVICES[resource], filters, self.list)

    def _window(self, resource: str, asked_since: str | None) -> Record:
        moment = since(datetime.fromisoformat(asked_since)) if asked_since else None
        if resource not in _PAID:
            return {"modifiedFrom": moment} if moment else {}
        if moment:
            return {"dateFrom": moment, "dateType": "modifydate"}
        return {"dateFrom": self.first}

    def _note_clock(self, resource: str, page: ListPage) -> None:
        now = page.date or datetime.now(timezone.utc)
        self.asked.setdefault(resource, now.isoformat())

    def _page(self, resource: str, page: ListPage, partial: bool) -> Page:
        done = page.cursor is None
        self.list = page.cursor
        if done:
            self.step += 1
        over = self.step == len(self.resources)
        cursor = self._finished() if over else self._dump()
        return Page(
            resource,
            complete(resource, self._wanted(resource, page.records)),
            cursor=cursor,
            deleted=list(page.deleted or ()) if partial else [],
            partial=partial,
            last=done,
            end=over,
        )

    def _wanted(self, resource: str, found: list[Record]) -> list[Record]:
        """Leave out invoices of days that are not read: changes come of all days."""
        if resource not in _PAID:
            return found
        days = ((one, day_of(one.get("date"))) for one in found)
        return [one for one, day in days if day is None or day >= self.first]

    def _dump(self) -> Record:
        return {
            "mapping": self.mapping,
            "step": self.step,
            "list": self.list,
            "since": dict(self.since),
            "asked": dict(self.asked),
        }

    def _finished(self) -> Record:
        done = {**self.since, **self.asked}
        return {"mapping": self.mapping, "since": done}

    # === WHAT WAS PAID === #

    def _paid(self, resource: str, asked_since: str) -> Iterator[Page]:
        """Yield the invoices that payments since then are for.

        A payment need not change the moment at which its invoice was changed, and yet
        it changes what is open. Those of many invoices come with the next comparison.
        """
        if resource not in _PAID:
            return
        moment = since(datetime.fromisoformat(asked_since))
        kind, side = _PAID[resource]
        filters = {
            "dateFrom": moment,
            "dateType": "modifydate",
            "partnerType": side,
            "fetchRows": True,
        }
        ids: dict[str, None] = {}
        for page in self.client.pages("payments", filters):
            for payment in page.records:
                for row in payment.get("rows") or ():
                    if row.get("type") == kind:
                        ids[text_of(row.get("id"))] = None
        if ids and len(ids) <= FEW:
            found = list(one_by_one(self.client, resource, list(ids)))
            wanted = complete(resource, self._wanted(resource, found))
            yield Page(resource, wanted, partial=True)


def fetch(
    client: SmartAccountsClient, resource: str, external_ids: list[str]
) -> Iterator[Page]:
    """Yield pages with the records that have these ids; others are left out.

    There is no question for several ids: few are asked for one by one, of more the
    whole list is read where that needs no dates.
    """
    if len(external_ids) <= FEW or resource in _PAID:
        found = list(one_by_one(client, resource, external_ids))
        yield Page(resource, complete(resource, found), partial=True)
        return
    id_field = "code" if resource == "article" else "id"
    wanted = set(external_ids)
    for page in client.pages(SERVICES[resource], DETAILS[resource]):
        met = [one for one in page.records if text_of(one.get(id_field)) in wanted]
        if met:
            yield Page(resource, complete(resource, met), partial=True)


def one_by_one(
    client: SmartAccountsClient, resource: str, external_ids: list[str]
) -> Iterator[Record]:
    """Yield the vendor's records that have these ids, as they come."""
    for external_id in external_ids:
        record = client.one(SERVICES[resource], external_id, DETAILS[resource])
        if record is not None:
            yield record
