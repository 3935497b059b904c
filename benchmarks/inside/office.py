# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""An accounting office with its clients, as persons set it up on the screens."""

from __future__ import annotations

from typing import Any

from odoo import fields

from .books import open_books


def run(env: Any, world: str) -> dict[str, Any]:
    """Make the set-up, and a live connection to each company of the books; commits.

    No call is made for it.

    :param world: name of the books in the sandbox
    :return: number of ``clients``
    """
    books = open_books(world)
    # The first company is the world's own, and empty.
    clients = books.companies()[1:]
    company, admin = env.ref("base.main_company"), env.ref("base.user_admin")
    company.partner_id.tz = "Europe/Tallinn"
    project = env["project.project"].create({"name": "Clients"})
    plan = env["ledger.statistics.plan"].create(
        {
            "system": "smartaccounts",
            "company_id": company.id,
            "delivery": "task",
            "project_id": project.id,
            "user_id": admin.id,
            "with_credits": False,
        }
    )
    plan.action_activate()
    connections = env["ledger.connection"]
    for client in clients:
        connections |= _connection(env, books.base_url, client)
    connections.write({"state": "ready", "tested_at": fields.Datetime.now()})
    connections.action_go_live()
    env.cr.commit()
    return {"clients": len(connections)}


def _connection(env: Any, url: str, client: dict[str, Any]) -> Any:
    company, admin = env.ref("base.main_company"), env.ref("base.user_admin")
    name = f"{client['name']} {client['company_id']}"
    credential = env["ledger.credential"].create(
        {
            "name": name,
            "system": "smartaccounts",
            "environment": "custom",
            "custom_url": url,
            "company_id": company.id,
        }
    )
    credential.set_secrets({key: client[key] for key in ("public_key", "secret_key")})
    return env["ledger.connection"].create(
        {
            "name": name,
            "partner_id": env["res.partner"].create({"name": name}).id,
            "company_id": company.id,
            "credential_id": credential.id,
            "user_id": admin.id,
        }
    )
