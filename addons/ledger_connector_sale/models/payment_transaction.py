# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, models

#: What may make an order a paid one.
_PAYING = frozenset({"state", "amount", "currency_id", "sale_order_ids"})


class PaymentTransaction(models.Model):
    """Payments tell the flows that send orders once they are paid."""

    _inherit = "payment.transaction"

    @api.model_create_multi
    def create(self, vals_list):
        transactions = super().create(vals_list)
        transactions._ledger_note_paid()
        return transactions

    def write(self, vals):
        result = super().write(vals)
        if not _PAYING.isdisjoint(vals):
            self._ledger_note_paid()
        return result

    def _ledger_note_paid(self):
        if not self.env["ledger.flow"]._watched().get("sale.order"):
            return
        # Customers pay; the orders that are paid by it need not be theirs to see.
        orders = self.sudo().filtered(lambda tx: tx.state == "done").sale_order_ids
        paid = orders.filtered("ledger_is_paid")
        paid._ledger_note_changes(["ledger_is_paid"])
