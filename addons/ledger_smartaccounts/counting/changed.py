# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What was added, changed or deleted since a moment (§4)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from odoo.addons.ledger_connector_statistics.contract import Document, DocumentPage

from ..client import day_of
from ..reading import moments
from .credits import CreditNotes
from .kinds import INVOICES, entry_document, invoice_document, invoice_id
from .places import Place, pages_from, place_in

if TYPE_CHECKING:
    from ..client import SmartAccountsClient
    from ..client.lists import ListPage

Record = dict[str, Any]
#: First and last entry date of a period.
Span = tuple[date, date]


class ChangeReader:
    """Reads changed entries, and changed invoices where those are counted themselves.

    :param moment: aware
    :param credits: periods in which credit notes are told from invoices; elsewhere it
        does not matter, and is not asked
    :param invoices: some periods are not counted by entry date, and know the ids of
        invoices instead of those of their entries
    :param cursor: of an earlier page: ``part`` and the place in it, see
        :data:`.places.Place`, and ``credits`` that are known, by period
    """

    def __init__(
        self,
        client: SmartAccountsClient,
        moment: datetime,
        credits: Sequence[Span],
        invoices: bool,
        cursor: Any = None,
    ) -> None:
        self.client = client
        self.filters = {"dateFrom": moments.since(moment), "dateType": "modifydate"}
        self.parts = ["entries", *(INVOICES if invoices else ())]
        self.cursor = cursor or {"part": "entries"}
        known = self.cursor.get("credits") or {}
        self.notes = {
            span: CreditNotes(client, known.get(_key(span))) for span in credits
        }

    def pages(self) -> Iterator[DocumentPage]:
        """Yield the pages, each with the cursor that follows it."""
        part: str | None = self.cursor["part"]
        place = place_in(self.cursor)
        while part:
            read = partial(self.client.pages, INVOICES.get(part, part), self.filters)
            for page, following in pages_from(place, read):
                if part == "entries":
                    yield from self._credit_notes(page.records, place)
                place = following or {}
                after = part if following else self._after(part)
                yield self._page(part, page, self._cursor(after, place))
            part = after

    def _page(self, part: str, page: ListPage, cursor: Record | None) -> DocumentPage:
        deleted = page.deleted or ()
        if part in INVOICES:
            deleted = [invoice_id(part, one) for one in deleted]
        return DocumentPage(
            self._documents(part, page.records),
            cursor=cursor,
            deleted=deleted,
            last=cursor is None,
        )

    def _after(self, part: str) -> str | None:
        if part not in self.parts:
            return None  # nobody counts invoices by their own date any more
        rest = self.parts[self.parts.index(part) + 1 :]
        return rest[0] if rest else None

    def _cursor(self, part: str | None, place: Place) -> Record | None:
        known = {_key(span): notes.known for span, notes in self.notes.items()}
        return {**place, "part": part, "credits": known} if part else None

    def _documents(self, part: str, records: list[Record]) -> list[Document]:
        if part in INVOICES:
            return [invoice_document(one, part, None, True) for one in records]
        return [
            entry_document(one, credit=self._is_credit(one))
            for one in records
            if day_of(one.get("date"))
        ]

    # === CREDIT NOTES === #

    def _credit_notes(
        self, entries: list[Record], place: Place
    ) -> Iterator[DocumentPage]:
        """Ask which invoices of the periods that *entries* lie in are credit notes.

        :param place: of the page of *entries*, which is not counted yet
        """
        for span, notes in self.notes.items():
            mine = [one for one in entries if _lies_in(one, span)]
            for _known in notes.ask(mine, *span):
                yield DocumentPage([], cursor=self._cursor("entries", place))

    def _is_credit(self, entry: Record) -> bool:
        return any(
            _lies_in(entry, span) and notes.has(entry)
            for span, notes in self.notes.items()
        )


def _key(span: Span) -> str:
    return f"{span[0]} {span[1]}"


def _lies_in(entry: Record, span: Span) -> bool:
    day = day_of(entry.get("date"))
    return bool(day) and span[0] <= day <= span[1]
