# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
{
    "name": "Ledger Connectors: Tasks from Statistics",
    "summary": "Each client's counted month becomes a task",
    "version": "19.0.1.0.0",
    "development_status": "Beta",
    "category": "Accounting/Accounting",
    "author": "Ledger Connectors for Odoo",
    "website": "https://github.com/ledger-connectors/ledger-connectors-odoo",
    "license": "LGPL-3",
    "depends": ["ledger_connector_statistics", "project"],
    "data": ["views/ledger_statistics_plan_views.xml", "views/project_task_views.xml"],
    "auto_install": True,
}
