# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The first pull, compared with a bare ``create()`` of the very same values."""

from __future__ import annotations

from statistics import median
from typing import Any

from sandbox.control import World

from ..bench import Bench
from ..figures import Figure

RATIO_GOAL = 0.80


def partners(bench: Bench) -> list[Figure]:
    """Customers with their addresses."""
    with bench.books(customers=bench.sizes.partners) as world:
        return _compare(bench, world, "partner", ())


def products(bench: Bench) -> list[Figure]:
    """Products with units and taxes."""
    with bench.books(products=bench.sizes.products) as world:
        return _compare(bench, world, "product", ())


def invoices(bench: Bench) -> list[Figure]:
    """Invoices and credit notes of partners and products that are in Odoo already."""
    count = bench.sizes.invoices
    with bench.books(customers=count, products=count, invoices=count) as world:
        return _compare(bench, world, "invoice", ("partner", "product"))


def _compare(
    bench: Bench, world: World, entity: str, before: tuple[str, ...]
) -> list[Figure]:
    kept = bench.folder / f"{entity}.pickle"
    with bench.connected(world) as prepared:
        for other in before:
            bench.run("pull", prepared, entity=other)
        with bench.database(prepared) as name:
            bench.run("pull", name, entity=entity, keep=str(kept))
        pulls, bares = [], []
        for _round in range(bench.sizes.rounds):
            with bench.database(prepared) as name:
                pulls.append(bench.run("pull", name, entity=entity))
            with bench.database(prepared) as name:
                bares.append(bench.run("bare", name, kept=str(kept)))
    return _figures(f"{entity}s", pulls, bares)


def _figures(
    name: str, pulls: list[dict[str, Any]], bares: list[dict[str, Any]]
) -> list[Figure]:
    created = bares[0]["created"]
    ratios = tuple(
        bare["seconds"] / pull["seconds"]
        for pull, bare in zip(pulls, bares, strict=True)
    )
    shares = tuple(pull["creating"] / pull["seconds"] for pull in pulls)
    note = f"{created} records created"
    if failed := pulls[0]["failed"]:
        note += f", {failed} of them need attention"
    return [
        _speed(f"{name}.pull", created, pulls),
        _speed(f"{name}.bare_create", created, bares),
        Figure(
            f"{name}.ratio",
            median(ratios),
            "pull / bare",
            RATIO_GOAL,
            note=note,
            samples=ratios,
        ),
        Figure(
            f"{name}.create_share",
            median(shares),
            "of the pull",
            note="the pull's own time in create()",
            samples=shares,
        ),
    ]


def _speed(name: str, count: int, runs: list[dict[str, Any]]) -> Figure:
    speeds = tuple(count / one["seconds"] for one in runs)
    return Figure(name, median(speeds), "records/s", samples=speeds)
