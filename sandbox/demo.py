# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The world `demo`: a trading company, and an office with five clients."""

from __future__ import annotations

from typing import Any

from .world import Worlds

NAME = "demo"
TOKENS = {
    "consumer": "demo-consumer",
    "employee": "demo-employee",
    "office": "demo-office",
}
COMPANY_SIZE = {
    "customers": 2001,
    "also_suppliers": 40,
    "suppliers": 80,
    "contacts": 600,
    "products": 500,
    "invoices": 300,
}
CLIENT_SIZE = {
    "customers": 25,
    "also_suppliers": 2,
    "suppliers": 6,
    "contacts": 10,
    "products": 15,
    "invoices": 12,
}
CLIENTS = (
    "Fjellheim Bakeri AS",
    "Nordvik Rør AS",
    "Sølvberg Snekkeri AS",
    "Lyngen Fisk AS",
    "Åsgård Kafé AS",
)


def make_demo_world(worlds: Worlds, url: str) -> dict[str, Any]:
    """Make the demo world and return what opens it.

    :param url: scheme, host and port of the server
    """
    world = worlds.make("tripletex", NAME)
    control = world.system.control
    control("seed", dict(COMPANY_SIZE))
    control("add_office", {})
    for name in CLIENTS:
        client = control("add_client", {"name": name})
        control("seed", {"company": client["company_id"], **CLIENT_SIZE})
    control("set_tokens", dict(TOKENS))
    return world.describe(url)
