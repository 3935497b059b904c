# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Confirmed orders are sent as invoices, and it is said where the time goes."""

from __future__ import annotations

import gc
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from odoo.fields import Command

from odoo.addons.ledger_connector_base.sync import writing
from odoo.addons.ledger_connector_base.sync.contract import CallLimits
from odoo.addons.ledger_connector_base.sync.outgoing import Outgoing
from odoo.addons.ledger_connector_base.transport.http import HttpClient
from odoo.addons.ledger_procountor import description

from sandbox.control import World

from .books import open_books
from .engine import timing
from .meters import Rest, Watch
from .sending import switch_on

#: Product rows of an order.
ROWS = 5
#: More than anybody can make: calls are counted as ever, and none has to wait.
_NO_LIMIT = CallLimits(per_second=1_000_000)
_SUMS = "id,originalInvoiceNumber,invoiceSumInfo"


def run(env: Any, world: str, count: int, rounds: int) -> dict[str, Any]:
    """Send *count* new orders again and again, by one run each time.

    :param world: name of the books in the sandbox, whose shop is in the database
    :return: ``first``, the round in which customers and products are not linked yet;
        ``rounds``, those in which all are; ``paced``, one more with the vendor's limit.
        Of each: seconds of wall time, ``total``, ``wire`` waiting for the vendor,
        ``mapping`` what is read of Odoo's records, ``calling`` the connector's own
        part of sending, ``finishing`` its own part of what follows, ``writing`` of the
        vendor's numbers in Odoo's ``write()``, ``processor`` seconds of this process;
        number of ``queries``, of ``calls``, and of those by method and path in
        ``kinds``. ``wrong``: orders that are not there exactly once, or with another
        total; ``limit``: calls a second
    :raises RuntimeError: not all were sent
    """
    books = open_books(world)
    # What is missing goes first, so these flows are on as well.
    flow = switch_on(env, "partner", "product", "order")
    flow = flow.filtered(lambda one: one.entity == "order")
    limit = description.LIMITS["production"].per_second
    with _calls_allowed(_NO_LIMIT):
        first = _round(env, flow, books, 0, count)
        warm = [_round(env, flow, books, 1 + n, count) for n in range(rounds)]
    paced = _round(env, flow, books, 1 + rounds, count)
    wrong = _wrong(env, flow.company_id, books)
    return {
        **{"first": first, "rounds": warm, "paced": paced},
        **{"wrong": wrong, "limit": limit},
    }


@contextmanager
def _calls_allowed(limits: CallLimits) -> Iterator[None]:
    usual = description.LIMITS["production"]
    description.LIMITS["production"] = limits
    try:
        yield
    finally:
        description.LIMITS["production"] = usual


def _round(
    env: Any, flow: Any, books: World, number: int, count: int
) -> dict[str, Any]:
    _confirm(env, flow.company_id, number, count)
    # An hour has passed: the run needs a new token.
    env["ledger.token"].search([]).unlink()
    env.cr.commit()
    books.clear_calls()
    gc.collect()
    total, watches, stack = Watch(), _watches(), ExitStack()
    connector = type(env["ledger.connector.procountor"])
    queries = env.cr.sql_log_count
    with stack:
        for name, (owner, method) in _places(connector).items():
            stack.enter_context(timing(owner, method, watches[name]))
        with total.running():
            job = flow.run()
    queries = env.cr.sql_log_count - queries
    if job.state != "done" or job.received < count or job.failed:
        problems = env["ledger.binding"].search([("error", "!=", False)], limit=3)
        raise RuntimeError(
            f"{count} orders, {job.created} records sent: {job.state} {job.error}"
            f" {problems.mapped('error')}"
        )
    return {
        **{name: watch.wall for name, watch in watches.items()},
        "total": total.wall,
        "processor": total.processor,
        "queries": queries,
        "calls": books.count_calls(),
        "kinds": _kinds(books),
    }


def _watches() -> dict[str, Watch]:
    wire = Watch()
    return {
        "wire": wire,
        "mapping": Watch(),
        "calling": Rest(wire),
        "finishing": Rest(wire),
        "writing": Watch(),
    }


def _places(connector: Any) -> dict[str, tuple[Any, str]]:
    return {
        "wire": (HttpClient, "_receive"),
        "mapping": (Outgoing, "flat"),
        "calling": (connector, "_write"),
        "finishing": (connector, "_follow_up"),
        "writing": (writing, "write"),
    }


def _confirm(env: Any, company: Any, number: int, count: int) -> None:
    """Make so many orders and confirm them; none is like that before it."""
    own = [("company_id", "=", company.id)]
    customers = env["res.partner"].search([*own, ("customer_rank", ">", 0)])
    products = env["product.product"].search(own)
    first = number * count
    orders = env["sale.order"].with_context(**writing.QUIET).with_company(company)
    orders = orders.create(
        [
            {
                "company_id": company.id,
                "partner_id": customers[place % len(customers)].id,
                # Prices of the products, in the company's currency.
                "pricelist_id": False,
                "order_line": [Command.create(row) for row in _rows(products, place)],
            }
            for place in range(first, first + count)
        ]
    )
    orders.action_confirm()
    env.cr.commit()


def _rows(products: Any, place: int) -> Iterator[dict[str, Any]]:
    for row in range(ROWS):
        product = products[(place * 7 + row * 41) % len(products)]
        yield {
            "product_id": product.id,
            "product_uom_qty": 1 + (place + row) % 9,
            "discount": 10 if row == 3 else 0,
        }


def _kinds(books: World) -> dict[str, int]:
    """Return how many calls were made, by method and path without ids."""
    kinds: Counter[str] = Counter()
    for call in books.calls():
        path = re.sub(r"\d+(,\d+)*", "…", call["path"].partition("/api/")[2])
        kinds[f"{call['method']} {path}"] += 1
    return dict(kinds)


def _wrong(env: Any, company: Any, books: World) -> int:
    """Count the orders that are not there exactly once, or with another total."""
    there: dict[str, list[float]] = {}
    for one in books.objects("invoices", fields=_SUMS):
        total = one["invoiceSumInfo"][-1]["invoiceSumTotal"]
        there.setdefault(one["originalInvoiceNumber"], []).append(total)
    orders = env["sale.order"].search([("company_id", "=", company.id)])
    ours = {order.name: [order.amount_total] for order in orders}
    known = [name for name in ours if name in there]
    doubled = [name for name in known if len(there[name]) > 1]
    other = [x for x in known if abs(there[x][0] - ours[x][0]) > 0.001]
    return len(there.keys() ^ ours.keys()) + len({*doubled, *other})
