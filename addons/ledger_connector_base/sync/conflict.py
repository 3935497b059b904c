# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Two people edited the same record: what is taken over, kept, or asked about.

Three values are compared for each field: the one both sides agreed on last (the link's
snapshot), the vendor's and Odoo's. Edits of different fields are no conflict. Whoever
loses, the value is kept in ``ledger.conflict``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from . import bindings, told
from .run import Item, Run

#: Decisions that an open conflict waits for, and how one was decided.
OPEN, SYSTEM, ODOO = "open", "system", "odoo"


@dataclass
class Conflict:
    """One field that both sides changed.

    :param ours: Odoo's value, as JSON
    :param theirs: the vendor's value in the shape of Odoo's, as JSON
    :param base: what both sides had before, None if that is not known
    :param decision: ``open``, ``system`` or ``odoo``
    """

    field: str
    ours: Any
    theirs: Any
    base: Any
    decision: str


def merge(
    run: Run,
    item: Item,
    record: Any,
    wanted: dict[str, Any],
    snapshot: dict[str, Any],
) -> dict[str, Any]:
    """Return what of *wanted* has to be written to *record*.

    Notes on *item* which fields are agreed on, which Odoo keeps, and the conflicts.

    :param wanted: the vendor's values by Odoo field
    :param snapshot: what both sides agreed on last
    """
    entity = item.plan.entity
    ours = None
    result = {}
    for name, value in wanted.items():
        if name in snapshot and snapshot[name] == bindings.jsonable(value):
            continue
        if entity.same(run, record, name, value):
            item.agreed.add(name)
            continue
        if name in snapshot and ours is None:
            ours = _edited_here(run, item, record)
        if name not in snapshot and _says_nothing(value) and record[name]:
            # Nothing there is no reason to empty what is here.
            item.kept.add(name)
            continue
        if not _is_edited(item, record, name, snapshot, ours):
            decision = SYSTEM if item.plan.active else ODOO
        else:
            decision = _decide(run, item, record, name)
            _note(item, record, name, value, snapshot, decision)
        if decision == SYSTEM:
            item.agreed.add(name)
            result[name] = value
        elif name in snapshot or item.plan.conflict_policy == "odoo":
            # Otherwise the two agree to differ, until somebody edits one of them.
            item.kept.add(name)
    return result


def _says_nothing(value: Any) -> bool:
    return value in (None, False, "", []) and value is not True


def _edited_here(run: Run, item: Item, record: Any) -> tuple[set[str], set[str]]:
    """Return the fields with unsent edits, and those whose edits would be sent."""
    outgoing = run.outgoing(item.resource)
    sent = item.binding and item.binding.get("sent")
    if not outgoing or sent is None:
        return set(), set()
    now = told.flats(run, outgoing, record).get(record.id)
    if now is None:
        return set(), set()
    known = {field for path in now for field in outgoing.fields_of(path)}
    return told.edited(outgoing, now, sent), known


def _is_edited(
    item: Item, record: Any, name: str, snapshot: dict[str, Any], ours: Any
) -> bool:
    """Tell whether a person changed *name* in Odoo since both sides agreed."""
    current = bindings.jsonable(item.plan.entity.current(record, name))
    if name not in snapshot:
        # Linked for the first time: both have a value of their own, or one has.
        return bool(record[name])
    if current == snapshot[name]:
        return False
    edited, known = ours
    # What vendors make of a value (blanks, spelling of numbers) is no edit of ours.
    return name in edited if name in known else True


def _decide(run: Run, item: Item, record: Any, name: str) -> str:
    policy = item.mapping.policy_of(name) or item.plan.conflict_policy
    if policy == "newest":
        theirs = run.connector._changed_at(item.resource, item.data)
        policy = _newest(theirs, _edited_at(run, record))
    first = not item.binding or not item.binding["res_id"]
    if policy == "ask" and first:
        # Linking asks one question: whether it is the same. Odoo's values stay.
        return ODOO
    return {"system": SYSTEM, "odoo": ODOO}.get(policy, OPEN)


def _newest(theirs: Any, ours: Any) -> str:
    if not theirs or not ours:
        return "ask"
    return "system" if theirs > ours else "odoo"


def _edited_at(run: Run, record: Any) -> Any:
    run.own.cr.execute(
        "SELECT max(o.changed_at) FROM ledger_outbox o JOIN ledger_flow f"
        " ON f.id = o.flow_id WHERE f.connection_id = %s AND f.res_model = %s"
        " AND o.res_id = %s",
        (run.books.connection_id, record._name, record.id),
    )
    return run.own.cr.fetchone()[0] or record.write_date


def _note(
    item: Item,
    record: Any,
    name: str,
    value: Any,
    snapshot: dict[str, Any],
    decision: str,
) -> None:
    item.conflicts.append(
        Conflict(
            field=name,
            ours=bindings.jsonable(item.plan.entity.current(record, name)),
            theirs=bindings.jsonable(value),
            base=snapshot.get(name),
            decision=decision,
        )
    )


def open_fields(run: Run, binding_ids: Iterable[int]) -> dict[int, set[str]]:
    """Return the fields with undecided conflicts by link id."""
    ids = list(binding_ids)
    if not ids:
        return {}
    run.own.cr.execute(
        "SELECT binding_id, array_agg(field_name) FROM ledger_conflict"
        " WHERE binding_id = ANY(%s) AND state = 'open' GROUP BY binding_id",
        (ids,),
    )
    return {row[0]: set(row[1]) for row in run.own.cr.fetchall()}


def load_open(run: Run, items: Iterable[Item]) -> None:
    """Note on *items* which of their fields wait for a decision."""
    by_id = {
        item.binding["id"]: item
        for item in items
        if item.binding and item.binding["state"] == "conflict"
    }
    for binding_id, names in open_fields(run, by_id).items():
        by_id[binding_id].open = names


def store(run: Run, items: Iterable[Item]) -> None:
    """Keep the conflicts of *items*, and ask about those that are open.

    Called when their links are stored.
    """
    for item in items:
        settled = item.open & item.agreed
        if settled or item.conflicts:
            run.own["ledger.conflict"]._note(run.connection, item, settled)
