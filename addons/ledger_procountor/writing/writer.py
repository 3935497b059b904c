# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Operations become calls, answers become results.

Changes of invoices are another story, see ``changes``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from odoo.addons.ledger_connector_base.sync.contract import (
    EXISTS,
    GONE,
    REFUSED,
    Operation,
    Result,
)
from odoo.addons.ledger_connector_base.sync.problems import Problem
from odoo.addons.ledger_connector_base.transport.errors import LedgerError, only_reading

from ..client import id_of, prepared
from . import bodies
from .documents import invoice_body_of
from .facts import Facts
from .spelling import check_readable, note_of
from .told import done

if TYPE_CHECKING:
    from ..client import ProcountorClient, Written

Record = dict[str, Any]

#: Where the records of a register are.
LISTS = {"customer": "partners", "product": "products"}
#: What switches a record off, in the vendor's shape.
_OFF: dict[str, Record] = {
    "customer": {"registryInfo": {"active": False}},
    "product": {"active": False},
}


class Writer:
    """Writes operations one by one, one call each (§3, §4, §5).

    :param connection: ``ledger.connection`` record
    :param outcome: tells what an error says of a write, by the error table
    """

    def __init__(
        self,
        env: Any,
        client: ProcountorClient,
        connection: Any,
        outcome: Callable[[LedgerError], str],
    ) -> None:
        self.env = env
        self.client = client
        self.connection = connection
        self.outcome = outcome
        self.facts = Facts(env, client, connection)

    def perform(self, op: Operation) -> Result:
        """Write *op* and return what became of it.

        :raises transport.errors.LedgerError: the vendor refused it, or nobody knows
        """
        work = self._change if op.kind in ("update", "deactivate") else self._create
        try:
            return work(op)
        except Problem as problem:
            return Result(REFUSED, error=problem)
        except LedgerError as error:
            if error.sent or not self._is_misplaced(op, self.outcome(error)):
                raise
            return Result(REFUSED, error=self._names_nothing(op, error))

    @staticmethod
    def _is_misplaced(op: Operation, outcome: str) -> bool:
        """What is gone is not what was to be created, what exists not what changes."""
        return outcome == (GONE if op.kind == "create" else EXISTS)

    # === NEW === #

    def _create(self, op: Operation) -> Result:
        body = self.body(op)
        if op.resource not in LISTS:
            made = self.client.invoices.add(body)
        else:
            made = getattr(self.client, LISTS[op.resource]).add(body)
        return self._done(op, made)

    def body(self, op: Operation) -> Record:
        """Return the body of the call that creates *op*, exactly as it is sent.

        :raises Problem: the vendor would refuse it
        """
        if op.resource not in LISTS:
            return invoice_body_of(self.env, self.client, self.connection, op)
        if op.resource == "customer":
            return self._readable(op, bodies.new_partner(op.values, self.facts.choices))
        made = bodies.new_product(op.values, self.facts.choices, self.facts.home)
        return self._readable(op, made)

    def _readable(self, op: Operation, body: Record) -> Record:
        sent, replaced = prepared(body)
        check_readable(self.env, op.name, replaced)
        return sent

    # === CHANGES === #

    def _change(self, op: Operation) -> Result:
        """Change a customer or product; what is not named stays as it is there (§4)."""
        with only_reading():
            there = self.client.one(LISTS[op.resource], op.external_id)
        if there is None:
            gone = Result(external_id=op.external_id)
            return gone if op.kind == "deactivate" else Result(GONE)
        changes = self.changes(op, there)
        made = getattr(self.client, LISTS[op.resource]).change(there, changes)
        return self._done(op, made)

    def changes(self, op: Operation, there: Record) -> Record:
        """Return what is changed of the record that is *there*.

        :raises Problem: the vendor would refuse it
        """
        if op.kind == "deactivate":
            return _OFF[op.resource]
        if op.resource == "product":
            made = bodies.product_changes(op.values, self.facts.choices)
        else:
            made = bodies.partner_changes(op.values, op.whole, self.facts.choices)
        check_readable(self.env, op.name, prepared(made)[1])
        if op.resource == "customer" and _empties(made):
            # (§4) A partial update cannot empty a field, so the whole goes out.
            made.setdefault("registryInfo", there.get("registryInfo") or {})
        return made

    def _done(self, op: Operation, made: Written) -> Result:
        """Return that it was done; an answer that is no record brings no news (§4)."""
        known = id_of(made.data.get("id"))
        result = done(op.resource, made.data) if known else Result(external_id=made.id)
        result.note = note_of(self.env, op.whole)
        return result

    # === SENTENCES === #

    def _names_nothing(self, op: Operation, error: LedgerError) -> Problem:
        details = [one.message for one in error.problems] or [error.message]
        return Problem(
            "record",
            self.env._(
                "%(record)s names something that is not in Procountor, or that is in "
                "use there (%(message)s). Send that again, or choose another one, "
                "then retry.",
                record=op.name,
                message=" ".join(details),
            ),
            cause="names_nothing",
        )


def _empties(changes: Any) -> bool:
    if isinstance(changes, dict):
        return any(map(_empties, changes.values()))
    return changes in (None, "")
