# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import fields, models


class AccountMoveLine(models.Model):
    """A line of an invoice, and the figures that are its quantity."""

    _name = "account.move.line"
    _inherit = "account.move.line"

    statistics_figure_ids = fields.Many2many(
        "ledger.statistics.figure",
        "ledger_statistics_figure_move_line_rel",
        "move_line_id",
        "figure_id",
        string="Figures",
        readonly=True,
        # A copy is another invoice and bills nothing that was counted.
        copy=False,
    )
