# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Operations become calls, answers become results."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from odoo.addons.ledger_connector_base.sync.contract import REFUSED, Operation, Result
from odoo.addons.ledger_connector_base.sync.problems import Problem
from odoo.addons.ledger_connector_base.transport.errors import (
    BadAnswer,
    LedgerError,
    only_reading,
)

from ..reading.listings import LISTINGS, OURS
from . import bodies
from .references import References, UnknownCode
from .sender import Job, Record, Sender

if TYPE_CHECKING:
    from ..client import TripletexClient

_PARTIES = frozenset({"customer", "supplier"})
#: What an operation that deletes does there (§12).
_CLOSED = {"isClosed": True}
_INACTIVE = {"isInactive": True}
_ADDRESS = "id,addressLine1,addressLine2,postalCode,city,country(id)"


class Writer:
    """Writes operations of one kind and resource.

    :param env: for sentences in the user's language
    :param paths: what a reading of the resource asks for
    :param unit_names: Odoo's names of standard units by their UNECE codes
    :param explain: turns an error into a problem, given the record's name
    """

    def __init__(
        self,
        env: Any,
        client: TripletexClient,
        resource: str,
        paths: list[str],
        unit_names: dict[str, str],
        explain: Callable[[LedgerError, str], Problem],
    ) -> None:
        self.env = env
        self.client = client
        self.resource = resource
        self.path = LISTINGS[resource].path
        asked = dict.fromkeys(paths)
        self.paths = [path for path in asked if not path.startswith(OURS)]
        self.refs = References(client, unit_names)
        self.sender = Sender(env, client, self.path, self.paths, explain)

    def perform(self, operations: list[Operation]) -> list[Result]:
        """Write *operations* and return what became of each, in order.

        :raises transport.errors.LedgerError: nothing was done, or all is uncertain
        """
        with only_reading():
            there = self._addresses(operations)
            jobs, results = self._jobs(
                dict(enumerate(operations)),
                lambda op: self._body(op, there.get(op.external_id, {})),
            )
        send = self._create if operations[0].kind == "create" else self._update
        results |= self._placed(jobs, send)
        return [results[place] for place in range(len(operations))]

    # === BODIES === #

    def _jobs(
        self,
        operations: dict[int, Operation],
        body_of: Callable[[Operation], Record],
    ) -> tuple[dict[int, Job], dict[int, Result]]:
        """Return, by place, jobs for what can be sent and results of what cannot."""
        jobs, results = {}, {}
        for place, operation in operations.items():
            try:
                jobs[place] = (operation, body_of(operation))
            except UnknownCode as unknown:
                problem = self._unknown(operation, unknown)
                results[place] = Result(REFUSED, error=problem)
        return jobs, results

    @staticmethod
    def _placed(
        jobs: dict[int, Job], send: Callable[[list[Job]], list[Result]]
    ) -> dict[int, Result]:
        """Send *jobs*, if there are any, and return their results by place."""
        made = send(list(jobs.values())) if jobs else []
        return dict(zip(jobs, made, strict=True))

    def _body(self, op: Operation, there: Record) -> Record:
        if op.kind == "create":
            return self._new(op)
        if op.kind == "deactivate":
            body = _CLOSED if self.resource == "order" else _INACTIVE
        elif self.resource in _PARTIES:
            body = bodies.changed_party(op.values, op.whole, there, self.refs)
        elif self.resource == "product":
            body = bodies.changed_product(op.values, self.refs)
        else:
            body = bodies.changed_order(op.values, op.number, self.refs)
        return bodies.with_version(body, op.external_id, op.version)

    def _new(self, op: Operation) -> Record:
        if self.resource in _PARTIES:
            return bodies.new_party(self.resource, op.values, self.refs)
        if self.resource == "product":
            return bodies.new_product(op.values, self.refs)
        return bodies.new_order(op.values, op.number or op.name, self.refs)

    def _addresses(self, operations: list[Operation]) -> dict[str, Record]:
        """Return the addresses that are there, by id, where an update needs them."""
        ids = [
            op.external_id
            for op in operations
            if op.kind == "update"
            and self.resource in _PARTIES
            and bodies.needs_addresses(op.values, op.whole)
        ]
        names = bodies.ADDRESSES[: 3 if self.resource == "customer" else 2]
        fields = ",".join(["id", *(f"{name}({_ADDRESS})" for name in names)])
        found = self.client.by_ids(self.path, ids, fields) if ids else ()
        return {str(record["id"]): record for record in found}

    def _unknown(self, operation: Operation, unknown: UnknownCode) -> Problem:
        kinds = {
            "country": self.env._("country"),
            "currency": self.env._("currency"),
        }
        return Problem(
            "record",
            self.env._(
                "%(record)s: Tripletex does not know the %(kind)s %(code)s. Choose "
                "another one, or add it in Tripletex, then retry.",
                record=operation.name,
                kind=kinds[unknown.kind],
                code=unknown.code,
            ),
            cause=f"{unknown.kind}:{unknown.code}",
        )

    # === CALLS === #

    def _create(self, jobs: list[Job]) -> list[Result]:
        return self.sender.send(
            jobs,
            "POST",
            lambda many: self._in_order(many, self.client.post_many(self.path, many)),
            lambda _op, body: self.client.post(self.path, body),
        )

    def _update(self, jobs: list[Job]) -> list[Result]:
        if self.resource == "order":
            return self.sender.one_by_one(jobs, self._update_order)
        return self.sender.send(
            jobs,
            "PUT",
            lambda many: self._by_id(many, self.client.put_many(self.path, many)),
            lambda op, body: self.client.put(f"{self.path}/{op.external_id}", body),
        )

    def _update_order(self, op: Operation, body: Record) -> Record | None:
        # (§7) Lines are left alone without it, and those not sent removed with it.
        lines = {"updateLinesAndGroups": True} if "orderLines" in body else None
        return self.client.put(f"/order/{op.external_id}", body, lines)

    # === ANSWERS OF LISTS === #

    def _in_order(self, sent: list[Record], answers: list[Record]) -> list[Record]:
        """Return *answers* in the order of what was *sent*.

        Nobody promises that they come so. Where their names are all different, names
        tell; otherwise the places have to do.
        """
        if not all(answer.get("id") for answer in answers):
            raise BadAnswer("an object came back without its id", sent=True)
        names = [self._name(body) for body in sent]
        found = {self._name(answer): answer for answer in answers}
        if len(found) < len(answers) or set(found) != set(names):
            return answers
        return [found[name] for name in names]

    def _name(self, record: Record) -> str:
        key = "number" if self.resource == "order" else "name"
        return str(record.get(key) or "").strip()

    @staticmethod
    def _by_id(sent: list[Record], answers: list[Record]) -> list[Record]:
        found = {str(answer.get("id")): answer for answer in answers}
        if set(found) != {str(body["id"]) for body in sent}:
            raise BadAnswer("other objects came back than were sent", sent=True)
        return [found[str(body["id"])] for body in sent]
