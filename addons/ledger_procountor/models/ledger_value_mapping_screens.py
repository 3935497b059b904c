# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.fields import Domain

#: Values that hold a record back until somebody has chosen their counterpart.
NEEDED = Domain("is_mapped", "=", False) & Domain("is_optional", "=", False)


class LedgerValueMapping(models.Model):
    _name = "ledger.value.mapping"
    _inherit = "ledger.value.mapping"

    is_optional = fields.Boolean(
        string="May stay open",
        compute="_compute_is_optional",
        store=True,
        help="Without a counterpart in Odoo the setting of the connection, or what "
        "Procountor itself would take, is used. No record waits for it.",
    )

    @api.depends("kind", "system")
    def _compute_is_optional(self):
        kinds = self.env["ledger.connector.procountor"]._describe().value_kinds
        optional = {kind.kind for kind in kinds if not kind.required}
        for line in self:
            ours = line.system == "procountor"
            line.is_optional = ours and line.kind in optional


class LedgerConnection(models.Model):
    _name = "ledger.connection"
    _inherit = "ledger.connection"

    @api.depends("value_mapping_ids.is_optional")
    def _compute_unmapped_count(self):
        """Override of `ledger_connector_base`: what may stay open is not missing."""
        domain = Domain("connection_id", "in", self.ids) & NEEDED
        groups = self.env["ledger.value.mapping"]._read_group(
            domain, ["connection_id"], ["__count"]
        )
        counts = {connection.id: count for connection, count in groups}
        for connection in self:
            connection.unmapped_count = counts.get(connection.id, 0)

    def action_open_unmapped(self):
        """Override of `ledger_connector_base`: without what may stay open."""
        return self._open("ledger_value_mapping_action", list(NEEDED))
