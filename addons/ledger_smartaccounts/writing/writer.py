# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Operations become calls, answers become results."""

from __future__ import annotations

import logging
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

from ..reading import DETAILS, SERVICES
from ..records import complete
from . import bodies

if TYPE_CHECKING:
    from ..client import SmartAccountsClient

_logger = logging.getLogger(__name__)

Record = dict[str, Any]


class Writer:
    """Writes operations of one resource, one call each (§7).

    :param env: for sentences in the user's language
    :param outcome: tells what an error says of a write, by the error table
    """

    def __init__(
        self,
        env: Any,
        client: SmartAccountsClient,
        resource: str,
        outcome: Callable[[LedgerError], str],
    ) -> None:
        self.env = env
        self.client = client
        self.resource = resource
        self.service = SERVICES[resource]
        self.outcome = outcome

    def perform(self, op: Operation) -> Result:
        """Write *op* and return what became of it.

        :raises transport.errors.LedgerError: the vendor refused it, or nobody knows
        """
        work = {
            "create": self._create,
            "update": self._update,
            "deactivate": self._deactivate,
        }[op.kind]
        try:
            return work(op)
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
        if self.resource == "client_invoice":
            number = op.number or op.name
            body = bodies.new_invoice(op.values, number, bool(op.difference))
        else:
            body = bodies.new_record(op.values)
        made = self.client.add(self.service, body)
        return Result(external_id=made.id, record=self._read_back(made.id))

    def _read_back(self, record_id: str) -> Record | None:
        """Return an invoice with its number and totals, which Odoo shows.

        (§7.1) The answer holds but some of it. Of other records nothing is news.
        """
        if self.resource != "client_invoice":
            return None
        try:
            found = self.client.one(self.service, record_id, DETAILS[self.resource])
        except LedgerError as error:
            # It is booked all the same: the next reading brings number and totals.
            _logger.warning("An invoice could not be read back: %s", error.code)
            return None
        return complete(self.resource, [found])[0] if found else None

    # === CHANGES === #

    def _there(self, op: Operation) -> Record | None:
        with only_reading():
            return self.client.one(self.service, op.external_id, DETAILS[self.resource])

    def _update(self, op: Operation) -> Result:
        there = self._there(op)
        if there is None:
            return Result(GONE)
        body = bodies.changed_record(self.resource, there, op.values)
        self.client.edit(self.service, body)
        return Result(external_id=op.external_id)

    def _deactivate(self, op: Operation) -> Result:
        """Delete what can only be deleted; articles are taken out of use (§7.6)."""
        if self.resource == "article":
            there = self._there(op)
            if there is not None:
                self.client.edit(self.service, bodies.switched_off(there))
            return Result(external_id=op.external_id)
        try:
            self.client.delete(self.service, op.external_id)
        except LedgerError as error:
            if error.sent or error.code not in ("rules", "not_found", "period_locked"):
                raise
            if error.code != "not_found":
                return Result(REFUSED, error=self._kept(op, error))
        return Result(external_id=op.external_id)

    # === SENTENCES === #

    def _names_nothing(self, op: Operation, error: LedgerError) -> Problem:
        details = [one.message for one in error.problems] or [error.message]
        return Problem(
            "record",
            self.env._(
                "%(record)s names something that is not in SmartAccounts, or whose "
                "number is in use there (%(message)s). Send that again, or choose "
                "another one, then retry.",
                record=op.name,
                message=" ".join(details),
            ),
            cause="names_nothing",
        )

    def _kept(self, op: Operation, error: LedgerError) -> Problem:
        details = [one.message for one in error.problems] or [error.message]
        return Problem(
            "record",
            self.env._(
                "%(record)s was deleted in Odoo, and SmartAccounts keeps it "
                "(%(message)s). Delete it there when nothing uses it any more, or "
                "ignore it here.",
                record=op.name,
                message=" ".join(details),
            ),
            cause="kept_there",
        )
