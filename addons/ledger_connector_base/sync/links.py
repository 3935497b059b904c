# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Links of records that are sent: what is stored before and after a call.

Written in SQL, a batch at a time; ``bindings`` is the same for what is read.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from . import agreement
from .outgoing import Flat
from .readback import ReadBack
from .run import Run

#: Seconds that a call can take, see ``transport.http``.
LONGEST_CALL = 60
#: A record that the vendor stumbles over is tried so often.
MAX_TRIES = 3
#: Operations after which a document stands there that may have to be finished.
MAKES = frozenset({"create", "update", "replace"})
_COLUMNS = (
    "id, resource, external_id, res_model, res_id, state, label, remote_version, sent,"
    " intent, digest, snapshot, alias, tries, unfinished, generation, withdrawn, agreed"
)


@dataclass
class Out:
    """An Odoo record on its way to the vendor.

    :param now: all that is mapped of it
    :param values: what of it is sent
    :param row: its link, None before it has one
    """

    res_id: int
    resource: str
    plan: Any
    row: dict[str, Any] | None = None
    name: str = ""
    number: str = ""
    kind: str = "create"
    key: str = ""
    now: Flat = field(default_factory=dict)
    values: Flat = field(default_factory=dict)
    current: dict[str, Any] = field(default_factory=dict)
    held: set[str] = field(default_factory=set)
    difference: Any = None
    problem: Any = None
    attempts: int = 0
    doubted: bool = False
    generation: int = 1

    @property
    def external_id(self) -> str:
        """The vendor's id, "" before it has one."""
        return (self.row or {}).get("external_id") or ""

    @property
    def link_id(self) -> int:
        """Database id of the link, 0 before it has one."""
        return (self.row or {}).get("id") or 0

    @property
    def agreed(self) -> bool:
        """Whether a person agreed that a credit note is made."""
        return agreement.is_agreed(self.row, self.kind)

    @property
    def unfinished(self) -> bool:
        """Whether it is there and something that was to follow is not done."""
        return bool(self.external_id and (self.row or {}).get("unfinished"))


# === READING === #


def of_records(run: Run, model: str, res_ids: list[int]) -> dict[int, list[dict]]:
    """Return the links of Odoo records by record id, without proposals and aliases."""
    run.own.cr.execute(
        f"SELECT {_COLUMNS} FROM ledger_binding WHERE connection_id = %s"
        " AND res_model = %s AND res_id = ANY(%s) AND alias IS NOT TRUE"
        " ORDER BY id",
        (run.books.connection_id, model, list(res_ids)),
    )
    result: dict[int, list[dict]] = {}
    for row in run.own.cr.dictfetchall():
        result.setdefault(row["res_id"], []).append(row)
    return result


def unsettled(run: Run, resource: str) -> list[dict[str, Any]]:
    """Return the links of *resource* whose last write has an unknown outcome."""
    run.own.cr.execute(
        f"SELECT {_COLUMNS}, sent_at < now() AT TIME ZONE 'UTC'"
        # Of a process that died nobody knows how long its call went on.
        " - make_interval(secs => %s + CASE WHEN state = 'sending' THEN %s ELSE 0 END)"
        " AS settled FROM ledger_binding"
        " WHERE connection_id = %s AND resource = %s"
        " AND state IN ('sending', 'uncertain') ORDER BY id",
        (
            run.system.settle_seconds,
            LONGEST_CALL,
            run.books.connection_id,
            resource,
        ),
    )
    return run.own.cr.dictfetchall()


# === BEFORE A CALL === #

_INSERT = """
INSERT INTO ledger_binding (connection_id, company_id, entity, resource, label,
    res_model, res_id, state, generation, create_uid, create_date, write_uid,
    write_date)
VALUES %s RETURNING id, res_id, resource
"""


