# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The second pull, when nothing changed."""

from __future__ import annotations

from statistics import median
from typing import Any

from ..bench import Bench
from ..figures import AT_MOST, Figure

SPEED_GOAL, QUERIES_GOAL, WRITES_GOAL = 15_000, 5, 0
#: Repeated more often than the rest: it takes parts of a second.
ROUNDS = 3


def measure(bench: Bench) -> list[Figure]:
    """Full pages compared by digest, and the vendor's two ways to say: nothing new."""
    sizes = bench.sizes
    with bench.books(customers=sizes.partners, products=sizes.products) as world:
        with bench.connected(world) as prepared:
            for entity in ("partner", "product"):
                bench.run("pull", prepared, entity=entity)
            return [
                *_measure(bench, prepared, "full_pages", "partner", True),
                *_measure(bench, prepared, "changed_since", "partner", False),
                *_measure(bench, prepared, "not_modified", "product", False),
            ]


def _measure(
    bench: Bench, prepared: str, variant: str, entity: str, full: bool
) -> list[Figure]:
    with bench.database(prepared) as name:
        rounds = ROUNDS * bench.sizes.rounds
        found = bench.run("unchanged", name, entity=entity, full=full, rounds=rounds)
    return _figures(f"unchanged.{variant}", entity, found)


def _figures(name: str, entity: str, found: dict[str, Any]) -> list[Figure]:
    # Pages that were not modified bring no records: what they vouch for counts.
    count = found["received"] or found["links"]
    speeds = tuple(count / seconds for seconds in found["seconds"])
    queries = found["queries"]
    return [
        Figure(
            f"{name}.speed",
            median(speeds),
            "records/s",
            SPEED_GOAL,
            note=f"{count} {entity}s, {found['received']} of them sent again",
            samples=speeds,
        ),
        Figure(
            f"{name}.queries",
            median(queries),
            "a page",
            QUERIES_GOAL,
            AT_MOST,
            note=f"at most {max(queries)}",
        ),
        Figure(
            f"{name}.rows_written", found["rows_written"], "rows", WRITES_GOAL, AT_MOST
        ),
    ]
