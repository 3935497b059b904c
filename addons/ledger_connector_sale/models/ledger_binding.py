# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, models


class LedgerBinding(models.Model):
    _inherit = "ledger.binding"

    @api.model
    def _selection_record_ref(self):
        # Names of models are no secret.
        name = self.env["ir.model"].sudo()._get("sale.order").name
        return [*super()._selection_record_ref(), ("sale.order", name)]