def ensure(run: Run, outs: list[Out]) -> None:
    """Give every record a link, so that its intent and its errors have a place."""
    fresh = [out for out in outs if out.row is None]
    if not fresh:
        return
    books, uid = run.books, run.env.uid
    rows = run.own.cr.execute_values(
        _INSERT,
        [
            (
                books.connection_id,
                books.company_id,
                out.plan.entity.name,
                out.resource,
                out.name[:255],
                out.plan.entity.model,
                out.res_id,
                "to_push",
                out.generation,
                uid,
                uid,
            )
            for out in fresh
        ],
        template="(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s,"
        " now() AT TIME ZONE 'UTC', %s, now() AT TIME ZONE 'UTC')",
        page_size=len(fresh),
        fetch=True,
    )
    ids = {(res_id, resource): link_id for link_id, res_id, resource in rows}
    for out in fresh:
        out.row = {
            "id": ids[out.res_id, out.resource],
            "resource": out.resource,
            "res_id": out.res_id,
            "state": "to_push",
            "generation": out.generation,
        }
    run.own["ledger.binding"].invalidate_model()


def intend(run: Run, outs: list[Out]) -> None:
    """Store what is going to be sent; the caller commits before the call."""
    update(
        run,
        [
            (
                out.link_id,
                "sending",
                json.dumps(
                    {
                        "kind": out.kind,
                        "key": out.key,
                        "number": out.number,
                        "values": out.values,
                        "whole": out.now,
                        "generation": out.generation,
                        "agreed": out.agreed,
                    }
                ),
                out.name[:255],
                bool(out.external_id) and _follows(run, out),
            )
            for out in outs
        ],
        "state = v.state, intent = v.intent::jsonb, label = v.label,"
        # It may be opened there for it: whatever comes of it, it is finished again.
        " unfinished = COALESCE(b.unfinished, FALSE) OR v.opened,"
        " sent_at = now() AT TIME ZONE 'UTC', error = NULL, owner = NULL,"
        " cause_id = NULL, waiting_for = NULL",
        "(id, state, intent, label, opened)",
    )


# === AFTER A CALL === #


def update(run: Run, rows: list[tuple], assignments: str, columns: str) -> None:
    if not rows:
        return
    run.own.cr.execute_values(
        f"UPDATE ledger_binding b SET {assignments},"
        " write_date = now() AT TIME ZONE 'UTC'"
        f" FROM (VALUES %s) AS v {columns} WHERE b.id = v.id",
        rows,
        page_size=len(rows),
    )
    run.own["ledger.binding"].invalidate_model()


def done(run: Run, done_outs: list[tuple[Out, Any, ReadBack]]) -> None:
    """Store what was written there.

    :param done_outs: record, the connector's result, and what the pull's mapping makes
        of the answer
    """
    rows = []
    for out, result, read in done_outs:
        before = (out.row or {}).get("sent") or {}
        told = {path: x for path, x in out.now.items() if path not in out.held}
        sent = {**before, **told}
        snapshot = read.snapshot or _merged(out)
        rows.append(
            (
                out.link_id,
                _after(out),
                result.external_id or out.external_id,
                result.version or None,
                json.dumps(sent),
                json.dumps(snapshot) if snapshot else None,
                read.digest or None,
                out.kind == "withdraw",
                out.kind in MAKES and _follows(run, out),
                out.generation,
                result.note or None,
            )
        )
    update(
        run,
        rows,
        "state = v.state, external_id = v.external_id,"
        " remote_version = COALESCE(v.version, b.remote_version),"
        " sent = v.sent::jsonb, snapshot = COALESCE(v.snapshot::jsonb, b.snapshot),"
        " digest = v.digest, intent = NULL, error = NULL, owner = NULL, tries = 0,"
        " cause_id = NULL, waiting_for = NULL, synced_at = now() AT TIME ZONE 'UTC',"
        " withdrawn = v.withdrawn, unfinished = v.unfinished,"
        " generation = v.generation, note = v.note, question = NULL, agreed = FALSE",
        "(id, state, external_id, version, sent, snapshot, digest, withdrawn,"
        " unfinished, generation, note)",
    )
    for out, result, _read in done_outs:
        agreement.leave_traces(run, out, result)
        # What follows in this run goes on from here.
        out.row = {
            **(out.row or {}),
            "external_id": result.external_id or out.external_id,
            "remote_version": result.version or _version(out),
            "unfinished": out.kind in MAKES and _follows(run, out),
            "tries": 0,
        }


def _follows(run: Run, out: Out) -> bool:
    return run.system.resource(out.resource).follow_up


def _version(out: Out) -> str:
    return (out.row or {}).get("remote_version") or ""


def _merged(out: Out) -> dict[str, Any]:
    """Without the vendor's answer: it has now what Odoo had when it was sent."""
    return {**((out.row or {}).get("snapshot") or {}), **out.current}


