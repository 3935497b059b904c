# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Reading with push flows switched on: what it costs, and that nothing goes back."""

from __future__ import annotations

from statistics import median

from sandbox.control import World

from ..bench import Bench
from ..figures import AT_MOST, Figure
from . import changed, unchanged

SENT = ("partner", "product", "invoice")
ECHO_GOAL = 0


def measure(bench: Bench) -> list[Figure]:
    """First, unchanged and changed pulls; for information but the echo."""
    sizes = bench.sizes
    figures = []
    with bench.books(customers=sizes.partners, products=sizes.products) as world:
        for entity, count in (("partner", sizes.partners), ("product", sizes.products)):
            figures += _first(bench, world, entity, count)
        with bench.connected(world) as name:
            bench.run("sending_on", name, entities=SENT)
            bench.run("pull", name, entity="partner")
            figures += _unchanged(bench, name) + _changed(bench, world, name)
    return figures


def _first(bench: Bench, world: World, entity: str, count: int) -> list[Figure]:
    """First pulls with and without, in turns; after each, the push that follows."""
    ratios, speeds, echoes = [], [], []
    with bench.connected(world) as prepared:
        for _round in range(bench.sizes.rounds):
            with bench.database(prepared) as name:
                without = bench.run("pull", name, entity=entity)["seconds"]
            with bench.database(prepared) as name:
                # Here and not before: a copy of what is live is held back.
                bench.run("sending_on", name, entities=SENT)
                seconds = bench.run("pull", name, entity=entity)["seconds"]
                echoes.append(bench.run("echo", name, entity=entity, world=world.name))
            ratios.append(seconds / without)
            speeds.append(count / seconds)
    name = f"both_ways.{entity}s"
    noted = max(echo["noted"] for echo in echoes)
    writes = max(echo["writes"] for echo in echoes)
    looks = tuple(1000 * echo["seconds"] / count for echo in echoes)
    return [
        Figure(f"{name}.pull", median(speeds), "records/s", samples=tuple(speeds)),
        Figure(
            f"{name}.ratio", median(ratios), "with / without", samples=tuple(ratios)
        ),
        Figure(f"{name}.noted", noted, "records", note="to be looked at by the push"),
        Figure(f"{name}.look", median(looks), "ms/record", samples=looks),
        Figure(f"{name}.sent_back", writes, "calls", ECHO_GOAL, AT_MOST),
    ]


def _unchanged(bench: Bench, name: str) -> list[Figure]:
    rounds = unchanged.ROUNDS * bench.sizes.rounds
    found = bench.run("unchanged", name, entity="partner", full=True, rounds=rounds)
    speeds = tuple(found["received"] / seconds for seconds in found["seconds"])
    figure = "both_ways.unchanged"
    return [
        Figure(f"{figure}.speed", median(speeds), "records/s", samples=speeds),
        Figure(f"{figure}.queries", median(found["queries"]), "a page"),
        Figure(f"{figure}.rows_written", found["rows_written"], "rows"),
    ]


def _changed(bench: Bench, world: World, name: str) -> list[Figure]:
    found = bench.run(
        "changed",
        name,
        world=world.name,
        count=bench.sizes.changed,
        rounds=2 * bench.sizes.rounds,
        full=True,
    )
    return [
        Figure(
            "both_ways.changed.ratio",
            median(changed.shares(found)),
            "of unchanged + bare",
            samples=changed.shares(found),
        )
    ]
