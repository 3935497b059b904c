# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.exceptions import UserError


class LedgerMatchDecision(models.TransientModel):
    """A person decides which Odoo record a remote record is."""

    _name = "ledger.match.decision"
    _description = "Ledger Matching Decision"

    binding_id = fields.Many2one("ledger.binding", required=True, ondelete="cascade")
    label = fields.Char(related="binding_id.label")
    reason = fields.Char(related="binding_id.match_reason")
    choice = fields.Selection(
        selection=[
            ("link", "It is this record in Odoo"),
            ("create", "It is a new one: create it"),
            ("ignore", "Leave it out"),
        ],
        required=True,
        default="link",
    )
    res_model = fields.Char(related="binding_id.res_model")
    res_id = fields.Many2oneReference(
        string="Odoo record",
        model_field="res_model",
        compute="_compute_res_id",
        store=True,
        readonly=False,
    )

    @api.depends("binding_id")
    def _compute_res_id(self):
        for wizard in self:
            wizard.res_id = wizard.binding_id.res_id

    def action_apply(self):
        """Carry out the choice; the record then goes on by itself."""
        self.ensure_one()
        binding = self.binding_id
        if self.choice == "ignore":
            binding.action_ignore()
        elif self.choice == "create":
            binding.action_create_new()
        elif not self.res_id:
            raise UserError(
                self.env._(
                    "Choose the Odoo record that %(name)s is, or let it be created.",
                    name=self.label,
                )
            )
        else:
            binding._link(self.res_id)
            binding._flows()._enqueue("retry")
        return {"type": "ir.actions.act_window_close"}

    def _open(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Which record is it?"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }
