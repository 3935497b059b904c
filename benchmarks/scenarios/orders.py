# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A web shop's orders become invoices in Procountor."""

from __future__ import annotations

from statistics import median
from typing import Any

from ..bench import Bench
from ..figures import AT_MOST, Figure

CALLS_GOAL, COST_GOAL = 1.15, 15
_PARTS = {
    "total": "the whole run, without waiting for the vendor's limit",
    "wire": "of it waiting for the vendor",
    "mapping": "of the cost: reading the order and what belongs to it",
    "calling": "of the cost: the body, counting and noting the call, HTTP on our side",
    "finishing": "of the cost: looking whether something is to follow, as rounding",
    "writing": "of the cost: Odoo's write() of the vendor's number, stage and total",
}
_REGISTERS = ("GET businesspartners", "GET products")


def measure(bench: Bench) -> list[Figure]:
    """Calls, what an order costs beside waiting, and whether all is there once."""
    sizes = bench.sizes
    halves = sizes.order_customers // 2, sizes.order_products // 2
    with bench.shop(*halves) as world, bench.database(bench.with_addons) as name:
        bench.run(
            "shop",
            name,
            world=world.name,
            customers=sizes.order_customers,
            products=sizes.order_products,
        )
        found = bench.run(
            "orders", name, world=world.name, count=sizes.orders, rounds=sizes.rounds
        )
    return [
        *_calls(sizes.orders, found),
        Figure(
            "orders.wrong",
            found["wrong"],
            "orders",
            0,
            AT_MOST,
            note="doubled, missing, or with another total; of all rounds",
        ),
        *_costs(sizes.orders, found["rounds"]),
        _pipeline(found),
    ]


def _calls(count: int, found: dict[str, Any]) -> list[Figure]:
    first, most = found["first"], max(found["rounds"], key=lambda one: one["calls"])
    kinds = first["kinds"]
    reading = {
        name: number for name, number in kinds.items() if name.startswith(_REGISTERS)
    }
    return [
        Figure(
            "orders.calls",
            most["calls"] / count,
            "calls/order",
            CALLS_GOAL,
            AT_MOST,
            note=f"all of {count} orders, a token too: {_told(most['kinds'])}",
        ),
        Figure("orders.first.calls", first["calls"], "calls", note=_told(kinds)),
        Figure(
            "orders.first.matching",
            sum(reading.values()),
            "calls",
            note="of them reading the registers, half of which is in Odoo already",
        ),
    ]


def _told(kinds: dict[str, int]) -> str:
    ordered = sorted(kinds.items(), key=lambda one: (-one[1], one[0]))
    return ", ".join(f"{number} {name}" for name, number in ordered)


def _costs(count: int, rounds: list[dict[str, Any]]) -> list[Figure]:
    own = [one["total"] - one["wire"] for one in rounds]
    known = ("mapping", "calling", "finishing", "writing")
    engine = [
        cost - sum(one[name] for name in known)
        for cost, one in zip(own, rounds, strict=True)
    ]
    return [
        _each("cost", count, own, "total - wire", COST_GOAL),
        *(
            _each(part, count, [one[part] for one in rounds], note)
            for part, note in _PARTS.items()
        ),
        _each("engine", count, engine, "of the cost: links, intents, commits"),
        _each(
            "processor",
            count,
            [one["processor"] for one in rounds],
            "processor time of Odoo's process",
        ),
        Figure(
            "orders.queries",
            median(one["queries"] for one in rounds) / count,
            "queries/order",
        ),
    ]


def _each(
    name: str, count: int, seconds: list[float], note: str, goal: float | None = None
) -> Figure:
    values = tuple(1000 * one / count for one in seconds)
    return Figure(
        f"orders.{name}",
        median(values),
        "ms/order",
        goal,
        AT_MOST,
        note=note,
        samples=values,
    )


def _pipeline(found: dict[str, Any]) -> Figure:
    """How much longer a run takes than the vendor's limit makes it."""
    paced, limit = found["paced"], found["limit"]
    return Figure(
        "orders.paced",
        paced["total"] / (paced["calls"] / limit),
        "times",
        note=f"the time of its calls at {limit} a second, the limit being kept",
    )
