# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The one place where the body of an invoice is made, whoever sends or shows it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from odoo.addons.ledger_connector_base.sync.contract import Operation

from ..checks import check_body
from .bodies import Terms, invoice_body, with_register
from .facts import Facts, today
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
