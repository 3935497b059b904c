# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""An accounting office counts the last month of its clients in one night."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from ..bench import Bench
from ..figures import AT_MOST, Figure

#: What the vendor gives at a time.
PAGE = 100
_MEGABYTE = 1024 * 1024


def measure(bench: Bench) -> list[Figure]:
    """Calls, what a client costs beside waiting, memory, and how long a night is."""
    sizes = bench.sizes
    found = _count(bench, sizes.clients, paced=False)
    paced = _count(bench, sizes.paced, paced=True)
    return [*_goals(sizes.entries, found), *_costs(found), *_night(found, paced)]


def _count(bench: Bench, clients: int, paced: bool) -> dict[str, Any]:
    today = datetime.now(ZoneInfo("Europe/Tallinn")).date()
    month = (today.replace(day=1) - timedelta(days=1)).replace(day=1)
    with (
        bench.office(clients, f"{month:%Y-%m}", bench.sizes.entries) as world,
        bench.database(bench.with_addons) as name,
    ):
        bench.run("office", name, world=world.name)
        return bench.run(
            "statistics",
            name,
            world=world.name,
            month=month.isoformat(),
            paced=paced,
        )


def _goals(entries: int, found: dict[str, Any]) -> list[Figure]:
    clients, pages = found["clients"], -(-entries // PAGE)
    note = f"{clients} clients with {entries} entries, {found['refused']} refused"
    return [
        Figure(
            "statistics.calls",
            found["calls"],
            "calls",
            clients * pages,
            AT_MOST,
            note=note,
        ),
        Figure(
            "statistics.calls_per_client",
            found["most_calls"],
            "calls",
            pages,
            AT_MOST,
            note="of the client that took most",
        ),
        Figure(
            "statistics.wrong",
            found["wrong"],
            "clients",
            0,
            AT_MOST,
            note="with another number of entries, or not exactly one task",
        ),
    ]


def _costs(found: dict[str, Any]) -> list[Figure]:
    clients = found["clients"]
    parts = {
        "total": (found["total"], "the whole run, without pauses"),
        "wire": (found["wire"], "of it waiting for the vendor"),
        "processor": (found["processor"], "processor time of Odoo's process"),
        "both": (found["both"], "and of its database process"),
    }
    return [
        *(
            Figure(f"statistics.{part}", 1000 * seconds / clients, "ms/client", note=it)
            for part, (seconds, it) in parts.items()
        ),
        Figure("statistics.memory", found["memory"] / _MEGABYTE, "MB"),
        Figure(
            "statistics.memory_growth",
            (found["memory"] - found["before"]) / _MEGABYTE,
            "MB",
            note="of that by the run",
        ),
    ]


def _night(found: dict[str, Any], paced: dict[str, Any]) -> list[Figure]:
    """One call a second for a client makes most of a real night pauses."""
    each = paced["total"] / paced["clients"]
    hours = found["clients"] * each / 3600
    return [
        Figure(
            "statistics.paced",
            each,
            "s/client",
            note=f"{paced['clients']} clients with the pauses of one call a second",
        ),
        Figure(
            "statistics.night",
            hours,
            "hours",
            note=f"reckoned from that for {found['clients']} clients in one lane",
        ),
        Figure(
            "statistics.longest_turn",
            max(found["longest"], paced["longest"]),
            "s",
            note=f"of {found['turns']} turns of the scheduled action",
        ),
    ]
