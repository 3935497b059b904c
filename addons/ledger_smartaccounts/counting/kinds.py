# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What an entry counts as."""

from __future__ import annotations

from datetime import date
from typing import Any

from odoo.addons.ledger_connector_statistics.contract import (
    DOCUMENT_DATE,
    ENTERED,
    ENTRY_DATE,
    Document,
)

from ..client import day_of, text_of
from ..records import is_credit

Record = dict[str, Any]

#: (§9) The three counts that the vendor's own screens have, too.
BASES = (ENTRY_DATE, DOCUMENT_DATE, ENTERED)
SALES, PURCHASES = "CLIENT_INVOICE", "VENDOR_INVOICE"
#: (§7.3) Kinds of documents by the vendor's word.
KINDS = {
    "LEDGER_ENTRY": "manual_entry",
    SALES: "sales_invoice",
    PURCHASES: "purchase_invoice",
    "BANK_PAYMENT": "bank_payment",
    "CASH_PAYMENT": "cash_payment",
    "VAT_RETURN": "vat_return",
    "WAREHOUSE_MOVEMENT": "stock_movement",
    "PERIOD_DEPRECIATION": "depreciation",
    "PERIOD_SALARY": "payroll",
}
_CREDITS = {SALES: "sales_credit_note", PURCHASES: "purchase_credit_note"}
#: Services that know more of the entries of a kind than the entries say.
INVOICES = {SALES: "client_invoices", PURCHASES: "vendor_invoices"}


def kind_of(word: str, credit: bool = False) -> str:
    """Return the code of a kind by the vendor's *word*, also of words that are new.

    >>> kind_of("BANK_PAYMENT"), kind_of("CLIENT_INVOICE", credit=True)
    ('bank_payment', 'sales_credit_note')
    >>> kind_of("CARBON_LEVY")
    'other:CARBON_LEVY'
    """
    if credit and word in _CREDITS:
        return _CREDITS[word]
    return KINDS.get(word) or f"other:{word or '?'}"


def word_of(entry: Record) -> str:
    """Return the vendor's word for what made *entry*."""
    return text_of(entry.get("docType"))


def number_of(record: Record) -> str:
    """Return the number in accounting, which an invoice and its entry share (§7)."""
    return text_of(record.get("number"))


def id_of(record: Record, word: str) -> str:
    """Return the vendor's id; of a record without any, what else tells it apart."""
    known = text_of(record.get("id"))
    return known or f"{word}/{number_of(record)}/{text_of(record.get('date'))}"


def invoice_id(word: str, own: str) -> str:
    """Return the id of an invoice as a document.

    Whether one id may be that of an entry and of an invoice is not documented (§3).
    """
    return f"{INVOICES[word]}:{own}"


def entry_document(
    entry: Record, day: date | None = None, credit: bool = False
) -> Document:
    """Return *entry* as a document.

    :param day: by which it is counted; None for its own
    """
    return Document(
        external_id=id_of(entry, word_of(entry)),
        kind=kind_of(word_of(entry), credit),
        day=day or day_of(entry.get("date")) or date.min,
        number=number_of(entry) or text_of(entry.get("document")),
        rows=len(entry.get("rows") or ()),
    )


def invoice_document(
    invoice: Record, word: str, day: date | None, credits: bool
) -> Document:
    """Return *invoice* as a document.

    :param word: of its kind, SALES or PURCHASES
    :param day: by which it is counted; None if only its own date is known
    :param credits: credit notes are told from invoices
    """
    return Document(
        external_id=invoice_id(word, id_of(invoice, word)),
        kind=kind_of(word, credits and is_credit_note(invoice)),
        day=day,
        number=text_of(invoice.get("invoiceNumber")) or number_of(invoice),
        rows=len(invoice.get("rows") or ()),
        document_day=None if day else day_of(invoice.get("date")),
    )


def is_credit_note(invoice: Record) -> bool:
    """Tell whether an invoice, as the vendor gives it, is a credit note."""
    total = text_of(invoice.get("totalAmount"))
    return is_credit(invoice) or total.startswith("-")
