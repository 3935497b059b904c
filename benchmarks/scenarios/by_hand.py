# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What installed addons cost people who write partners and products by hand."""

from __future__ import annotations

from statistics import median
from typing import Any

from ..bench import Bench
from ..figures import AT_MOST, Figure

TIME_GOAL, QUERIES_GOAL = 1.02, 0
#: Records written in one database before it is the other's turn.
TURN = 20
#: What stands before the kind of writing in the names of figures, by model.
MODELS = {"res.partner": "", "product.product": "product_"}


def measure(bench: Bench) -> list[Figure]:
    """Time with the addons over time without, and queries that come on top."""
    counts = {
        "res.partner": bench.sizes.by_hand,
        "product.product": bench.sizes.by_hand_products,
    }
    figures = []
    for model, prefix in MODELS.items():
        turns = max(2, counts[model] // TURN)
        found = _write(bench, model, turns)
        for kind in found:
            figures += _figures(f"{prefix}{kind}", found[kind])
    return figures


def _write(bench: Bench, model: str, turns: int) -> dict[str, Any]:
    with bench.database(bench.with_addons) as ours:
        with bench.database(bench.without_addons) as bare:
            return bench.run(
                "by_hand", ours, other=bare, model=model, count=TURN, turns=turns
            )


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
            "a record",
            QUERIES_GOAL,
            AT_MOST,
            note=f"{bare['queries']:.1f} without the addons",
        ),
    ]
