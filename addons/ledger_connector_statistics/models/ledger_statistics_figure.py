# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.fields import Domain


class LedgerStatisticsFigure(models.Model):
    """How many documents of one kind a client had in a period."""

    _name = "ledger.statistics.figure"
    _description = "Figure"
    _order = "date_from desc, partner_id, kind_sequence, id"

    period_id = fields.Many2one(
        "ledger.statistics.period",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    kind_id = fields.Many2one(
        "ledger.statistics.kind", required=True, readonly=True, index=True
    )
    kind_sequence = fields.Integer(related="kind_id.sequence", store=True)
    is_total = fields.Boolean(related="kind_id.is_total", store=True)
    count = fields.Integer(readonly=True)
    row_count = fields.Integer(string="Rows", readonly=True)
    correction = fields.Integer(
        readonly=True,
        help="Of periods that were frozen already when their books changed.",
    )
    total = fields.Integer(compute="_compute_total", store=True)
    connection_id = fields.Many2one(
        related="period_id.connection_id", store=True, index=True
    )
    partner_id = fields.Many2one(
        related="period_id.partner_id", string="Client", store=True, index=True
    )
    company_id = fields.Many2one(related="period_id.company_id", store=True, index=True)
    date_from = fields.Date(related="period_id.date_from", string="From", store=True)
    date_to = fields.Date(related="period_id.date_to", string="To", store=True)
    basis = fields.Selection(related="period_id.basis", store=True)
    frozen = fields.Boolean(related="period_id.frozen", store=True)
    complete = fields.Boolean(related="period_id.complete", store=True)
    fetched_at = fields.Datetime(
        string="Fetched at", related="period_id.fetched_at", store=True
    )
    document_ids = fields.One2many("ledger.statistics.document", "figure_id")

    _kind_uniq = models.Constraint(
        "UNIQUE(period_id, kind_id)", "A period has one figure of each kind."
    )

    @api.depends("count", "correction")
    def _compute_total(self):
        for figure in self:
            figure.total = figure.count + figure.correction

    @api.depends("kind_id.name", "period_id.display_name")
    def _compute_display_name(self):
        for figure in self:
            figure.display_name = (
                f"{figure.period_id.display_name}, {figure.kind_id.name}"
            )

    # === ACTIONS === #

    def action_open_documents(self):
        """Open the documents behind these figures."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "ledger_connector_statistics.ledger_statistics_document_action"
        )
        domain = Domain.OR(figure._document_domain() for figure in self)
        return {**action, "domain": list(domain), "context": {}}

    def _document_domain(self):
        domain = Domain("period_id", "=", self.period_id.id)
        if not self.is_total:
            return domain & Domain("kind_id", "=", self.kind_id.id)
        kinds = self.env["ledger.statistics.kind"]._entry_kinds(self.period_id.entries)
        return domain & Domain("kind_id", "in", kinds.ids)

    def action_freeze(self):
        """Freeze the periods of these figures."""
        return self.period_id.action_freeze()

    def action_unfreeze(self):
        """Let the next reading change the periods of these figures again."""
        return self.period_id.action_unfreeze()
