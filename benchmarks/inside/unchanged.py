# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Pulls of books that did not change."""

from __future__ import annotations

from typing import Any

from .engine import PageMeter
from .meters import Rows
from .pulls import timed_pull


def run(env: Any, entity: str, full: bool, rounds: int) -> dict[str, Any]:
    """Pull *entity* again and again; nothing changes meanwhile.

    :param full: full comparisons, otherwise what the cursor asks for
    :return: ``seconds`` of each round, ``received`` records of a round, ``links`` of
        the flow, ``queries`` of each page of all rounds, ``rows_written`` in business
        tables
    """
    timed_pull(env, entity, full)
    meter, before = PageMeter(), Rows(env.cr)
    with meter.installed():
        results = [timed_pull(env, entity, full) for _round in range(rounds)]
    rows_written = Rows(env.cr).written_since(before)
    return {
        "seconds": [seconds for seconds, _counts in results],
        "received": results[-1][1]["received"],
        "links": env["ledger.binding"].search_count([("entity", "=", entity)]),
        "queries": meter.queries,
        "rows_written": rows_written,
    }
