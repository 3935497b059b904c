# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Bringing to Odoo what only the vendor can say of a record that was sent to it.

Its number and its totals: they come with the answer, or with what was found after an
answer was lost.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from odoo.tools import SQL

from . import writing
from .problems import Problem
from .run import PushPlan, Run


def write_answers(
    run: Run,
    plan: PushPlan,
    answers: Iterable[tuple[int, dict[str, Any]]],
    finished: bool = True,
) -> dict[int, Problem]:
    """Write what the vendor gave, and compare what it booked.

    :param answers: Odoo id, and what the pull's mapping makes of the vendor's record
    :param finished: otherwise nothing is booked yet, and nothing to be compared
    :return: by Odoo id what is wrong with a record that is there now
    """
    entity, problems, changes = plan.entity, {}, []
    answers = dict(answers)
    if entity.document or plan.number_policy == "system":
        _hold(run, plan, [*answers])
    model = run.model(entity).with_context(active_test=False)
    for record in model.browse(answers).exists():
        problem = finished and entity.check_answer(run, record, answers[record.id])
        if problem:
            problems[record.id] = problem
        vals = _given(run, plan, record, answers[record.id])
        if vals:
            changes.append((record.id, vals))
    results = writing.write(model, changes)
    for (res_id, _vals), result in zip(changes, results, strict=True):
        if isinstance(result, Exception):
            name = model.browse(res_id).display_name
            problems[res_id] = run.connector._explain(result, name)
    return problems


def _hold(run: Run, plan: PushPlan, res_ids: list[int]) -> None:
    """Lock the records that the answers are written into.

    Who saves one of them just now comes first: that race is no news, but Odoo would
    log it as an error.
    """
    table = SQL.identifier(run.env[plan.entity.model]._table)
    lock = "SELECT 1 FROM %s WHERE id = ANY(%s) ORDER BY id FOR NO KEY UPDATE"
    run.env.cr.execute(SQL(lock, table, res_ids), log_exceptions=False)


def _given(run: Run, plan: PushPlan, record: Any, vals: dict[str, Any]) -> dict:
    entity = plan.entity
    wanted = {name: vals[name] for name in entity.answer_fields if vals.get(name)}
    if plan.number_policy != "system" and not entity.document:
        wanted.pop(entity.number_field, None)
    return {
        name: value
        for name, value in wanted.items()
        if not entity.same(run, record, name, value)
    }
