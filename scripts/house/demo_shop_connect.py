# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Connects the demonstration's Finnish shop to Procountor; its orders wait to be sent.

Fed to `odoo shell` after demo_shop.py; LEDGER_DEMO_SHOP holds the address and the keys
as JSON. May run again, on a sandbox that was started anew and knows nothing.
"""

import json
import os
from datetime import timedelta

from odoo import fields

CONNECTION = "Kaislan Kahvi Oy"
SENT = ("partner", "product", "order")
#: What Procountor has told of an order.
TOLD = ("ledger_number", "ledger_stage", "ledger_reference", "ledger_amount_total")


def connect(env, address, secrets):
    """Connect the shop, go live, and let all but the faulty order wait.

    :param env: Odoo's environment, of the superuser
    :param str address: of the sandbox's Procountor
    :param dict secrets: what opens the shop's books there
    """
    admin = env.ref("base.user_admin")
    company = env["res.company"].search([("name", "=", CONNECTION)])
    _forget(env, company)
    credential = _credential(env, company, address)
    credential.set_secrets(secrets)
    # Keys are kept on a cursor of their own, which sees only what is committed.
    env.cr.commit()
    env = env(user=admin, context={"allowed_company_ids": company.ids})
    connection = env["ledger.connection"].create(
        {
            "name": CONNECTION,
            "credential_id": credential.id,
            "company_id": company.id,
            "user_id": admin.id,
            "procountor_finish": "unfinished",
        }
    )
    connection.action_test_connection()
    if connection.state != "ready":
        raise SystemExit(f"The shop's connection does not work: {connection.error}")
    connection.action_refresh_values()
    _switch_on(connection)
    connection.action_go_live()
    _wait(connection)


def _forget(env, company):
    """The sandbox has forgotten what was sent before: all of it waits once more."""
    before = env["ledger.connection"].search([("company_id", "=", company.id)])
    before.action_pause()
    before.unlink()
    orders = env["sale.order"].search([("company_id", "=", company.id)])
    orders.write(dict.fromkeys(TOLD, False))


def _credential(env, company, address):
    credentials = env["ledger.credential"]
    found = credentials.search([("name", "=", CONNECTION)])
    values = {"environment": "custom", "custom_url": address}
    if found:
        found.write(values)
        return found
    names = {"name": CONNECTION, "system": "procountor", "company_id": company.id}
    return credentials.create({**names, **values})


def _switch_on(connection):
    """Let orders be sent, once a day, and what they need along with them.

    By themselves they would be gone before anybody has seen them wait.
    """
    sending = _sending(connection)
    sending.write({"active": True, "interval_minutes": 24 * 60})
    # The other company's customers and products are nobody's business here.
    sending.filtered(lambda flow: flow.entity != "order").send_policy = "manual"


def _sending(connection):
    flows = connection.with_context(active_test=False).flow_ids
    return flows.filtered(lambda f: f.direction == "push" and f.entity in SENT)


def _wait(connection):
    flows = _sending(connection)
    orders = flows.filtered(lambda flow: flow.entity == "order")
    sold = connection.env["sale.order"].search([("state", "=", "sale")])
    faulty = sold.filtered(lambda o: not all(line.tax_ids for line in o.order_line))
    orders._ask_for(faulty.ids)
    orders.run()
    orders._ask_for((sold - faulty).ids)
    flows.next_run = fields.Datetime.now() + timedelta(days=1)


if __name__ == "__main__" and "env" in globals():
    # `odoo shell` gives the name.
    given = json.loads(os.environ["LEDGER_DEMO_SHOP"])
    connect(globals()["env"], given["url"], given["secrets"])
    globals()["env"].cr.commit()
