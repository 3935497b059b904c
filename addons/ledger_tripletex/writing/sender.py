# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Calling: many objects at once where the key may, else one after the other."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from odoo.addons.ledger_connector_base.sync.contract import REFUSED, Operation, Result
from odoo.addons.ledger_connector_base.sync.problems import Problem
from odoo.addons.ledger_connector_base.transport.errors import (
    BadAnswer,
    LedgerError,
    VendorError,
)

from .results import (
    concerns_all,
    done,
    is_list_refused,
    is_misplaced,
    not_tried,
    outcome_of,
)

if TYPE_CHECKING:
    from ..client import TripletexClient

Record = dict[str, Any]
Job = tuple[Operation, Record]


class Sender:
    """Sends jobs of one resource, and says what became of each.

    :param env: for sentences in the user's language
    :param path: address of the resource
    :param paths: what a reading of the resource asks for
    :param explain: turns an error into a problem, given the record's name
    """

    def __init__(
        self,
        env: Any,
        client: TripletexClient,
        path: str,
        paths: list[str],
        explain: Callable[[LedgerError, str], Problem],
    ) -> None:
        self.env = env
        self.client = client
        self.path = path
        self.paths = paths
        self.explain = explain

    def send(
        self,
        jobs: list[Job],
        verb: str,
        many: Callable[[list[Record]], list[Record]],
        one: Callable[[Operation, Record], Record | None],
        alone: bool = False,
    ) -> list[Result]:
        """Send in one call, or one by one where the key may not use the list (§7).

        :param alone: use the list for a single object too
        """
        refused = (verb, self.path)
        if (len(jobs) > 1 or alone) and refused not in self.client.learnt:
            try:
                answers = many([body for _op, body in jobs])
            except VendorError as error:
                if not is_list_refused(error):
                    return self._list_failed(jobs, error)
                self.client.learnt[refused] = "refused"
            else:
                return [
                    done(op, answer, self.paths)
                    for (op, _body), answer in zip(jobs, answers, strict=True)
                ]
        return self.one_by_one(jobs, one)

    def _list_failed(self, jobs: list[Job], error: VendorError) -> list[Result]:
        """Return what *error* says of a single job; of several the engine finds out.

        :raises VendorError: it concerns several
        """
        if len(jobs) > 1 or concerns_all(error):
            raise error
        return [self.failed(jobs[0][0], error)]

    def one_by_one(
        self,
        jobs: list[Job],
        one: Callable[[Operation, Record], Record | None],
    ) -> list[Result]:
        """Send each by a call of its own; stop where no further one makes sense.

        :raises LedgerError: the first call failed for a reason that concerns all
        """
        results: list[Result] = []
        for op, body in jobs:
            try:
                results.append(
                    done(op, self._identified(op, one(op, body)), self.paths)
                )
            except LedgerError as error:
                if concerns_all(error) and not results:
                    raise
                results.append(self.failed(op, error))
                if concerns_all(error):
                    rest = len(jobs) - len(results)
                    return [*results, *(not_tried(error) for _each in range(rest))]
        return results

    def failed(self, op: Operation, error: LedgerError) -> Result:
        """Return the result of a call for *op* alone that ended in *error*."""
        outcome = outcome_of(error)
        if not is_misplaced(op, outcome):
            return Result(outcome, error=error)
        if op.kind == "create":
            return Result(REFUSED, error=self._lacks_parent(op, error))
        return Result(REFUSED, error=self.explain(error, op.name))

    def _lacks_parent(self, op: Operation, error: LedgerError) -> Problem:
        return Problem(
            "record",
            self.env._(
                "%(record)s names something that is not in Tripletex any more, e.g. "
                "its customer or a product (%(message)s). Send that again, or choose "
                "another one, then retry.",
                record=op.name,
                message=error.message,
            ),
            cause="parent_gone",
        )

    @staticmethod
    def _identified(op: Operation, answer: Record | None) -> Record | None:
        if op.kind == "create" and not (answer or {}).get("id"):
            raise BadAnswer("the answer has no id", sent=True)
        return answer
