# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a push flow that watches costs people who edit many partners at once."""

from __future__ import annotations

from statistics import median
from typing import Any

from ..bench import Bench
from ..figures import AT_MOST, Figure

#: Time with the flow over time without it; the other kinds are for information.
RATIO_GOALS = {"one_write": 1.10}
#: Statements on top in one transaction, by kind of edit.
QUERIES_GOALS = {"one_write": 1, "other_field": 0, "single_writes": 1, "create": 1}
#: Seconds that cannot be told from none.
TICK = 0.01
#: Turns for each of the bench's rounds: they take parts of a second.
TURNS = 3


def measure(bench: Bench) -> list[Figure]:
    """Time with an active push flow over time without, and statements on top."""
    sizes = bench.sizes
    with bench.books() as world, bench.connected(world) as name:
        found = bench.run(
            "bulk_edit",
            name,
            count=sizes.bulk,
            singles=sizes.singles,
            rounds=TURNS * sizes.rounds,
        )
    counts = {"one_write": sizes.bulk, "other_field": sizes.bulk}
    return [
        figure
        for kind in found
        for figure in _figures(kind, counts.get(kind, sizes.singles), found[kind])
    ]


def _figures(kind: str, count: int, found: dict[str, Any]) -> list[Figure]:
    on, off = found["with"], found["without"]
    extra = [x - y for x, y in zip(on["queries"], off["queries"], strict=True)]
    before = 1000 * median(off["seconds"]) / count
    return [
        _ratio(
            f"{kind}.ratio",
            found,
            "seconds",
            f"{count} partners, {before:.3g} ms each without the flow",
            RATIO_GOALS.get(kind),
        ),
        _ratio(
            f"{kind}.processor_ratio",
            found,
            "processor",
            "processor time of Odoo and of the database",
        ),
        Figure(
            f"bulk_edit.{kind}.calls_ratio",
            on["calls"] / off["calls"],
            "with / without",
            note="function calls in Python",
        ),
        Figure(
            f"bulk_edit.{kind}.extra_queries",
            median(extra),
            "a transaction",
            QUERIES_GOALS[kind],
            AT_MOST,
            note=f"{median(off['queries']):g} without the flow",
        ),
    ]


def _ratio(
    name: str, found: dict, what: str, note: str, goal: float | None = None
) -> Figure:
    ratios = tuple(
        one / max(other, TICK)
        for one, other in zip(found["with"][what], found["without"][what], strict=True)
    )
    return Figure(
        f"bulk_edit.{name}",
        median(ratios),
        "with / without",
        goal,
        AT_MOST,
        note=note,
        samples=ratios,
    )
