# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Taking noted changes out of the outbox, and finding out what they mean."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from odoo.fields import Domain

from . import links
from .links import Out
from .problems import Problem
from .run import PushPlan, Run

#: Records looked at in one transaction.
BATCH = 500
#: A record whose link has one of these states is not sent before that is settled.
BUSY = frozenset({"sending", "uncertain"})
#: Links with one of these states are none of what stands there for a record.
_NOT_OURS = frozenset({"ignored", "gone", "orphan", "candidate"})


@dataclass
class Taken:
    """Noted records of one flow, with the rows that noted them.

    :param rows: ids of outbox rows by record id
    :param asked: records that a person chose
    :param ready: records that became ready to be sent
    """

    rows: dict[int, list[int]]
    asked: set[int]
    ready: set[int]
    last: int


def take(
    run: Run, plan: PushPlan, after: int, only: Iterable[int] | None = None
) -> Taken | None:
    """Return the next records that were noted for the flow, None if there are none.

    The rows stay until what became of them is stored: they are read again if we die.

    :param after: id of the last row that was looked at in this run
    :param only: no others than these records
    """
    run.own.cr.execute(
        "SELECT id, res_id, asked, ready FROM ledger_outbox"
        " WHERE flow_id = %s AND id > %s"
        + (" AND res_id = ANY(%s)" if only is not None else "")
        + " ORDER BY id LIMIT %s",
        [
            plan.flow_id,
            after,
            *([list(only)] if only is not None else []),
            BATCH,
        ],
    )
    taken = Taken({}, set(), set(), after)
    for row_id, res_id, asked, ready in run.own.cr.fetchall():
        taken.rows.setdefault(res_id, []).append(row_id)
        if asked:
            taken.asked.add(res_id)
        if asked or ready:
            taken.ready.add(res_id)
        taken.last = row_id
    return taken if taken.rows else None


def noted_since(run: Run, flow_id: int, after: int, res_ids: Iterable[int]) -> set[int]:
    """Return those of the records that were noted again since they were taken.

    :param after: id of the last row that was looked at
    """
    run.own.cr.execute(
        "SELECT res_id FROM ledger_outbox"
        " WHERE flow_id = %s AND id > %s AND res_id = ANY(%s)",
        (flow_id, after, list(res_ids)),
    )
    return {row[0] for row in run.own.cr.fetchall()}


def forget(run: Run, row_ids: Iterable[int]) -> None:
    """Remove rows whose records have been seen to."""
    ids = list(row_ids)
    if ids:
        run.own.cr.execute("DELETE FROM ledger_outbox WHERE id = ANY(%s)", (ids,))


def outs_of(
    run: Run,
    plan: PushPlan,
    res_ids: list[int],
    asked: set[int],
    resource: str = "",
    ready: set[int] | None = None,
) -> Iterator[Out]:
    """Yield what has to be sent, or at least compared, for these records.

    :param asked: records that no filter holds back
    :param ready: documents that may be sent if they are not there; None for all
    :param resource: as what new records are sent; "" to choose by its ``domain``
    """
    flow = run.env["ledger.flow"].browse(plan.flow_id)
    model = run.model(plan.entity).with_context(active_test=False)
    records = model.browse(res_ids).exists()
    allowed = set(
        model.search(Domain("id", "in", records.ids) & flow._sendable_domain()).ids
    )
    chosen = set(records.ids) & asked
    if chosen:
        allowed |= set(model.search(_chosen_domain(run, plan, chosen)).ids)
    linked = links.of_records(run, plan.entity.model, res_ids)
    for record in records:
        rows = [r for r in linked.get(record.id, ()) if r["resource"] in plan.resources]
        if record.id in allowed:
            for out in _of_record(run, plan, record, rows, resource, asked):
                fresh = out.kind == "create" and not out.row
                if fresh and plan.entity.document and ready is not None:
                    # An edit of an old invoice is no reason to book it.
                    if out.res_id not in ready:
                        continue
                yield out
        else:
            yield from _withdrawn(run, plan, record, rows)
    yield from _deleted(run, plan, set(res_ids) - set(records.ids), linked)


