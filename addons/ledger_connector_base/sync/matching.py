# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Finding the Odoo record that a new remote record most likely is."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any

from odoo.fields import Domain

from . import bindings
from .contract import NAMED
from .run import Item, Run


def match(run: Run, items: list[Item], returned: dict[Any, str]) -> None:
    """Set ``record_id``, ``reason`` and ``action`` of new *items* of one resource.

    ``action`` becomes ``link`` (sure), ``candidate`` (a person decides) or ``create``.
    One query for each key that the page's records carry.
    """
    if items and items[0].plan.matching_policy != "none":
        _match_twins(run, items)
        for field, reason, sure in items[0].plan.match_keys:
            _match_key(run, items, field, run.env._(reason), sure)
        _only_once(run, items, returned)
    for item in items:
        item.action = item.action or "create"


def hold_returned(run: Run, items: list[Item]) -> dict[Any, str]:
    """Ask about records that were gone and whose Odoo record is another's by now.

    :return: external id of those that take theirs again, by resource and Odoo id
    """
    returned = [x for x in items if x.binding and x.binding["state"] == "gone"]
    returned = [x for x in returned if x.record_id and not x.problem]
    taken = _taken(run, returned) if returned else {}
    for item in returned:
        if (item.resource, item.record_id) in taken:
            item.action = "candidate"
            item.reason = run.env._("linked to another record now")
    again = [item for item in returned if item.action != "candidate"]
    return {(item.resource, item.record_id): item.external_id for item in again}


def _match_twins(run: Run, items: list[Item]) -> None:
    """The vendor says that two of its records are one party: customer and supplier."""
    twins = {
        key: item
        for item in items
        for key in run.connector._twins(item.resource, item.data)
    }
    linked = bindings.references(run, twins)
    for key, record_id in linked.items():
        item = twins[key]
        record = run.model(item.plan.entity).browse(record_id)
        if _normal(record.display_name) == _normal(item.vals.get("name")):
            _propose(item, [record_id], run.env._("same party there"), True)


def _match_key(
    run: Run, items: list[Item], field: str, reason: str, sure: bool | str
) -> None:
    # A dash for a number says nothing, and would be like every missing one.
    pending = [x for x in items if not x.action and _normal(x.vals.get(field))]
    if not pending:
        return
    found = _candidates(run, field, pending, sure)
    first: dict[Any, Item] = {}
    for item in pending:
        key = _key(item, field)
        if sure and key in first:
            # Two records of this very page claim to be the same.
            item.action, item.twin, item.reason = "candidate", first[key], reason
            if first[key].action == "link" and first[key].reason == reason:
                first[key].action = "candidate"
            continue
        first[key] = item
        ids = _not_distinct(item, found.get(key, ()))
        if sure == NAMED:
            _propose_by_number(run, item, ids, reason)
        elif ids:
            _propose(item, ids, reason, sure)


def _propose_by_number(run: Run, item: Item, ids: list[int], reason: str) -> None:
    """A number is sure only where the name agrees: other series have it too."""
    if not ids:
        return
    records = run.model(item.plan.entity).browse(ids)
    name = _normal(item.vals.get("name"))
    if same := records.filtered(lambda record: _normal(record.name) == name):
        _propose(item, same.ids, reason, True)
    elif free := _unlinked(run, records):
        _propose(item, free.ids, reason, False)


def _unlinked(run: Run, records: Any) -> Any:
    """Leave out what this connection knows: its number came from the other series."""
    links = run.own["ledger.binding"].search_fetch(
        [
            ("connection_id", "=", run.books.connection_id),
            ("res_model", "=", records._name),
            ("res_id", "in", records.ids),
            ("state", "not in", ("candidate", "gone", "orphan")),
        ],
        ["res_id"],
    )
    return records.browse(set(records.ids) - set(links.mapped("res_id")))


def _key(item: Item, field: str) -> tuple[Any, str]:
    scope = item.plan.entity.scope_field
    return item.vals.get(scope) or False, _normal(item.vals.get(field))


def _normal(value: Any) -> str:
    """Compare without case, blanks and punctuation: 912 345 678 is 912345678."""
    return "".join(c for c in str(value or "").casefold() if c.isalnum())


def _forms(value: Any) -> set[Any]:
    """How people write the same number: indexes find equal text only."""
    text = str(value).strip()
    bare = "".join(c for c in text if c.isalnum())
    spaced = " ".join(re.findall(".{1,3}", bare)) if bare.isdigit() else bare
    return {value, text, bare, spaced}


def _not_distinct(item: Item, found: Any) -> list[int]:
    """Leave out what is surely another: both have a business id, and not the same."""
    own = _normal(item.vals.get(item.plan.entity.distinct_field))
    return [one for one, other in found if not own or not other or own == other]


def _candidates(
    run: Run, field: str, items: list[Item], sure: bool | str
) -> dict[Any, list[tuple[int, str]]]:
    """Local records by scope and normal form of *field*: id and business id."""
    entity = items[0].plan.entity
    values = {item.vals[field] for item in items}
    if sure:
        values = {form for value in values for form in _forms(value)}
    domain = Domain(field, "in", [*values]) & Domain(entity.search_domain(run))
    names = [field] if field == "name" else [field, "name"]
    if entity.distinct_field:
        names.append(entity.distinct_field)
    if scope := entity.scope_field:
        # A contact's e-mail says nothing about the customer it belongs to.
        scopes = {item.vals.get(scope) or False for item in items}
        domain &= Domain(scope, "in", [*scopes])
        names.append(scope)
    records = run.model(entity).with_context(active_test=False)
    result: dict[Any, list[tuple[int, str]]] = defaultdict(list)
    for record in records.search_fetch(domain, names):
        outer = record[scope].id if scope else False
        distinct = ""
        if entity.distinct_field:
            distinct = _normal(record[entity.distinct_field])
        result[outer, _normal(record[field])].append((record.id, distinct))
    return result


def _propose(item: Item, ids: list[int], reason: str, sure: bool) -> None:
    item.record_id = ids[0]
    item.reason = reason
    item.sure = sure
    certain = len(ids) == 1 and item.plan.matching_policy == "sure"
    item.action = "link" if sure and certain else "candidate"


def _only_once(run: Run, items: list[Item], returned: dict[Any, str]) -> None:
    """A second remote record of the same Odoo record is a person's decision.

    Unless only its name or e-mail is the same: then it is simply another one.
    """
    proposed = [item for item in items if item.record_id]
    taken = {**_taken(run, proposed), **returned} if proposed else {}
    for item in proposed:
        key = (item.resource, item.record_id)
        if taken.setdefault(key, item.external_id) == item.external_id:
            continue
        if item.sure:
            item.action = "candidate"
        else:
            item.action, item.record_id, item.reason = "", 0, ""


def _taken(run: Run, items: list[Item]) -> dict[tuple[str, int], str]:
    run.own.cr.execute(
        "SELECT resource, res_id, external_id FROM ledger_binding"
        " WHERE connection_id = %s AND res_model = %s AND res_id = ANY(%s)"
        " AND state NOT IN ('candidate', 'gone', 'orphan')"
        # What was only going to be sent is there already, as it seems.
        " AND external_id IS NOT NULL",
        (
            run.books.connection_id,
            items[0].plan.entity.model,
            [item.record_id for item in items],
        ),
    )
    return {(row[0], row[1]): row[2] for row in run.own.cr.fetchall()}
