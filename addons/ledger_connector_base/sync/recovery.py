# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Finding out what became of writes whose answer never came.

Whoever has the connection's lease asks first: a link that is still *sending* then
belongs to a process that died, one that is *uncertain* to an answer that was lost.
Nothing else is sent for their records before the vendor has said what it has.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from odoo import fields

from ..transport.errors import LedgerError
from . import agreement, ids, links, verdicts
from .contract import Operation
from .outgoing import Flat, nested, same_there
from .problems import NOT_THEIRS
from .run import Run


def unsettled(run: Run, resources: Iterable[str]) -> set[str]:
    """Return those of *resources* that have writes of unknown outcome."""
    run.own.cr.execute(
        "SELECT DISTINCT resource FROM ledger_binding WHERE connection_id = %s"
        " AND resource = ANY(%s) AND state IN ('sending', 'uncertain')",
        (run.books.connection_id, list(resources)),
    )
    return {row[0] for row in run.own.cr.fetchall()}


def settle(run: Run, client: Any, resources: Iterable[str]) -> None:
    """Ask the vendor about all writes of unknown outcome, and commit what it says.

    What it does not have may still be on its way for a while (``settle_seconds``):
    until then it stays uncertain.

    :raises transport.errors.LedgerError: the vendor could not be asked
    """
    for resource in sorted(unsettled(run, resources)):
        if not run.sends(resource):
            # The flow was deleted: nobody will send it again.
            continue
        rows = links.unsettled(run, resource)
        again = [row for row in rows if _is_repeated(row)]
        _repeat(run, resource, again)
        run.env.cr.commit()  # pylint: disable=invalid-commit
        rows = [row for row in rows if not _is_repeated(row)]
        creates = [row for row in rows if not row["external_id"]]
        updates = [row for row in rows if row["external_id"]]
        for batch in _batches(run, resource, creates):
            _settle_creates(run, client, resource, batch)
            run.env.cr.commit()  # pylint: disable=invalid-commit
        for batch in _batches(run, resource, updates):
            _settle_updates(run, client, resource, batch)
            run.env.cr.commit()  # pylint: disable=invalid-commit


def _batches(run: Run, resource: str, rows: list[dict]) -> Iterable[list[dict]]:
    size = run.system.resource(resource).batch or 1
    return (rows[start : start + size] for start in range(0, len(rows), size))


def _is_repeated(row: dict[str, Any]) -> bool:
    return (row["intent"] or {}).get("kind") in agreement.REPEATED


def _repeat(run: Run, resource: str, rows: list[dict[str, Any]]) -> None:
    """What looks first at what was done already is simply done again, in a while."""
    for row in rows:
        if not row["settled"]:
            continue
        if (row["tries"] or 0) >= links.MAX_TRIES:
            verdicts.stumbled(run, row)
        else:
            verdicts.repeated(run, row)
    _still_uncertain(run, resource, [row for row in rows if not row["settled"]])


def _settle_creates(run: Run, client: Any, resource: str, rows: list[dict]) -> None:
    operations = [operation(row) for row in rows]
    try:
        found = find(run, client, resource, operations)
    except LedgerError as error:
        problem = run.connector._explain(error, rows[0]["label"])
        if problem.owner in NOT_THEIRS:
            raise
        if len(rows) == 1:
            verdicts.unanswered(run, rows[0], problem)
        else:
            for row in rows:
                _settle_creates(run, client, resource, [row])
        return
    open_rows = []
    for row, records in zip(rows, found, strict=True):
        if len(records) == 1:
            adopt(run, client, row, records[0])
        elif records:
            verdicts.several(run, row, records)
        elif row["settled"]:
            verdicts.not_arrived(run, row)
        else:
            open_rows.append(row)
    _still_uncertain(run, resource, open_rows)


def _still_uncertain(run: Run, resource: str, rows: list[dict[str, Any]]) -> None:
    """Nothing may be sent yet: ask again when the vendor must be done with them."""
    dead = [row for row in rows if row["state"] == "sending"]
    # Their process is found dead now, and until now its call may have gone on.
    links.update(
        run,
        [(row["id"],) for row in dead],
        "sent_at = clock_timestamp() AT TIME ZONE 'UTC'",
        "(id)",
    )
    for row in rows:
        verdicts.still_uncertain(run, row)
    plan = run.push_plan(resource)
    if rows and plan:
        flow = run.own["ledger.flow"].browse(plan.flow_id)
        seconds = run.system.settle_seconds + 1
        soon = fields.Datetime.now() + timedelta(seconds=seconds)
        # Their flow may be due in an hour only.
        flow._enqueue("retry", wake=False).run_after = soon