def _before(out: Out) -> str:
    """The state before the call, as far as it still says something."""
    if not out.external_id:
        return "to_push"
    if out.held:
        return "conflict"
    before = (out.row or {}).get("state")
    return before if before in ("due", "conflict", "orphan") else "linked"


def _after(out: Out) -> str:
    if out.kind == "deactivate":
        return "orphan"
    if out.kind == "withdraw":
        return "gone"
    return _before(out) if out.external_id else "linked"


def unchanged(run: Run, outs: list[Out]) -> None:
    """Store that there was nothing to send."""
    update(
        run,
        [
            (out.link_id, json.dumps(out.now), "conflict" if out.held else "linked")
            for out in outs
            if out.link_id
        ],
        "sent = CASE WHEN b.sent IS NULL THEN v.sent::jsonb ELSE b.sent END,"
        " state = CASE WHEN b.state IN ('to_push', 'failed', 'waiting')"
        " AND b.external_id IS NOT NULL THEN v.state ELSE b.state END,"
        " question = NULL, agreed = FALSE, intent = NULL,"
        " error = CASE WHEN b.state IN ('due', 'candidate') THEN b.error END,"
        " owner = CASE WHEN b.state IN ('due', 'candidate') THEN b.owner END,"
        " cause_id = CASE WHEN b.state IN ('due', 'candidate') THEN b.cause_id END",
        "(id, sent, state)",
    )


def failed(run: Run, outs: list[Out], causes: dict[str, int]) -> None:
    """Store why records were not sent."""
    rows = []
    for out in outs:
        problem = out.problem
        waiting = problem.waiting_for
        rows.append(
            (
                out.link_id,
                problem.state,
                problem.sentence,
                problem.owner,
                causes.get(problem.cause),
                f"{waiting[0]}:{waiting[1]}" if waiting else None,
                out.name[:255],
                problem.question or None,
            )
        )
    update(
        run,
        rows,
        "state = v.state, error = v.error, owner = v.owner,"
        " cause_id = v.cause_id::int, waiting_for = v.waiting_for,"
        " label = COALESCE(b.label, v.label), question = v.question,"
        f" intent = CASE WHEN {agreement.BEGUN} OR v.question IS NOT NULL"
        " THEN b.intent END,"
        f" agreed = COALESCE({agreement.BEGUN} AND b.agreed, FALSE)",
        "(id, state, error, owner, cause_id, waiting_for, label, question)",
    )


def uncertain(run: Run, outs: list[Out], sentence: str) -> None:
    """Store that nobody knows whether these were written."""
    update(
        run,
        [(out.link_id, sentence) for out in outs],
        "state = 'uncertain', error = v.error, owner = 'wait',"
        # From now on it may take the vendor a while.
        " sent_at = clock_timestamp() AT TIME ZONE 'UTC',"
        " tries = COALESCE(b.tries, 0) + 1",
        "(id, error)",
    )


def know_versions(run: Run, resource: str, records: dict[str, dict[str, Any]]) -> None:
    """Store the versions that *records*, by id, have there now."""
    name = run.system.resource(resource).version_field
    rows = [
        (external_id, str(record[name]))
        for external_id, record in records.items()
        if record.get(name) is not None
    ]
    if not rows:
        return
    rows = [(run.books.connection_id, resource, *row) for row in rows]
    run.own.cr.execute_values(
        "UPDATE ledger_binding b SET remote_version = v.version"
        " FROM (VALUES %s) AS v (connection_id, resource, external_id, version)"
        " WHERE b.connection_id = v.connection_id AND b.resource = v.resource"
        " AND b.external_id = v.external_id",
        rows,
        page_size=len(rows),
    )
    run.own["ledger.binding"].invalidate_model()


def forget_agreement(run: Run, link_id: int) -> None:
    """The vendor's record was there before: what differs in it is not ours to say."""
    nothing = "sent = NULL, snapshot = NULL, digest = NULL"
    update(run, [(link_id,)], nothing, "(id)")


def put_back(run: Run, outs: list[Out]) -> None:
    """Nothing was done there: to be sent later."""
    update(
        run,
        [(out.link_id, _before(out)) for out in outs],
        f"state = v.state, {agreement.KEPT_INTENT}",
        "(id, state)",
    )
