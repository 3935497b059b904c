# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Invoices and credit notes: booked at once, mailed never."""

from __future__ import annotations

import logging

from odoo.addons.ledger_connector_base.sync.contract import (
    DONE,
    REFUSED,
    Operation,
    Result,
)
from odoo.addons.ledger_connector_base.sync.problems import Problem
from odoo.addons.ledger_connector_base.transport.errors import LedgerError, only_reading

from ..reading.listings import field_list
from . import bodies
from .credits import CreditNotes, is_credit
from .results import not_tried
from .sender import Job, Record
from .writer import Writer

_logger = logging.getLogger(__name__)

#: Never let the vendor mail anything: its default is to do so (§9).
SILENT = {"sendToCustomer": False}


class InvoiceWriter(Writer):
    """Creates invoices and credit notes; nothing else can be done with them there."""

    def perform(self, operations: list[Operation]) -> list[Result]:
        """Create invoices in one call, credit notes one by one after them.

        In this order: while the call for the invoices may still fail as a whole, no
        credit note has been made.

        :raises transport.errors.LedgerError: nothing was done, or all is uncertain
        """
        places = dict(enumerate(operations))
        results = {
            place: Result(REFUSED, error=self._booked(op))
            for place, op in places.items()
            if op.kind != "create"
        }
        new = {place: op for place, op in places.items() if place not in results}
        notes = {place: op for place, op in new.items() if is_credit(op.values)}
        with only_reading():
            results |= CreditNotes(self.env, self.client).check(notes)
            jobs, refused = self._jobs(
                {place: op for place, op in new.items() if place not in notes},
                self._new,
            )
        results |= refused | self._placed(jobs, self._create)
        open_notes = {p: (op, {}) for p, op in notes.items() if p not in results}
        results |= self._placed(open_notes, lambda them: self._credit(them, bool(jobs)))
        self._read_again(list(results.values()))
        return [results[place] for place in places]

    def _new(self, op: Operation) -> Record:
        return bodies.new_invoice(op.values, op.number or op.name, self.refs)

    def _name(self, record: Record) -> str:
        order = next(iter(record.get("orders") or ()), {})
        return str(order.get("number") or "").strip()

    def _create(self, jobs: list[Job]) -> list[Result]:
        # The list answers with the fields that are asked for, a single call does not.
        asked = field_list([*self.paths, "orders[].number"])
        return self.sender.send(
            jobs,
            "POST",
            lambda many: self._in_order(
                many,
                self.client.post_many(self.path, many, {**SILENT, "fields": asked}),
            ),
            lambda _op, body: self.client.post(self.path, body, SILENT),
            alone=True,
        )

    def _credit(self, jobs: list[Job], begun: bool) -> list[Result]:
        """Make credit notes.

        :param begun: invoices were made before, so that nothing may be raised
        """
        notes = CreditNotes(self.env, self.client)
        try:
            return self.sender.one_by_one(jobs, lambda op, _body: notes.make(op))
        except LedgerError as error:
            if not begun:
                raise
            first = self.sender.failed(jobs[0][0], error)
            return [first, *(not_tried(error) for _job in jobs[1:])]

    def _read_again(self, results: list[Result]) -> None:
        """Read what was answered without its number and totals."""
        short = {
            one.external_id: one
            for one in results
            if one.outcome == DONE and one.record is None
        }
        fields = field_list(self.paths)
        try:
            for record in self.client.by_ids(self.path, short, fields):
                short[str(record["id"])].record = record
        except LedgerError as error:
            # It is booked all the same: the next reading brings number and totals.
            _logger.warning("Invoices could not be read back: %s", error.code)

    def _booked(self, op: Operation) -> Problem:
        return Problem(
            "record",
            self.env._(
                "%(record)s is booked in Tripletex, where invoices are neither changed "
                "nor deleted. Correct it with a credit note.",
                record=op.name,
            ),
            cause="booked",
        )
