# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import fields, models


class LedgerStatisticsFigure(models.Model):
    """Which lines of invoices a figure stands on."""

    _name = "ledger.statistics.figure"
    _inherit = "ledger.statistics.figure"

    invoice_line_ids = fields.Many2many(
        "account.move.line",
        "ledger_statistics_figure_move_line_rel",
        "figure_id",
        "move_line_id",
        string="Invoice lines",
        readonly=True,
        copy=False,
    )
    billed = fields.Boolean(related="period_id.billed")

    def action_bill(self):
        """Show what the clients of these figures are to pay, and make the invoices."""
        return self.period_id.action_bill()
