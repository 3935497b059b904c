# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""An office's night: one scheduled action counts the month of all clients."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from odoo import Command

from odoo.addons.ledger_connector_base.sync.contract import CallLimits
from odoo.addons.ledger_connector_base.transport.http import HttpClient
from odoo.addons.ledger_smartaccounts import description

from .books import open_books
from .engine import timing
from .meters import Watch, peak_memory, processor_time

_OPEN = [("state", "in", ("pending", "running", "waiting"))]
_OVERDUE = "2020-01-01 00:00:00"


def run(env: Any, world: str, month: str, paced: bool) -> dict[str, Any]:
    """Count *month* for every company of the books, as a lane does.

    :param world: name of the books in the sandbox
    :param month: its first day, as ISO text
    :param paced: keep the pauses between calls that the connector makes; without them
        the vendor's limit is not what is measured
    :return: ``clients``; seconds ``total``, ``wire`` waiting for the vendor,
        ``processor`` of this process, ``both`` of this and its database process;
        ``turns`` of the scheduled action and the ``longest`` of them in seconds;
        ``before`` and ``memory``, peaks in bytes; ``wrong``: clients whose month is not
        what was booked, or who have not exactly one task; ``calls`` of the vendor,
        ``refused`` ones, and ``most_calls`` for one client
    :raises RuntimeError: not all jobs are done
    """
    books = open_books(world)
    # The first company is the world's own, and empty.
    clients = books.companies()[1:]
    connections = env["ledger.connection"].search([], order="id")
    _warm_up(env)
    before = peak_memory()
    books.clear_calls()
    with _pauses(paced):
        found = _night(env, connections)
    calls = books.calls(path="general/entries")
    each = Counter(call["user"] for call in calls)
    return {
        **found,
        "clients": len(clients),
        "before": before,
        "memory": peak_memory(),
        "wrong": _wrong(env, books, clients, connections, date.fromisoformat(month)),
        "calls": books.count_calls(),
        "refused": len(books.refused()),
        "most_calls": max(each.values()),
    }


@contextmanager
def _pauses(kept: bool) -> Iterator[None]:
    limits = description.LIMITS
    if not kept:
        description.LIMITS = CallLimits()
    try:
        yield
    finally:
        description.LIMITS = limits


def _night(env: Any, connections: Any) -> dict[str, Any]:
    lane = env["ledger.lane"]
    flows = connections.flow_ids.filtered(lambda flow: flow.entity == "statistics")
    flows.next_run = _OVERDUE
    env.cr.commit()
    total, wire, turns = Watch(), Watch(), []
    processor = processor_time(env.cr)
    with timing(HttpClient, "_receive", wire), total.running():
        while not turns or env["ledger.sync.job"].search_count(_OPEN, limit=1):
            started = time.perf_counter()
            lane._cron()
            turns.append(time.perf_counter() - started)
    processor = processor_time(env.cr) - processor
    jobs = env["ledger.sync.job"].search([("flow_id", "in", flows.ids)])
    bad = jobs.filtered(lambda job: job.state != "done")
    if bad or len(jobs) != len(flows):
        sentence = bad[:1].error
        raise RuntimeError(f"{len(bad)} of {len(jobs)} jobs are not done: {sentence}")
    return {
        "total": total.wall,
        "wire": wire.wall,
        "processor": total.processor,
        "both": processor,
        "turns": len(turns),
        "longest": max(turns),
    }


def _wrong(
    env: Any, books: Any, clients: list[dict], connections: Any, month: date
) -> int:
    periods = env["ledger.statistics.period"].search([("date_from", "=", month)])
    counted = {
        period.connection_id.id: (period.entry_count, len(period.task_ids))
        for period in periods
    }
    expected = [
        (books.counts(company=client["company_id"])["entries"], 1) for client in clients
    ]
    found = [counted.get(connection.id) for connection in connections]
    return sum(one != other for one, other in zip(found, expected, strict=True))


def _warm_up(env: Any) -> None:
    """Make a task and forget it, so that Odoo's own caches are filled."""
    project = env["project.project"].search([], limit=1)
    responsible = [Command.set(env.ref("base.user_admin").ids)]
    values = {"name": "Warm-up", "project_id": project.id, "user_ids": responsible}
    env["project.task"].create(values)
    env.flush_all()
    env.cr.rollback()
