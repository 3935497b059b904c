# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The documents of a window: one pass over the entries tells all kinds (§9)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from odoo.addons.ledger_connector_statistics.contract import (
    DOCUMENT_DATE,
    ENTERED,
    ENTRY_DATE,
    Document,
    DocumentPage,
    Window,
)

from ..client import day_of, local_day, moment_of, text_of
from ..reading import moments
from .credits import CreditNotes
from .kinds import (
    INVOICES,
    PURCHASES,
    SALES,
    entry_document,
    invoice_document,
    word_of,
)
from .places import Place, pages_from, place_in

if TYPE_CHECKING:
    from ..client import SmartAccountsClient

Record = dict[str, Any]
#: Documents, and the place after them; None when the part is done.
Step = tuple[list[Document], Place | None]
Part = Callable[[Place], Iterator[Step]]

_DAY = timedelta(days=1)


class WindowReader:
    """Reads the documents of a window, part by part.

    By entry date the entries say it all. Otherwise they say it of what is no invoice,
    which has no other date; the invoices are read by their own.

    :param counts_in: whether it was seen that the vendor counts the last day of a
        question in; after the reading, whether it has been seen by now
    :param cursor: of an earlier page of the same window: ``part`` being read and the
        place in it, see :data:`.places.Place`, ``credits`` what is known of credit
        notes, ``met`` whether an entry of the last day was seen
    """

    def __init__(
        self,
        client: SmartAccountsClient,
        window: Window,
        cursor: Any = None,
        counts_in: bool = False,
    ) -> None:
        self.client = client
        self.window = window
        self.cursor = cursor or {}
        self.counts_in = counts_in or bool(self.cursor.get("met"))
        self.credits = CreditNotes(client, self.cursor.get("credits"))
        self._seen: set[str] = set()

    def pages(self) -> Iterator[DocumentPage]:
        """Yield the pages, each with the cursor that follows it."""
        parts = self._parts()
        names = list(parts)
        name: str | None = self.cursor.get("part") or names[0]
        place = place_in(self.cursor)
        while name:
            for documents, following in parts[name](place):
                if following is None:
                    name, following = self._after(names, name), {}
                yield self._page(documents, name, following)
            place = {}

    def _after(self, names: list[str], name: str) -> str | None:
        rest = names[names.index(name) + 1 :]
        if rest and rest[0] == "last_day" and not self._last_day_is_open():
            rest = rest[1:]
        return rest[0] if rest else None

    def _page(
        self, documents: list[Document], part: str | None, place: Place
    ) -> DocumentPage:
        fresh = [one for one in documents if one.external_id not in self._seen]
        # (§4) Books that change meanwhile move records from one page to the next.
        self._seen.update(one.external_id for one in fresh)
        cursor = {
            "part": part,
            "credits": self.credits.known,
            "met": self.counts_in,
            **place,
        }
        return DocumentPage(fresh, cursor=cursor if part else None, last=not part)

    # === PARTS === #

    def _parts(self) -> dict[str, Part]:
        if self.window.basis == ENTERED:
            return {"entries": self._changed_entries, **self._invoice_parts()}
        parts: dict[str, Part] = {
            "entries": self._entries,
            "last_day": self._last_day,
        }
        if self.window.basis == DOCUMENT_DATE:
            parts.update(self._invoice_parts())
        return parts

    def _invoice_parts(self) -> dict[str, Part]:
        return {
            SALES: lambda place: self._invoices(SALES, place),
            PURCHASES: lambda place: self._invoices(PURCHASES, place),
        }

    # === ENTRIES === #

    def _entries(self, place: Place) -> Iterator[Step]:
        days = (self.window.since, self.window.until)
        return self._entries_of(self._dates(*days), days, place)

    def _last_day(self, place: Place) -> Iterator[Step]:
        """Read the last day once more, up to the day after it.

        Whether the last day of a question is counted in is not documented (§10). As
        long as no entry of a last day ever came, either there was none or it was not.
        """
        day = self.window.until
        return self._entries_of(self._dates(day, day + _DAY), (day, day), place)

    def _last_day_is_open(self) -> bool:
        return not self.counts_in and self.window.until <= moments.today()

    def _changed_entries(self, place: Place) -> Iterator[Step]:
        """(§7.3) Nothing says when an entry was made: what was changed then has to do.

        Those that were changed again later are left out, those that were made earlier
        come along.
        """
        bounds = (
            moments.begin_of(self.window.since),
            moments.end_of(self.window.until),
        )
        filters = {**self._dates(*bounds), "dateType": "modifydate"}
        return self._entries_of(filters, None, place)

    def _dates(self, since: date, until: date) -> Record:
        rows = {"fetchRows": True} if self.window.rows else {}
        return {"dateFrom": since, "dateTo": until, **rows}

    def _entries_of(
        self, filters: Record, days: tuple[date, date] | None, place: Place
    ) -> Iterator[Step]:
        """Yield the documents of the entries that *filters* let through.

        :param days: entries of other days are left out; None: all count, and by the
            nearest day of the window
        """
        read = partial(self.client.pages, "entries", filters)
        for page, following in pages_from(place, read):
            entries = page.records if days is None else self._within(page.records, days)
            if filters.get("dateTo") == self.window.until:
                self.counts_in = self.counts_in or self._has_last_day(entries)
            if self._asks_credits():
                for _known in self.credits.ask(
                    entries, self.window.since, self.window.until
                ):
                    # The place stays before this page: it is not counted yet.
                    yield [], place
            yield list(self._documents(entries)), following
            place = following or {}

    def _has_last_day(self, entries: list[Record]) -> bool:
        return any(day_of(one.get("date")) == self.window.until for one in entries)

    def _asks_credits(self) -> bool:
        return self.window.credits and self.window.basis == ENTRY_DATE

    @staticmethod
    def _within(entries: list[Record], days: tuple[date, date]) -> list[Record]:
        dates = ((one, day_of(one.get("date"))) for one in entries)
        return [one for one, day in dates if day and days[0] <= day <= days[1]]

    def _documents(self, entries: list[Record]) -> Iterator[Document]:
        for entry in entries:
            if self.window.basis == ENTRY_DATE:
                yield entry_document(entry, credit=self.credits.has(entry))
            elif word_of(entry) not in INVOICES:
                yield entry_document(entry, self._day_in_window(entry))

    def _day_in_window(self, entry: Record) -> date:
        day = day_of(entry.get("date")) or self.window.since
        return min(max(day, self.window.since), self.window.until)

    # === INVOICES === #

    def _invoices(self, word: str, place: Place) -> Iterator[Step]:
        read = partial(self.client.pages, INVOICES[word], self._invoice_filters())
        for page, following in pages_from(place, read):
            documents = []
            for invoice in page.records:
                day = self._invoice_day(invoice)
                if day and self.window.since <= day <= self.window.until:
                    documents.append(
                        invoice_document(invoice, word, day, self.window.credits)
                    )
            yield documents, following

    def _invoice_filters(self) -> Record:
        """(§10) A day more, for who does not count the last one in.

        What was entered in the window was changed in it or later.
        """
        rows = {"fetchRows": True} if self.window.rows else {}
        if self.window.basis == ENTERED:
            begin = moments.begin_of(self.window.since)
            return {"dateFrom": begin, "dateType": "modifydate", **rows}
        return self._dates(self.window.since, self.window.until + _DAY)

    def _invoice_day(self, invoice: Record) -> date | None:
        if self.window.basis != ENTERED:
            return day_of(invoice.get("date"))
        created = text_of(invoice.get("dateCreated"))
        moment = moment_of(created)
        return local_day(moment) if moment else None
