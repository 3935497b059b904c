# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models


class LedgerStatisticsAgreementTier(models.Model):
    """A price from a certain piece on, until the next tier begins."""

    _name = "ledger.statistics.agreement.tier"
    _description = "Tier of prices"
    _order = "line_id, first, id"

    line_id = fields.Many2one(
        "ledger.statistics.agreement.line",
        required=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="line_id.company_id", store=True, index=True)
    first = fields.Integer(string="From piece", required=True, default=1)
    price_unit = fields.Float(
        string="Price per piece", required=True, digits="Product Price"
    )

    _first_uniq = models.Constraint(
        "UNIQUE(line_id, first)", "Two tiers begin at the same piece. Change one."
    )
    _first_positive = models.Constraint(
        "CHECK(first >= 1)", "Tiers begin at piece 1 or later."
    )
    _price_positive = models.Constraint(
        "CHECK(price_unit >= 0)", "The price of a tier cannot be below zero."
    )

    @api.depends("first")
    def _compute_display_name(self):
        for tier in self:
            tier.display_name = self.env._("from %(piece)s", piece=tier.first)
