# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What is stored once the vendor has said what became of an uncertain write."""

from __future__ import annotations

import json
from typing import Any

from . import agreement
from .answers import write_answers
from .links import MAX_TRIES, update
from .outgoing import Flat
from .problems import Problem
from .readback import read_back
from .run import Run


def arrived(run: Run, row: dict[str, Any], record: dict[str, Any]) -> None:
    """The vendor has it: link it. Later edits are sent as changes."""
    resource = run.system.resource(row["resource"])
    external_id = str(record[resource.id_field])
    # A proposal for another record, or nothing yet: never somebody else's link.
    run.own.cr.execute(
        "DELETE FROM ledger_binding WHERE connection_id = %s AND resource = %s"
        " AND external_id = %s AND id != %s",
        (run.books.connection_id, row["resource"], external_id, row["id"]),
    )
    intent = row["intent"] or {}
    state = "linked" if _is_here(run, row) else "orphan"
    version = record.get(resource.version_field)
    read = read_back(run, row["resource"], record, row["label"] or "")
    update(
        run,
        [
            (
                row["id"],
                state,
                external_id,
                None if version is None else str(version),
                json.dumps(intent.get("whole") or {}),
                json.dumps(read.snapshot) if read.snapshot else None,
                read.digest or None,
                resource.follow_up,
            )
        ],
        "state = v.state, external_id = v.external_id, remote_version = v.version,"
        " sent = v.sent::jsonb, snapshot = v.snapshot::jsonb, digest = v.digest,"
        " intent = NULL, error = NULL, owner = NULL, cause_id = NULL,"
        " waiting_for = NULL, synced_at = now() AT TIME ZONE 'UTC',"
        " unfinished = v.unfinished, tries = 0",
        "(id, state, external_id, version, sent, snapshot, digest, unfinished)",
    )
    run.counts["linked"] += 1
    plan = run.push_plan_of(row["resource"])
    answers = [(row["res_id"], read.vals)]
    wrong = write_answers(run, plan, answers, finished=not resource.follow_up)
    for problem in wrong.values():
        note_problem(run, row["id"], problem)
    look_again(run, row)


def _is_here(run: Run, row: dict[str, Any]) -> bool:
    """Tell whether the Odoo record was not deleted meanwhile."""
    entity = run.push_plan_of(row["resource"]).entity
    return bool(run.own[entity.model].browse(row["res_id"]).exists())


def unanswered(run: Run, row: dict[str, Any], problem: Problem) -> None:
    """The vendor refuses to say whether it has it: a person looks."""
    update(
        run,
        [
            (
                row["id"],
                run.env._(
                    "%(record)s was sent, but its answer was lost, and whether it "
                    "arrived could not be asked: %(reason)s",
                    record=row["label"],
                    reason=problem.sentence,
                ),
            )
        ],
        "state = 'uncertain', error = v.error, owner = 'record'",
        "(id, error)",
    )


def note_problem(run: Run, link_id: int, problem: Problem) -> None:
    """Say on a link what is wrong with its record."""
    cause = run.own["ledger.cause"]._note(run.connection, problem)
    update(
        run,
        [(link_id, problem.sentence, problem.owner, cause.id)],
        "state = 'failed', error = v.error, owner = v.owner, cause_id = v.cause_id,"
        f" question = NULL, {agreement.KEPT_INTENT}",
        "(id, error, owner, cause_id)",
    )


def several(run: Run, row: dict[str, Any], records: list[dict[str, Any]]) -> None:
    """More than one could be it: a person says which."""
    definition = run.system.resource(row["resource"])
    known = {str(record[definition.id_field]) for record in records}
    ids = ", ".join(sorted(known))
    update(
        run,
        [
            (
                row["id"],
                run.env._(
                    "%(record)s was sent, but its answer was lost, and several records "
                    "in %(system)s look like it (%(ids)s). Choose the right one, or "
                    "let it be sent again.",
                    record=row["label"],
                    system=run.system.label,
                    ids=ids,
                ),
            )
        ],
        "state = 'uncertain', error = v.error, owner = 'record'",
        "(id, error)",
    )


def not_arrived(run: Run, row: dict[str, Any]) -> None:
    """The vendor does not have it: it may be sent again, but not for ever."""
    if not _is_here(run, row):
        run.own["ledger.binding"].browse(row["id"]).unlink()
        return
    if (row["tries"] or 0) >= MAX_TRIES:
        stumbled(run, row)
        return
    update(
        run,
        [(row["id"],)],
        "state = 'to_push', intent = NULL, error = NULL, owner = NULL",
        "(id)",
    )
    look_again(run, row)


def stumbled(run: Run, row: dict[str, Any]) -> None:
    """The vendor fails on this very record: a person looks at it."""
    sentence = run.env._(
        "%(system)s failed %(count)s times on %(record)s, and what was sent has not "
        "arrived. Look for something unusual in the record, then retry.",
        system=run.system.label,
        count=row["tries"],
        record=row["label"],
    )
    update(run, [(row["id"],)], "tries = 0", "(id)")
    note_problem(
        run, row["id"], Problem("record", sentence, cause=f"stumbled:{row['id']}")
    )


def still_uncertain(run: Run, row: dict[str, Any]) -> None:
    """It may still arrive."""
    update(
        run,
        [
            (
                row["id"],
                run.env._(
                    "%(record)s was sent, but the answer did not come. %(system)s is "
                    "asked again in a minute; until then nothing more is sent.",
                    record=row["label"],
                    system=run.system.label,
                ),
            )
        ],
        "state = 'uncertain', error = v.error, owner = 'wait'",
        "(id, error)",
    )


def gone(run: Run, row: dict[str, Any]) -> None:
    """It was deleted there meanwhile."""
    update(
        run,
        [(row["id"],)],
        "state = 'gone', intent = NULL, error = NULL, owner = NULL",
        "(id)",
    )


def settled_update(run: Run, row: dict[str, Any], sent: Flat) -> None:
    """The vendor was asked: it has *sent*; the rest is compared again."""
    update(
        run,
        [(row["id"], json.dumps(sent))],
        "state = 'linked', sent = v.sent::jsonb, digest = NULL, intent = NULL,"
        " error = NULL, owner = NULL",
        "(id, sent)",
    )
    look_again(run, row)


def repeated(run: Run, row: dict[str, Any]) -> None:
    """Whether it was done is found out by doing it again."""
    update(
        run,
        [(row["id"],)],
        f"state = 'linked', {agreement.KEPT_INTENT}, error = NULL, owner = NULL",
        "(id)",
    )
    look_again(run, row)


def look_again(run: Run, row: dict[str, Any]) -> None:
    """Whatever was edited meanwhile is compared and sent."""
    plan = run.push_plan(row["resource"])
    if plan and row["res_id"]:
        run.own["ledger.outbox"]._note([plan.flow_id], [row["res_id"]], asked=True)
