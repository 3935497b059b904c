# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Sends the orders of the demonstration's Finnish shop; prints their state, as JSON.

Fed to `odoo shell`, after demo_shop_connect.py.
"""

import json
import sys

MARK = "ledger-demo-shop:"


def send(env):
    """Send what waits, then all confirmed orders once more: nothing may go twice.

    :param env: Odoo's environment, of the superuser
    :return: what is known of each order, newest last
    """
    connection = env["ledger.connection"].search([("system", "=", "procountor")])
    env = env(
        user=connection.user_id.id,
        context={"allowed_company_ids": connection.company_id.ids},
    )
    orders = env["sale.order"].search([], order="id")
    flow = connection.with_env(env).flow_ids.filtered(
        lambda flow: (flow.entity, flow.direction) == ("order", "push")
    )
    flow.run()
    flow._ask_for(orders.filtered(lambda order: order.state == "sale").ids)
    flow.run()
    env.invalidate_all()
    return [_read(order) for order in orders]


def _read(order):
    return {
        "name": order.name,
        "is_confirmed": order.state == "sale",
        "is_taxed": all(line.tax_ids for line in order.order_line),
        "state": order.ledger_state,
        "number": order.ledger_number,
        "stage": order.ledger_stage,
        "problem": order.ledger_problem,
    }


if __name__ == "__main__" and "env" in globals():
    # `odoo shell` gives the name.
    sys.stdout.write(MARK + json.dumps(send(globals()["env"])) + "\n")
