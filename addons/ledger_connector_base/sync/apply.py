# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Applying changed remote records of one kind to Odoo."""

from __future__ import annotations

from typing import Any

from . import bindings, conflict, told, writing
from .matching import hold_returned, match
from .problems import Problem
from .run import Item, Run

#: What a record, or the mapping of its kind, can do wrong before anything is written.
ITEM_ERRORS = (
    Problem,
    ValueError,
    TypeError,
    KeyError,
    AttributeError,
    ArithmeticError,
)


def apply(run: Run, items: list[Item]) -> list[int]:
    """Create, link or write what *items* say, and store their links.

    :param items: changed or new records of one resource
    :return: ids of the links
    """
    _convert(run, items)
    returned = hold_returned(run, items)
    fresh = [x for x in items if not x.problem and not _linked(x)]
    match(run, [x for x in fresh if not _decided(x)], returned)
    _hold_back(run, fresh)
    for item in fresh:
        if item.action == "link":
            # What applies on creation only has no business in a record that exists.
            item.vals = item.mapping.convert(run.lookups, item.values, creating=False)
    if run.match_only:
        items = [x for x in items if not _linked(x) and x.action != "create"]
        for item in items:
            item.vals, item.digest = {}, ""
        return _store(run, items)
    _create(run, [x for x in fresh if x.action == "create"])
    _write(run, [x for x in items if not x.problem and x.record_id and _writes(x)])
    for item in items:
        if item.twin and not item.record_id:
            item.record_id = item.twin.record_id
    _finish(run, items)
    return _store(run, items)


def _linked(item: Item) -> bool:
    return bool(item.binding and item.binding["res_id"])


def _writes(item: Item) -> bool:
    return item.action in ("link", "update")


def _decided(item: Item) -> bool:
    """A person has said: create a new one, although others look alike."""
    decided = bool(item.binding and item.binding["match_reason"] == "create")
    if decided:
        item.action, item.reason = "create", "create"
    return decided


def _convert(run: Run, items: list[Item]) -> None:
    for item in items:
        if _linked(item):
            item.record_id = item.binding["res_id"]
            item.reason = item.binding["match_reason"]
            item.action = "update"
        run.lookups.record_name = item.name
        try:
            item.vals = item.mapping.convert(
                run.lookups, item.values, creating=not _linked(item)
            )
        except ITEM_ERRORS as error:
            item.problem = run.connector._explain(error, item.name)


def _hold_back(run: Run, items: list[Item]) -> None:
    for item in items:
        if item.action == "candidate":
            item.problem = None
        elif item.action == "create" and item.plan.create_policy == "link":
            item.problem = Problem(
                "record",
                run.env._(
                    "%(record)s is not in Odoo, and the flow only links. Create it in "
                    "Odoo and retry, or let the flow create records.",
                    record=item.name,
                ),
                cause=f"link_only:{item.plan.flow_id}",
            )
            item.action = ""


# === CREATING === #


def _create(run: Run, items: list[Item]) -> None:
    ready, vals_list = [], []
    for item in items:
        try:
            if item.plan.entity.name == "payment":
                _register(run, item)
                continue
            vals_list.append(_create_vals(run, item))
            ready.append(item)
        except ITEM_ERRORS as error:
            item.problem = run.connector._explain(error, item.name)
    if not ready:
        return
    results = writing.create(run.model(ready[0].plan.entity), vals_list)
    for item, result in zip(ready, results, strict=True):
        _take(run, item, result)


def _create_vals(run: Run, item: Item) -> dict[str, Any]:
    entity = item.plan.entity
    vals = entity.prepare(run, item, item.vals)
    _remember(item, vals)
    if run.dry:
        item.changes = {name: (None, value) for name, value in vals.items() if value}
    return {name: entity.command(run, name, value) for name, value in vals.items()}


def _register(run: Run, item: Item) -> None:
    if not item.plan.register_payments:
        item.action = "unchanged"
        return
    entity = item.plan.entity
    move = entity.invoice(run, item, item.vals)
    vals = entity.prepare(run, item, item.vals)
    _take(run, item, writing.register_payment(move, vals))


def _take(run: Run, item: Item, result: Any) -> None:
    if isinstance(result, Exception):
        item.problem = run.connector._explain(result, item.name)
    else:
        item.record_id = result


