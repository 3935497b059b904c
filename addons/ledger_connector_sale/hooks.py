# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).


def post_init_hook(env):
    """Offer orders on the connections that are there already; the flows are off."""
    connections = env["ledger.connection"].with_context(active_test=False).search([])
    for connection in connections:
        # An addon of a vendor may be gone while its connections are kept.
        if f"ledger.connector.{connection.system}" in env:
            connection._create_flows()


def uninstall_hook(env):
    """Forget the flows and links of orders: nothing knows what they are any more."""
    flows = env["ledger.flow"].with_context(active_test=False)
    flows.search([("entity", "=", "order")]).unlink()
    env["ledger.binding"].search([("res_model", "=", "sale.order")]).unlink()
