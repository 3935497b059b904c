# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, models

_NUMBER = frozenset({"ref"})
_BUSINESS_ID = frozenset({"company_registry", "vat"})
#: By which fields customers are surely the same, by the connection's setting.
_SURE = {
    "number_id": _NUMBER | _BUSINESS_ID,
    "number": _NUMBER,
    "business_id": _BUSINESS_ID,
}
_ORDER = ("ref", "company_registry", "vat")


class LedgerConnectorProcountor(models.AbstractModel):
    _name = "ledger.connector.procountor"
    _inherit = "ledger.connector.procountor"

    @api.model
    def _match_keys(self, connection, entity):
        """Override of the base: customer numbers come from one series (§4).

        Only what the connection names is sure; what else looks alike is asked about.
        """
        keys = super()._match_keys(connection, entity)
        if entity.name != "partner":
            return keys
        sure = _SURE.get(connection.procountor_match, _NUMBER | _BUSINESS_ID)
        reasons = {field: reason for field, reason, _sure in keys}
        first = [(field, reasons[field], field in sure) for field in _ORDER]
        first.sort(key=lambda key: not key[2])
        return [*first, *(key for key in keys if key[0] not in _ORDER)]