# === WRITING === #


def _write(run: Run, items: list[Item]) -> None:
    if not items:
        return
    entity = items[0].plan.entity
    old = bindings.snapshots(run, [x.binding["id"] for x in items if x.binding])
    conflict.load_open(run, items)
    records = run.model(entity).with_context(active_test=False)
    existing = records.browse([x.record_id for x in items]).exists()
    existing_ids = set(existing.ids)
    changes, ready = [], []
    for item in items:
        if item.record_id not in existing_ids:
            item.problem = _orphan(run, item)
            continue
        snapshot = old.get(item.binding["id"], {}) if item.binding else {}
        try:
            vals = _changed(run, item, records.browse(item.record_id), snapshot)
        except ITEM_ERRORS as error:
            item.problem = run.connector._explain(error, item.name)
            continue
        if vals:
            changes.append((item.record_id, vals))
            ready.append(item)
        elif item.action == "update":
            item.action = "unchanged"
    results = writing.write(records, changes)
    for item, result in zip(ready, results, strict=True):
        _take(run, item, result)


def _changed(run: Run, item: Item, record: Any, snapshot: dict) -> dict[str, Any]:
    """Return what has to be written: what the vendor changed and Odoo does not have.

    A field that only Odoo's users changed since the last sync is theirs; one that both
    changed is a conflict.
    """
    entity = item.plan.entity
    wanted = entity.prepare(run, item, item.vals, record)
    _remember(item, wanted)
    if item.binding and item.binding["state"] == "gone" and "active" in record._fields:
        # It was archived here because it was gone there.
        wanted.setdefault("active", True)
        snapshot.pop("active", None)
    result = conflict.merge(run, item, record, wanted, snapshot)
    entity.check_open(run, item, record, result)
    item.written = set(result)
    if run.dry:
        item.changes = {
            name: (entity.current(record, name), value)
            for name, value in result.items()
        }
    return {name: entity.command(run, name, value) for name, value in result.items()}


def _remember(item: Item, prepared: dict[str, Any]) -> None:
    """Keep what the vendor said of the fields that it may fill."""
    said = {name: value for name, value in item.vals.items() if name in prepared}
    item.snapshot = bindings.jsonable(said)


def _orphan(run: Run, item: Item) -> Problem:
    return Problem(
        "record",
        run.env._(
            "%(record)s was deleted in Odoo. Ignore it, or let it be created again.",
            record=item.name,
        ),
        cause="orphan",
    )


# === STORING === #


def _finish(run: Run, items: list[Item]) -> None:
    done = [
        x for x in items if x.record_id and not x.problem and x.action != "candidate"
    ]
    if done:
        done[0].plan.entity.written(run, done)
        told.agree(run, done)
        told.agree_twins(run, done)
    known = run.lookups.references
    for item in items:
        if item.record_id and item.action != "candidate":
            known[item.key] = item.record_id


def _store(run: Run, items: list[Item]) -> list[int]:
    causes: dict[str, int] = {}
    for item in items:
        _count(run, item)
        problem = item.problem
        if not problem or run.dry:
            continue
        if problem.value:
            run.own["ledger.value.mapping"]._note_missing(run.connection, problem.value)
        # What waits for another record says so itself; the cause is why that one is
        # not there.
        if not problem.waiting_for and problem.cause not in causes:
            cause = run.own["ledger.cause"]._note(run.connection, problem)
            causes[problem.cause] = cause.id
    if run.dry:
        return bindings.save(run, items, causes)
    bindings.replace_unsent(run, [x for x in items if x.action == "link"])
    saved = bindings.save(run, items, causes)
    conflict.store(run, items)
    bindings.compare_again(run, items)
    return saved


def _count(run: Run, item: Item) -> None:
    kind = item.problem.state if item.problem else _KINDS.get(item.action, "unchanged")
    run.counts[kind] += 1
    if run.dry:
        run.changes.append(
            {
                "resource": item.resource,
                "external_id": item.external_id,
                "name": item.name,
                "action": kind,
                "changes": item.changes,
                "model": item.plan.entity.model,
                "error": item.problem.sentence if item.problem else "",
            }
        )


_KINDS = {
    "create": "created",
    "update": "updated",
    "link": "linked",
    "candidate": "candidate",
}
