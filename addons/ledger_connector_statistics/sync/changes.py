# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the vendor says has changed, held against the periods that are frozen."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from odoo.addons.ledger_connector_base.sync.run import Run

from ..contract import DOCUMENT_DATE, ENTRY_DATE, Document, DocumentPage
from .settling import Row, Settling

#: Counted by document date, papers come in late: so many of the last frozen periods
#: are read again when anything changed.
LATE_PERIODS = 3


class Changes:
    """Finds corrections among changed documents; commits nothing itself.

    What is counted by entry date and without rows is decided at once. Other periods
    that may have changed are read again, because the vendor does not say by which date
    of theirs the changed documents count.

    :param run: the job's state
    :param plan: the set-up, with the responsible user's rights
    """

    def __init__(self, run: Run, plan: Any) -> None:
        self.run = run
        self.settling = Settling(run, plan)
        periods = run.own["ledger.statistics.period"]
        self.frozen = periods._frozen_of(run.books.connection_id)

    def take(self, page: DocumentPage, kinds: dict[str, int]) -> list[list[str]]:
        """Note the corrections of a page.

        :param kinds: id by code
        :return: spans of the frozen periods that have to be read again
        """
        documents = self.run.own["ledger.statistics.document"]
        changed = {document.external_id: document for document in page.documents}
        gone = set(page.deleted) - set(changed)
        rows = documents._known(self.frozen.ids, sorted({*changed, *gone}))
        again = self._late() if changed else set()
        for period in self.frozen:
            mine = [row[1:] for row in rows if row[0] == period.id]
            removed = [row for row in mine if row[0] in gone]
            if is_direct(period):
                added, left = self._moves(period, mine, changed, kinds)
                self._correct(period, added, removed + left)
                continue
            self._correct(period, [], removed)
            if any(row[0] in changed for row in mine):
                again.add(period.id)
        spans = self.frozen.filtered(lambda period: period.id in again)
        return [[str(p.date_from), str(p.date_to)] for p in spans.sorted("date_from")]

    def compared(self, since: datetime, left: list[list[str]]) -> None:
        """All changes up to *since* are known, but of the periods that are *left*.

        What was frozen while the changes were read has missed the first of them.

        :param since: when the reading of the changes began
        :param left: spans that are still to be read
        """
        known = self.frozen.filtered(
            lambda p: (
                [str(p.date_from), str(p.date_to)] not in left
                and p.frozen_at < since
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
            (document.external_id, kinds[document.kind]): document
            for document in changed.values()
            if period.date_from <= document.day <= period.date_to
        }
        have = {(row[0], row[1]) for row in known}
        left = [row for row in known if row[0] in changed and row[:2] not in wanted]
        added = [
            (*key, document.day, document.number, document.rows)
            for key, document in wanted.items()
            if key not in have
        ]
        return added, left

    def _late(self) -> set[int]:
        """Ids of the last frozen periods that are counted by document date."""
        last = self.frozen.sorted("date_from", reverse=True)
        return set(last.filtered(lambda p: p.basis == DOCUMENT_DATE)[:LATE_PERIODS].ids)


def is_direct(period: Any) -> bool:
    """Tell whether changed documents say all that the period's figures need."""
    return period.basis == ENTRY_DATE and not period.with_rows
