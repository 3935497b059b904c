# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import models


class AccountMoveReversal(models.TransientModel):
    """*Reverse and create invoice*: the new invoice bills the same periods."""

    _name = "account.move.reversal"
    _inherit = "account.move.reversal"

    def reverse_moves(self, is_modify=False):
        """Override of `account` to hand the billed periods over to the new invoice."""
        action = super().reverse_moves(is_modify=is_modify)
        # Whoever corrects invoices need not see the figures; the link goes along.
        for move in self.new_move_ids.sudo().filtered("statistics_replaced_id"):
            move._take_statistics_over()
        return action

    def _modify_default_reverse_values(self, origin_move):
        """Override of `account` to note what the new invoice replaces."""
        values = super()._modify_default_reverse_values(origin_move)
        # As above.
        if origin_move.sudo().statistics_period_ids:
            values["statistics_replaced_id"] = origin_move.id
        return values
