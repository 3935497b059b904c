# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, models


class LedgerConnection(models.Model):
    """What the set-up of statistics means for a client's connection."""

    _name = "ledger.connection"
    _inherit = "ledger.connection"

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        connections = super().create(vals_list)
        connections.partner_id._ledger_follow_keys()
        return connections

    def write(self, vals):
        # Keys that are not tested yet are about to be: nobody is asked in between.
        tested = vals.get("tested_at") or vals.get("state", "draft") != "draft"
        if not tested and not {"partner_id", "active"} & set(vals):
            return super().write(vals)
        clients = self.partner_id
        result = super().write(vals)
        (clients | self.partner_id)._ledger_follow_keys()
        return result

    def unlink(self):
        clients = self.partner_id
        result = super().unlink()
        clients._ledger_follow_keys()
        return result

    # === ACTIONS === #

    def action_go_live(self):
        """Override of `base`: a client that joins an active set-up is counted by it."""
        result = super().action_go_live()
        self.filtered("partner_id")._follow_plan()
        return result

    # === HELPERS === #

    def _follow_plan(self):
        """Count by the schedule of the active set-up; without one, not by schedule.

        Figures can be asked for by hand all the same.
        """
        for connection in self:
            connection._create_flows()
            flow = connection._all_flows().filtered(lambda x: x.entity == "statistics")
            if connection._statistics_plan().state == "on":
                flow.active = True
            flow._schedule()
