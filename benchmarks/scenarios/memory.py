# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Memory of a pull, as the number of records grows."""

from __future__ import annotations

from ..bench import Bench
from ..figures import AT_MOST, Figure

GOAL = 1.1
_MEGABYTE = 1024 * 1024


def measure(bench: Bench) -> list[Figure]:
    """Peak memory of processes that pull few and many partners, first and again."""
    few, many = bench.sizes.memory
    small, large = _peaks(bench, few), _peaks(bench, many)
    figures = []
    for kind in small:
        figures += [
            Figure(f"memory.{kind}.{few}", small[kind], "MB"),
            Figure(f"memory.{kind}.{many}", large[kind], "MB"),
            Figure(
                f"memory.{kind}.ratio",
                large[kind] / small[kind],
                "many / few",
                GOAL,
                AT_MOST,
            ),
        ]
    return figures


def _peaks(bench: Bench, count: int) -> dict[str, float]:
    peaks = {}
    with bench.books(customers=count) as world, bench.connected(world) as name:
        for kind in ("first_pull", "full_comparison"):
            found = bench.run(
                "pull", name, entity="partner", full=kind == "full_comparison"
            )
            peaks[kind] = found["memory"] / _MEGABYTE
    return peaks
