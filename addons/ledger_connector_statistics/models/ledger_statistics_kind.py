# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import fields, models


class LedgerStatisticsKind(models.Model):
    _name = "ledger.statistics.kind"
    _description = "Kind of counted documents"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, readonly=True)
    sequence = fields.Integer(default=100)
    is_invoice = fields.Boolean(
        help="Invoices and credit notes, which are left out of the entries if the "
        "set-up says so.",
    )
    is_manual = fields.Boolean(help="Entries that a bookkeeper made by hand.")
    is_total = fields.Boolean(help="Adds up other kinds, and is no kind of its own.")
    is_featured = fields.Boolean(
        string="Shown at once", help="The others appear under “Show more”."
    )

    _code_uniq = models.Constraint("UNIQUE(code)", "There is such a kind already.")
