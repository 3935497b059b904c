# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""From Odoo to the vendor: noted changes out, results in, one commit a batch."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from . import (
    bindings,
    conflict,
    links,
    matched,
    outbox,
    recovery,
    told,
    verdicts,
)
from .extract import version_of
from .links import Out
from .outgoing import changed, nested, without_empty
from .problems import Problem
from .run import PushPlan, Run
from .sending import Sending, Stopped

#: Parents that are missing there are sent first, and their parents in turn.
MAX_DEPTH = 3


class Push:
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
        after = 0
        while taken := outbox.take(run, run.plan, after, self.only):
            after = taken.last
            try:
                self._batch(taken)
            except Stopped:
                # The rows of the batch stay: what of it was sent is unchanged then.
                self.commit()
                return False
        self._release_children()
        return True

    def preview(self, limit: int) -> list[dict[str, Any]]:
        """Return what the next run would send, record by record; nothing is sent."""
        run = self.run
        taken = outbox.take(run, run.plan, 0, self.only)
        ids = list(taken.rows)[:limit] if taken else []
        outs = list(outbox.outs_of(run, run.plan, ids, taken.asked if taken else set()))
        self.prepare(outs, depth=MAX_DEPTH)
        return [_as_change(run, out) for out in outs if not _idle(out)]

    # === A BATCH === #

    def _batch(self, taken: outbox.Taken) -> None:
        run = self.run
        self._handled.clear()
        self._left.clear()
        outs = list(outbox.outs_of(run, run.plan, list(taken.rows), taken.asked))
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
        self.prepare(outs, depth)
        outs = [x for x in outs if (x.resource, x.res_id) not in self._handled]
        self._handled |= {(x.resource, x.res_id) for x in outs}
        run.counts["received"] += len(outs)
        wrong = [out for out in outs if out.problem and not _undecided(out)]
        idle = [out for out in outs if not out.problem and _idle(out)]
        ready = [out for out in outs if not out.problem and not _idle(out)]
        self.store_failures(wrong)
        links.unchanged(run, idle)
        run.counts["unchanged"] += len(idle)
        links.ensure(run, ready)
        self.commit()
        self.sending.send(ready)

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
        """Commit, with the progress and the calls made so far."""
        run = self.run
        jobs = run.own["ledger.sync.job"]
        self.stopped = jobs._store_progress(run.job_id, run.counts, self.total)
        run.store_exchanges(run.own)
        run.env.cr.commit()  # pylint: disable=invalid-commit

    # === WHAT IS SENT === #

    def prepare(self, outs: list[Out], depth: int = 0) -> None:
        """Find out what has to be sent of *outs*, or why it cannot be."""
        by_resource: dict[str, list[Out]] = {}
        for out in outs:
            if not out.problem:
                by_resource.setdefault(out.resource, []).append(out)
        for resource, group in by_resource.items():
            plan = group[0].plan
            outgoing = plan.mappings.get(resource)
            if outgoing is None:
                continue
            self._parents(plan, outgoing, group, depth)
            undecided = conflict.open_fields(self.run, [x.link_id for x in group])
            for out in group:
                self._prepare_one(outgoing, out, undecided.get(out.link_id, set()))

    def _prepare_one(self, outgoing: Any, out: Out, undecided: set[str]) -> None:
        run, entity = self.run, out.plan.entity
        if out.kind == "deactivate":
            return
        record = run.env[entity.model].browse(out.res_id)
        if out.kind == "create":
            out.name = record.display_name
        run.lookups.record_name = out.name
        try:
            out.now = outgoing.flat(run.lookups, record)
            out.number = entity.number(record)
            self._choose(outgoing, out, record, undecided)
            if not _idle(out):
                self._check(out, record)
        except Problem as problem:
            out.problem = problem
        except ValueError as error:
            out.problem = run.connector._explain(error, out.name)

    def _choose(
        self, outgoing: Any, out: Out, record: Any, undecided: set[str]
    ) -> None:
        """Choose what of the record is sent, and make the key of that content."""
        if out.kind == "create":
            out.values = without_empty(out.now)
        else:
            sent = out.row.get("sent")
            out.held = {p for p in out.now if outgoing.fields_of(p) & undecided}
            skipped = out.held | outgoing.only_for_new()
            # Linked without having been sent: since then it has not been edited, or
            # the outbox would not be the first to know.
            out.values = (
                {
                    path: value
                    for path, value in changed(out.now, sent or {}).items()
                    if path not in skipped
                }
                if sent is not None
                else self._since_linked(outgoing, out, record)
            )
            if out.values and not outgoing.resource.updates:
                self._refuse_update(out)
        out.current = {
            name: value
            for name, value in self._current(out, record).items()
            if name not in undecided
        }
        content = [self.run.books.connection_id, out.resource, out.res_id, out.values]
        out.key = version_of(content, size=16)

    def _since_linked(self, outgoing: Any, out: Out, record: Any) -> dict[str, Any]:
        """What differs from what the vendor said when the record was linked.

        A value that is not read from there is sent if there is one: nobody knows what
        the vendor has.
        """
        snapshot = out.row.get("snapshot") or {}
        if not outgoing.resource.updates:
            return {}
        result = {}
        for path, value in out.now.items():
            names = outgoing.fields_of(path)
            if names <= set(snapshot):
                entity = out.plan.entity
                same = all(
                    bindings.jsonable(entity.current(record, x)) == snapshot[x]
                    for x in names
                )
                if not same:
                    result[path] = value
        return {p: x for p, x in result.items() if p not in outgoing.only_for_new()}

    def _refuse_update(self, out: Out) -> None:
        raise Problem(
            "record",
            self.run.env._(
                "%(record)s was changed in Odoo after it was booked in %(system)s, "
                "where it cannot be changed any more. Undo the change, or credit it "
                "and make a new one.",
                record=out.name,
                system=self.run.system.label,
            ),
            cause="booked",
            summary=self.run.env._(
                "Documents were changed in Odoo after they were booked in %(system)s. "
                "Undo the changes, or credit them and make new ones.",
                system=self.run.system.label,
            ),
        )

    def _current(self, out: Out, record: Any) -> dict[str, Any]:
        """Odoo's values of what the pull reads: the snapshot if no answer holds one."""
        reading = self.run.reading_plan(out.resource)
        mapping = reading.mappings.get(out.resource) if reading else None
        if mapping is None:
            return {}
        entity = out.plan.entity
        return {
            name: bindings.jsonable(entity.current(record, name))
            for name in mapping.fields
            if name in record._fields and name not in mapping.lists
        }

    def _check(self, out: Out, record: Any) -> None:
        """Refuse what the vendor would refuse, or take wrongly."""
        run = self.run
        out.difference = out.plan.entity.check_outgoing(run, record)
        flow = run.env["ledger.flow"].browse(out.plan.flow_id)
        run.connector._check_outgoing(flow, out.resource, record, nested(out.values))

    # === PARENTS === #

    def _parents(
        self, plan: PushPlan, outgoing: Any, outs: list[Out], depth: int
    ) -> None:
        """Find the vendor's ids of what *outs* point to; send what is missing."""
        run = self.run
        records = run.env[plan.entity.model].browse(
            [x.res_id for x in outs if x.kind != "deactivate"]
        )
        told.load_external_ids(run, outgoing, records)
        if depth >= MAX_DEPTH or not plan.send_parents:
            return
        needed = {key for record in records for key in outgoing.references(record)}
        missing = needed - set(run.lookups.external_ids)
        for resource in sorted({resource for resource, _model, _id in missing}):
            parent_plan = run.push_plan(resource)
            ids = sorted(i for r, _m, i in missing if r == resource)
            ids = [x for x in ids if (resource, x) not in self._handled]
            if parent_plan and matched.ensure(run, self.client, parent_plan):
                found = outbox.outs_of(run, parent_plan, ids, set(ids), resource)
                self.send([x for x in found if not _busy(x)], depth + 1)
        if missing:
            told.load_external_ids(run, outgoing, records)

    def _release_children(self) -> None:
        """Note records whose missing parent is there now."""
        run = self.run
        run.own.cr.execute(
            """
            UPDATE ledger_binding child
               SET state = 'to_push', waiting_for = NULL, cause_id = NULL
              FROM ledger_binding parent
             WHERE child.connection_id = %(connection)s AND child.state = 'waiting'
               AND parent.connection_id = %(connection)s
               AND parent.external_id IS NOT NULL
               AND child.waiting_for = parent.resource || ':' || parent.res_model
                   || ',' || parent.res_id
            RETURNING child.resource, child.res_id
            """,
            {"connection": run.books.connection_id},
        )
        flows = run.own["ledger.flow"]
        for resource, res_id in run.own.cr.fetchall():
            if plan := run.push_plan(resource):
                verdicts.look_again(run, {"resource": resource, "res_id": res_id})
                flows |= flows.browse(plan.flow_id)
        flows._enqueue("retry")
        run.own["ledger.binding"].invalidate_model()
        run.own["ledger.cause"]._sweep(run.connection)
        self.commit()


def _busy(out: Out) -> bool:
    return bool(out.row and out.row["state"] in outbox.BUSY)


def _undecided(out: Out) -> bool:
    return bool(out.problem and out.problem.cause == "undecided")


def _idle(out: Out) -> bool:
    return not out.values and out.kind != "deactivate"


def _as_change(run: Run, out: Out) -> dict[str, Any]:
    sent = (out.row or {}).get("sent") or {}
    kinds = {"create": "created", "update": "updated", "deactivate": "archived"}
    return {
        "resource": out.resource,
        "external_id": out.external_id,
        "name": out.name,
        "action": out.problem.state if out.problem else kinds[out.kind],
        "changes": {path: (sent.get(path), x) for path, x in out.values.items()},
        "model": out.plan.entity.model,
        "error": out.problem.sentence if out.problem else "",
    }
