# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import fields, models


class LedgerValueMapping(models.Model):
    """Kinds of values that other systems do not have, or mean otherwise."""

    _name = "ledger.value.mapping"
    _inherit = "ledger.value.mapping"

    kind = fields.Selection(
        selection_add=[
            ("country", "Country"),
            ("delivery_term", "Delivery term"),
            ("bank_account", "Bank account"),
        ],
        ondelete={
            "country": "cascade",
            "delivery_term": "cascade",
            "bank_account": "cascade",
        },
    )
