# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, models
from odoo.tools import SQL


class LedgerStatisticsPeriod(models.Model):
    """How the engine finds the periods of a connection."""

    _name = "ledger.statistics.period"
    _inherit = "ledger.statistics.period"

    @api.model
    def _of(self, connection_id, first, last):
        """Return the period of a connection from *first* to *last*, or an empty one."""
        return self.search(
            [
                ("connection_id", "=", connection_id),
                ("date_from", "=", first),
                ("date_to", "=", last),
            ]
        )

    @api.model
    def _frozen_of(self, connection_id):
        """Return the frozen periods of a connection."""
        return self.search(
            [("connection_id", "=", connection_id), ("state", "=", "frozen")]
        )

    @api.model
    def _last_of(self, connection_id):
        """Return the last period of a connection, or an empty one."""
        return self.search(
            [("connection_id", "=", connection_id)],
            order="date_to desc, date_from desc",
            limit=1,
        )

    @api.model
    def _staying(self, connection_id, first, last):
        """Return the periods with a day from *first* to *last* that stay as they are.

        Others give way when their days are counted by other periods.
        """
        return self.search(
            [
                ("connection_id", "=", connection_id),
                ("date_from", "<=", last),
                ("date_to", ">=", first),
                "|",
                ("state", "=", "frozen"),
                ("correction_ids", "!=", False),
            ],
            order="date_from, date_to",
        )

    def _hold(self):
        """Lock the periods until the transaction ends.

        Whoever freezes one of them meanwhile comes before or after, not in between.
        """
        if not self:
            return
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "SELECT 1 FROM ledger_statistics_period WHERE id IN %s FOR UPDATE",
                self._ids,
            ),
            # A race is no error: the page is done again.
            log_exceptions=False,
        )
