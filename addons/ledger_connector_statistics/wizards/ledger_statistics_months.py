# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.tools import format_date


class LedgerStatisticsMonths(models.AbstractModel):
    """Whole months in words: Odoo shows the first day of a month that was chosen."""

    _name = "ledger.statistics.months"
    _description = "Months that are chosen"

    month_from = fields.Date()
    month_to = fields.Date()
    months = fields.Char(compute="_compute_months")

    @api.depends("month_from", "month_to")
    def _compute_months(self):
        for one in self:
            chosen = [one.month_from, one.month_to]
            first, last = (
                format_date(self.env, day, date_format="LLLL y") for day in chosen
            )
            if all(chosen) and first != last:
                one.months = self.env._("%(first)s to %(last)s", first=first, last=last)
            else:
                one.months = first or last


class LedgerStatisticsRequest(models.TransientModel):
    _name = "ledger.statistics.request"
    _inherit = ["ledger.statistics.request", "ledger.statistics.months"]


class LedgerStatisticsBill(models.TransientModel):
    _name = "ledger.statistics.bill"
    _inherit = ["ledger.statistics.bill", "ledger.statistics.months"]
