# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, models


class ResPartnerCategory(models.Model):
    """Tags lie below each other."""

    _name = "res.partner.category"
    _inherit = "res.partner.category"

    @api.model_create_multi
    def create(self, vals_list):
        self.env["ledger.flow"]._forget_kept()
        return super().create(vals_list)

    def write(self, vals):
        result = super().write(vals)
        if "parent_id" in vals:
            self.env["ledger.flow"]._forget_kept()
        return result
