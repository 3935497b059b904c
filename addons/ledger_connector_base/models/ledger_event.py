# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import fields, models


class LedgerEvent(models.Model):
    """Something a vendor told us by webhook, stored before it is answered."""

    _name = "ledger.event"
    _description = "Ledger Event"
    _order = "id desc"
    _rec_name = "topic"

    connection_id = fields.Many2one(
        "ledger.connection", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="connection_id.company_id", store=True)
    received_at = fields.Datetime(
        required=True, default=lambda self: fields.Datetime.now(), readonly=True
    )
    delivery_key = fields.Char(readonly=True, help="The vendor's key of the delivery.")
    topic = fields.Char(readonly=True)
    resource = fields.Char(readonly=True)
    external_id = fields.Char(readonly=True)
    state = fields.Selection(
        selection=[("new", "New"), ("done", "Done"), ("ignored", "Ignored")],
        default="new",
        required=True,
    )
    job_id = fields.Many2one("ledger.sync.job", ondelete="set null")

    _delivery_uniq = models.UniqueIndex(
        "(connection_id, delivery_key) WHERE delivery_key IS NOT NULL",
        "This delivery was stored already.",
    )
