# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import fields, models

#: How far a document has come there; of orders that become invoices too.
LEDGER_STAGES = [
    ("unfinished", "Unfinished"),
    ("approved", "Approved"),
    ("sent", "Sent"),
    ("partial", "Partly paid"),
    ("paid", "Paid"),
    ("invalidated", "Invalidated"),
    ("other", "Other"),
]


class AccountMove(models.Model):
    _name = "account.move"
    _inherit = ["account.move", "ledger.synced.mixin"]

    ledger_number = fields.Char(
        string="Number in the ledger",
        copy=False,
        index="btree_not_null",
        readonly=True,
        help="The invoice's number in the connected accounting system.",
    )
    ledger_stage = fields.Selection(
        selection=LEDGER_STAGES,
        string="Stage in the ledger",
        copy=False,
        readonly=True,
    )
    ledger_reference = fields.Char(
        string="Payment reference in the ledger",
        copy=False,
        readonly=True,
        help="The reference that the customer names with the payment.",
    )
    ledger_amount_untaxed = fields.Monetary(
        string="Untaxed amount in the ledger", copy=False, readonly=True
    )
    ledger_amount_total = fields.Monetary(
        string="Total in the ledger", copy=False, readonly=True
    )
    ledger_amount_outstanding = fields.Monetary(
        string="Unpaid in the ledger", copy=False, readonly=True
    )
    ledger_payment_state = fields.Selection(
        selection=[
            ("not_paid", "Not paid"),
            ("partial", "Partly paid"),
            ("paid", "Paid"),
        ],
        string="Payment in the ledger",
        compute="_compute_ledger_payment_state",
    )

    def _compute_ledger_payment_state(self):
        for move in self:
            currency = move.currency_id
            total, open_ = move.ledger_amount_total, move.ledger_amount_outstanding
            if not move.ledger_number:
                move.ledger_payment_state = False
            elif currency.is_zero(open_):
                move.ledger_payment_state = "paid"
            elif currency.compare_amounts(open_, total) == 0:
                move.ledger_payment_state = "not_paid"
            else:
                move.ledger_payment_state = "partial"

    def _ledger_check_outgoing(self, run):
        """Hold an invoice back that other addons know a reason against.

        :param run: the ``sync.run.Run`` that is going to send it
        :raises sync.problems.Problem: it must not be sent
        """
