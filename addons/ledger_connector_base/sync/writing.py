# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The only place where business records are written.

Everything goes in batches; a batch that Odoo refuses is split until the culprit stands
alone, so that one bad record never stops the others.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

import psycopg2

from odoo.exceptions import AccessError, UserError

_logger = logging.getLogger(__name__)

#: What one record can do wrong. Losing the database, or a race for a row, is not its
#: fault and passes through: the whole page is then done again.
RECORD_ERRORS = (
    UserError,
    psycopg2.IntegrityError,
    psycopg2.DataError,
    ValueError,
    TypeError,
    KeyError,
    AttributeError,
)
#: Imports are no conversation: no mails, no follower, no tracking message, no activity.
QUIET = {
    "tracking_disable": True,
    "mail_create_nolog": True,
    "mail_create_nosubscribe": True,
    "mail_notrack": True,
    "mail_activity_automation_skip": True,
    "mail_notify_force_send": False,
    "no_reset_password": True,
}

Result = Any  # an id, or the exception that the record caused


def divide(
    env, batch: list[Any], work: Callable[[list[Any]], list[Any]]
) -> list[Result]:
    """Do *work* on *batch* in a savepoint, in halves where it fails.

    :param work: takes a list, returns as many results
    :return: a result or an exception for each element, in order
    :raises AccessError: the user may not do this at all
    """
    if not batch:
        return []
    try:
        with env.cr.savepoint():
            return work(batch)
    except AccessError:
        raise
    except RECORD_ERRORS as error:
        if len(batch) == 1:
            if not isinstance(error, UserError):
                _logger.info("A record was refused", exc_info=True)
            return [error]
    middle = len(batch) // 2
    return divide(env, batch[:middle], work) + divide(env, batch[middle:], work)


def create(model, vals_list: list[dict[str, Any]]) -> list[Result]:
    """Create records in one call; ids or exceptions, in order."""

    def work(batch):
        records = model.with_context(**QUIET).create(batch)
        records.env.flush_all()
        return records.ids

    return divide(model.env, vals_list, work)


def write(model, changes: list[tuple[int, dict[str, Any]]]) -> list[Result]:
    """Write changed fields; records with the same change in one call.

    :param changes: ``(id, values)``
    """

    def work(batch):
        groups: dict[str, tuple[dict[str, Any], list[int]]] = {}
        quiet = model.with_context(**QUIET)
        # What Odoo reads of the one that is written, it reads of all of them.
        everyone = [record_id for record_id, _vals in batch]
        for record_id, vals in batch:
            groups.setdefault(repr(vals), (vals, []))[1].append(record_id)
        for vals, ids in groups.values():
            quiet.browse(ids).with_prefetch(everyone).write(vals)
        model.env.flush_all()
        return everyone

    return divide(model.env, changes, work)


def post(model, move_ids: list[int]) -> list[Result]:
    """Post draft invoices; nothing is sent to anybody."""

    def work(batch):
        model.with_context(**QUIET).browse(batch).action_post()
        model.env.flush_all()
        return batch

    return divide(model.env, move_ids, work)


def settle_rounding(model, changes: list[tuple[int, float]]) -> list[Result]:
    """Add a difference of cents to the largest VAT amount of draft invoices.

    As a person does who edits the tax amount below the lines. An invoice without VAT
    is left as it is.

    :param changes: ``(id, difference in the invoice's currency)``
    """

    def work(batch):
        for move_id, difference in batch:
            move = model.with_context(**QUIET).browse(move_id)
            totals = move.tax_totals
            groups = [
                group
                for subtotal in (totals or {}).get("subtotals", ())
                for group in subtotal["tax_groups"]
            ]
            if groups:
                largest = max(groups, key=lambda x: abs(x["tax_amount_currency"]))
                largest["tax_amount_currency"] += difference
                move.tax_totals = totals
        model.env.flush_all()
        return [move_id for move_id, _difference in batch]

    return divide(model.env, changes, work)


def register_payment(move, vals: dict[str, Any]) -> Result:
    """Register a payment of *move* and return the payment's id, or an exception.

    :param vals: ``amount`` (invoice currency), ``payment_date``, ``journal_id``,
        ``communication``
    """

    def work(batch):
        wizard = (
            move.env["account.payment.register"]
            .with_context(**QUIET, active_model="account.move", active_ids=move.ids)
            .create({**vals, "currency_id": move.currency_id.id})
        )
        payments = wizard._create_payments()
        move.env.flush_all()
        return payments.ids[:1]

    return divide(move.env, [vals], work)[0]


def archive(model, record_ids: list[int]) -> list[Result]:
    """Archive records whose remote ones are gone; never deletes."""
    return write(model, [(record_id, {"active": False}) for record_id in record_ids])
