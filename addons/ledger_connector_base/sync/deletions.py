# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What vanished there is archived here, with a brake; nothing is ever deleted."""

from __future__ import annotations

from collections.abc import Callable

from . import writing
from .problems import Problem
from .run import Run

BATCH = 1000


def archive_missing(
    run: Run, generation: int, still_there: Callable[[list[int]], set[int]]
) -> None:
    """Archive what a complete comparison did not meet.

    More than the flow's share of all links stops it: a person is asked, once.

    :param still_there: asks the vendor for these links' records one by one and returns
        the ids of those that it has
    """
    # Filled just now, the table has no statistics yet, and the join would be a bad one.
    run.own.cr.execute("ANALYZE ledger_seen")
    run.own.cr.execute(
        """
        SELECT b.id, b.res_id > 0 AND b.state != 'candidate' FROM ledger_binding b
         WHERE b.connection_id = %s AND b.resource = ANY(%s)
           AND b.state IN ('linked', 'failed', 'waiting', 'due', 'candidate')
           AND NOT EXISTS (
               SELECT 1 FROM ledger_seen s
                WHERE s.flow_id = %s AND s.generation = %s AND s.binding_id = b.id)
        """,
        (run.books.connection_id, _resources(run), run.flow_id, generation),
    )
    rows = run.own.cr.fetchall()
    run.own.cr.execute(
        "DELETE FROM ledger_seen WHERE flow_id = %s AND generation <= %s"
        " AND generation > 0",
        (run.flow_id, generation),
    )
    # What never came to Odoo leaves nothing behind but what it was held up by.
    _mark_gone(run.own["ledger.binding"].browse(x for x, linked in rows if not linked))
    missing = [x for x, linked in rows if linked]
    if missing and allowed(run, len(missing)):
        for start in range(0, len(missing), BATCH):
            batch = missing[start : start + BATCH]
            met = still_there(batch)
            archive(run, [x for x in batch if x not in met])
    flow = run.own["ledger.flow"].browse(run.flow_id)
    if flow.deletion_agreed:
        flow.deletion_agreed = False


def _resources(run: Run) -> list[str]:
    return [r for r in run.plan.resources if run.system.resource(r).deletions]


def allowed(run: Run, count: int, recent: bool = False) -> bool:
    """Tell whether *count* records that vanished may be archived without asking.

    :param recent: those of the last day count with them: notices come one by one
    """
    if run.plan.deletion_policy == "keep":
        return False
    run.own.cr.execute(
        "SELECT count(*) FROM ledger_binding WHERE connection_id = %s"
        " AND resource = ANY(%s) AND state = 'linked'",
        (run.books.connection_id, _resources(run)),
    )
    total = run.own.cr.fetchone()[0]
    if recent:
        gone = _gone_lately(run)
        count, total = count + gone, total + gone
    share = 100 * count / max(total, 1)
    flow = run.own["ledger.flow"].browse(run.flow_id)
    # One or two vanished records of a small register are no accident.
    if run.plan.deletion_agreed or share <= run.plan.deletion_share or count <= 2:
        flow.deletion_pending = 0
        return True
    flow.deletion_pending = count
    run.own["ledger.cause"]._note(
        run.connection,
        Problem(
            "record",
            run.env._(
                "%(count)s of %(total)s records of %(flow)s are no longer in "
                "%(system)s. Nothing was archived. If that is right, open the flow and "
                "press “Archive them”.",
                count=count,
                total=total,
                flow=flow.display_name,
                system=run.system.label,
            ),
            cause=flow._deletion_cause(),
        ),
    )
    return False


def _gone_lately(run: Run) -> int:
    run.own.cr.execute(
        "SELECT count(*) FROM ledger_binding WHERE connection_id = %s"
        " AND resource = ANY(%s) AND state = 'gone'"
        " AND write_date > now() AT TIME ZONE 'UTC' - interval '1 day'",
        (run.books.connection_id, _resources(run)),
    )
    return run.own.cr.fetchone()[0]


def archive(run: Run, binding_ids: list[int]) -> None:
    """Archive the Odoo records of these links, where no other link needs them."""
    links = run.own["ledger.binding"].browse(binding_ids)
    _mark_gone(links)
    for model, group in links.grouped("res_model").items():
        if not model or "active" not in run.env[model]._fields:
            continue
        still = run.own["ledger.binding"].search(
            [
                ("res_model", "=", model),
                ("res_id", "in", group.mapped("res_id")),
                ("state", "in", ("linked", "due", "failed")),
            ]
        )
        ids = set(group.mapped("res_id")) - set(still.mapped("res_id")) - {0}
        records = run.env[model].browse(sorted(ids)).exists()
        writing.archive(records.browse(), records.ids)
    run.counts["archived"] += len(links)


def _mark_gone(links) -> None:
    links.write(
        {
            "state": "gone",
            "digest": False,
            "error": False,
            "owner": False,
            "cause_id": False,
            "waiting_for": False,
        }
    )


def not_found(run: Run, resource: str, external_ids: list[str]) -> None:
    """Records that were asked for by their ids are not there, or not to be seen.

    What is in Odoo is left to the next full comparison, which has a brake: a lost
    right looks the same as a deletion.
    """
    links = run.own["ledger.binding"].search(
        [
            ("connection_id", "=", run.books.connection_id),
            ("resource", "=", resource),
            ("external_id", "in", external_ids),
            ("state", "=", "due"),
        ]
    )
    compared = run.system.resource(resource).deletions
    held = links.filtered(lambda x: x.res_id and compared)
    held.write({"state": "linked", "digest": False, "error": False, "owner": False})
    _mark_gone(links - held)


def not_inside(run: Run, resource: str, external_ids: list[str]) -> None:
    """What lay inside these records and was to be read again is not in them now."""
    keys = [f"{resource}:{external_id}" for external_id in external_ids]
    links = run.own["ledger.binding"].search(
        [
            ("connection_id", "=", run.books.connection_id),
            ("parent_key", "in", keys),
            ("state", "=", "due"),
        ]
    )
    archive(run, links.ids)
