# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a push finds to send after a pull: what was only read must not go back."""

from __future__ import annotations

from typing import Any

from .books import open_books
from .meters import stopwatch
from .sending import noted, push_flow


def run(env: Any, entity: str, world: str) -> dict[str, Any]:
    """Send what was noted of *entity*.

    :param world: name of the books in the sandbox
    :return: records ``noted``, calls that wrote, the ``seconds`` it took
    :raises RuntimeError: the job failed
    """
    books = open_books(world)
    books.clear_calls()
    found = {"noted": noted(env)}
    seconds: list[float] = []
    with stopwatch(seconds):
        job = push_flow(env, entity).run()
    if job.state not in ("done", "partial"):
        raise RuntimeError(f"Push of {entity} is {job.state}: {job.error}")
    writes = [
        call
        for call in books.calls()
        if call["method"] != "GET" and not call["path"].startswith("/token")
    ]
    return {**found, "writes": len(writes), "seconds": seconds[0]}
