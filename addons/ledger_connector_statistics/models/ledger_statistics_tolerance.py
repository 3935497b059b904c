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
        "ledger.statistics.figure": ["period_id", "kind_id", "count"],
        "ledger.statistics.correction": [
            "frozen_period_id",
            "kind_id",
            "difference",
        ],
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
    agreed_count = fields.Float(string="Agreed", digits=(16, 0), readonly=True)
    real_count = fields.Integer(string="Real", readonly=True)
    difference = fields.Float(digits=(16, 0), readonly=True)
    percent = fields.Float(
        string="Difference (%)", digits=(16, 1), aggregator="avg", readonly=True
    )
    tolerance = fields.Float(
        string="Tolerance (%)", digits=(16, 1), aggregator="avg", readonly=True
    )
    off = fields.Boolean(string="Off the agreed volume", readonly=True)
    uncounted = fields.Boolean(
        string="Not counted",
        readonly=True,
        help="Other clients were counted for this period, this one was not.",
    )

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT v.*,
                   v.real_count - v.agreed_count AS difference,
                   (v.real_count - v.agreed_count) * 100 / v.agreed_count AS percent,
                   v.uncounted OR abs(v.real_count - v.agreed_count) * 100
                       > v.tolerance * v.agreed_count AS off
              FROM (%s) v
            """,
            self._volumes(),
        )

    @api.model
    def _volumes(self):
        """One row for each agreed volume and period, over all books of the client.

        A client who was not counted has no real volume, instead of none at all.
        """
        return SQL(
            """
            SELECT (COALESCE(min(p.id), s.id)::bigint << 21) + l.id AS id,
                   a.partner_id, s.company_id, a.id AS agreement_id, l.id AS line_id,
                   s.date_from, s.date_to, a.tolerance::numeric AS tolerance,
                   l.agreed_count * (%(months)s) AS agreed_count,
                   CASE WHEN count(p.id) > 0
                        THEN COALESCE(sum(%(pieces)s), 0)::int END AS real_count,
                   count(p.id) = 0 AS uncounted
              FROM (%(spans)s) s
              JOIN ledger_statistics_agreement a
                ON a.company_id = s.company_id
               AND a.active AND a.date_from <= s.date_to
               AND COALESCE(a.date_to, s.date_from) >= s.date_from
              JOIN ledger_statistics_agreement_line l
                ON l.agreement_id = a.id AND l.agreed_count > 0
               AND COALESCE(l.date_from, s.date_to) <= s.date_to
               AND COALESCE(l.date_to, s.date_to) >= s.date_to
         LEFT JOIN ledger_statistics_period p
                ON p.partner_id = a.partner_id AND p.company_id = s.company_id
               AND p.date_from = s.date_from AND p.date_to = s.date_to AND p.complete
             WHERE NOT EXISTS (
                       SELECT 1 FROM ledger_statistics_agreement later
                        WHERE later.partner_id = a.partner_id
                          AND later.company_id = a.company_id AND later.active
                          AND later.date_from > a.date_from
                          AND later.date_from <= s.date_to)
               AND (p.id IS NOT NULL OR NOT EXISTS (
                       SELECT 1 FROM ledger_statistics_period other
                        WHERE other.partner_id = a.partner_id
                          AND other.company_id = a.company_id AND other.complete
                          AND other.date_from <= s.date_to
                          AND other.date_to >= s.date_from))
          GROUP BY s.id, s.company_id, s.date_from, s.date_to, a.id, l.id
            """,
            spans=self._spans(),
            months=self._months(),
            pieces=self._pieces(),
        )

    @api.model
    def _spans(self):
        """The days for which clients of a company were counted."""
        return SQL(
            """
            SELECT min(id) AS id, company_id, date_from, date_to
              FROM ledger_statistics_period
             WHERE complete
          GROUP BY company_id, date_from, date_to
            """
        )

    @api.model
    def _months(self):
        """How many months a period has; a week has its share of a year's twelve."""
        return SQL(
            """
            CASE WHEN extract(day FROM s.date_from) = 1
                  AND extract(day FROM s.date_to + 1) = 1
                 THEN extract(year FROM age(s.date_to + 1, s.date_from)) * 12
                    + extract(month FROM age(s.date_to + 1, s.date_from))
                 ELSE (s.date_to - s.date_from + 1) * 12 / 365.0 END
            """
        )

    @api.model
    def _pieces(self):
        """What a client's books had of the line's kinds, also what was found later."""
        return SQL(
            """
            (SELECT COALESCE(sum(f.count), 0)
               FROM ledger_statistics_figure f
               JOIN ledger_statistics_agreement_line_kind_rel k
                 ON k.kind_id = f.kind_id AND k.line_id = l.id
              WHERE f.period_id = p.id)
          + (SELECT COALESCE(sum(c.difference), 0)
               FROM ledger_statistics_correction c
               JOIN ledger_statistics_agreement_line_kind_rel k
                 ON k.kind_id = c.kind_id AND k.line_id = l.id
              WHERE c.frozen_period_id = p.id AND a.with_corrections)
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
