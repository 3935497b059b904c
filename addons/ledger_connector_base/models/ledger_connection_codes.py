# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.fields import Domain

#: Entities whose lines carry taxes.
_TAXED = frozenset({"product", "order", "invoice"})


class LedgerConnection(models.Model):
    """What of Odoo has no code in the other system, before anything is sent."""

    _name = "ledger.connection"
    _inherit = "ledger.connection"

    uncoded_taxes = fields.Char(
        string="Taxes without a code there",
        compute="_compute_uncoded_taxes",
        help="Records that use these taxes are held when they are to be sent.",
    )

    @api.depends(
        "flow_ids.active", "value_mapping_ids.res_id", "value_mapping_ids.kind"
    )
    def _compute_uncoded_taxes(self):
        for connection in self:
            taxes = connection._uncoded_taxes()
            connection.uncoded_taxes = ", ".join(taxes.mapped("name")) or False

    def _uncoded_taxes(self):
        """Return the company's sales taxes that a push would find no code for."""
        none = self.env["account.tax"]
        sends = self.flow_ids.filtered(
            lambda flow: flow.direction == "push" and flow.entity in _TAXED
        )
        if not sends or not self._needs_tax_codes() or not none.has_access("read"):
            return none
        lines = self.value_mapping_ids.filtered(lambda line: line.kind == "tax")
        return none.search(
            Domain(none._check_company_domain(self.company_id))
            & Domain("type_tax_use", "=", "sale")
            & Domain("id", "not in", lines.filtered("res_id").mapped("res_id"))
        )

    def _percent_taxes(self, use=None):
        """Return the company's taxes in percent, from which a code's tax is suggested.

        :param str use: ``sale`` or ``purchase``; None for both
        """
        taxes = self.env["account.tax"]
        domain = Domain(taxes._check_company_domain(self.company_id))
        domain &= Domain("amount_type", "=", "percent")
        if use:
            domain &= Domain("type_tax_use", "=", use)
        return taxes.search(domain)

    def _needs_tax_codes(self):
        kinds = self.env["ledger.value.mapping"]._declared_kinds(self.system)
        return "tax" in kinds and kinds["tax"].required
