# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import fields, models


class LedgerConnection(models.Model):
    """A client's books, and the figures that were taken from them."""

    _name = "ledger.connection"
    _inherit = "ledger.connection"

    statistics_count = fields.Integer(
        string="Counted periods", compute="_compute_statistics_count"
    )

    def _compute_statistics_count(self):
        groups = self.env["ledger.statistics.period"]._read_group(
            [("connection_id", "in", self.ids)], ["connection_id"], ["__count"]
        )
        counts = {connection.id: count for connection, count in groups}
        for connection in self:
            connection.statistics_count = counts.get(connection.id, 0)

    def _statistics_plan(self):
        """Return how the connection's documents are counted; empty if nobody said."""
        self.ensure_one()
        return self.env["ledger.statistics.plan"].search(
            [("company_id", "=", self.company_id.id), ("system", "=", self.system)]
        )

    def _record_flows(self):
        """Override of `base`: figures are no records that are kept in step."""
        flows = super()._record_flows()
        return flows.filtered(lambda flow: flow.entity != "statistics")

    def action_open_statistics(self):
        """Open the figures of these connections."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "ledger_connector_statistics.ledger_statistics_figure_action"
        )
        return {**action, "domain": [("connection_id", "in", self.ids)]}
