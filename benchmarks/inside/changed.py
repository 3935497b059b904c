# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Pulls between which a few customers change."""

from __future__ import annotations

from typing import Any

from odoo.addons.ledger_connector_base.sync.writing import QUIET

from sandbox.control import World

from .books import open_books
from .engine import keeping_calls
from .meters import stopwatch
from .pulls import timed_pull


def run(env: Any, world: str, count: int, rounds: int, full: bool) -> dict[str, Any]:
    """Measure unchanged pulls, pulls with *count* changed customers, and bare writes.

    :param world: name of the books in the sandbox
    :param full: full comparisons, otherwise what the cursor asks for
    :return: seconds of each round: ``unchanged``, ``changed``, ``bare``
    :raises RuntimeError: other records than those were written
    """
    books = open_books(world)
    ids = [one["id"] for one in books.objects("customer", fields="id")[:count]]
    timed_pull(env, "partner", full)
    result: dict[str, list[float]] = {"unchanged": [], "changed": [], "bare": []}
    for number in range(rounds):
        result["unchanged"].append(timed_pull(env, "partner", full)[0])
        _change(books, ids, number)
        calls: list[dict[str, Any]] = []
        with keeping_calls("write", calls):
            seconds, counts = timed_pull(env, "partner", full)
        if counts["updated"] != len(ids):
            raise RuntimeError(f"{len(ids)} customers changed, the pull says {counts}")
        result["changed"].append(seconds)
        with stopwatch(result["bare"]):
            _write(env, calls)
    return result


def _change(books: World, ids: list[int], number: int) -> None:
    for customer in ids:
        books.update(
            "customer", customer, email=f"round{number}-{customer}@example.org"
        )


def _write(env: Any, calls: list[dict[str, Any]]) -> None:
    """Write the same fields once more, each record with its neighbour's values.

    Odoo leaves out values that a record has already.
    """
    for call in calls:
        own = env(user=call["uid"], context=call["context"])
        model = own[call["model"]].with_context(**QUIET)
        values = [vals for _id, vals in call["values"]]
        for (record_id, _vals), other in zip(
            call["values"], values[1:] + values[:1], strict=True
        ):
            model.browse(record_id).write(other)
        own.flush_all()
    env.cr.commit()
