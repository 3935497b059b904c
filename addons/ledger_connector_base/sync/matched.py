# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Match before create: what is there already is linked before anything is added."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from .pull import Pull
from .run import PushPlan, Run

#: How long a comparison of both sides is good for, before many records are made there.
LATELY = timedelta(minutes=15)


def ensure(
    run: Run, client: Any, plan: PushPlan | None = None, lately: bool = False
) -> bool:
    """Compare both sides once before the first record of a flow is created there.

    A pull that has read everything has done it; otherwise all is read now, and nothing
    but links is written.

    :param lately: it must not be long ago
    :return: False when time ended first; what was linked stays
    """
    plan = plan or run.plan
    if plan.entity.document or plan.matching_policy == "none":
        return True
    own = run.own["ledger.flow"].browse(plan.flow_id)
    since = run.own.cr.now() - LATELY if lately else datetime.min
    if own.compared_at and own.compared_at >= since:
        return True
    pull = own.connection_id.with_context(active_test=False).flow_ids.filtered(
        lambda flow: (flow.entity, flow.direction) == (own.entity, "pull")
    )
    read = pull.active and pull.last_full and pull.last_run
    if pull and not (read and pull.last_run >= since):
        with_rights = run.env["ledger.flow"].browse(pull.id)
        other = run.matching(with_rights)
        finished = Pull(other, client).execute()
        run.counts["linked"] += other.counts["linked"]
        if not finished:
            return False
    own.compared_at = run.own.cr.now()
    run.env.cr.commit()  # pylint: disable=invalid-commit
    return True
