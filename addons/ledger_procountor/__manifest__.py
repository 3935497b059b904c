# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
{
    "name": "Ledger Connector: Procountor",
    "summary": "Orders and invoices become sales invoices of Procountor; customers, "
    "products and payments come back",
    "version": "19.0.1.0.0",
    "development_status": "Beta",
    "category": "Accounting/Accounting",
    "author": "Ledger Connectors for Odoo",
    "website": "https://github.com/ledger-connectors/ledger-connectors-odoo",
    "license": "LGPL-3",
    "depends": ["ledger_connector_base"],
    "data": [
        "security/ir.model.access.csv",
        "wizards/ledger_procountor_open_views.xml",
        "wizards/ledger_procountor_activation_views.xml",
        "views/opening_templates.xml",
        "views/ledger_credential_views.xml",
        "views/ledger_connection_views.xml",
        "views/res_partner_views.xml",
    ],
}
