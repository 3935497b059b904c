# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import models


class LedgerStatisticsImport(models.Model):
    """How far an import has come."""

    _name = "ledger.statistics.import"
    _inherit = "ledger.statistics.import"

    def action_refresh(self):
        """Show how far the import has come: pressing a button loads the screen."""
