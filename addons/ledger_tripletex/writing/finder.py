# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Looking for what may have been created: before anything is sent twice.

There is no idempotency key (§7): records are found by what bookkeeping knows them by.
Filters only narrow the search, whether a record is the one is always compared here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from odoo.addons.ledger_connector_base.sync.contract import Operation

from ..client import every_date, upper_bound
from ..reading.listings import LISTINGS
from .bodies import LONGEST_NUMBER
from .credits import is_credit

if TYPE_CHECKING:
    from ..client import TripletexClient

Record = dict[str, Any]

#: So many records are asked for one by one; for more the whole list is read.
FEW = 5
_PARTY = (
    "id,name,email,organizationNumber,phoneNumber,"
    "postalAddress(addressLine1,postalCode)"
)
_ORDER = "id,number,customer(id)"
_INVOICE = "id,isCreditNote,creditedInvoice,customer(id),orders(id,number)"


class Finder:
    """Finds the records of one resource."""

    def __init__(self, client: TripletexClient, resource: str) -> None:
        self.client = client
        self.resource = resource
        self.path = LISTINGS[resource].path

    def find(self, operations: list[Operation]) -> list[list[str]]:
        """Return for each operation the ids of the records that it may have created."""
        search = {
            "customer": self._parties,
            "supplier": self._parties,
            "product": self._products,
            "order": self._orders,
            "invoice": self._invoices,
        }[self.resource]
        return [list(dict.fromkeys(ids)) for ids in search(operations)]

    def _rows(self, fields: str, **params: Any) -> Iterator[Record]:
        for page in self.client.pages(self.path, fields=fields, params=params):
            yield from page.values

    # === CUSTOMERS, SUPPLIERS === #

    def _parties(self, operations: list[Operation]) -> list[list[str]]:
        if len(operations) <= FEW:
            return [
                _parties_of(op.whole, self._party_rows(self._party_filters(op.whole)))
                for op in operations
            ]
        rows = list(self._party_rows([{}]))
        return [_parties_of(op.whole, rows) for op in operations]

    def _party_rows(self, questions: list[Record]) -> Iterator[Record]:
        """(§9) Inactive ones are left out unless they are asked for."""
        for filters in questions:
            for inactive in (False, True):
                yield from self._rows(_PARTY, isInactive=inactive, **filters)

    def _party_filters(self, values: Record) -> list[Record]:
        """Return filters one of which lets the party through.

        Whether the vendor keeps a business number's blanks is not known.
        """
        if number := _text(values, "organizationNumber"):
            forms = dict.fromkeys((number, _digits(values)))
            return [{"organizationNumber": form} for form in forms]
        if email := _text(values, "email"):
            return [{"email": email}]
        # (§9) Customers' names can be looked for, suppliers' cannot.
        name = _text(values, "name")
        return [{"customerName": name} if self.resource == "customer" else {}]

    # === PRODUCTS === #

    def _products(self, operations: list[Operation]) -> list[list[str]]:
        fields = "id,name,number"
        if len(operations) > FEW:
            rows = list(self._rows(fields))
            return [_products_of(op.whole, rows) for op in operations]
        found = []
        for op in operations:
            number = _text(op.whole, "number")
            name = _text(op.whole, "name")
            filters = {"productNumber": number} if number else {"name": name}
            found.append(_products_of(op.whole, self._rows(fields, **filters)))
        return found

    # === ORDERS, INVOICES === #

    def _orders(self, operations: list[Operation]) -> list[list[str]]:
        if len(operations) <= FEW:
            every = every_date(self.path)
            return [
                _orders_of(op, self._rows(_ORDER, number=_number(op), **every))
                for op in operations
            ]
        rows = self._of_days(operations, "orderDate", _ORDER)
        return [_orders_of(op, rows) for op in operations]

    def _of_days(
        self, operations: Iterable[Operation], name: str, fields: str
    ) -> list[Record]:
        """Return the documents of the days of *operations*, day by day.

        Days, for a filter with more than 10,000 results fails (§5.1).
        """
        days = sorted({_text(op.whole, name) for op in operations} - {""})
        rows: list[Record] = []
        for day in days:
            bounds = {
                f"{name}From": day,
                f"{name}To": upper_bound(date.fromisoformat(day)),
            }
            rows.extend(self._rows(fields, **bounds))
        return rows

    def _invoices(self, operations: list[Operation]) -> list[list[str]]:
        """Invoices by their order's number, credit notes by what they credit."""
        invoices = [op for op in operations if not is_credit(op.whole)]
        rows = self._of_days(invoices, "invoiceDate", _INVOICE)
        return [
            self._credit_notes(op) if is_credit(op.whole) else _invoices_of(op, rows)
            for op in operations
        ]

    def _credit_notes(self, op: Operation) -> list[str]:
        """Look on every date: a person may have made the credit note there before."""
        original = _text(op.whole, "creditedInvoice")
        customer = _id_in(op.whole, "customer")
        if not original or not customer:
            return []
        every = every_date(self.path)
        rows = self._rows(_INVOICE, customerId=customer, **every)
        return [
            str(row["id"])
            for row in rows
            if row.get("isCreditNote") and _text(row, "creditedInvoice") == original
        ]


# === WHETHER IT IS THE ONE === #


def _parties_of(values: Record, rows: Iterable[Record]) -> list[str]:
    """Those with the business number; without one, those that are alike in all.

    Of several with the number those with the name too, where there are any.
    """
    number = _digits(values)
    if not number:
        return [str(row["id"]) for row in rows if _alike(values, row)]
    same = [row for row in rows if _digits(row) == number]
    named = [row for row in same if _text(row, "name") == _text(values, "name")]
    return [str(row["id"]) for row in (named or same)]


def _alike(values: Record, row: Record) -> bool:
    """Name and e-mail; without an e-mail everything else that tells namesakes apart."""
    names = ["name", "email"]
    if _text(values, "email"):
        return all(_text(values, name) == _text(row, name) for name in names)
    ours, theirs = (one.get("postalAddress") or {} for one in (values, row))
    return (
        all(_text(values, name) == _text(row, name) for name in [*names, "phoneNumber"])
        and _text(ours, "addressLine1") == _text(theirs, "addressLine1")
        and _text(ours, "postalCode") == _text(theirs, "postalCode")
        and not _digits(row)
    )


def _products_of(values: Record, rows: Iterable[Record]) -> list[str]:
    key = "number" if _text(values, "number") else "name"
    wanted = _text(values, key)
    return [str(row["id"]) for row in rows if _text(row, key) == wanted]


def _orders_of(op: Operation, rows: Iterable[Record]) -> list[str]:
    return [
        str(row["id"])
        for row in rows
        if _text(row, "number") == _number(op) and _same_customer(op, row)
    ]


def _invoices_of(op: Operation, rows: Iterable[Record]) -> list[str]:
    number = (op.number or op.name)[:LONGEST_NUMBER].strip()
    return [
        str(row["id"])
        for row in rows
        if not row.get("isCreditNote")
        and _same_customer(op, row)
        and any(_text(order, "number") == number for order in row.get("orders") or ())
    ]


def _same_customer(op: Operation, row: Record) -> bool:
    return _id_in(op.whole, "customer") == _id_in(row, "customer")


def _number(op: Operation) -> str:
    return _text(op.whole, "number") or (op.number or op.name)[:LONGEST_NUMBER].strip()


def _id_in(record: Record, name: str) -> str:
    return _text(record.get(name) or {}, "id")


def _digits(record: Record) -> str:
    return "".join(_text(record, "organizationNumber").split())


def _text(record: Record, name: str) -> str:
    return str(record.get(name) or "").strip()
