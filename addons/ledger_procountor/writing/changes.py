# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Changing, taking back and replacing invoices that are there (§3, §12).

What was not sent is opened again; what was sent stays, and is credited once a person
has agreed. All of it may be asked again after a lost answer: what was done is found by
its number, or seen by its status.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from odoo.addons.ledger_connector_base.sync.contract import (
    GONE,
    REFUSED,
    STALE,
    Operation,
    Result,
)
from odoo.addons.ledger_connector_base.sync.problems import Problem
from odoo.addons.ledger_connector_base.transport.errors import LedgerError, only_reading

from ..client import codes, text_of
from .attachments import file_name
from .credits import credit_body
from .documents import changed_body, invoice_body_of
from .facts import today
from .numbers import credit_number_of, number_of, standing
from .rows import OURS
from .standing import Standing
from .steps import STALE_CODES
from .told import done, void

if TYPE_CHECKING:
    from ..client import ProcountorClient

Record = dict[str, Any]

#: (§3) The only thing that can be written in any status.
_ALWAYS_OPEN = frozenset({"notes"})
#: What an invoice says of the buyer's own record: who moves later does not move it.
_ABOUT_BUYER = frozenset({"counterParty", "billingAddress", "deliveryAddress"})
_BUYERS_CHOICES = frozenset({"language", OURS})
_OURS_OF_BUYER = frozenset({"country", "billingCountry", "deliveryCountry", "channel"})
#: What the client of a run has learnt: versions that the engine was told of.
_TOLD = "changes.told"
_CLOSED = "CLOSED_FISCAL_PERIOD"


