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

    def write(self, vals):
        result = super().write(vals)
        if self.env["ledger.flow"]._watched().get("product.product"):
            variants = self.with_context(active_test=False).product_variant_ids
            variants._ledger_note_changes(vals)
        return result

    def _compute_ledger_state(self):
        for template in self:
            variants = template.product_variant_ids
            states = variants.mapped("ledger_state")
            template.ledger_binding_count = sum(variants.mapped("ledger_binding_count"))
            worst = ("attention", "awaited", "outgoing", "linked")
            template.ledger_state = next((x for x in worst if x in states), False)

    def action_ledger_bindings(self):
        """Open the links of these products' variants."""
        return self.product_variant_ids.action_ledger_bindings()

    def action_ledger_push(self):
        """Send the variants of these products, see ``ledger.synced.mixin``."""
        return self.product_variant_ids.action_ledger_push()
