# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Reading lists page by page, each page with the cursor that follows it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timezone
from typing import TYPE_CHECKING, Any

from odoo.addons.ledger_connector_base.sync.contract import Page

from ..client import codes, moment_of, text_of
from ..records import complete
from .full import NAMES, PAID, TABLES, full
from .moments import asked_from, shows_finnish_time, told_before

if TYPE_CHECKING:
    from ..client import ListPage, ProcountorClient

Record = dict[str, Any]

_SALES = {"types": [codes.SALES_INVOICE]}
#: What each flow's resource is read from: our name of the records, and the filters of
#: the readings that together give all. (§4) Partners out of use are asked for apart.
LISTS: dict[str, tuple[tuple[str, Record], ...]] = {
    "customer": (
        ("customer", {"type": codes.CUSTOMER, "active": True}),
        ("customer", {"type": codes.CUSTOMER, "active": False}),
    ),
    "product": (("product", {"type": codes.SALES, **NAMES}),),
    "invoice": (("invoice", _SALES),),
    "order": (("order", _SALES),),
    # They come with their invoices.
    "payment": (("invoice", {**_SALES, "status": list(PAID)}),),
}
_DATED = frozenset({"invoice", "order"})


class Reader:
    """Reads resources from a cursor on.

    A cursor holds the ``step`` (number of the reading) and the client's ``list`` in
    it, the moment ``since`` which each kind of record is asked for, the moment at which
    this run ``asked``, the moment of its last page (``met``), and whether the vendor's
    clock is known to be ``finnish``. Moments are those of the vendor's clock, ISO text,
    UTC.

    :param resources: names of :data:`LISTS`, in the order in which they are read
    :param first: invoices before this day are left alone
    :param mapping: version of the mapping; with another one everything is read again
    :param kinds: payments are wanted as such
    """

    def __init__(
        self,
        client: ProcountorClient,
        resources: tuple[str, ...],
        first: date | None,
        mapping: str,
        cursor: Record | None,
        kinds: bool = False,
    ) -> None:
        self.client = client
        self.steps = [step for name in resources for step in LISTS[name]]
        self.first = first
        self.kinds = kinds
        known = cursor if cursor and cursor.get("mapping") == mapping else {}
        self.mapping = mapping
        self.step: int = known.get("step", 0)
        self.list: Any = known.get("list")
        self.since: dict[str, str] = dict(known.get("since") or {})
        self.asked: dict[str, str] = dict(known.get("asked") or {})
        self.met: dict[str, str] = dict(known.get("met") or {})
        #: Up to when the last finished run can have seen new records.
        self._known: dict[str, str] = dict(known.get("known", self.met))
        self.finnish: bool = known.get("finnish", False)
        self._seen_finnish = self.finnish

    def pages(self) -> Iterator[Page]:
        """Yield everything, or what was changed since the last finished run.

        A page costs one call for the list and, but for products, one for the full
        records of what is in it.
        """
        while self.step < len(self.steps):
            resource, filters = self.steps[self.step]
            since = _moment(self.since.get(resource))
            asked = {**filters, **self._window(resource, since)}
            for page in self.client.pages(TABLES[resource], asked, self.list):
                self._note_clock(resource, page)
                yield self._page(resource, page, since)

    def _window(self, resource: str, since: datetime | None) -> Record:
        window: Record = {}
        if resource in _DATED and self.first:
            window["startDate"] = self.first
        if since:
            window["versionStartDate"] = asked_from(since, self.finnish)
        return window

    def _note_clock(self, resource: str, page: ListPage) -> None:
        now = (page.date or datetime.now(timezone.utc)).isoformat()
        self.asked.setdefault(resource, now)
        self.met[resource] = now
        self._seen_finnish = self._seen_finnish or shows_finnish_time(page)

    def _page(self, resource: str, page: ListPage, since: datetime | None) -> Page:
        done = page.cursor is None
        self.list = page.cursor
        if done:
            self.step += 1
        over = self.step == len(self.steps)
        last = over or self.steps[self.step][0] != resource
        return Page(
            resource,
            self._records(resource, page),
            cursor=self._finished() if over else self._dump(),
            total=page.total,
            partial=bool(since),
            last=done and last,
            end=over,
        )

    def _records(self, resource: str, page: ListPage) -> list[Record]:
        if resource == "product":
            return complete(resource, page.records)
        known = _moment(self._known.get(resource))
        since = _moment(self.since.get(resource))
        news = since and told_before(since, self.finnish)
        rows = [row for row in page.records if not _is_void(resource, row, known, news)]
        ids = [text_of(row["id"]) for row in rows]
        return full(self.client, resource, ids, self.kinds) if ids else []

    def _dump(self) -> Record:
        return {
            "mapping": self.mapping,
            "step": self.step,
            "list": self.list,
            "since": dict(self.since),
            "asked": dict(self.asked),
            "met": dict(self.met),
            "known": dict(self._known),
            "finnish": self.finnish,
        }

    def _finished(self) -> Record:
        return {
            "mapping": self.mapping,
            "since": {**self.since, **self.asked},
            "met": dict(self.met),
            "finnish": self._seen_finnish,
        }


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _is_void(
    resource: str, row: Record, known: datetime | None, news: datetime | None
) -> bool:
    """Tell whether an invoice was voided before anybody here could know of it.

    Others are read: what became of them is news.

    :param known: up to when new records can have been seen
    :param news: what was changed before it was told in the last run
    """
    if resource != "invoice" or row.get("status") != codes.INVALIDATED:
        return False
    if known is None or news is None:
        return True
    created, changed = (moment_of(row.get(name)) for name in ("created", "version"))
    return bool((created and created > known) or (changed and changed < news))
