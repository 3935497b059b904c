# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A pull in which a few records of many changed."""

from __future__ import annotations

from statistics import median

from ..bench import Bench
from ..figures import AT_MOST, Figure

GOAL = 1.2


def measure(bench: Bench) -> list[Figure]:
    """The time, over that of an unchanged pull plus the bare writes."""
    figures = []
    with bench.books(customers=bench.sizes.partners) as world:
        with bench.connected(world) as prepared:
            bench.run("pull", prepared, entity="partner")
            for variant, full in (("full_pages", True), ("incremental", False)):
                with bench.database(prepared) as name:
                    found = bench.run(
                        "changed",
                        name,
                        world=world.name,
                        count=bench.sizes.changed,
                        rounds=2 * bench.sizes.rounds,
                        full=full,
                    )
                figures += _figures(f"changed.{variant}", found)
    return figures


def shares(found: dict[str, list[float]]) -> tuple[float, ...]:
    """Return the time of each pull over that of an unchanged one plus bare writes."""
    return tuple(
        changed / (unchanged + bare)
        for changed, unchanged, bare in zip(
            found["changed"], found["unchanged"], found["bare"], strict=True
        )
    )


def _figures(name: str, found: dict[str, list[float]]) -> list[Figure]:
    ratios = shares(found)
    seconds = [
        Figure(f"{name}.{kind}", median(values), "s", samples=tuple(values))
        for kind, values in found.items()
    ]
    ratio = Figure(
        f"{name}.ratio",
        median(ratios),
        "of unchanged + bare",
        GOAL,
        AT_MOST,
        samples=ratios,
    )
    return [*seconds, ratio]
