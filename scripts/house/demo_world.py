# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the demonstration asks of the sandbox's control door."""

from __future__ import annotations

import json
import urllib.request
from dataclasses import dataclass
from typing import Any

from .sandbox import RunningSandbox

#: The world that the sandbox makes itself when it is started for the demonstration.
TRADERS = "demo"
SHOP = "demo-shop"
_KEYS = ("client_id", "client_secret")
_SECONDS = 30


@dataclass(frozen=True)
class ShopBooks:
    """The shop's books in Procountor and what opens them."""

    url: str
    company: int
    secrets: dict[str, str]


def expected(stand_ins: RunningSandbox) -> dict[str, int]:
    """Return how many records of Tripletex are to come to Odoo, by what they are.

    :param stand_ins: the sandbox
    """
    counts = _call(stand_ins, f"/{TRADERS}/counts")
    return {
        "customers": counts["customer_active"],
        "products": counts["product"],
        "invoices": counts["invoice"],
    }


def open_books(stand_ins: RunningSandbox, name: str) -> ShopBooks:
    """Open empty books in Procountor.

    :param stand_ins: the sandbox, freshly started
    :param name: of the company
    """
    world = _call(stand_ins, "", {"name": SHOP, "system": "procountor"})
    company = _call(stand_ins, f"/{SHOP}/add_company", {"name": name})
    keys = {key: world["credentials"][key] for key in _KEYS}
    secrets = {**keys, "api_key": company["api_key"]}
    return ShopBooks(world["base_url"], company["company_id"], secrets)


def invoices(stand_ins: RunningSandbox, books: ShopBooks) -> list[dict[str, Any]]:
    """Return the invoices of the shop as Procountor has them.

    :param stand_ins: the sandbox
    :param books: of the shop
    """
    wanted = {"resource": "invoices", "company": books.company, "fields": ""}
    return _call(stand_ins, f"/{SHOP}/objects", wanted)


def _call(stand_ins: RunningSandbox, path: str, body: Any = None) -> Any:
    request = urllib.request.Request(
        f"{stand_ins.url}/_control/worlds{path}",
        headers={"X-Sandbox-Control": stand_ins.key},
        data=None if body is None else json.dumps(body).encode(),
    )
    with urllib.request.urlopen(request, timeout=_SECONDS) as answer:
        return json.load(answer)["result"]
