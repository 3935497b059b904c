# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, models


class SaleOrderLine(models.Model):
    """Lines that are written by themselves change their order as well."""

    _inherit = "sale.order.line"

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.order_id._ledger_note_changes(["order_line"])
        return lines

    def write(self, vals):
        result = super().write(vals)
        self.order_id._ledger_note_changes(["order_line"])
        return result

    def unlink(self):
        orders = self.order_id
        result = super().unlink()
        orders._ledger_note_changes(["order_line"])
        return result
