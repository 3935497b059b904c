# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the vendor has been told of a record, so that only what is new is sent.

A link keeps the flat form (see ``outgoing``) of what both sides agreed on last. A value
that Odoo has and the vendor was not told of is an edit to be sent, however it came
about: by a person, an import or a changed value mapping.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from odoo.exceptions import AccessError

from . import bindings
from .bindings import jsonable
from .outgoing import Flat, Outgoing, changed
from .problems import Problem
from .run import Item, Run


def flats(run: Run, outgoing: Outgoing, records: Any) -> dict[int, Flat]:
    """Return the flat form of *records* by id, without those that cannot be mapped.

    :param records: Odoo records of one model
    """
    load_external_ids(run, outgoing, records)
    result = {}
    for record in records:
        try:
            run.lookups.record_name = record.display_name
            result[record.id] = outgoing.flat(run.lookups, record)
        except (Problem, AccessError):
            # What is wrong with it is said when it is to be sent.
            continue
    return result


def load_external_ids(run: Run, outgoing: Outgoing, records: Any) -> None:
    """Look up the vendor's ids of what *records* point to, one query."""
    known = run.lookups.external_ids
    needed = references(outgoing, records) - set(known)
    if not needed:
        return
    run.own.cr.execute(
        """
        SELECT resource, res_model, res_id, external_id FROM ledger_binding
         WHERE connection_id = %s AND resource = ANY(%s) AND res_id = ANY(%s)
           AND external_id IS NOT NULL AND alias IS NOT TRUE
           AND state NOT IN ('candidate', 'gone', 'orphan', 'ignored')
        """,
        (
            run.books.connection_id,
            list({resource for resource, _model, _id in needed}),
            list({res_id for _resource, _model, res_id in needed}),
        ),
    )
    for resource, model, res_id, external_id in run.own.cr.fetchall():
        if (resource, model, res_id) in needed:
            known[resource, model, res_id] = external_id


def load_troubles(run: Run, missing: Iterable[tuple[str, str, int]]) -> None:
    """Look up why *missing* records are not there, so that what waits can say it.

    :param missing: ``(resource, model, id)``
    """
    keys = set(missing)
    if not keys:
        return
    run.own.cr.execute(
        """
        SELECT resource, res_model, res_id, state, error FROM ledger_binding
         WHERE connection_id = %s AND resource = ANY(%s) AND res_id = ANY(%s)
           AND state IN ('candidate', 'failed', 'waiting')
        """,
        (
            run.books.connection_id,
            list({resource for resource, _model, _id in keys}),
            list({res_id for _resource, _model, res_id in keys}),
        ),
    )
    for resource, model, res_id, state, error in run.own.cr.fetchall():
        run.lookups.troubles[resource, model, res_id] = (state, error or "")


def references(outgoing: Outgoing, records: Any) -> set[tuple[str, str, int]]:
    """Return ``(resource, model, id)`` of all that *records* point to.

    Without what may not be read: that is said when the record itself is sent.
    """
    found = set()
    for record in records:
        try:
            found |= outgoing.references(record)
        except AccessError:
            continue
    return found


def edited(outgoing: Outgoing, now: Flat, sent: Flat) -> set[str]:
    """Return the Odoo fields of which something has not been sent."""
    paths = changed(now, sent)
    return {field for path in paths for field in outgoing.fields_of(path)}


def agree(run: Run, items: Iterable[Item]) -> None:
    """Note on *items*, which were just pulled, what both sides agree on now.

    Otherwise what came from the vendor would be sent back to it.
    """
    items = [x for x in items if x.record_id and not x.problem]
    outgoing = items and run.outgoing(items[0].resource)
    if not outgoing or not outgoing.resource.updates or run.dry:
        return
    model = run.model(outgoing.entity).with_context(active_test=False)
    now = flats(run, outgoing, model.browse([x.record_id for x in items]))
    for item in items:
        if item.record_id in now:
            record = model.browse(item.record_id)
            item.told = _told(outgoing, item, now[item.record_id], record)


def agree_twins(run: Run, items: Iterable[Item]) -> None:
    """Note what was just written on the other links of the same Odoo records.

    A party that is customer and supplier has two: what one of its records said is no
    edit to be sent to the other.
    """
    written = {x.record_id: x.written for x in items if x.written and not x.problem}
    if not written or run.dry:
        return
    one = next(iter(items))
    told = []
    for outgoing in _twins(run, one):
        model = run.model(one.plan.entity).with_context(active_test=False)
        name = outgoing.resource.name
        links = bindings.told_before(run, name, one.plan.entity.model, written)
        now = flats(run, outgoing, model.browse(links.values()))
        for link_id, res_id in links.items():
            fields = written[res_id]
            taken = {
                path: value
                for path, value in now.get(res_id, {}).items()
                if outgoing.fields_of(path) <= fields
            }
            told.append((link_id, taken))
    bindings.add_told(run, told)


def _twins(run: Run, item: Item) -> Iterator[Outgoing]:
    """Yield the push mappings of the other resources of *item*'s entity."""
    for resource in run.system.resources:
        same = resource.entity == item.plan.entity.name
        outgoing = same and run.outgoing(resource.name)
        if outgoing and resource.name != item.resource and resource.updates:
            yield outgoing


def _told(outgoing: Outgoing, item: Item, now: Flat, record: Any) -> Flat:
    before = item.binding and item.binding.get("sent")
    if before is None:
        # From here on edits count, but what Odoo kept for itself, or what a person
        # edited since the record was linked, has still to be sent.
        unsent = item.kept | _edited_since(item, record)
        return {
            path: value
            for path, value in now.items()
            if not outgoing.fields_of(path) & unsent
        }
    taken = {
        path: value
        for path, value in now.items()
        if outgoing.fields_of(path) <= item.agreed
    }
    return {**before, **taken}


def _edited_since(item: Item, record: Any) -> set[str]:
    """Return the fields in which Odoo has another value than the vendor says."""
    if not item.binding or not item.binding.get("res_id"):
        return set()
    entity = item.plan.entity
    return {
        name
        for name, said in item.snapshot.items()
        if name in record._fields
        and name not in item.agreed
        and jsonable(entity.current(record, name)) != said
    }
