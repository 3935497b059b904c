# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import fields, models


class LedgerStatisticsPeriod(models.Model):
    """What was told to people of a period."""

    _name = "ledger.statistics.period"
    _inherit = "ledger.statistics.period"

    delivered = fields.Json(
        readonly=True, copy=False, help="The figures that people were told of last."
    )
    activity_id = fields.Many2one(
        "mail.activity", readonly=True, copy=False, ondelete="set null"
    )

    def _totals(self):
        """Return the figures of the period, by code of their kind."""
        self.ensure_one()
        return {figure.kind_id.code: figure.total for figure in self.figure_ids}

    def _shown_figures(self):
        """Return the figures that say something: the usual ones and what is not 0."""
        return self.figure_ids.filtered(
            lambda figure: (
                figure.kind_id.is_featured or figure.count or figure.correction
            )
        ).sorted(lambda figure: (figure.kind_id.sequence, figure.kind_id.id))

    def _told_otherwise(self):
        """Tell whether people know other figures of the period than these."""
        return self.delivered != self._totals()

    def _is_superseded(self):
        """Tell whether a later period of the same client was counted already."""
        return bool(
            self.search_count(
                [
                    ("connection_id", "=", self.connection_id.id),
                    ("date_to", ">", self.date_to),
                    ("complete", "=", True),
                ],
                limit=1,
            )
        )

    def _address(self):
        """Return where the period is seen."""
        return f"/odoo/action-ledger_connector_statistics.{self._action()}/{self.id}"

    @staticmethod
    def _action():
        return "ledger_statistics_period_action"
