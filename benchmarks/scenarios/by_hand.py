# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What installed addons cost people who write partners by hand."""

from __future__ import annotations

from statistics import median
from typing import Any

from ..bench import Bench
from ..figures import AT_MOST, Figure

TIME_GOAL, QUERIES_GOAL = 1.02, 0
#: Partners written in one database before it is the other's turn.
TURN = 20


def measure(bench: Bench) -> list[Figure]:
    """Time with the addons over time without, and queries that come on top."""
    sizes = bench.sizes
    with bench.database(bench.with_addons) as ours:
        with bench.database(bench.without_addons) as bare:
            found = bench.run(
                "by_hand",
                ours,
                other=bare,
                count=TURN,
                turns=max(2, sizes.by_hand // TURN),
            )
    return [figure for kind in found for figure in _figures(kind, found[kind])]


def _figures(kind: str, found: dict[str, Any]) -> list[Figure]:
    ours, bare = found["with"], found["without"]
    ratios = tuple(
        one / other for one, other in zip(ours["seconds"], bare["seconds"], strict=True)
    )
    return [
        Figure(
            f"by_hand.{kind}.ratio",
            median(ratios),
            "with / without",
            TIME_GOAL,
            AT_MOST,
            samples=ratios,
        ),
        Figure(
            f"by_hand.{kind}.calls_ratio",
            ours["calls"] / bare["calls"],
            "with / without",
            TIME_GOAL,
            AT_MOST,
            note="function calls in Python",
        ),
        Figure(
            f"by_hand.{kind}.extra_queries",
            round(ours["queries"] - bare["queries"], 3),
            "a partner",
            QUERIES_GOAL,
            AT_MOST,
            note=f"{bare['queries']:.1f} without the addons",
        ),
    ]
