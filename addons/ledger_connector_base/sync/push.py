# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""From Odoo to the vendor: noted changes out, results in, one commit a batch."""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import Any

from ..transport.errors import NoTimeLeft
from . import (
    links,
    matched,
    outbox,
    recovery,
    told,
    verdicts,
    waiting,
)
from .finishing import Stopped
from .links import Out
from .prepare import Preparing, is_idle
from .run import RACES, PushPlan, Run
from .sending import COUNTED, RETRIES, Sending

#: Parents that are missing there are sent first, and their parents in turn.
MAX_DEPTH = 3
#: Progress is stored so often: each time is a commit of its own.
TELL_SECONDS = 1.0
#: New records that are looked for one by one before they are made there.
FEW = 5


class Push(Preparing):
    """Runs a push flow.

    :param run: the job's state
    :param client: the vendor's opened client
    :param only: ids of the records to be sent; None for all that were noted
    """

    def __init__(
        self, run: Run, client: Any, only: Iterable[int] | None = None
    ) -> None:
        self.run = run
        self.client = client
        self.only = None if only is None else list(only)
        self.sending = Sending(run, client, self)
        self.stopped = False
        self.total = 0
        #: Id of the last row of the outbox that was looked at.
        self.looked_at = 0
        self.previewing = False
        self._told_at = 0.0
        #: Records of the present batch that were seen to: parents come before the rest.
        self._handled: set[tuple[str, int]] = set()
        self._left: set[int] = set()

    def execute(self) -> bool:
        """Send until the outbox is empty.

        :return: False when the time budget ended first and the rest waits
        :raises transport.errors.LedgerError: the vendor could not be reached, or says
            that it is enough for now
        """
        run = self.run
        recovery.settle(run, self.client, run.plan.resources)
        if not matched.ensure(run, self.client):
            return False
        after, races = 0, 0
        while taken := outbox.take(run, run.plan, after, self.only):
            try:
                self._batch(taken)
            except Stopped:
                # The rows of the batch stay: what of it was sent is unchanged then.
                self.commit()
                return False
            except NoTimeLeft:
                run.env.cr.rollback()
                if not self.sending.worked:
                    raise
                return False
            except RACES:
                # A user saved one of the records just now: the batch is looked at anew.
                run.env.cr.rollback()
                races += 1
                if races > RETRIES:
                    raise
                continue
            after = taken.last
        self._release_children()
        return True

    def preview(self, limit: int) -> list[dict[str, Any]]:
        """Return what the next run would send, record by record; nothing is sent."""
        run = self.run
        taken = outbox.take(run, run.plan, 0, self.only)
        if not taken:
            return []
        ids = list(taken.rows)[:limit]
        outs = list(outbox.outs_of(run, run.plan, ids, taken.asked, ready=taken.ready))
        self.previewing = True
        self.prepare(outs)
        return [_as_change(run, out) for out in outs if out.problem or not is_idle(out)]

    # === A BATCH === #

    def _batch(self, taken: outbox.Taken) -> None:
        run = self.run
        self._handled.clear()
        self._left.clear()
        self.looked_at = taken.last
        outs = list(
            outbox.outs_of(
                run, run.plan, list(taken.rows), taken.asked, ready=taken.ready
            )
        )
        busy = {out.res_id for out in outs if _busy(out)}
        self.send([out for out in outs if out.res_id not in busy])
        kept = busy | self._left | {out.res_id for out in outs if _undecided(out)}
        outbox.forget(
            run,
            (
                row
                for res_id, rows in taken.rows.items()
                if res_id not in kept
                for row in rows
            ),
        )
        self.commit()

    def send(self, outs: list[Out], depth: int = 0) -> None:
        """Send *outs*, and before them what they need there.

        Outcomes are stored and committed batch by batch.
        """
        run = self.run
        self.sending.look_first([x for x in outs if _never_compared(x)])
        self.prepare(outs, depth)
        outs = [x for x in outs if (x.resource, x.res_id) not in self._handled]
        self._handled |= {(x.resource, x.res_id) for x in outs}
        run.counts["received"] += len(outs)
        wrong = [out for out in outs if out.problem and not _undecided(out)]
        idle = [out for out in outs if not out.problem and is_idle(out)]
        ready = [out for out in outs if not out.problem and not is_idle(out)]
        self.store_failures(wrong)
        links.unchanged(run, idle)
        run.counts["unchanged"] += len(idle)
        begun = [out for out in idle if out.unfinished]
        ready = self._without_those_there(ready)
        links.ensure(run, ready)
        self.commit()
        self.sending.finish(begun)
        self.sending.send(ready)

    def _without_those_there(self, ready: list[Out]) -> list[Out]:
        """Look once more for a few new records before they are made there.

        Both sides were compared, but a colleague may have entered one since. For many
        that would be many calls: they are compared again as a whole.
        """
        run = self.run
        fresh = [
            out
            for out in ready
            if out.kind == "create"
            and out.row is None
            and not out.plan.entity.document
            and out.plan.matching_policy != "none"
        ]
        if not fresh:
            return ready
        if len(fresh) > FEW:
            for plan in {out.plan.flow_id: out.plan for out in fresh}.values():
                matched.ensure(run, self.client, plan, lately=True)
            records = []
        else:
            records = self.sending.there_already(fresh)
        if records or len(fresh) > FEW:
            return self._not_linked(ready, fresh)
        return ready

    def _not_linked(self, ready: list[Out], fresh: list[Out]) -> list[Out]:
        """Leave out what turned out to be there: it is compared, or decided, next."""
        model = fresh[0].plan.entity.model
        found = links.of_records(self.run, model, [out.res_id for out in fresh])
        known = {
            (row["resource"], res_id) for res_id, rows in found.items() for row in rows
        }
        there = [x for x in fresh if (x.resource, x.res_id) in known]
        for out in there:
            verdicts.look_again(
                self.run, {"resource": out.resource, "res_id": out.res_id}
            )
        return [out for out in ready if out not in there]

    def store_failures(self, outs: list[Out]) -> None:
        """Store why *outs* were not sent, each cause once."""
        run = self.run
        if not outs:
            return
        links.ensure(run, outs)
        causes: dict[str, int] = {}
        for out in outs:
            problem = out.problem
            run.counts[problem.state] += 1
            if problem.value:
                values = run.own["ledger.value.mapping"]
                values._note_missing(run.connection, problem.value)
            if not problem.waiting_for and problem.cause not in causes:
                cause = run.own["ledger.cause"]._note(run.connection, problem)
                causes[problem.cause] = cause.id
        links.failed(run, outs, causes)

    def leave(self, keys: Iterable[tuple[str, int]]) -> None:
        """Leave records for the next run: they are not asked about again in this one.

        :param keys: ``(resource, Odoo id)``
        """
        for resource, res_id in keys:
            if resource in self.run.plan.resources:
                self._left.add(res_id)
            else:
                verdicts.look_again(self.run, {"resource": resource, "res_id": res_id})

    def commit(self) -> None:
        """Commit the work, and now and then the progress and the calls made so far.

        Apart, for whoever cancels the job writes into the same row. What is left of
        them is stored when the run ends.
        """
        run = self.run
        jobs = run.own["ledger.sync.job"]
        run.env.cr.commit()  # pylint: disable=invalid-commit
        if time.monotonic() < self._told_at + TELL_SECONDS:
            # Who cancels the job does not wait for that.
            self.stopped = jobs._is_stopped(run.job_id)
            return
        self._told_at = time.monotonic()
        calls = list(run.exchanges)
        try:
            self.stopped = jobs._store_progress(run.job_id, run.counts, self.total)
            run.store_exchanges(run.own)
            run.env.cr.commit()  # pylint: disable=invalid-commit
        except RACES:
            # The next batch stores it.
            run.env.cr.rollback()
            run.exchanges[:] = calls

    # === PARENTS === #

    def _parents(
        self, plan: PushPlan, outgoing: Any, outs: list[Out], depth: int
    ) -> None:
        """Find the vendor's ids of what *outs* point to; send what is missing."""
        run = self.run
        records = run.model(plan.entity).browse(
            [x.res_id for x in outs if x.kind not in ("deactivate", "withdraw")]
        )
        told.load_external_ids(run, outgoing, records)
        if depth >= MAX_DEPTH or not plan.send_parents:
            return
        needed = told.references(outgoing, records)
        missing = needed - set(run.lookups.external_ids)
        if self.previewing:
            self._as_if_sent(missing)
            return
        for resource in sorted({resource for resource, _model, _id in missing}):
            parent_plan = run.push_plan(resource)
            ids = sorted(i for r, _m, i in missing if r == resource)
            ids = [x for x in ids if (resource, x) not in self._handled]
            if parent_plan and matched.ensure(run, self.client, parent_plan):
                found = outbox.outs_of(run, parent_plan, ids, set(ids), resource)
                self.send([x for x in found if not _busy(x)], depth + 1)
        if missing:
            told.load_external_ids(run, outgoing, records)
            told.load_troubles(run, missing - set(run.lookups.external_ids))

    def _as_if_sent(self, missing: Iterable[tuple[str, str, int]]) -> None:
        """A preview sends no parents: it says that they go first."""
        run = self.run
        for resource, model, res_id in missing:
            if run.push_plan(resource):
                said = run.env._("(is sent first)")
                run.lookups.external_ids[resource, model, res_id] = said

    def _release_children(self) -> None:
        """Note records whose missing parent is there now."""
        run = self.run
        waiting.release_children(run)
        run.own["ledger.cause"]._sweep(run.connection)
        self.commit()


def _busy(out: Out) -> bool:
    return bool(out.row and out.row["state"] in outbox.BUSY)


def _never_compared(out: Out) -> bool:
    """A link without values: neither side knows what the other has."""
    if out.kind != "update" or not out.plan.mappings[out.resource].resource.updates:
        return False
    return out.row.get("sent") is None and not out.row.get("snapshot")


def _undecided(out: Out) -> bool:
    return bool(out.problem and out.problem.cause == "undecided")


def _as_change(run: Run, out: Out) -> dict[str, Any]:
    sent = (out.row or {}).get("sent") or {}
    return {
        "resource": out.resource,
        "external_id": out.external_id,
        "name": out.name,
        "action": out.problem.state if out.problem else COUNTED[out.kind],
        "changes": {path: (sent.get(path), x) for path, x in out.values.items()},
        "model": out.plan.entity.model,
        "error": out.problem.sentence if out.problem else "",
    }
