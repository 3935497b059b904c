# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
{
    "name": "Ledger Connectors: Sales",
    "summary": "Confirmed sale orders go to the connected accounting systems",
    "version": "19.0.1.0.0",
    "development_status": "Beta",
    "category": "Accounting/Accounting",
    "author": "Ledger Connectors for Odoo",
    "website": "https://github.com/ledger-connectors/ledger-connectors-odoo",
    "license": "LGPL-3",
    "depends": ["ledger_connector_base", "sale"],
    "data": [
        "data/ledger_send_actions.xml",
        "views/ledger_flow_views.xml",
        "views/sale_order_views.xml",
        "views/sale_order_problem_views.xml",
    ],
    "auto_install": True,
    "post_init_hook": "post_init_hook",
    "uninstall_hook": "uninstall_hook",
}
