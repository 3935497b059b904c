# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Which entries of invoices are credit notes: only the invoices tell (§7.1)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from .kinds import INVOICES, is_credit_note, number_of, word_of
from .places import pages_from

if TYPE_CHECKING:
    from ..client import SmartAccountsClient

Record = dict[str, Any]
_DAY = timedelta(days=1)


class CreditNotes:
    """Numbers in accounting of credit notes, asked for where they are needed.

    :param known: what was asked before, plain JSON: by the word of a kind the
        place in its list, see :data:`.places.Place`, whose ``list`` is None when all
        of it was read, and the ``numbers``
    """

    def __init__(
        self, client: SmartAccountsClient, known: dict[str, Any] | None = None
    ) -> None:
        self.client = client
        self.known = known or {}

    def ask(
        self, entries: list[Record], since: date, until: date
    ) -> Iterator[dict[str, Any]]:
        """Read the invoices of a window, if *entries* have any; yield at each page.

        :param since: first entry date
        :param until: last entry date, counted in
        """
        words = {word_of(entry) for entry in entries}
        for word in INVOICES:
            if word in words and not self._is_read(word):
                yield from self._read(word, since, until)

    def has(self, entry: Record) -> bool:
        """Tell whether *entry* is that of a credit note."""
        known = self.known.get(word_of(entry)) or {}
        return number_of(entry) in known.get("numbers", ())

    def _is_read(self, word: str) -> bool:
        return word in self.known and self.known[word]["list"] is None

    def _read(self, word: str, since: date, until: date) -> Iterator[dict[str, Any]]:
        place = self.known.get(word) or {}
        numbers = place.get("numbers", [])
        # Whether its last day is counted in is not documented (§10): one more does no
        # harm here.
        filters = {"dateFrom": since, "dateTo": until + _DAY, "dateType": "entrydate"}
        read = partial(self.client.pages, INVOICES[word], filters)
        for page, following in pages_from(place, read):
            notes = [number_of(one) for one in page.records if is_credit_note(one)]
            # One without a number would make all entries without one credit notes.
            numbers = [*dict.fromkeys([*numbers, *filter(None, notes)])]
            self.known[word] = {"list": None, **(following or {}), "numbers": numbers}
            yield self.known
