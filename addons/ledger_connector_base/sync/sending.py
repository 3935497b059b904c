# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Calling the vendor: what is intended is committed before, what came of it after.

A call ends in one of three ways: *done*, *refused*, *uncertain*. What is uncertain is
not sent again before the vendor was asked what it has.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..transport.errors import LedgerError
from . import links, recovery, verdicts
from .answers import write_answers
from .contract import DONE, EXISTS, GONE, REFUSED, STALE, UNCERTAIN, Operation, Result
from .finishing import TOGETHER, Finishing, batches
from .links import Out
from .notdone import NotDone
from .outgoing import nested
from .problems import NOT_THEIRS, Problem
from .readback import ReadBack, read_back
from .run import RACES, Run

#: What loses a race against a user's edit is stored again so often.
RETRIES = 5

#: As what an operation counts.
COUNTED = {
    **{"create": "created", "update": "updated", "replace": "updated"},
    **{"withdraw": "archived", "deactivate": "archived"},
}


class Sending(NotDone, Finishing):
    """Sends records of one run.

    :param run: the job's state
    :param client: the vendor's opened client
    :param push: the ``push.Push`` that prepares records, stores failures and commits
    """

    def __init__(self, run: Run, client: Any, push: Any) -> None:
        self.run = run
        self.client = client
        self.push = push
        #: Resources whose refused batches do nothing: that has been seen in this run.
        self._whole: set[str] = set()
        self.worked = False
        #: New documents that are finished together, with the vendor's answers.
        self._new: list[tuple[Out, Result]] = []
        self._unread: list[tuple[Out, Result]] = []

    def send(self, outs: list[Out]) -> None:
        """Send *outs* in batches of one kind and resource.

        :raises transport.errors.LedgerError: the vendor cannot take more now; what was
            not sent stays noted
        :raises Stopped: there is no time left, or the job was cancelled
        """
        groups: dict[tuple[str, str], list[Out]] = {}
        for out in outs:
            groups.setdefault((out.resource, out.kind), []).append(out)
        for (resource, _kind), group in sorted(groups.items(), key=_order(self.run)):
            definition = self.run.system.resource(resource)
            for batch in batches(group, definition.batch or 1):
                self.check_time()
                self._guarded(definition, batch)
                self.worked = True
                self.finish_new(TOGETHER)
        self.finish_new()

    def there_already(self, outs: list[Out]) -> list[dict[str, Any]]:
        """Look for new records there, and match what is found as a pull would.

        :return: the vendor's records that were found
        """
        run, records = self.run, []
        by_resource: dict[str, list[Out]] = {}
        for out in outs:
            by_resource.setdefault(out.resource, []).append(out)
        for resource, group in by_resource.items():
            operations = [self._operation(out) for out in group]
            found = recovery.find(run, self.client, resource, operations)
            met = [record for some in found for record in some]
            if met:
                recovery.match(run, self.client, resource, met)
            records += met
        return records

    def look_first(self, outs: list[Out]) -> None:
        """Read records that are linked but were never compared."""
        by_resource: dict[str, list[Out]] = {}
        for out in outs:
            by_resource.setdefault(out.resource, []).append(out)
        for resource, group in by_resource.items():
            ids = [out.external_id for out in group]
            records = recovery.read(self.run, self.client, resource, ids)
            recovery.refresh(self.run, self.client, resource, records)
            self.push.commit()
            self._reload(group)

    def _reload(self, outs: list[Out]) -> None:
        """Take over what became of the links meanwhile."""
        if not outs:
            return
        model = outs[0].plan.entity.model
        rows = links.of_records(self.run, model, [out.res_id for out in outs])
        by_id = {row["id"]: row for found in rows.values() for row in found}
        for out in outs:
            out.row = by_id.get(out.link_id, out.row)

    def _guarded(self, definition: Any, outs: list[Out]) -> None:
        """Where no version guards an edit there, look before writing over it."""
        if outs[0].kind == "update":
            blind = [x for x in outs if not (definition.guarded and _version(x))]
            if blind:
                known = [out for out in outs if out not in blind]
                outs = known + self._looked_at(definition.name, blind)
        if outs:
            self._call(outs)

    # === ONE CALL === #

    def _call(self, outs: list[Out]) -> None:
        run = self.run
        self._stored(lambda: links.intend(run, outs))
        flow = run.env["ledger.flow"].browse(outs[0].plan.flow_id)
        operations = [self._operation(out) for out in outs]
        try:
            results = run.connector._write(self.client, flow, operations)
        except Exception as error:
            # The boundary to the vendor: every error says what it means for the batch.
            run.env.cr.rollback()
            self._all_failed(outs, error)
            return
        # What users saved while the vendor was working must not undo its answer.
        run.env.cr.rollback()
        if len(results) != len(outs):
            raise ValueError("the connector must return one result for each operation")
        self._take(outs, results)

    def _stored(self, work: Callable[[], Any]) -> None:
        """Do *work* and commit it; what loses a race against a user is done again."""
        run = self.run
        for attempt in range(RETRIES, -1, -1):
            counts = run.counts.copy()
            try:
                work()
                self.push.commit()
                return
            except RACES:
                run.env.cr.rollback()
                run.counts = counts
                if not attempt:
                    raise

    @staticmethod
    def _operation(out: Out) -> Operation:
        return Operation(
            kind=out.kind,
            resource=out.resource,
            key=out.key,
            name=out.name,
            number=out.number,
            values=nested(out.values),
            whole=nested(out.now),
            told=nested((out.row or {}).get("sent") or {}),
            external_id=out.external_id,
            version=_version(out),
            difference=out.difference,
            generation=out.generation,
            agreed=out.agreed,
        )

    def _all_failed(self, outs: list[Out], error: Exception) -> None:
        """An error of the whole call: what it means for each record."""
        outcome = self._outcome(error)
        problem = self.run.connector._explain(error, outs[0].name)
        if outcome == UNCERTAIN:
            self._uncertain(outs)
            if len(outs) > 1 or getattr(error, "status", None) != 500:
                raise error
            # The vendor stumbles over this very record: the others go on.
            return
        if problem.owner in NOT_THEIRS and outcome == REFUSED:
            self._stored(lambda: links.put_back(self.run, outs))
            raise error
        if len(outs) > 1:
            self._halves(outs, outcome)
        else:
            self._take(outs, [Result(outcome=outcome, error=error)])

    def _halves(self, outs: list[Out], outcome: str) -> None:
        """Send a refused batch in halves, until the culprit stands alone.

        Vendors say that such a call does nothing; whether that is so, they are asked.
        """
        if outcome == STALE:
            self._stale(outs)
            return
        links.put_back(self.run, outs)
        if outs[0].kind == "create" and outs[0].resource not in self._whole:
            first = outs[0]
            outs = self._not_there(outs)
            first.doubted = first in outs
        middle = len(outs) // 2
        for half in (outs[:middle], outs[middle:]):
            if half:
                self._call(half)

    def _not_there(self, outs: list[Out]) -> list[Out]:
        """Link what the vendor has already; return what it does not have."""
        run = self.run
        operations = [self._operation(out) for out in outs]
        found = recovery.find(run, self.client, outs[0].resource, operations)
        missing = []
        for out, records in zip(outs, found, strict=True):
            if len(records) == 1:
                self._adopt(out, records[0])
            elif records:
                verdicts.several(run, {**out.row, "label": out.name}, records)
            else:
                missing.append(out)
        self.push.commit()
        return missing

    def _outcome(self, error: Exception) -> str:
        known = isinstance(error, LedgerError | Problem)
        if not known or getattr(error, "sent", False):
            # An error of our own may come after the vendor's work as well as before.
            return UNCERTAIN
        return self.run.connector._outcome(error)

    # === RESULTS === #

    def _take(self, outs: list[Out], results: list[Result]) -> None:
        """Store the results of a call, then see to what was not done."""
        by_outcome: dict[str, list[tuple[Out, Result]]] = {}
        for out, result in zip(outs, results, strict=True):
            outcome = result.outcome
            if outcome != DONE and result.error is not None:
                outcome = self._result_outcome(result)
            by_outcome.setdefault(outcome, []).append((out, result))
        refused = by_outcome.get(REFUSED, [])
        later = self._later(refused)
        backs = self._read_back(by_outcome.get(DONE, []))

        def store() -> None:
            self._done(by_outcome.get(DONE, []), backs)
            links.put_back(self.run, [out for out, _result in later])
            self._refused([pair for pair in refused if pair not in later])
            self._gone([out for out, _result in by_outcome.get(GONE, [])])

        self._stored(store)
        if not self.run.system.resource(outs[0].resource).follow_up:
            answered = by_outcome.get(DONE, [])
            self._stored(lambda: self._write_answers(answered, backs))
        uncertain = by_outcome.get(UNCERTAIN, [])
        if uncertain:
            self._uncertain([out for out, _result in uncertain])
        if later:
            raise later[0][1].error
        self._exists(by_outcome.get(EXISTS, []))
        self._stale([out for out, _result in by_outcome.get(STALE, [])])
        self._new += [x for x in by_outcome.get(DONE, []) if x[0].unfinished]

    def _later(self, pairs: list[tuple[Out, Result]]) -> list[tuple[Out, Result]]:
        """Return what was not tried, because of the vendor and not of the record."""
        explain = self.run.connector._explain
        later = [
            (out, result)
            for out, result in pairs
            if isinstance(result.error, LedgerError)
            and explain(result.error, out.name).owner in NOT_THEIRS
        ]
        return later

    def _result_outcome(self, result: Result) -> str:
        if result.outcome == REFUSED:
            return self._outcome(result.error)
        return result.outcome

    def _read_back(self, pairs: list[tuple[Out, Result]]) -> list[ReadBack]:
        """What the pull's mapping makes of the answers."""
        run = self.run
        for out, result in pairs:
            if out.doubted:
                # The first of a refused batch was not at fault and had not been made.
                self._whole.add(out.resource)
            if out.kind == "create":
                key = (out.resource, out.plan.entity.model, out.res_id)
                run.lookups.external_ids[key] = result.external_id
        return [
            read_back(run, out.resource, result.record, out.name)
            for out, result in pairs
        ]

    def _done(self, pairs: list[tuple[Out, Result]], backs: list[ReadBack]) -> None:
        if not pairs:
            return
        rows = [(*pair, back) for pair, back in zip(pairs, backs, strict=True)]
        links.done(self.run, rows)
        self.run.counts[COUNTED[pairs[0][0].kind]] += len(pairs)

    def _write_answers(
        self, pairs: list[tuple[Out, Result]], backs: list[ReadBack]
    ) -> None:
        if not pairs:
            return
        outs = [out for out, _result in pairs]
        answers = [
            (out.res_id, back.vals) for out, back in zip(outs, backs, strict=True)
        ]
        wrong = write_answers(self.run, outs[0].plan, answers)
        for out in outs:
            out.problem = wrong.get(out.res_id)
        # It is booked there; what is wrong with it is said on the link.
        self.push.store_failures([out for out in outs if out.problem])

    def _refused(self, pairs: list[tuple[Out, Result]]) -> None:
        for out, result in pairs:
            out.problem = self.run.connector._explain(result.error, out.name)
        self.push.store_failures([out for out, _result in pairs])

    def _gone(self, outs: list[Out]) -> None:
        """It was deleted there: nothing is created again without being asked."""
        run = self.run
        for out in outs:
            out.problem = Problem(
                "record",
                run.env._(
                    "%(record)s was deleted in %(system)s. Ignore it, or let it be "
                    "created there again.",
                    record=out.name,
                    system=run.system.label,
                ),
                cause="deleted_there",
                summary=run.env._(
                    "Records that were changed in Odoo are deleted in %(system)s. "
                    "Ignore them, or let them be created there again.",
                    system=run.system.label,
                ),
            )
        self.push.store_failures(outs)

    def _uncertain(self, outs: list[Out]) -> None:
        run = self.run
        sentence = run.env._(
            "The answer of %(system)s was lost. It is asked whether the record "
            "arrived; until then nothing more is sent.",
            system=run.system.label,
        )

        def store() -> None:
            links.uncertain(run, outs, sentence)
            run.counts["waiting"] += len(outs)

        self._stored(store)


def _version(out: Out) -> str:
    """The version that the record had there last, "" if nobody knows."""
    return (out.row or {}).get("remote_version") or ""


def _order(run: Run):
    kinds = list(COUNTED)
    names = [resource.name for resource in run.system.resources]
    return lambda item: (names.index(item[0][0]), kinds.index(item[0][1]))
