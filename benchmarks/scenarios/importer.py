# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The same partners through OCA's connector_importer, from CSV."""

from __future__ import annotations

from statistics import median

from ..bench import Bench
from ..figures import Figure

MODULE = "connector_importer"


def measure(bench: Bench) -> list[Figure]:
    """First import and unchanged import, there and here."""
    kept = bench.folder / "importer.pickle"
    with bench.books(customers=bench.sizes.importer) as world:
        with bench.connected(world) as name:
            first = bench.run("pull", name, entity="partner", keep=str(kept))
            again = bench.run("unchanged", name, entity="partner", full=True, rounds=3)
    with bench.database(bench.without_addons) as name:
        bench.install(name, MODULE)
        theirs = bench.run("importer", name, kept=str(kept))
    ours = {
        "first": first["created"] / first["seconds"],
        "unchanged": again["received"] / median(again["seconds"]),
    }
    return [
        figure
        for kind, speed in ours.items()
        for figure in _figures(kind, theirs["count"] / theirs[kind], speed)
    ]


def _figures(kind: str, theirs: float, ours: float) -> list[Figure]:
    return [
        Figure(f"importer.{kind}.connector_importer", theirs, "records/s"),
        Figure(f"importer.{kind}.pull", ours, "records/s"),
        Figure(f"importer.{kind}.ratio", ours / theirs, "times as fast"),
    ]
