# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What of a document was paid in Odoo, and what of it is open there (§3.5)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from .facts import today

_PAID = ("paid", "in_payment")


class Received(NamedTuple):
    """Money that came in.

    :param amount: in the document's currency, positive; None for all of it
    :param day: of the last of it
    """

    amount: Decimal | None
    day: date


def received(record: Any) -> Received | None:
    """Return what was paid of a document that is paid in Odoo, else None.

    :param record: ``account.move`` or ``sale.order``
    """
    if record._name != "account.move":
        if not record.ledger_is_paid:
            return None
        return Received(None, record.ledger_paid_on or today())
    if record.payment_state not in _PAID:
        return None
    return _of_move(record)


def _of_move(move: Any) -> Received | None:
    """Credit notes that were set off are no money: they go there as invoices."""
    parts = move._get_all_reconciled_invoice_partials() or ()
    money = [
        (part["amount"], part["aml"].date)
        for part in parts
        if not part["is_exchange"] and not part["aml"].move_id.is_invoice(True)
    ]
    # Without an outstanding account a payment has no entry that is reconciled.
    bare = move.matched_payment_ids.filtered(
        lambda one: not one.move_id and one.state in ("in_process", "paid")
    )
    money += [(_in_currency_of(move, one), one.date) for one in bare]
    total = sum((_exact(amount) for amount, _day in money), Decimal(0))
    if not total:
        return None
    return Received(total, max(day for _amount, day in money))


def _in_currency_of(move: Any, payment: Any) -> float:
    return payment.currency_id._convert(
        payment.amount, move.currency_id, move.company_id, payment.date
    )


def open_amount(total: Decimal, events: Iterable[Mapping[str, Any]]) -> Decimal:
    """Return what is open there, with the sign of *total*; 0 if nothing is.

    :param events: payments there
    """
    paid = sum((_exact(event.get("paidAmount") or 0) for event in events), Decimal(0))
    left = total - paid
    return left if left * total > 0 else Decimal(0)


def marked(left: Decimal, amount: Decimal | None) -> Decimal:
    """Return how much of *left* is marked as paid where *amount* came in."""
    if amount is None or amount >= abs(left):
        return left
    return amount if left > 0 else -amount


def _exact(value: Any) -> Decimal:
    return Decimal(str(value))
