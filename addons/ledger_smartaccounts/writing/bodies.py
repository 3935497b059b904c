# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Bodies of calls that write, from records in the shape of ``records.complete()``.

An edit replaces the whole object (§7.1): what is there is sent along, or it is lost.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import date
from typing import Any

from ..client import without_emoji
from ..records import CONTACTS, CREDIT, OURS

_logger = logging.getLogger(__name__)

Record = dict[str, Any]

_PARTY = (
    "id group name regCode vatNumber bankAccount referenceNumber "
    "ignoreOnVatDeclaration invoiceDueDate invoiceInterest vatPc accountUnpaid "
    "accountPrepayment address contacts comment"
)
#: (§7.5, §7.6) What an edit takes; the rest of what is read is the vendor's own.
ACCEPTED: dict[str, frozenset[str]] = {
    "client": frozenset(
        f"{_PARTY} discount pdfAdditionaldata pdfTemplateInvoice pdfTemplateOffer "
        "pdfTemplateOrder".split()
    ),
    "vendor": frozenset(_PARTY.split()),
    "article": frozenset(
        "code description type unit vatPc activeSales activePurchase priceSales "
        "pricePurchase priceOwn accountSales accountPurchase accountWarehouse".split()
    ),
}
#: Decimals of a price that VAT was taken out of.
PRICE_DECIMALS = 10
_EMPTY = (None, "", [], {})
_DAYS = ("date", "dueDate", "entryDate")
#: (Estonian reference numbers) Weights of the digits before the last, from the right.
_WEIGHTS = (7, 3, 1)


# === WHOLE RECORDS === #


def new_record(values: Record) -> Record:
    """Return the body of a new client, vendor or article."""
    return _storable(_merged({}, values))


def changed_record(resource: str, there: Record, values: Record) -> Record:
    """Return the body of a changed client, vendor or article.

    :param there: the vendor's record, as it is read
    :param values: what changed; empty ones empty a field
    """
    accepted = ACCEPTED[resource]
    kept = {name: value for name, value in there.items() if name in accepted}
    return _storable(_merged(kept, values))


def switched_off(there: Record) -> Record:
    """Return the body of an article that is neither sold nor bought any more."""
    return changed_record("article", there, {OURS: {"active": False}})


def _merged(there: Record, values: Record) -> Record:
    plain = {name: value for name, value in values.items() if name != OURS}
    body = {**there, **plain}
    if isinstance(plain.get("address"), dict):
        body["address"] = {**(there.get("address") or {}), **plain["address"]}
    ours = values.get(OURS) or {}
    if told := {CONTACTS[name]: ours[name] for name in CONTACTS if name in ours}:
        body["contacts"] = _contacts(there.get("contacts") or [], told)
    if "active" in ours:
        body.update(_flags(there, bool(ours["active"])))
    return without_empty(body)


def _flags(there: Record, active: bool) -> Record:
    """(§7.6) An article has no flag of its own: it is sold, bought, or neither.

    Who takes it into use again gets both, unless one of them is in use.
    """
    names = ("activeSales", "activePurchase")
    if active and any(there.get(name) is True for name in names):
        return {name: there.get(name) for name in names}
    return dict.fromkeys(names, active)


def _contacts(there: list[Record], told: Record) -> list[Record]:
    """Return the contacts with the first one of each kind as it is *told*.

    :param told: values by the vendor's kind; empty ones take the contact away
    """
    made, left = [], dict(told)
    for contact in there:
        kind = contact.get("type")
        if kind not in left:
            made.append(contact)
        elif value := left.pop(kind):
            made.append({**contact, "value": value})
    made += [{"type": kind, "value": value} for kind, value in left.items() if value]
    return made


def without_empty(value: Any) -> Any:
    """Return *value* without what says nothing: left out is empty (§7.1)."""
    if isinstance(value, list):
        return [without_empty(one) for one in value]
    if not isinstance(value, dict):
        return value
    kept = {name: without_empty(one) for name, one in value.items()}
    return {name: one for name, one in kept.items() if one not in _EMPTY}


