# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class LedgerFlow(models.Model):
    """What a person has to know and agree to before a flow is switched on."""

    _name = "ledger.flow"
    _inherit = "ledger.flow"

    warning = fields.Text(compute="_compute_warning")
    agreed_at = fields.Datetime(string="Agreed on", readonly=True, copy=False)
    agreed_by = fields.Many2one("res.users", readonly=True, copy=False)
    must_agree = fields.Boolean(compute="_compute_must_agree")

    @api.depends("entity", "direction", "connection_id")
    @api.depends_context("lang")
    def _compute_warning(self):
        for flow in self:
            kind = flow._kind()
            flow.warning = str(kind.warning) if kind and kind.warning else False

    @api.depends("warning", "agreed_at")
    def _compute_must_agree(self):
        for flow in self:
            flow.must_agree = bool(flow.warning) and not flow.agreed_at

    def _kind(self):
        """Return the ``sync.contract.FlowKind`` of the flow, None if it is unknown."""
        if not self.connection_id or f"ledger.connector.{self.system}" not in self.env:
            return None
        return self._connector()._describe().flow(self.entity, self.direction)

    @api.constrains("active", "agreed_at")
    def _check_agreed(self):
        for flow in self.filtered(lambda flow: flow.active and flow.must_agree):
            raise ValidationError(
                self.env._(
                    "%(flow)s cannot be switched on yet: %(warning)s Open the flow and "
                    "press “I agree, switch it on”.",
                    flow=flow.display_name,
                    warning=flow.warning,
                )
            )

    def action_agree(self):
        """Note that the current user agrees to the warnings, and switch the flows on.

        :raises odoo.exceptions.AccessError: the user may not set flows up
        """
        self.check_access("write")
        for flow in self.filtered("must_agree"):
            flow.write({"agreed_at": fields.Datetime.now(), "agreed_by": self.env.uid})
        self.write({"active": True})
