# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
{
    "name": "Ledger Connector: SmartAccounts",
    "summary": "Monthly figures, clients, vendors, articles and invoices of "
    "SmartAccounts",
    "version": "19.0.1.0.0",
    "development_status": "Beta",
    "category": "Accounting/Accounting",
    "author": "Ledger Connectors for Odoo",
    "website": "https://github.com/ledger-connectors/ledger-connectors-odoo",
    "license": "LGPL-3",
    "depends": ["ledger_connector_base", "ledger_connector_statistics"],
    "data": ["views/ledger_credential_views.xml"],
}
