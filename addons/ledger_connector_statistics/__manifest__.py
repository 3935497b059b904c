# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
{
    "name": "Ledger Connectors: Statistics",
    "summary": "How much was booked for each client, month by month, and what it costs",
    "version": "19.0.1.0.0",
    "development_status": "Beta",
    "category": "Accounting/Accounting",
    "author": "Ledger Connectors for Odoo",
    "website": "https://github.com/ledger-connectors/ledger-connectors-odoo",
    "license": "LGPL-3",
    "depends": ["ledger_connector_base"],
    "data": [
        "security/ir.model.access.csv",
        "data/ledger_statistics_kind_data.xml",
    ],
}
