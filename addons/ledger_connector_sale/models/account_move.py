# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import models

from ..once import check_invoice


class AccountMove(models.Model):
    _inherit = "account.move"

    def _ledger_check_outgoing(self, run):
        """Override: what its order brought there already is not sent again."""
        check_invoice(run, self)
        return super()._ledger_check_outgoing(run)
