# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Runs a flow and looks at what became of it."""

from __future__ import annotations

from typing import Any

from .meters import stopwatch


def flow_of(env: Any, entity: str) -> Any:
    """Return the connection's flow that reads *entity*."""
    flows = env["ledger.flow"].with_context(active_test=False)
    return flows.search([("entity", "=", entity), ("direction", "=", "pull")], limit=1)


def timed_pull(env: Any, entity: str, full: bool = False) -> tuple[float, dict]:
    """Run the flow of *entity* to its end.

    :param full: a full comparison, whatever the cursor says
    :return: wall time in seconds, and the job's counts by name
    :raises RuntimeError: the job failed
    """
    flow = flow_of(env, entity)
    env.cr.commit()
    seconds: list[float] = []
    with stopwatch(seconds):
        job = flow.run(full=full)
    # Records that need a person's attention are in Odoo all the same.
    if job.state not in ("done", "partial"):
        raise RuntimeError(f"Pull of {entity} is {job.state}: {job.error}")
    names = ("received", "created", "updated", "linked", "unchanged", "failed")
    return seconds[0], {name: job[name] for name in names}


def warm_up(env: Any, model: str) -> None:
    """Create a record and forget it, so that Odoo's own caches are filled.

    They are filled once in the life of a worker, not once in a pull.
    """
    company = env.ref("base.main_company")
    values = {
        "res.partner": {"name": "Warm-up"},
        "product.product": {"name": "Warm-up"},
        "account.move": {
            "move_type": "out_invoice",
            "invoice_line_ids": [(0, 0, {"name": "Warm-up", "price_unit": 1.0})],
        },
    }[model]
    env[model].with_company(company).create(values)
    env.flush_all()
    env.cr.rollback()
