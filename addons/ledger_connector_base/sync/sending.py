# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Calling the vendor: what is intended is committed before, what came of it after.

A call ends in one of three ways: *done*, *refused*, *uncertain*. What is uncertain is
not sent again before the vendor was asked what it has.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..transport.errors import LedgerError
from . import links, recovery, verdicts
from .answers import write_answers
from .contract import DONE, EXISTS, GONE, REFUSED, STALE, UNCERTAIN, Operation, Result
from .links import Out
from .outgoing import nested
from .problems import Problem
from .readback import read_back
from .run import Run

#: A record that is changed there again and again waits for the next run.
ATTEMPTS = 3
#: Owners of problems that are not the records': nothing was done, all of it waits.
NOT_THEIRS = frozenset({"wait", "retry", "reconnect"})


class Stopped(Exception):
    """A person stopped the run, or its time is up: the rest stays in the outbox."""


class Sending:
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
            for batch in _batches(group, definition.batch or 1):
                if self.push.stopped or self.run.out_of_time():
                    raise Stopped
                self._guarded(definition, batch)

    def _guarded(self, definition: Any, outs: list[Out]) -> None:
        """Where the vendor guards no versions, look before writing over an edit."""
        if outs[0].kind == "update" and not definition.guarded:
            outs = self._looked_at(definition.name, outs)
        if outs:
            self._call(outs)

    # === ONE CALL === #

    def _call(self, outs: list[Out]) -> None:
        run = self.run
        links.intend(run, outs)
        self.push.commit()
        flow = run.env["ledger.flow"].browse(outs[0].plan.flow_id)
        operations = [self._operation(out) for out in outs]
        try:
            results = run.connector._write(self.client, flow, operations)
        except Exception as error:
            # The boundary to the vendor: every error says what it means for the batch.
            self._all_failed(outs, error)
            return
        if len(results) != len(outs):
            raise ValueError("the connector must return one result for each operation")
        self._take(outs, results)

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
            external_id=out.external_id,
            version=(out.row or {}).get("remote_version") or "",
            difference=out.difference,
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
            links.put_back(self.run, outs)
            self.push.commit()
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
                intent = {"whole": out.now, "number": out.number}
                row = {**out.row, "label": out.name, "intent": intent}
                verdicts.arrived(run, row, records[0])
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
        self._done(by_outcome.get(DONE, []))
        later = self._later(by_outcome.get(REFUSED, []))
        refused = by_outcome.get(REFUSED, [])
        self._refused([pair for pair in refused if pair not in later])
        self._gone([out for out, _result in by_outcome.get(GONE, [])])
        uncertain = by_outcome.get(UNCERTAIN, [])
        if uncertain:
            self._uncertain([out for out, _result in uncertain])
        self.push.commit()
        if later:
            raise later[0][1].error
        self._exists(by_outcome.get(EXISTS, []))
        self._stale([out for out, _result in by_outcome.get(STALE, [])])

    def _later(self, pairs: list[tuple[Out, Result]]) -> list[tuple[Out, Result]]:
        """Return what was not tried, because of the vendor and not of the record."""
        explain = self.run.connector._explain
        later = [
            (out, result)
            for out, result in pairs
            if isinstance(result.error, LedgerError)
            and explain(result.error, out.name).owner in NOT_THEIRS
        ]
        links.put_back(self.run, [out for out, _result in later])
        return later

    def _result_outcome(self, result: Result) -> str:
        if result.outcome == REFUSED:
            return self._outcome(result.error)
        return result.outcome

    def _done(self, pairs: list[tuple[Out, Result]]) -> None:
        if not pairs:
            return
        run = self.run
        stored, backs = [], []
        for out, result in pairs:
            back = read_back(run, out.resource, result.record, out.name)
            if out.doubted:
                # The first of a refused batch was not at fault and had not been made.
                self._whole.add(out.resource)
            if out.kind == "create":
                key = (out.resource, out.plan.entity.model, out.res_id)
                run.lookups.external_ids[key] = result.external_id
            stored.append((out, result, back))
            backs.append((out, back))
        links.done(run, stored)
        kinds = {"create": "created", "update": "updated", "deactivate": "archived"}
        run.counts[kinds[pairs[0][0].kind]] += len(pairs)
        wrong = write_answers(
            run, pairs[0][0].plan, [(out.res_id, back.vals) for out, back in backs]
        )
        for out, _back in backs:
            out.problem = wrong.get(out.res_id)
        # It is booked there; what is wrong with it is said on the link.
        self.push.store_failures([out for out, _back in backs if out.problem])

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
        links.uncertain(run, outs, sentence)
        run.counts["waiting"] += len(outs)
        self.push.commit()

    # === WHAT WAS NOT DONE === #

    def _exists(self, pairs: list[tuple[Out, Result]]) -> None:
        """The vendor says that it has it already: find it and link it.

        It is another's record as well as ours, so it is merged as one that was read.
        """
        run = self.run
        creates = [out for out, _result in pairs if out.kind == "create"]
        wrong = {id(out) for out, _result in pairs} - {id(out) for out in creates}
        if creates:
            resource = creates[0].resource
            operations = [self._operation(out) for out in creates]
            found = recovery.find(run, self.client, resource, operations)
            for out, records in zip(creates, found, strict=True):
                if len(records) == 1:
                    self._adopt(out, records[0])
                elif records:
                    verdicts.several(run, {**out.row, "label": out.name}, records)
                else:
                    wrong.add(id(out))
        self._refused([pair for pair in pairs if id(pair[0]) in wrong])
        self.push.commit()

    def _adopt(self, out: Out, record: dict[str, Any]) -> None:
        run = self.run
        verdicts.arrived(run, {**out.row, "label": out.name, "intent": {}}, record)
        definition = run.system.resource(out.resource)
        if definition.updates:
            links.forget_agreement(run, out)
            ids = {str(record[definition.id_field]): record}
            recovery.refresh(run, self.client, out.resource, ids)

    def _stale(self, outs: list[Out]) -> None:
        """Somebody changed them there: read, merge, and send what is left."""
        tired = [out for out in outs if out.attempts + 1 >= ATTEMPTS]
        links.put_back(self.run, tired)
        self.push.leave([(out.resource, out.res_id) for out in tired])
        fresh = [out for out in outs if out not in tired]
        if fresh:
            links.put_back(self.run, fresh)
            self.push.commit()
            ready = self._looked_at(fresh[0].resource, fresh)
            if ready:
                self._call(ready)

    def _looked_at(self, resource: str, outs: list[Out]) -> list[Out]:
        """Read what is going to be changed; return what there still is to send."""
        run = self.run
        ids = [out.external_id for out in outs]
        records = recovery.read(run, self.client, resource, ids)
        self._gone([out for out in outs if out.external_id not in records])
        recovery.refresh(run, self.client, resource, records)
        if run.reading_plan(resource) is None:
            self._compare_told(outs, records)
        self.push.commit()
        here = [out for out in outs if out.external_id in records]
        rows = links.of_records(
            run, outs[0].plan.entity.model, [out.res_id for out in here]
        )
        for out in here:
            out.attempts += 1
            out.row = next(row for row in rows[out.res_id] if row["id"] == out.link_id)
            out.values = {}
        # What could not be read cannot be merged, and is not written over.
        unread = ("failed", "waiting", "orphan")
        merged = run.reading_plan(resource) is not None
        here = [
            out
            for out in here
            if not out.problem and not (merged and out.row["state"] in unread)
        ]
        self.push.prepare(here)
        self.push.store_failures([out for out in here if out.problem])
        idle = [out for out in here if not out.problem and not out.values]
        links.unchanged(run, idle)
        self.push.commit()
        return [out for out in here if out.values and not out.problem]

    def _compare_told(self, outs: list[Out], records: dict[str, dict]) -> None:
        """Hold back what was edited there too, where no flow reads such records.

        Without a reading there are no values to choose from: a person compares.
        """
        for out in outs:
            record = records.get(out.external_id)
            told = (out.row or {}).get("sent") or {}
            both = [
                path
                for path, value in out.values.items()
                if record is not None
                and not path.endswith("[]")
                and not recovery.arrived(record, path, told.get(path))
                and not recovery.arrived(record, path, value)
            ]
            if both:
                out.problem = self._edited_there(out, both)
        self.push.store_failures([out for out in outs if out.problem])

    def _edited_there(self, out: Out, paths: list[str]) -> Problem:
        return Problem(
            "record",
            self.run.env._(
                "%(record)s was edited in Odoo and in %(system)s (%(fields)s). Make "
                "both the same, then retry.",
                record=out.name,
                system=self.run.system.label,
                fields=", ".join(sorted(paths)),
            ),
            cause="edited_on_both_sides",
            summary=self.run.env._(
                "Records were edited in Odoo and in %(system)s. Make both the same, "
                "then retry.",
                system=self.run.system.label,
            ),
        )


def _batches(outs: list[Out], size: int) -> Iterator[list[Out]]:
    """Yield batches; what the vendor stumbled over goes alone."""
    tried = [out for out in outs if (out.row or {}).get("tries")]
    others = [out for out in outs if not (out.row or {}).get("tries")]
    for start in range(0, len(others), size):
        yield others[start : start + size]
    yield from ([out] for out in tried)


def _order(run: Run):
    kinds = ("create", "update", "deactivate")
    names = [resource.name for resource in run.system.resources]
    return lambda item: (names.index(item[0][0]), kinds.index(item[0][1]))
