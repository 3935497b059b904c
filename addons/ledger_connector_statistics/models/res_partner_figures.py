# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import fields, models

GROUP = "ledger_connector_base.group_ledger_user"


class ResPartner(models.Model):
    """Clients and their figures."""

    _name = "res.partner"
    _inherit = "res.partner"

    statistics_count = fields.Integer(
        string="Counted periods", compute="_compute_statistics_count", groups=GROUP
    )

    def _compute_statistics_count(self):
        groups = self.env["ledger.statistics.period"]._read_group(
            [("partner_id", "in", self.ids)], ["partner_id"], ["__count"]
        )
        counts = {partner.id: count for partner, count in groups}
        for partner in self:
            partner.statistics_count = counts.get(partner.id, 0)

    def action_open_statistics(self):
        """Open the figures of these clients."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "ledger_connector_statistics.ledger_statistics_figure_action"
        )
        return {**action, "domain": [("partner_id", "in", self.ids)]}
