# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import fields, models


class LedgerSeen(models.Model):
    """Links met during a full comparison; what was not met is gone there.

    Kept in the database, not in memory, because a comparison may take several runs.
    """

    _name = "ledger.seen"
    _description = "Ledger Record Seen"
    _log_access = False

    # Plain numbers: checking foreign keys would cost each page more than reading it.
    flow_id = fields.Integer(required=True)
    generation = fields.Integer(required=True)
    binding_id = fields.Integer(required=True)

    _flow_idx = models.Index("(flow_id, generation, binding_id)")