# === INVOICES === #


def new_invoice(values: Record, number: str, rounded: bool) -> Record:
    """Return the body of a new sales invoice or credit note (§7.1).

    :param number: Odoo's number: by it the invoice is found again
    :param rounded: the vendor's total is another one, and it is to book the difference
    """
    credit = values.get("type") == CREDIT
    body = {name: one for name, one in values.items() if name not in (OURS, "rows")}
    body["invoiceNumber"] = number
    body.update({name: _day(body[name]) for name in _DAYS if body.get(name)})
    if not is_reference(str(body.get("referenceNumber") or "")):
        body.pop("referenceNumber", None)
    if credit and not rounded:
        # With which sign a credit note's total is sent is not documented.
        body.pop("totalAmount", None)
    body["rows"] = rows_of(values.get("rows") or [], number)
    return _storable(without_empty(body))


def rows_of(rows: list[Record], number: str) -> list[Record]:
    """Return the rows with articles; other texts go to the row before them.

    The vendor has no rows of text alone. What stands above all rows goes to the first.

    :param number: text of a row that has none
    """
    made: list[Record] = []
    above: list[str] = []
    for row in rows:
        text = row.get("description") or ""
        if row.get("quantity"):
            made.append(_row(row, [*above, text], len(made) + 1, number))
            above = []
        elif not text:
            continue
        elif made:
            made[-1]["description"] += f"\n{text}"
        else:
            above.append(text)
    return made


def _row(row: Record, texts: list[str], order: int, number: str) -> Record:
    names = ("code", "quantity", "unit", "discount", "vatPc")
    return {
        **{name: row.get(name) for name in names},
        "description": "\n".join(filter(None, texts)) or number,
        "price": net_price(row),
        "order": order,
    }


def net_price(row: Record) -> float:
    """Return the price of *row* without VAT, which is all that the vendor knows.

    >>> row = {"quantity": 2, "price": 124.0, "^": {"net": 200.0, "gross": 248.0}}
    >>> net_price(row), net_price({**row, "price": 100.0})
    (100.0, 100.0)
    """
    price = row.get("price") or 0.0
    ours = row.get(OURS) or {}
    net, gross = ours.get("net"), ours.get("gross")
    if not net or not gross or net == gross:
        return price
    amount = row["quantity"] * price * (1 - (row.get("discount") or 0.0) / 100)
    if abs(amount - gross) < abs(amount - net):
        return round(price * net / gross, PRICE_DECIMALS)
    return price


def is_reference(text: str) -> bool:
    """Tell whether *text* is an Estonian reference number, by its last digit.

    >>> is_reference("1012"), is_reference("1013"), is_reference("INV/2026/1")
    (True, False, False)
    """
    if not (text.isascii() and text.isdigit() and 2 <= len(text) <= 20):
        return False
    digits = [int(one) for one in reversed(text[:-1])]
    total = sum(one * _WEIGHTS[place % 3] for place, one in enumerate(digits))
    return int(text[-1]) == -total % 10


def _day(text: str) -> date:
    return date.fromisoformat(text)


# === TEXTS === #


def _storable(body: Record) -> Record:
    """(§3) Characters of four bytes become ``_``: the vendor cannot store them."""
    replaced: list[str] = []

    def clean(text: str) -> str:
        stored = without_emoji(text)
        if stored != text:
            replaced.append(stored[:40])
        return stored

    made = _each_text(body, clean)
    if replaced:
        _logger.info("Characters that SmartAccounts cannot store: %s", replaced)
    return made


def _each_text(value: Any, clean: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list):
        return [_each_text(one, clean) for one in value]
    if isinstance(value, dict):
        return {name: _each_text(one, clean) for name, one in value.items()}
    return value
