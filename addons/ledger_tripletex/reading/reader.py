# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Reading lists page by page, each page with the cursor that follows it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from odoo.addons.ledger_connector_base.sync.contract import Page
from odoo.addons.ledger_connector_base.transport.errors import VendorError

from .changes import FAR_FUTURE, is_older, since_text
from .cursor import Cursor
from .listings import LISTINGS, Listing
from .windows import BEGINNING, middle, window_end

if TYPE_CHECKING:
    from ..client import ListPage, TripletexClient

#: Resources that are read by windows of dates.
DOCUMENTS = frozenset({"invoice"})
TOO_MANY_ROWS = "23000"


class _FilterIgnored(Exception):
    """The list gives everything, whatever it is asked for."""


class Reader:
    """Reads resources from a cursor on.

    :param client: opened client
    :param cursor: changed as pages are handed out
    :param fields: ``fields`` parameter by resource
    :param ignored_note: what a person should know where ``changedSince`` is ignored;
        ``%(resource)s`` stands for the list
    """

    def __init__(
        self,
        client: TripletexClient,
        cursor: Cursor,
        fields: Mapping[str, str],
        ignored_note: str = "",
    ) -> None:
        self.client = client
        self.cursor = cursor
        self.fields = fields
        self._note = ignored_note
        self._trusted: set[str] = set()

    # === REGISTERS === #

    def registers(self, resources: Sequence[str]) -> Iterator[Page]:
        """Yield the pages of lists without dates, in the order of *resources*.

        After the first complete reading only what changed is asked for: by
        ``changedSince`` where the list has it, else page by page with checksums.
        """
        steps = [(name, one) for name in resources for one in LISTINGS[name].passes]
        place = self.cursor.at or {"step": 0, "start": 0}
        number, start = place["step"], place["start"]
        while number < len(steps):
            try:
                yield from self._step(steps, number, start)
            except _FilterIgnored:
                resource = steps[number][0]
                self.cursor.ignored.append(resource)
                number = [name for name, _filters in steps].index(resource)
            else:
                number += 1
            start = 0

    def _step(
        self, steps: list[tuple[str, dict[str, Any]]], number: int, start: int
    ) -> Iterator[Page]:
        resource, filters = steps[number]
        over = number + 1 == len(steps)
        last_pass = over or steps[number + 1][0] != resource
        since = self._since(resource)
        for page in self._ask(resource, filters, since, start):
            self.cursor.asked.setdefault(resource, since_text(page.date) or "")
            if page.next_start is not None:
                self.cursor.at = {"step": number, "start": page.next_start}
            else:
                self.cursor.at = {"step": number + 1, "start": 0}
            done = page.next_start is None
            yield self._page(resource, page, done and last_pass, done and over, since)

    def _since(self, resource: str) -> str:
        if not LISTINGS[resource].changed_since or resource in self.cursor.ignored:
            return ""
        return self.cursor.since.get(resource, "")

    def _ask(
        self, resource: str, filters: dict[str, Any], since: str, start: int
    ) -> Iterator[ListPage]:
        listing, fields = LISTINGS[resource], self.fields[resource]
        if not since:
            yield from self.client.pages(
                listing.path,
                fields=fields,
                params=filters,
                checksums=self.cursor.sums,
                start=start,
            )
            return
        for page in self.client.pages(
            listing.path,
            fields=f"{fields},changes",
            params={**filters, "changedSince": since},
            start=start,
        ):
            self._check_heeded(resource, listing, page, since)
            yield page

    def _check_heeded(
        self, resource: str, listing: Listing, page: ListPage, since: str
    ) -> None:
        """Find out whether old records in *page* mean that the filter was ignored.

        They may be there for another reason, e.g. a changed address; what "changed"
        after a day far in the future settles it.

        :raises _FilterIgnored: it was
        """
        if resource in self._trusted:
            return
        if not any(is_older(record, since) for record in page.values):
            return
        probe = self.client.pages(
            listing.path, fields="id", params={"changedSince": FAR_FUTURE}
        )
        if next(probe).values:
            raise _FilterIgnored
        self._trusted.add(resource)

    # === DOCUMENTS === #

    def documents(
        self, resource: str, first: date | None, today: date
    ) -> Iterator[Page]:
        """Yield the pages of a list that demands dates, from *first* to tomorrow.

        :param first: documents before it are left alone; None for all
        :param today: in Norway
        """
        stop = today + timedelta(days=2)
        begin, end, start = self._place(first or BEGINNING, today)
        while begin < stop:
            over = end >= stop
            try:
                yield from self._window(resource, begin, end, start, over)
            except VendorError as error:
                if error.code != TOO_MANY_ROWS or middle(begin, end) == end:
                    raise
                end, start = middle(begin, end), 0
                continue
            begin, end, start = end, window_end(end, today), 0

    def _place(self, first: date, today: date) -> tuple[date, date, int]:
        place = self.cursor.at
        if not place:
            return first, window_end(first, today), 0
        begin, end = place["from"], place["to"]
        begin = date.fromisoformat(begin)
        end = date.fromisoformat(end) if end else window_end(begin, today)
        return begin, end, place["start"]

    def _window(
        self, resource: str, begin: date, end: date, start: int, over: bool
    ) -> Iterator[Page]:
        bounds = {"invoiceDateFrom": str(begin), "invoiceDateTo": str(end)}
        for page in self._ask(resource, bounds, "", start):
            done = page.next_start is None
            self.cursor.at = (
                {"from": str(end), "to": "", "start": 0}
                if done
                else {"from": str(begin), "to": str(end), "start": page.next_start}
            )
            yield self._page(resource, page, done and over, done and over)

    # === PAGES === #

    def _page(
        self, resource: str, page: ListPage, last: bool, over: bool, since: str = ""
    ) -> Page:
        if page.digest:
            self.cursor.fresh[page.key] = page.digest
        if over:
            self.cursor.finish()
        return Page(
            resource,
            page.values,
            cursor=self.cursor.dump(),
            total=self._total(page),
            unchanged=page.unchanged,
            partial=bool(since),
            last=last,
            end=over,
            note=self._ignored(resource),
        )

    @staticmethod
    def _total(page: ListPage) -> int | None:
        # (§5.1) fullResultSize is no total: how many there are is known at the end.
        known = page.next_start is None and not page.unchanged
        return page.start + len(page.values) if known else None

    def _ignored(self, resource: str) -> str:
        if resource not in self.cursor.ignored:
            return ""
        return self._note % {"resource": LISTINGS[resource].path.strip("/")}
