# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.tools import SQL


class LedgerStatisticsTolerance(models.Model):
    """How far the real volume of clients is from the agreed one, period by period."""

    _name = "ledger.statistics.tolerance"
    _description = "Agreed and real volume"
    _auto = False
    _order = "date_from desc, partner_id, id"
    _rec_name = "partner_id"
    _depends = {
        "ledger.statistics.period": [
            "partner_id",
            "company_id",
            "date_from",
            "date_to",
            "complete",
        ],
        "ledger.statistics.figure": ["period_id", "kind_id", "count", "total"],
        "ledger.statistics.agreement": [
            "partner_id",
            "company_id",
            "active",
            "date_from",
            "date_to",
            "with_corrections",
            "tolerance",
        ],
        "ledger.statistics.agreement.line": [
            "agreement_id",
            "agreed_count",
            "date_from",
            "date_to",
            "kind_ids",
        ],
    }

    partner_id = fields.Many2one("res.partner", string="Client", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    agreement_id = fields.Many2one("ledger.statistics.agreement", readonly=True)
    line_id = fields.Many2one(
        "ledger.statistics.agreement.line", string="Charged as", readonly=True
    )
    date_from = fields.Date(string="Period", readonly=True)
    date_to = fields.Date(string="To", readonly=True)
    agreed_count = fields.Float(string="Agreed", digits=(16, 1), readonly=True)
    real_count = fields.Integer(string="Real", readonly=True)
    difference = fields.Float(digits=(16, 1), readonly=True)
    percent = fields.Float(
        string="Difference (%)", digits=(16, 1), aggregator="avg", readonly=True
    )
    tolerance = fields.Float(
        string="Tolerance (%)", digits=(16, 1), aggregator="avg", readonly=True
    )
    off = fields.Boolean(string="Off the agreed volume", readonly=True)

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT v.*,
                   v.real_count - v.agreed_count AS difference,
                   (v.real_count - v.agreed_count) * 100 / v.agreed_count AS percent,
                   abs(v.real_count - v.agreed_count) * 100
                       > v.tolerance * v.agreed_count AS off
              FROM (%s) v
            """,
            self._volumes(),
        )

    @api.model
    def _volumes(self):
        """One row for each agreed volume and period, over all books of the client."""
        return SQL(
            """
            SELECT (min(p.id)::bigint << 21) + l.id AS id,
                   p.partner_id, p.company_id, a.id AS agreement_id, l.id AS line_id,
                   p.date_from, p.date_to, a.tolerance::numeric AS tolerance,
                   l.agreed_count * (%(months)s) AS agreed_count,
                   COALESCE(sum(%(figures)s), 0)::int AS real_count
              FROM ledger_statistics_period p
              JOIN ledger_statistics_agreement a
                ON a.partner_id = p.partner_id AND a.company_id = p.company_id
               AND a.active AND a.date_from <= p.date_to
               AND COALESCE(a.date_to, p.date_from) >= p.date_from
              JOIN ledger_statistics_agreement_line l
                ON l.agreement_id = a.id AND l.agreed_count > 0
               AND COALESCE(l.date_from, p.date_to) <= p.date_to
               AND COALESCE(l.date_to, p.date_to) >= p.date_to
             WHERE p.complete AND NOT EXISTS (
                       SELECT 1 FROM ledger_statistics_agreement later
                        WHERE later.partner_id = a.partner_id
                          AND later.company_id = a.company_id AND later.active
                          AND later.date_from > a.date_from
                          AND later.date_from <= p.date_to)
          GROUP BY p.partner_id, p.company_id, p.date_from, p.date_to, a.id, l.id
            """,
            months=self._months(),
            figures=self._figures(),
        )

    @api.model
    def _months(self):
        """How many months a period has; a week has its share of a year's twelve."""
        return SQL(
            """
            CASE WHEN extract(day FROM p.date_from) = 1
                  AND extract(day FROM p.date_to + 1) = 1
                 THEN extract(year FROM age(p.date_to + 1, p.date_from)) * 12
                    + extract(month FROM age(p.date_to + 1, p.date_from))
                 ELSE (p.date_to - p.date_from + 1) * 12 / 365.0 END
            """
        )

    @api.model
    def _figures(self):
        """What was counted of the line's kinds in a client's books."""
        return SQL(
            """
            (SELECT sum(CASE WHEN a.with_corrections THEN f.total ELSE f.count END)
               FROM ledger_statistics_figure f
               JOIN ledger_statistics_agreement_line_kind_rel k
                 ON k.kind_id = f.kind_id AND k.line_id = l.id
              WHERE f.period_id = p.id)
            """
        )

    def action_open_figures(self):
        """Open the figures behind these rows."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "ledger_connector_statistics.ledger_statistics_figure_action"
        )
        domain = [
            ("partner_id", "in", self.partner_id.ids),
            ("company_id", "in", self.company_id.ids),
            ("date_from", "in", self.mapped("date_from")),
            ("kind_id", "in", self.line_id.kind_ids.ids),
        ]
        return {**action, "domain": domain, "context": {}}
