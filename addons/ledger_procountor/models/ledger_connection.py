# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models

from ..client import codes

CHANNELS = [
    ("EMAIL", "E-mail"),
    ("MAIL", "Paper letter"),
    ("ELECTRONIC_INVOICE", "E-invoice"),
    ("NO_SENDING", "Do not send"),
]


class LedgerConnection(models.Model):
    """How invoices are made and what becomes of them, by connection."""

    _name = "ledger.connection"
    _inherit = "ledger.connection"

    procountor_finish = fields.Selection(
        selection=[
            ("unfinished", "Leave it unfinished"),
            ("approve", "Approve it"),
            ("send", "Approve it and send it to the customer"),
        ],
        string="What is done with it",
        default="unfinished",
        help="An unfinished invoice can be changed and counts in no books. What "
        "Procountor has sent to the customer can only be credited.",
    )
    procountor_mark_paid = fields.Selection(
        selection="_selection_procountor_mark_paid",
        string="Paid in Odoo: mark as paid by",
        help="Orders and invoices that are paid in Odoo are marked as paid in "
        "Procountor, once they are approved there. Leave it empty to do so by hand.",
    )
    procountor_channel = fields.Selection(
        selection=[("auto", "By what is known of the customer"), *CHANNELS],
        string="Invoice channel",
        default="auto",
        help="By what is known: an e-invoice address makes it an e-invoice, else an "
        "e-mail address an e-mail, else a full postal address a letter; else it is "
        "not sent. A channel chosen on the customer comes first.",
    )
    procountor_match = fields.Selection(
        selection=[
            ("number_id", "Customer number, else business ID"),
            ("number", "Customer number"),
            ("business_id", "Business ID"),
        ],
        string="Find customers by",
        default="number_id",
    )
    procountor_data_from = fields.Selection(
        selection=[
            ("order", "The order or invoice in Odoo"),
            ("register", "Procountor's customer register"),
        ],
        string="Take invoicing data from",
        default="order",
        help="Addresses, e-mail, e-invoice address, channel and language.",
    )
    procountor_products = fields.Selection(
        selection=[
            ("register", "Linked to the product register by product code"),
            ("text", "Free text"),
        ],
        string="Invoice rows",
        default="register",
        help="Rows of products that are not in Procountor's register are free text in "
        "any case.",
    )
    procountor_attach_pdf = fields.Boolean(
        string="Attach Odoo's PDF",
        help="It goes to the customer together with Procountor's own invoice.",
    )
    procountor_invoice_date = fields.Selection(
        selection=[
            ("order", "Day of the order or invoice"),
            ("today", "Day of sending to Procountor"),
        ],
        string="Billing date",
        default="order",
    )
    procountor_penalty = fields.Float(
        string="Interest on late payment (%)",
        help="0 leaves it out.",
    )
    procountor_unit = fields.Selection(
        selection=[("PIECE", "Piece"), ("NO_UNIT", "No unit")],
        string="Units that Procountor does not know become",
        default="PIECE",
    )

    @api.model
    def _selection_procountor_mark_paid(self):
        """(§3.5) What Procountor calls the ways to be paid elsewhere."""
        labels = {
            "ADJUSTMENT": self.env._("Adjustment"),
            "BANK_STATEMENT": self.env._("Bank statement"),
            "CASH": self.env._("Cash"),
            "CHARGE_CARD": self.env._("Card"),
            "CORRECTION": self.env._("Correction"),
            "CREDIT_LOSS": self.env._("Credit loss"),
            "CREDIT_NOTE": self.env._("Credit note"),
            "EXTERNAL_BANK_TRANSFER": self.env._("Bank transfer elsewhere"),
            "SET_OFF": self.env._("Set-off"),
        }
        return [(code, labels[code]) for code in codes.PAID_BY]
