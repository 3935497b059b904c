# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Reading and storing links between records, a page at a time.

Written in SQL because every record of every page passes here: one query reads a page's
links, one statement stores what came of it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from .run import Item, Run

#: States in which a link points to a usable Odoo record.
USABLE = ("linked", "due", "failed", "waiting", "conflict", "to_push")

_SAVE = """
INSERT INTO ledger_binding (
    connection_id, company_id, entity, resource, external_id, label, res_model, res_id,
    state, digest, remote_version, snapshot, error, owner, cause_id, waiting_for,
    match_reason, parent_key, sent, synced_at, create_uid, create_date, write_uid,
    write_date
) VALUES %s
ON CONFLICT (connection_id, resource, external_id) WHERE external_id IS NOT NULL
DO UPDATE SET
    label = EXCLUDED.label, res_model = EXCLUDED.res_model, res_id = EXCLUDED.res_id,
    state = EXCLUDED.state, digest = EXCLUDED.digest,
    remote_version = CASE WHEN EXCLUDED.error IS NULL THEN EXCLUDED.remote_version
        ELSE ledger_binding.remote_version END,
    snapshot = COALESCE(EXCLUDED.snapshot, ledger_binding.snapshot),
    error = EXCLUDED.error, owner = EXCLUDED.owner, cause_id = EXCLUDED.cause_id,
    waiting_for = EXCLUDED.waiting_for, match_reason = EXCLUDED.match_reason,
    parent_key = EXCLUDED.parent_key,
    sent = COALESCE(EXCLUDED.sent, ledger_binding.sent),
    synced_at = EXCLUDED.synced_at, write_uid = EXCLUDED.write_uid,
    write_date = EXCLUDED.write_date
RETURNING id
"""
_TEMPLATE = (
    "(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s::jsonb, %s, %s, %s, %s, %s, %s,"
    " %s::jsonb, (now() AT TIME ZONE 'UTC'), %s, (now() AT TIME ZONE 'UTC'), %s,"
    " (now() AT TIME ZONE 'UTC'))"
)


def load(
    run: Run, keys: Iterable[tuple[str, str]], sent: bool = False
) -> dict[tuple[str, str], dict]:
    """Return the links of the given ``(resource, external id)`` keys, one query.

    :param sent: with what the vendor was told, where the records are sent too
    """
    keys = list(keys)
    if not keys:
        return {}
    run.own.cr.execute(
        "SELECT id, resource, external_id, res_id, state, digest, alias, match_reason,"
        " withdrawn" + (", sent" if sent else "") + " FROM ledger_binding"
        " WHERE connection_id = %s AND resource = ANY(%s) AND external_id = ANY(%s)",
        (run.books.connection_id, list({r for r, _ in keys}), [i for _, i in keys]),
    )
    return {
        (row["resource"], row["external_id"]): row for row in run.own.cr.dictfetchall()
    }


def any_of(run: Run, resources: Iterable[str]) -> bool:
    """Tell whether anything of *resources* is linked to an Odoo record."""
    run.own.cr.execute(
        "SELECT EXISTS (SELECT 1 FROM ledger_binding WHERE connection_id = %s"
        " AND resource = ANY(%s) AND external_id IS NOT NULL AND res_id > 0)",
        (run.books.connection_id, list(resources)),
    )
    return run.own.cr.fetchone()[0]


