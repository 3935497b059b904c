# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, models

from ..writing.changes import Changes
from ..writing.finisher import Finisher

#: Both are kept in the vendor's one table of invoices.
_DOCUMENTS = ("invoice", "order")
_KINDS = ("update", "withdraw", "replace")


class LedgerConnectorProcountor(models.AbstractModel):
    """What happens to an invoice after it was made there."""

    _name = "ledger.connector.procountor"
    _inherit = "ledger.connector.procountor"

    @api.model
    def _write(self, client, flow, operations):
        first = operations[0]
        if first.resource not in _DOCUMENTS or first.kind not in _KINDS:
            return super()._write(client, flow, operations)
        changes = Changes(self.env, client, flow)
        return [changes.perform(operation) for operation in operations]

    @api.model
    def _follow_up(self, client, flow, unfinished):
        return Finisher(self.env, client, flow, self._explain).finish(unfinished)
