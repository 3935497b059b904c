# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""New customers are sent, and it is said where the time goes."""

from __future__ import annotations

import gc
from typing import Any

from odoo.addons.ledger_connector_base.sync import writing
from odoo.addons.ledger_connector_base.sync.lookups import Lookups
from odoo.addons.ledger_connector_base.sync.outbox import BATCH
from odoo.addons.ledger_connector_base.transport.http import HttpClient

from sandbox.control import World

from .books import open_books
from .engine import timing
from .meters import Watch
from .pulls import timed_pull
from .sending import customers, switch_on

#: Sent before the watch starts, so that Odoo's own caches are filled.
WARM_UP = 5


def run(env: Any, world: str, count: int, rounds: int, policy: str) -> dict[str, Any]:
    """Send *count* new customers again and again, each time others.

    :param world: name of the books in the sandbox
    :param policy: whose number wins
    :return: a list with an element for each round: seconds of wall time, ``total`` of
        the run, ``wire`` waiting for the vendor, ``writing`` the vendor's numbers in
        Odoo's ``write()``, ``building`` the payloads alone; ``processor`` seconds of
        this process in the run without writing and building; the ``calls`` and the
        ``queries`` of the run
    :raises RuntimeError: not all were sent
    """
    books = open_books(world)
    flow = switch_on(env, "partner", number_policy=policy)
    # Both sides are compared before the first record is sent.
    timed_pull(env, "partner", full=True)
    _round(env, flow, books, customers(env, WARM_UP))
    results = [
        _round(env, flow, books, customers(env, count, WARM_UP + number * count))
        for number in range(rounds)
    ]
    return {name: [one[name] for one in results] for name in results[0]}


def _round(env: Any, flow: Any, books: World, values: list[dict]) -> dict[str, float]:
    partners = env["res.partner"].create(values)
    env.cr.commit()
    books.clear_calls()
    gc.collect()
    total, wire, write = Watch(), Watch(), Watch()
    queries = env.cr.sql_log_count
    with (
        timing(HttpClient, "_receive", wire),
        timing(writing, "write", write),
        total.running(),
    ):
        job = flow.run()
    queries = env.cr.sql_log_count - queries
    calls = books.count_calls()
    if job.state != "done" or job.created != len(values):
        raise RuntimeError(
            f"{len(values)} new customers, {job.created} sent: {job.state} {job.error}"
        )
    building = _building(env, flow, partners.ids)
    return {
        "total": total.wall,
        "wire": wire.wall,
        "writing": write.wall,
        "building": building.wall,
        "processor": total.processor - write.processor - building.processor,
        "calls": calls,
        "queries": queries,
    }


def _building(env: Any, flow: Any, ids: list[int]) -> Watch:
    """Build the same payloads, and nothing else.

    The engine builds them from records that nobody has read yet, so many at a time, and
    so does this.
    """
    user, company = flow.connection_id.user_id.id, flow.company_id.ids
    own = env(user=user, context={"allowed_company_ids": company})
    lookups = Lookups(own, flow.connection_id.id)
    outgoing = flow.with_env(own)._outgoing(lookups)["customer"]
    # Empties Odoo's cache of records.
    env.cr.commit()
    watch = Watch()
    with watch.running():
        for start in range(0, len(ids), BATCH):
            for record in own["res.partner"].browse(ids[start : start + BATCH]):
                outgoing.flat(lookups, record)
    return watch
