# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What was added, changed or deleted since a moment (§4)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from odoo.addons.ledger_connector_statistics.contract import Document, DocumentPage

from ..client import day_of
from ..reading import moments
from .credits import CreditNotes
from .kinds import INVOICES, entry_document, invoice_document, invoice_id

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
    :param cursor: of an earlier page: ``part``, the vendor's ``list``, and ``credits``
        that are known, by period
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
        self.cursor = cursor or {"part": "entries", "list": None}
        known = self.cursor.get("credits") or {}
        self.notes = {
            span: CreditNotes(client, known.get(_key(span))) for span in credits
        }

    def pages(self) -> Iterator[DocumentPage]:
        """Yield the pages, each with the cursor that follows it."""
        place = self.parts.index(self.cursor["part"])
        at = self.cursor["list"]
        for number, part in enumerate(self.parts[place:], place):
            service = INVOICES.get(part, part)
            for page in self.client.pages(service, self.filters, at):
                if part == "entries":
                    yield from self._credit_notes(page.records, at)
                at = page.cursor
                yield self._page(number, page)

    def _page(self, number: int, page: ListPage) -> DocumentPage:
        part = self.parts[number]
        following = self._following(number, page.cursor)
        deleted = page.deleted or ()
        if part in INVOICES:
            deleted = [invoice_id(part, one) for one in deleted]
        return DocumentPage(
            self._documents(part, page.records),
            cursor=following,
            deleted=deleted,
            last=following is None,
        )

    def _following(self, number: int, at: Any) -> Record | None:
        if at is None:
            number += 1
        return self._place(self.parts[number], at) if number < len(self.parts) else None

    def _place(self, part: str, at: Any) -> Record:
        known = {_key(span): notes.known for span, notes in self.notes.items()}
        return {"part": part, "list": at, "credits": known}

    def _documents(self, part: str, records: list[Record]) -> list[Document]:
        if part in INVOICES:
            return [invoice_document(one, part, None, True) for one in records]
        return [
            entry_document(one, credit=self._is_credit(one))
            for one in records
            if day_of(one.get("date"))
        ]

    # === CREDIT NOTES === #

    def _credit_notes(self, entries: list[Record], at: Any) -> Iterator[DocumentPage]:
        """Ask which invoices of the periods that *entries* lie in are credit notes.

        :param at: place of the page of *entries*, which is not counted yet
        """
        for span, notes in self.notes.items():
            mine = [one for one in entries if _lies_in(one, span)]
            for _known in notes.ask(mine, *span):
                yield DocumentPage([], cursor=self._place("entries", at))

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
