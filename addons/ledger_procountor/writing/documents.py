# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The one place where the body of an invoice is made, whoever sends or shows it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from odoo.addons.ledger_connector_base.sync.contract import Operation
from odoo.addons.ledger_connector_base.sync.problems import Problem

from ..checks import check_body
from ..client import text_of
from .bodies import Terms, invoice_body, with_register
from .facts import Facts, today
from .merging import are_rows_edited, merged_invoice, same_rows
from .numbers import number_of
from .spelling import spelled

if TYPE_CHECKING:
    from ..client import ProcountorClient

Record = dict[str, Any]


def invoice_body_of(
    env: Any, client: ProcountorClient, connection: Any, operation: Operation
) -> Record:
    """Return the body of a new invoice (§3), exactly as it is sent.

    For a change it is what the invoice would be if it were made anew.

    :param connection: ``ledger.connection`` record
    :param operation: its ``whole`` is what is sent
    :raises Problem: the vendor would refuse it
    :raises LedgerError: the vendor could not be asked; nothing was sent
    """
    facts = Facts(env, client, connection)
    values = _values(facts, operation)
    body = invoice_body(values, facts.choices, _terms(facts, operation, values))
    sent = spelled(env, operation.name, body)
    check_body(env, operation.name, sent)
    return sent


def changed_body(
    env: Any,
    client: ProcountorClient,
    flow: Any,
    operation: Operation,
    there: Record,
) -> Record:
    """Return the whole of an invoice that is *there*, with what Odoo changed.

    :param flow: its policy says who wins where both sides edited rows
    :raises Problem: both did, and neither wins
    """
    now = invoice_body_of(env, client, flow.connection_id, operation)
    before = _before(env, client, flow.connection_id, operation)
    clash = (
        are_rows_edited(there, before)
        and not same_rows(before, now)
        and not same_rows(there, now)
    )
    if clash and flow.conflict_policy != "odoo":
        raise _rows_clash(env, operation, text_of(there.get("invoiceNumber")))
    return merged_invoice(there, before, now)


def _before(
    env: Any, client: ProcountorClient, connection: Any, operation: Operation
) -> Record:
    """Return the body as it was sent, {} where it cannot be made any more."""
    if not operation.told:
        return {}
    told = replace(operation, values=operation.told, whole=operation.told)
    try:
        return invoice_body_of(env, client, connection, told)
    except Problem:
        # What was right then is not any more, an account that was closed, say.
        return {}


def _rows_clash(env: Any, operation: Operation, number: str) -> Problem:
    return Problem(
        "record",
        env._(
            "The rows of %(record)s were changed in Odoo, and those of its invoice "
            "%(number)s in Procountor as well. Make them the same on both sides, then "
            "retry; or choose on the flow that Odoo wins when both changed.",
            record=operation.name,
            number=number,
        ),
        cause="rows_edited",
        summary=env._(
            "Rows were changed in Odoo and in Procountor. Make them the same on both "
            "sides, then retry."
        ),
    )


def _values(facts: Facts, operation: Operation) -> Record:
    values = operation.whole
    partner = str(values.get("partnerId") or "")
    if not facts.choices.from_register or not partner.isdecimal():
        return values
    found = facts.partner(partner)
    return with_register(values, found) if found else values


def _terms(facts: Facts, operation: Operation, values: Record) -> Terms:
    currency = (values.get("paymentInfo") or {}).get("currency") or facts.home
    now = today()
    begin = values.get("date")
    day = now if facts.choices.today or not begin else date.fromisoformat(begin)
    number = operation.number or operation.name
    return Terms(
        number=number_of(number, operation.generation),
        rate=facts.rate(operation.name, currency, day),
        iban=facts.iban(currency),
        today=now,
    )
