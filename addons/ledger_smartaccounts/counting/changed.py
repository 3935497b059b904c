# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What was added, changed or deleted since a moment (§4)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from odoo.addons.ledger_connector_statistics.contract import Document, DocumentPage

from ..client import day_of
from ..reading import moments
from .credits import CreditNotes
from .kinds import INVOICES, entry_document, invoice_document, word_of

if TYPE_CHECKING:
    from ..client import SmartAccountsClient

Record = dict[str, Any]

#: Day of invoices that only say that they changed: it lies in no period.
NO_DAY = date.min


class ChangeReader:
    """Reads changed entries, and changed invoices where those are counted themselves.

    :param moment: aware
    :param credits: credit notes are told from invoices
    :param invoices: some periods are not counted by entry date, and know the ids of
        invoices instead of those of their entries
    :param cursor: of an earlier page: ``part`` and the vendor's ``list``
    """

    def __init__(
        self,
        client: SmartAccountsClient,
        moment: datetime,
        credits: bool,
        invoices: bool,
        cursor: Any = None,
    ) -> None:
        self.client = client
        self.filters = {"dateFrom": moments.since(moment), "dateType": "modifydate"}
        self.credits = credits
        self.parts = ["entries", *(INVOICES if invoices else ())]
        self.cursor = cursor or {"part": "entries", "list": None}

    def pages(self) -> Iterator[DocumentPage]:
        """Yield the pages, each with the cursor that follows it."""
        place = self.parts.index(self.cursor["part"])
        at = self.cursor["list"]
        for number, part in enumerate(self.parts[place:], place):
            service = INVOICES.get(part, part)
            for page in self.client.pages(service, self.filters, at):
                documents = self._documents(part, page.records)
                following = self._following(number, page.cursor)
                yield DocumentPage(
                    documents,
                    cursor=following,
                    deleted=page.deleted or (),
                    last=following is None,
                )
            at = None

    def _following(self, number: int, at: Any) -> Record | None:
        if at is not None:
            return {"part": self.parts[number], "list": at}
        if number + 1 < len(self.parts):
            return {"part": self.parts[number + 1], "list": None}
        return None

    def _documents(self, part: str, records: list[Record]) -> list[Document]:
        if part in INVOICES:
            return [invoice_document(one, part, NO_DAY, True) for one in records]
        notes = self._credit_notes(records) if self.credits else set()
        return [
            entry_document(one, credit=id(one) in notes)
            for one in records
            if day_of(one.get("date"))
        ]

    def _credit_notes(self, entries: list[Record]) -> set[int]:
        """Return which of *entries* are credit notes: asked month by month."""
        found: set[int] = set()
        for since, until, group in _months(entries):
            notes = CreditNotes(self.client)
            for _page in notes.ask(group, since, until):
                pass
            found.update(id(entry) for entry in group if notes.has(entry))
        return found


def _months(entries: list[Record]) -> Iterator[tuple[date, date, list[Record]]]:
    """Yield first and last day of a month's invoices, and their entries."""
    months: dict[tuple[int, int], list[tuple[date, Record]]] = {}
    for entry in entries:
        day = day_of(entry.get("date"))
        if day and word_of(entry) in INVOICES:
            months.setdefault((day.year, day.month), []).append((day, entry))
    for group in months.values():
        days = [day for day, _entry in group]
        yield min(days), max(days), [entry for _day, entry in group]
