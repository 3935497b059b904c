# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import fields, models

from .ledger_synced_mixin import LEDGER_STATES


class ProductTemplate(models.Model):
    """Shows on the product what is linked of its variants."""

    _inherit = "product.template"

    ledger_binding_count = fields.Integer(
        string="Links", compute="_compute_ledger_state", compute_sudo=False
    )
    ledger_state = fields.Selection(
        selection=LEDGER_STATES,
        string="Ledger status",
        compute="_compute_ledger_state",
        compute_sudo=False,
    )

    def _compute_ledger_state(self):
        for template in self:
            variants = template.product_variant_ids
            states = variants.mapped("ledger_state")
            template.ledger_binding_count = sum(variants.mapped("ledger_binding_count"))
            if "attention" in states:
                template.ledger_state = "attention"
            else:
                template.ledger_state = "linked" if any(states) else False

    def action_ledger_bindings(self):
        """Open the links of these products' variants."""
        return self.product_variant_ids.action_ledger_bindings()
