# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models


class LedgerValueMapping(models.Model):
    """Kinds of values that other systems do not have, or mean otherwise."""

    _name = "ledger.value.mapping"
    _inherit = "ledger.value.mapping"

    kind = fields.Selection(
        selection_add=[
            ("country", "Country"),
            ("delivery_term", "Delivery term"),
            ("bank_account", "Bank account"),
        ],
        ondelete={
            "country": "cascade",
            "delivery_term": "cascade",
            "bank_account": "cascade",
        },
    )

    @api.depends("kind", "system")
    def _compute_res_model(self):
        """Override of `ledger_connector_base`: Procountor declares its own models."""
        result = super()._compute_res_model()
        ours = self.filtered(lambda line: line.system == "procountor")
        declared = self._procountor_models() if ours else {}
        for line in ours:
            line.res_model = declared.get(line.kind, line.res_model)
        return result

    @api.model
    def _procountor_models(self):
        kinds = self.env["ledger.connector.procountor"]._describe().value_kinds
        return {kind.kind: kind.model for kind in kinds}

    @api.model
    def _selection_target_ref(self):
        """Override of `ledger_connector_base` to offer Procountor's models as well."""
        known = super()._selection_target_ref()
        names = {model for model, _label in known}
        models_by_name = self.env["ir.model"].sudo()  # names of models are no secret
        more = sorted(set(self._procountor_models().values()) - names)
        return [*known, *((name, models_by_name._get(name).name) for name in more)]
