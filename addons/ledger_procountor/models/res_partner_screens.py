# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models


class ResPartner(models.Model):
    """When the fields for Procountor are worth showing."""

    _name = "res.partner"
    _inherit = "res.partner"

    procountor_in_use = fields.Boolean(compute="_compute_procountor_in_use")

    @api.depends_context("allowed_company_ids")
    def _compute_procountor_in_use(self):
        # Salespeople may not read connections; that there is one is no secret.
        connections = self.env["ledger.connection"].sudo()
        domain = [
            ("system", "=", "procountor"),
            ("company_id", "in", self.env.companies.ids),
        ]
        self.procountor_in_use = bool(connections.search_count(domain, limit=1))