class Changes:
    """Changes invoices of one connection.

    :param flow: its connection says how far credit notes go
    """

    def __init__(self, env: Any, client: ProcountorClient, flow: Any) -> None:
        self.env = env
        self.client = client
        self.flow = flow
        self.connection = flow.connection_id

    def perform(self, op: Operation) -> Result:
        """Do an ``update``, ``withdraw`` or ``replace``.

        :raises LedgerError: it was refused, or nobody knows (``sent``)
        """
        work = {
            "update": self._update,
            "withdraw": self._withdraw,
            "replace": self._replace,
        }[op.kind]
        try:
            return work(op, self._there(op.external_id))
        except Problem as problem:
            return Result(REFUSED, error=problem)

    def _there(self, external_id: str) -> Standing | None:
        with only_reading():
            found = self.client.one("invoices", external_id)
        return Standing(self.client, found) if found else None

    def _whole(self, found: Record) -> Record:
        standing_there = Standing(self.client, found)
        standing_there.look()
        return standing_there.there

    def _shown(self, op: Operation, there: Standing) -> Result:
        """Return that it was done, with the record as it is now."""
        there.look()
        return done(op.resource, there.there)

    # === CHANGING === #

    def _update(self, op: Operation, there: Standing | None) -> Result:
        if there is None:
            return Result(GONE)
        if op.values and set(op.values) <= _ALWAYS_OPEN:
            self.client.invoices.set_notes(there.id, op.values["notes"] or "")
            return self._shown(op, there)
        if there.status in codes.FINAL and only_about_buyer(op.values):
            return self._shown(op, there)
        self._check_changeable(op, there)
        if self._is_news(op, there):
            return Result(STALE)
        # What cannot be merged is told before anything is opened there.
        self._changed(op, there)
        if there.status != codes.UNFINISHED:
            self._open(op, there)
            self._check_changeable(op, there)
        self._detach(op, there)
        return self._put(op, there)

    def _is_news(self, op: Operation, there: Standing) -> bool:
        """Tell whether somebody edited it there since the engine has read it.

        Told once, the engine reads it and merges what it reads of such records: a
        version that it was told of is no news.
        """
        version = text_of(there.there.get("version"))
        if not op.version or version == op.version:
            return False
        told = self.client.learnt.setdefault(_TOLD, {})
        known, told[there.id] = told.get(there.id), version
        return known != version

    def _check_changeable(self, op: Operation, there: Standing) -> None:
        """Refuse what cannot be changed there any more.

        :raises Problem: asks a person whether it is credited, or says what to do
        """
        if there.status in codes.FINAL:
            raise self._asks(
                op,
                self.env._(
                    "%(record)s was changed in Odoo, and invoice %(number)s in "
                    "Procountor has been %(status)s already: it cannot be changed "
                    "there. Agree to credit it there and to send a new invoice, or "
                    "change the document back.",
                    **self._facts(op, there),
                ),
            )
        if there.status == codes.INVALIDATED:
            raise void(self.env, op.name, there.number)
        if there.status not in codes.VOIDED:
            raise Problem(
                "record",
                self.env._(
                    "%(record)s was changed in Odoo, and invoice %(number)s in "
                    "Procountor has the status %(status)s: it cannot be changed. "
                    "Change the document back, or ignore it here.",
                    **self._facts(op, there),
                ),
                cause="closed_there",
            )

    def _put(self, op: Operation, there: Standing) -> Result:
        sent = self._changed(op, there)
        try:
            made = self.client.invoices.update(there.id, sent)
        except LedgerError as error:
            if error.sent or error.code not in STALE_CODES:
                raise
            return Result(STALE)
        return done(op.resource, made.data)

    def _changed(self, op: Operation, there: Standing) -> Record:
        return changed_body(self.env, self.client, self.flow, op, there.there)

    def _detach(self, op: Operation, there: Standing) -> None:
        """Remove the PDF of what it was before; the follow-up attaches the new one."""
        if not self.connection.procountor_attach_pdf:
            return
        for attached in there.there.get("attachments") or ():
            if text_of(attached.get("name")) == file_name(op.number or op.name):
                self.client.invoices.detach(text_of(attached.get("id")))

    def _open(self, op: Operation, there: Standing) -> None:
        """Make it editable; its version is another one then.

        :raises Problem: its period is closed
        """
        with self._telling(op, there):
            there.unfinish()
        there.look()

    # === TAKING BACK === #

    def _withdraw(self, op: Operation, there: Standing | None) -> Result:
        if there is None:
            return Result(external_id=op.external_id)
        beside = self._take_back(op, there, op.generation)
        if op.agreed:
            beside += self._take_back_next(op)
        return replace(self._shown(op, there), beside=beside)

    def _take_back_next(self, op: Operation) -> tuple[str, ...]:
        """Take back what a replacing made before it was given up: its answer was lost.

        :return: ids of it and its credit note
        """
        number = number_of(op.number or op.name, op.generation + 1)
        with only_reading():
            found = standing(self.client, number)
        if not found:
            return ()
        made = Standing(self.client, self._whole(found[0]))
        return (made.id, *self._take_back(op, made, op.generation + 1))

    def _take_back(
        self, op: Operation, there: Standing, generation: int
    ) -> tuple[str, ...]:
        """Void what was not sent, and credit what was.

        :param generation: of the document that is taken back
        :return: id of the credit note, if there is one
        """
        if there.status in codes.VOIDED:
            with self._telling(op, there):
                there.invalidate()
        if there.status in codes.FINAL:
            self._check_agreed(op, there)
            number = credit_number_of(op.number or op.name, generation)
            return (self._credit(there, number),)
        if there.status != codes.INVALIDATED:
            raise Problem(
                "record",
                self.env._(
                    "Invoice %(number)s of %(record)s has the status %(status)s in "
                    "Procountor and cannot be taken back from here. Do it there.",
                    **self._facts(op, there),
                ),
                cause="closed_there",
            )
        return ()

    def _check_agreed(self, op: Operation, there: Standing) -> None:
        if op.agreed:
            return
        raise self._asks(
            op,
            self.env._(
                "%(record)s was cancelled in Odoo, and invoice %(number)s in "
                "Procountor has been %(status)s already: it cannot be voided there. "
                "Agree to credit it there, or confirm the document again.",
                **self._facts(op, there),
            ),
        )

    def _credit(self, there: Standing, number: str) -> str:
        """Make the credit note, unless it is there, and let it go as invoices go.

        :return: its id
        """
        with only_reading():
            found = standing(self.client, number)
        if found:
            note = Standing(self.client, found[0])
        else:
            body = credit_body(there.there, number, today())
            note = Standing(self.client, self.client.invoices.add(body).data)
        note.finish(self.connection.procountor_finish)
        return note.id

    # === REPLACING === #

    def _replace(self, op: Operation, there: Standing | None) -> Result:
        """Take back what is there, then make it anew.

        :raises Problem: nobody has agreed
        """
        number = number_of(op.number or op.name, op.generation)
        with only_reading():
            found = standing(self.client, number)
        # What would be refused is said before anything is credited for it.
        body = {} if found else self._body(op)
        beside: tuple[str, ...] = ()
        if there is not None:
            if not op.agreed:
                self._check_changeable(op, there)
            beside = self._take_back(op, there, op.generation - 1)
        if found:
            result = self._made_before(op, Standing(self.client, found[0]))
        else:
            result = done(op.resource, self.client.invoices.add(body).data)
        return replace(result, beside=beside)

    def _made_before(self, op: Operation, made: Standing) -> Result:
        """Its answer was lost; what was edited since then is brought there now."""
        made.look()
        if made.status == codes.UNFINISHED:
            # Nobody knows what it was told: it is as Odoo has it now.
            return self._put(replace(op, told={}), made)
        return done(op.resource, made.there)

    def _body(self, op: Operation) -> Record:
        return invoice_body_of(self.env, self.client, self.connection, op)

    # === SENTENCES === #

    def _facts(self, op: Operation, there: Standing) -> dict[str, str]:
        words = {
            codes.SENT: self.env._("sent to the customer"),
            codes.PARTLY_PAID: self.env._("partly paid"),
            codes.PAID: self.env._("paid"),
            codes.MARKED_PAID: self.env._("paid"),
            codes.INVALIDATED: self.env._("invalidated"),
        }
        return {
            "record": op.name,
            "number": there.number,
            "status": words.get(there.status, there.status),
        }

    def _asks(self, op: Operation, sentence: str) -> Problem:
        return Problem(
            "record",
            sentence,
            cause=f"credit:{op.kind}",
            summary=self.env._(
                "Documents were changed or cancelled in Odoo after Procountor had sent "
                "their invoices. Agree to credit them, or undo the change."
            ),
            question="credit",
        )

    @contextmanager
    def _telling(self, op: Operation, there: Standing) -> Iterator[None]:
        """Say of a step back that its period is closed; other errors stay theirs."""
        try:
            yield
        except LedgerError as error:
            if error.sent or error.code != _CLOSED:
                raise
            raise self._period_closed(op, there) from error

    def _period_closed(self, op: Operation, there: Standing) -> Problem:
        return Problem(
            "record",
            self.env._(
                "Invoice %(number)s of %(record)s lies in a period that is closed in "
                "Procountor: it cannot be opened again or voided there. Open the "
                "period there and retry, or undo the change in Odoo and correct it "
                "with a credit note.",
                **self._facts(op, there),
            ),
            cause="period_closed",
            summary=self.env._(
                "Invoices lie in a period that is closed in Procountor. Open it there "
                "and retry, or undo the changes and correct them with credit notes."
            ),
        )


def only_about_buyer(values: Record) -> bool:
    """Tell whether nothing but the buyer's address and the like was changed.

    An invoice that went out named the buyer as it was then: no reason to credit it.

    >>> only_about_buyer({"counterParty": {"email": "a"}, "^": {"channel": "EMAIL"}})
    True
    >>> only_about_buyer({"counterParty": {"email": "a"}, "invoiceRows": []})
    False
    """
    ours = set(values.get(OURS) or ())
    known = set(values) <= _ABOUT_BUYER | _BUYERS_CHOICES
    return known and ours <= _OURS_OF_BUYER
