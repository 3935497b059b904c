# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the vendor says has changed, held against the periods that are frozen."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from odoo.addons.ledger_connector_base.sync.run import Run

from ..contract import (
    DOCUMENT_DATE,
    ENTERED,
    ENTRY_DATE,
    PLAIN_KINDS,
    Document,
    DocumentPage,
)
from .settling import Row, Settling


class Changes:
    """Finds corrections among changed documents; commits nothing itself.

    What is counted by entry date and without rows is decided at once. Other periods
    that may have changed are read again.

    :param run: the job's state
    :param plan: the set-up, with the responsible user's rights
    :param held: ids of the periods that were frozen when the changes began to be read
    """

    def __init__(self, run: Run, plan: Any, held: list[int]) -> None:
        self.run = run
        self.settling = Settling(run, plan)
        periods = run.own["ledger.statistics.period"]
        frozen = periods._frozen_of(run.books.connection_id)
        # The vendor's reader knows nothing of the rules of those that came since.
        self.frozen = frozen.filtered(lambda period: period.id in held)

    def take(self, page: DocumentPage, kinds: dict[str, int]) -> list[list[str]]:
        """Note the corrections of a page.

        :param kinds: id by code, see :func:`codes`
        :return: spans of the frozen periods that have to be read again
        """
        documents = self.run.own["ledger.statistics.document"]
        changed = {document.external_id: document for document in page.documents}
        gone = set(page.deleted) - set(changed)
        rows = documents._known(self.frozen.ids, sorted({*changed, *gone}))
        again = []
        for period in self.frozen.sorted("date_from"):
            mine = [row[1:] for row in rows if row[0] == period.id]
            removed = [row for row in mine if row[0] in gone]
            added, left = [], []
            if is_direct(period):
                added, left = self._moves(period, mine, changed, kinds)
            elif self._may_differ(period, mine, changed):
                again.append([str(period.date_from), str(period.date_to)])
            self._correct(period, added, removed + left)
        return again

    def compared(self, since: datetime, left: list[list[str]]) -> None:
        """All changes up to *since* are known, but of the periods that are *left*.

        What was frozen while the changes were read has missed the first of them.

        :param since: when the reading of the changes began
        :param left: spans that are still to be read
        """
        known = self.frozen.filtered(
            lambda p: (
                [str(p.date_from), str(p.date_to)] not in left
                and p.frozen_at <= since
                and (not p.compared_at or p.compared_at < since)
            )
        )
        known.compared_at = since

    def _correct(self, period, added: list[Row], removed: list[Row]) -> None:
        if not added and not removed:
            return
        period._hold()
        self.settling.correct(period, added, removed, {})

    @staticmethod
    def _moves(
        period, known: list[Row], changed: dict[str, Document], kinds: dict[str, int]
    ) -> tuple[list[Row], list[Row]]:
        """Return what has come into a period and what has left it."""
        wanted = {
            (document.external_id, kinds[_code(period, document)]): document
            for document in changed.values()
            if document.day and period.date_from <= document.day <= period.date_to
        }
        have = {(row[0], row[1]) for row in known}
        left = [row for row in known if row[0] in changed and row[:2] not in wanted]
        added = [
            (*key, document.day, document.number, document.rows)
            for key, document in wanted.items()
            if key not in have
        ]
        return added, left

    @staticmethod
    def _may_differ(period, known: list[Row], changed: dict[str, Document]) -> bool:
        """Tell whether a period has to be read again because of the *changed*."""
        touched = any(row[0] in changed for row in known)
        if period.basis == ENTERED:
            # A document is entered once: only its rows may be others.
            return touched and period.with_rows
        return touched or any(
            day and period.date_from <= day <= period.date_to
            for day in (_day(period, document) for document in changed.values())
        )


def is_direct(period: Any) -> bool:
    """Tell whether changed documents say all that the period's figures need."""
    return period.basis == ENTRY_DATE and not period.with_rows


def codes(documents: Iterable[Document]) -> set[str]:
    """Return the codes of the kinds that *documents* may count as."""
    told = {document.kind for document in documents}
    return told | {PLAIN_KINDS.get(code, code) for code in told}


def _code(period: Any, document: Document) -> str:
    """Return what *document* counts as by the rules of a period."""
    if period.with_credits:
        return document.kind
    return PLAIN_KINDS.get(document.kind, document.kind)


def _day(period: Any, document: Document) -> Any:
    """Return the date of *document* by which a period counts."""
    if period.basis == DOCUMENT_DATE:
        return document.document_day or document.day
    return document.day
