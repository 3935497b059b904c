# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import fields, models

from .ledger_connection import CHANNELS


class ResPartner(models.Model):
    """How Procountor sends a customer its invoices."""

    _name = "res.partner"
    _inherit = "res.partner"

    procountor_channel = fields.Selection(
        selection=CHANNELS,
        string="Procountor invoice channel",
        help="How Procountor sends this customer's invoices. Empty: as the connection "
        "says.",
    )
    procountor_einvoice_address = fields.Char(
        string="E-invoice address",
        help="Address of the customer in the network of e-invoices, as a Finnish OVT "
        "identifier or an IBAN.",
    )
    procountor_einvoice_operator = fields.Char(
        string="E-invoice operator",
        help="Identifier of the customer's operator or bank, asked for in Finland.",
    )
