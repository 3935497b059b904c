# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""New customers are sent to the vendor."""

from __future__ import annotations

from statistics import median
from typing import Any

from ..bench import Bench
from ..figures import AT_MOST, Figure

CALLS_GOAL, COST_GOAL = 12, 1
#: With the first, the vendor's number is written to each partner; with the other
#: nothing is written to it.
POLICIES = {"number_comes_back": "system", "numbers_apart": "both"}
_PARTS = {
    "total": "the whole run",
    "wire": "of it waiting for the vendor",
    "writing": "of it Odoo's write() of the vendor's number",
    "building": "mapping the same records and nothing else",
    "processor": "the cost in processor time of Odoo's process",
}


def measure(bench: Bench) -> list[Figure]:
    """Calls, and what a record costs beside waiting, mapping and Odoo's write()."""
    figures = []
    for name, policy in POLICIES.items():
        with bench.books() as world, bench.connected(world) as database:
            found = bench.run(
                "push",
                database,
                world=world.name,
                count=bench.sizes.push,
                rounds=bench.sizes.rounds,
                policy=policy,
            )
        figures += _figures(f"push.{name}", bench.sizes.push, found)
    return figures


def _figures(name: str, count: int, found: dict[str, Any]) -> list[Figure]:
    return [
        Figure(
            f"{name}.calls",
            max(found["calls"]),
            "calls",
            CALLS_GOAL,
            AT_MOST,
            note=f"for {count} new customers",
        ),
        _each(
            f"{name}.cost",
            count,
            _costs(found),
            "total - wire - writing - building",
            COST_GOAL,
        ),
        *(
            _each(f"{name}.{part}", count, found[part], note)
            for part, note in _PARTS.items()
        ),
        Figure(f"{name}.queries", median(found["queries"]), "queries"),
    ]


def _costs(found: dict[str, Any]) -> list[float]:
    parts = (found["wire"], found["writing"], found["building"])
    return [
        total - sum(rest) for total, *rest in zip(found["total"], *parts, strict=True)
    ]


def _each(
    name: str, count: int, seconds: list[float], note: str, goal: float | None = None
) -> Figure:
    values = tuple(1000 * one / count for one in seconds)
    return Figure(
        name, median(values), "ms/record", goal, AT_MOST, note=note, samples=values
    )
