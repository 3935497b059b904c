# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import fields, models

from .ledger_lane import MAX_LANES


class ResConfigSettings(models.TransientModel):
    _name = "res.config.settings"
    _inherit = "res.config.settings"

    ledger_lanes = fields.Integer(
        string="Connections worked on at the same time",
        default=1,
        config_parameter="ledger_connector.lanes",
        help=f"At most {MAX_LANES}, and always fewer than Odoo's cron workers.",
    )
    ledger_retention_days = fields.Integer(
        string="Keep calls and jobs for (days)",
        default=30,
        config_parameter="ledger_connector.retention_days",
    )

    def set_values(self):
        """Override of `base` to switch the lanes on or off."""
        result = super().set_values()
        self.env["ledger.lane"]._apply_count()
        return result