def adopt(run: Run, client: Any, row: dict[str, Any], record: dict) -> None:
    """Link what was sent to what was found there.

    If it has other values than were sent, a colleague made or changed it: both are
    merged. A document cannot be edited there, so it is the one that was sent.
    """
    definition = run.system.resource(row["resource"])
    values = (row["intent"] or {}).get("values") or {}
    ours = all(
        arrived(record, path, value)
        for path, value in values.items()
        if not path.endswith("[]")
    )
    if ours or not definition.updates:
        verdicts.arrived(run, row, record)
        return
    verdicts.arrived(run, {**row, "intent": {}}, record)
    links.forget_agreement(run, row["id"])
    ids = {str(record[definition.id_field]): record}
    refresh(run, client, row["resource"], ids)


def find(
    run: Run, client: Any, resource: str, operations: list[Operation]
) -> list[list[dict[str, Any]]]:
    """Ask the vendor for what *operations* may have created.

    Records that are linked to something else are left out.
    """
    flow = run.env["ledger.flow"].browse(run.push_plan_of(resource).flow_id)
    found = run.connector._find(client, flow, operations)
    id_field = run.system.resource(resource).id_field
    times = Counter(str(record[id_field]) for records in found for record in records)
    taken = set().union(*(ids.taken(run, name, times) for name in _same(run, resource)))
    free = [
        [record for record in records if str(record[id_field]) not in taken]
        for records in found
    ]
    # What could be two of ours is surely neither: as if there were several.
    return [
        records * 2
        if len(records) == 1 and times[str(records[0][id_field])] > 1
        else records
        for records in free
    ]


def _same(run: Run, resource: str) -> list[str]:
    """Names of the resources that have the ids of *resource*, itself among them."""
    other = run.system.resource(resource).same_as
    same = {x.name for x in run.system.resources if x.same_as == resource}
    return sorted({resource, *same} | ({other} if other else set()))


def _settle_updates(run: Run, client: Any, resource: str, rows: list[dict]) -> None:
    """What the vendor has now shows whether the update arrived."""
    records = read(run, client, resource, [row["external_id"] for row in rows])
    for row in rows:
        record = records.get(row["external_id"])
        if record is None:
            verdicts.gone(run, row)
            continue
        intent = row["intent"] or {}
        told = {
            path: value
            for path, value in (intent.get("values") or {}).items()
            if arrived(record, path, value)
        }
        if not told and (row["tries"] or 0) >= links.MAX_TRIES:
            verdicts.stumbled(run, row)
        else:
            verdicts.settled_update(run, row, {**(row["sent"] or {}), **told})
    well = {row["external_id"] for row in rows if (row["tries"] or 0) < links.MAX_TRIES}
    refresh(run, client, resource, {x: y for x, y in records.items() if x in well})


def read(
    run: Run, client: Any, resource: str, external_ids: list[str]
) -> dict[str, dict[str, Any]]:
    """Read records of *resource* by their ids; those that are gone are missing."""
    # What is only sent is read by the flow that sends it.
    plan = run.reading_plan(resource) or run.push_plan_of(resource)
    flow = run.env["ledger.flow"].browse(plan.flow_id)
    id_field = run.system.resource(resource).id_field
    return {
        str(record[id_field]): record
        for page in run.connector._fetch(client, flow, resource, external_ids)
        for record in page.records
    }


def refresh(
    run: Run, client: Any, resource: str, records: dict[str, dict[str, Any]]
) -> None:
    """Take over what changed there, so that only our own edits are left to be sent."""
    # A pull asks here first, so neither module can be loaded without the other.
    from .pull import Pull

    if run.reading_plan(resource) is not None:
        Pull(run, client).refresh(resource, records)
    # Also where nothing that is mapped was changed there.
    links.know_versions(run, resource, records)


def match(run: Run, client: Any, resource: str, records: list[dict[str, Any]]) -> None:
    """Link or propose what was found there, by the rules of the flow that reads it."""
    from .pull import Pull  # as in refresh()

    plan = run.reading_plan(resource)
    if plan is None:
        return
    flow = run.env["ledger.flow"].browse(plan.flow_id)
    Pull(run.matching(flow), client).process(resource, records)
    run.own["ledger.binding"].invalidate_model()


def arrived(record: dict[str, Any], path: str, value: Any) -> bool:
    """Tell whether the vendor's *record* has *value* at *path* (see ``outgoing``)."""
    if path.endswith("[]"):
        # Lists are replaced as a whole: the version says whether they were.
        return False
    there: Any = record
    for key in path.split("."):
        there = there.get(key) if isinstance(there, dict) else None
    return same_there(there, value)


def operation(row: dict[str, Any]) -> Operation:
    """Return the operation that a link's intent was."""
    intent: dict[str, Any] = row["intent"] or {}
    values: Flat = intent.get("values") or {}
    whole: Flat = intent.get("whole") or values
    return Operation(
        kind=intent.get("kind", "create"),
        resource=row["resource"],
        key=intent.get("key", ""),
        name=row["label"] or "",
        number=intent.get("number", ""),
        values=nested(values),
        whole=nested(whole),
        told=nested(row["sent"] or {}),
        external_id=row["external_id"] or "",
        version=row["remote_version"] or "",
        generation=intent.get("generation", 1),
        agreed=intent.get("agreed", False),
    )
