# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the counting asks of a vendor's connector, beside what every connector does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

#: Which date puts a document into a month.
DOCUMENT_DATE, ENTRY_DATE, ENTERED = "document_date", "entry_date", "entered"
#: What credit notes count as where they are not told from invoices.
PLAIN_KINDS = {
    "sales_credit_note": "sales_invoice",
    "purchase_credit_note": "purchase_invoice",
}


@dataclass(frozen=True)
class Window:
    """The documents that are asked for.

    :param since: first day, in the zone of the vendor's books
    :param until: last day, counted in
    :param basis: DOCUMENT_DATE, ENTRY_DATE or ENTERED
    :param rows: tell how many rows each document has, which may cost more calls
    :param credits: tell credit notes from invoices, which may cost more calls
    """

    since: date
    until: date
    basis: str = ENTRY_DATE
    rows: bool = False
    credits: bool = True


@dataclass(frozen=True)
class Document:
    """One document or entry in the vendor's books.

    :param external_id: the vendor's id, as text; one that is no other document's, also
        where the vendor numbers each kind for itself
    :param kind: code of a ``ledger.statistics.kind``, or ``other:WORD`` with the
        vendor's own word where it is none that we know
    :param day: the date by which it is counted. Among changes: its entry date, None for
        a document that is not counted by entry date (its entry is)
    :param number: what bookkeepers know it by
    :param rows: number of its rows, 0 where they were not asked for
    :param document_day: only among changes: its document date, None where that is *day*
    """

    external_id: str
    kind: str
    day: date | None
    number: str = ""
    rows: int = 0
    document_day: date | None = None


@dataclass(frozen=True)
class DocumentPage:
    """A page of documents.

    :param cursor: plain JSON value from which the reading goes on after this page
    :param deleted: ids of documents that were deleted since the moment asked for
    :param last: nothing comes after this page
    """

    documents: Sequence[Document]
    cursor: Any = None
    deleted: Sequence[str] = field(default_factory=tuple)
    last: bool = False