def _withdrawn(run: Run, plan: PushPlan, record: Any, rows: list) -> Iterator[Out]:
    """What is there and may not be sent any more is told, where that matters."""
    for row in rows:
        if not row["external_id"] or row["state"] in _NOT_OURS:
            continue
        problem = plan.entity.withdrawn(run, record)
        if problem:
            out = _out(plan, record, row["resource"], row)
            takes_back = run.system.resource(row["resource"]).withdraws
            if takes_back and plan.entity.is_cancelled(record):
                out.kind = "withdraw"
            else:
                out.problem = problem
            yield out


def _chosen_domain(run: Run, plan: PushPlan, ids: set[int]) -> Domain:
    """Who chooses a record overrules the flow's filter, not what can be booked."""
    company = run.env["res.company"].browse(run.books.company_id)
    return (
        Domain("id", "in", list(ids))
        & Domain(plan.entity.outgoing_domain())
        & Domain(run.env[plan.entity.model]._check_company_domain(company))
    )


def _of_record(
    run: Run, plan: PushPlan, record: Any, rows: list[dict], resource: str, asked: set
) -> Iterator[Out]:
    live = [r for r in rows if r["state"] not in ("gone", "orphan", "candidate")]
    for row in live:
        if row["state"] != "ignored" and (not resource or row["resource"] == resource):
            yield _out(plan, record, row["resource"], row)
    if live and (not resource or any(r["resource"] == resource for r in live)):
        return
    if "active" in record._fields and not record.active and not resource:
        # Nobody wants a new record there that is archived here.
        return
    name = resource or _resource_for(run, plan, record)
    before = [r for r in rows if r["resource"] == name and not r["withdrawn"]]
    if any(r["state"] == "candidate" for r in before):
        out = _out(plan, record, name, None)
        out.problem = _undecided(run, record)
        yield out
    elif record.id in asked or resource or not before:
        out = _out(plan, record, name, None)
        # What was taken back there keeps its number there.
        known = [r["generation"] or 1 for r in rows if r["resource"] == name]
        out.generation = max(known, default=0) + 1
        yield out


def _out(plan: PushPlan, record: Any, resource: str, row: dict | None) -> Out:
    name = (row or {}).get("label") or record.display_name
    kind = "update" if row and row["external_id"] else "create"
    generation = (row or {}).get("generation") or 1
    return Out(
        record.id,
        resource,
        plan,
        row=row,
        name=name,
        kind=kind,
        generation=generation,
    )


def _resource_for(run: Run, plan: PushPlan, record: Any) -> str:
    """As what a new record is sent: the first resource whose domain fits."""
    for name in plan.resources:
        domain = run.system.resource(name).domain
        if name in plan.mappings and record.filtered_domain(Domain(list(domain))):
            return name
    return plan.resources[0]


def _undecided(run: Run, record: Any) -> Problem:
    return Problem(
        "record",
        run.env._(
            "%(record)s may be in %(system)s already. Decide under Records, filter “To "
            "decide”; then it is sent by itself.",
            record=record.display_name,
            system=run.system.label,
        ),
        cause="undecided",
    )


def _deleted(
    run: Run, plan: PushPlan, gone: set[int], linked: dict[int, list]
) -> Iterator[Out]:
    """What was deleted in Odoo is switched off or taken back, if the flow says so."""
    if plan.deletion_policy != "archive":
        return
    for res_id in gone:
        for row in linked.get(res_id, ()):
            if (
                row["resource"] in plan.resources
                and row["external_id"]
                and row["state"] not in ("ignored", "candidate")
                and not row["withdrawn"]
            ):
                name = row["label"] or row["external_id"]
                takes_back = run.system.resource(row["resource"]).withdraws
                yield Out(
                    res_id,
                    row["resource"],
                    plan,
                    row,
                    name,
                    kind="withdraw" if takes_back else "deactivate",
                    generation=row["generation"] or 1,
                )
