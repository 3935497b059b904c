# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, models

from ..checks import check
from ..writing.documents import changed_body
from ..writing.finder import Finder
from ..writing.writer import LISTS, Writer


class LedgerConnectorProcountor(models.AbstractModel):
    """Customers, products and new invoices on their way to Procountor."""

    _name = "ledger.connector.procountor"
    _inherit = "ledger.connector.procountor"

    @api.model
    def _write(self, client, flow, operations):
        writer = Writer(self.env, client, flow.connection_id, self._outcome)
        return [writer.perform(operation) for operation in operations]

    @api.model
    def _find(self, client, flow, operations):
        match = flow.connection_id.procountor_match
        return Finder(client, operations[0].resource, match).find(operations)

    @api.model
    def _check_outgoing(self, flow, resource, record, values):
        check(self.env, flow, resource, record, values)

    @api.model
    def _rounding(self):
        """(§11) How Procountor rounds is not documented: nothing is held for it.

        What an invoice comes to there is compared once it is there, and a difference
        of rounding becomes a row, see ``writing.steps``.
        """
        return None

    @api.model
    def _payload(self, client, flow, operation):
        connection = flow.connection_id
        writer = Writer(self.env, client, connection, self._outcome)
        if operation.kind in ("withdraw", "deactivate"):
            return None
        if operation.kind != "update":
            return writer.body(operation)
        if operation.resource in LISTS:
            there = client.one(LISTS[operation.resource], operation.external_id)
            return there and writer.changes(operation, there)
        there = client.one("invoices", operation.external_id)
        return there and changed_body(self.env, client, flow, operation, there)
