# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Records of SmartAccounts in one shape, whatever shape they arrive in.

Days become ISO text, numbers numbers, ids text (§3). What a record says only between
its fields is put beside them under the key ``^``; mappings read it as ``^.email``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from .client import day_of, decimal_of, flag_of, text_of

Record = dict[str, Any]

#: Key of what is ours in a record.
OURS = "^"
#: (§7.5) Kinds of contacts that Odoo has a field for, by our name of it.
CONTACTS = {"email": "EMAIL", "phone": "PHONE", "website": "WWW"}
#: (§7.1) What marks a credit invoice.
CREDIT = "CRE"
#: Before the code of a VAT that is meant as one of purchases.
PURCHASE = "purchase:"

_DAYS = frozenset("date dueDate entryDate".split())
_NUMBERS = frozenset(
    "price quantity discount sum amount vatAmount totalAmount roundAmount "
    "outstandingAmount priceSales pricePurchase priceOwn exchangeRate".split()
)
_FLAGS = frozenset("activeSales activePurchase".split())
_TEXTS = frozenset(
    "id clientId vendorId number invoiceNumber referenceNumber code vatPc regCode "
    "vatNumber baseForCreditInvoiceId".split()
)


def complete(resource: str, records: Iterable[Record]) -> list[Record]:
    """Return *records* of *resource* in one shape, with what follows from them.

    :param records: as the vendor gave them; they stay as they are
    """
    made = [_plain(record) for record in records]
    add = _COMPLETED.get(resource)
    for record in made:
        if add:
            record[OURS] = add(record)
    return made


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if not isinstance(value, dict):
        return value
    return {name: _value(name, one) for name, one in value.items()}


def _value(name: str, value: Any) -> Any:
    convert = _CONVERTERS.get(name)
    if convert is None or isinstance(value, dict | list):
        return _plain(value)
    try:
        return convert(value)
    except ValueError:
        # The mapping tells which record has it; the others of the page go on.
        return value


def _day(value: Any) -> str | None:
    day = day_of(value)
    return day.isoformat() if day else None


def _number(value: Any) -> float | None:
    number = decimal_of(value)
    return None if number is None else float(number)


def _text(value: Any) -> str | None:
    return text_of(value) or None


_CONVERTERS: dict[str, Callable[[Any], Any]] = {
    **dict.fromkeys(_DAYS, _day),
    **dict.fromkeys(_NUMBERS, _number),
    **dict.fromkeys(_FLAGS, flag_of),
    **dict.fromkeys(_TEXTS, _text),
}


# === WHAT FOLLOWS === #


def _party(record: Record) -> Record:
    """The first contact of each kind; that it is there makes it a client or vendor."""
    found = {name: contact(record, kind) for name, kind in CONTACTS.items()}
    return {**found, "known": True}


def contact(record: Record, kind: str) -> str | None:
    """Return the first contact of *kind* (``EMAIL``, …) of a party."""
    values = (
        one.get("value")
        for one in record.get("contacts") or ()
        if isinstance(one, dict) and one.get("type") == kind
    )
    return next(filter(None, values), None)


def _article(record: Record) -> Record:
    """(§7.6) Not active is what is neither sold nor bought.

    Where the vendor does not say, it is.
    """
    flags = (record.get("activeSales"), record.get("activePurchase"))
    return {"active": any(flag is not False for flag in flags)}


def _client_invoice(record: Record) -> Record:
    credit = is_credit(record)
    return {"move_type": "out_refund" if credit else "out_invoice"}


def _vendor_invoice(record: Record) -> Record:
    """(§7.2) Purchases have no marker of credit notes: their sums are negative.

    The codes of their VAT are those of sales, and other taxes in Odoo.
    """
    for row in record.get("rows") or ():
        if isinstance(row, dict):
            code = row.get("vatPc")
            row[OURS] = {"vatPc": f"{PURCHASE}{code}" if code else None}
    return {"move_type": "in_refund" if is_credit(record) else "in_invoice"}


def is_credit(record: Record) -> bool:
    """Tell whether an invoice of either side is a credit note (§7.1, §7.2)."""
    total = record.get("totalAmount")
    negative = isinstance(total, int | float) and total < 0
    return record.get("type") == CREDIT or negative


_COMPLETED: dict[str, Callable[[Record], Record]] = {
    "client": _party,
    "vendor": _party,
    "article": _article,
    "client_invoice": _client_invoice,
    "vendor_invoice": _vendor_invoice,
}