def references(run: Run, keys: Iterable[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """Return the Odoo ids of the linked records among *keys*."""
    return {
        key: row["res_id"]
        for key, row in load(run, keys).items()
        if row["res_id"] and row["state"] in USABLE
    }


def snapshots(run: Run, binding_ids: list[int]) -> dict[int, dict[str, Any]]:
    """Return the values of the last sync by link id."""
    if not binding_ids:
        return {}
    run.own.cr.execute(
        "SELECT id, snapshot FROM ledger_binding WHERE id = ANY(%s)", (binding_ids,)
    )
    return {row[0]: row[1] or {} for row in run.own.cr.fetchall()}


def save(run: Run, items: list[Item], causes: dict[str, int]) -> list[int]:
    """Store what became of *items* and return their links' ids.

    :param causes: database id of the cause by its key
    """
    if not items:
        return []
    uid = run.env.uid
    rows = [_row(run, item, causes) + (uid, uid) for item in items]
    found = run.own.cr.execute_values(
        _SAVE, rows, template=_TEMPLATE, page_size=len(rows), fetch=True
    )
    run.own["ledger.binding"].invalidate_model()
    return [row[0] for row in found]


def _row(run: Run, item: Item, causes: dict[str, int]) -> tuple[Any, ...]:
    problem, books = item.problem, run.books
    version = item.data.get(run.system.resource(item.resource).version_field)
    waiting = problem and problem.waiting_for
    return (
        books.connection_id,
        books.company_id,
        item.plan.entity.name,
        item.resource,
        item.external_id,
        item.name[:255],
        item.plan.entity.model,
        item.record_id or None,
        _state(item),
        # A record that failed is looked at again whenever it is read.
        None if problem or item.action == "candidate" else item.digest,
        None if version is None else str(version),
        json.dumps(item.snapshot) if item.snapshot and not problem else None,
        problem and problem.sentence,
        problem and problem.owner,
        problem and causes.get(problem.cause),
        f"{waiting[0]}:{waiting[1]}" if waiting else None,
        item.reason or None,
        item.parent or None,
        None if item.told is None else json.dumps(item.told),
    )


def _state(item: Item) -> str:
    if item.action == "candidate":
        return "candidate"
    if item.problem:
        return "orphan" if item.problem.cause == "orphan" else item.problem.state
    undecided = {x.field for x in item.conflicts if x.decision == "open"}
    return "conflict" if undecided or item.open - item.agreed else "linked"


def replace_unsent(run: Run, items: list[Item]) -> None:
    """Drop the links of what was going to be sent and turned out to be there."""
    linked = [x for x in items if x.record_id and not x.problem]
    if linked:
        run.own.cr.execute(
            "DELETE FROM ledger_binding WHERE connection_id = %s AND resource = %s"
            " AND res_model = %s AND res_id = ANY(%s) AND external_id IS NULL",
            (
                run.books.connection_id,
                linked[0].resource,
                linked[0].plan.entity.model,
                [x.record_id for x in linked],
            ),
        )


def told_before(
    run: Run, resource: str, model: str, res_ids: Iterable[int]
) -> dict[int, int]:
    """Return the Odoo ids of the links of *resource* that were told something.

    :param model: model of the Odoo records *res_ids*
    """
    run.own.cr.execute(
        "SELECT id, res_id FROM ledger_binding WHERE connection_id = %s"
        " AND resource = %s AND res_model = %s AND res_id = ANY(%s)"
        " AND sent IS NOT NULL AND alias IS NOT TRUE",
        (run.books.connection_id, resource, model, list(res_ids)),
    )
    return dict(run.own.cr.fetchall())


def add_told(run: Run, rows: Iterable[tuple[int, dict[str, Any]]]) -> None:
    """Store more values that the vendor has: of link ids, what they were told."""
    values = [(link_id, json.dumps(told)) for link_id, told in rows if told]
    if values:
        run.own.cr.execute_values(
            "UPDATE ledger_binding b SET sent = b.sent || v.sent::jsonb"
            " FROM (VALUES %s) AS v (id, sent) WHERE b.id = v.id",
            values,
            page_size=len(values),
        )
        run.own["ledger.binding"].invalidate_model(["sent"])


def compare_again(run: Run, items: list[Item]) -> None:
    """What could not be sent before is tried again, now that it was read."""
    for item in items:
        held = item.binding and item.binding["state"] in ("failed", "waiting")
        plan = held and item.record_id and run.push_plan(item.resource)
        if plan:
            run.own["ledger.outbox"]._note([plan.flow_id], [item.record_id])


def seen(run: Run, generation: int, binding_ids: Iterable[int]) -> None:
    """Note links met in a full comparison."""
    ids = list(binding_ids)
    if ids:
        run.own.cr.execute(
            "INSERT INTO ledger_seen (flow_id, generation, binding_id)"
            " SELECT %s, %s, unnest(%s)",
            (run.flow_id, generation, ids),
        )


def jsonable(value: Any) -> Any:
    """Return *value* as JSON keeps it, so that it compares equal when read back."""
    if isinstance(value, dict):
        return {key: jsonable(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [jsonable(one) for one in value]
    if value is None or isinstance(value, bool | int | float | str):
        return value
    return str(value)
