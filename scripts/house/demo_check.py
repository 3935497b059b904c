# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""`scripts/demo --check`: both companies sync without a person, and are compared."""

from __future__ import annotations

import json
from typing import Any

from . import (
    databases,
    demo_running,
    demo_shop_sync,
    demo_sync,
    demo_world,
    environment,
    templates,
)
from .odoo_runtime import OdooRuntime
from .processes import free_port
from .progress import say, step

Record = dict[str, Any]


def check(odoo: OdooRuntime) -> int:
    """Set up the demonstration in a database of its own, sync it and compare.

    :param odoo: the Odoo
    :return: 0, or 1 when something differs
    """
    name = environment.scratch_name()
    databases.copy(odoo.postgres, templates.with_addons(odoo), name)
    try:
        with demo_running.stand_ins(odoo, None) as there:
            demo_running.connect_traders(odoo, name, there.url)
            demo_running.open_shop(odoo, name)
            books = demo_world.open_books(there, demo_running.SHOP)
            demo_running.connect_shop(odoo, name, books)
            with demo_running.server(
                odoo, name, free_port(None, demo_running.ODOO_PORT)
            ):
                say("The login page answers.")
            with step("Syncing"):
                found = _marked(odoo, name, "demo_sync.py", demo_sync.MARK)
            with step("Sending the shop's orders"):
                mark = demo_shop_sync.MARK
                orders = _marked(odoo, name, "demo_shop_sync.py", mark)
            came = compare(found, demo_world.expected(there))
            went = compare_orders(orders, demo_world.invoices(there, books))
            return came or went
    finally:
        databases.drop(odoo.postgres, name)


def _marked(odoo: OdooRuntime, name: str, script: str, mark: str) -> Any:
    lines = demo_running.shell(odoo, name, script).output.splitlines()
    marked = [line for line in lines if line.startswith(mark)]
    return json.loads(marked[-1].removeprefix(mark))


def compare(found: Record, expected: dict[str, int]) -> int:
    """Print what came to Odoo beside what is in the sandbox.

    :param found: what demo_sync.py printed
    :param expected: numbers of records in the sandbox
    :return: 0, or 1 when something differs
    """
    for entity, job in found["jobs"].items():
        words = ", ".join(f"{name} {value}" for name, value in job.items() if value)
        print(f"{entity:10} {words}")
    print(f"\n{'':10} {'in Odoo':>8} {'in the sandbox':>15}")
    for name, there in expected.items():
        print(f"{name:10} {found['counts'][name]:>8} {there:>15}")
    for reason in found["reasons"]:
        print(reason)
    same = found["counts"] == expected
    done = all(job["state"] == "done" for job in found["jobs"].values())
    print("Everything came." if same and done else "Not everything came.")
    return 0 if same and done else 1


def compare_orders(orders: list[Record], invoices: list[Record]) -> int:
    """Print the shop's orders beside the invoices that were made of them.

    :param orders: what demo_shop_sync.py printed
    :param invoices: all that the sandbox's Procountor has
    :return: 0, or 1 when something differs
    """
    print(f"\n{'order':10} {'in Odoo':>16} {'in the sandbox':>16}")
    for order in orders:
        there = [_shown(one) for one in _of(order, invoices)]
        print(f"{order['name']:10} {_known(order):>16} {', '.join(there) or '–':>16}")
    for order in orders:
        if order["problem"]:
            print(order["problem"])
    known = {order["name"] for order in orders}
    strange = [one for one in invoices if one["originalInvoiceNumber"] not in known]
    right = not strange and all(_is_right(x, _of(x, invoices)) for x in orders)
    print("The orders went." if right else "The orders did not go as they should.")
    return 0 if right else 1


def _of(order: Record, invoices: list[Record]) -> list[Record]:
    return [one for one in invoices if one["originalInvoiceNumber"] == order["name"]]


def _shown(invoice: Record) -> str:
    return f"{invoice['invoiceNumber']} {invoice['status'].lower()}"


def _known(order: Record) -> str:
    if order["number"]:
        return f"{order['number']} {order['stage']}"
    return order["state"] or "–"


def _is_right(order: Record, there: list[Record]) -> bool:
    """One invoice, known by number and status; or none, and a reason if it failed."""
    if not order["is_confirmed"]:
        return not there and not order["state"]
    if not order["is_taxed"]:
        told = order["name"] in (order["problem"] or "")
        return not there and order["state"] == "attention" and told
    return [_shown(one) for one in there] == [_known(order)] and not order["problem"]
