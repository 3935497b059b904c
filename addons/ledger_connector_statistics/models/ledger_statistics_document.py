# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.tools import SQL


class LedgerStatisticsDocument(models.Model):
    """A document behind a figure.

    Written in SQL by the engine: a client has hundreds in each period.
    """

    _name = "ledger.statistics.document"
    _description = "Counted document"
    _order = "day desc, number desc, id desc"
    _rec_name = "number"
    _log_access = False

    period_id = fields.Many2one(
        "ledger.statistics.period", required=True, readonly=True, ondelete="cascade"
    )
    figure_id = fields.Many2one(
        "ledger.statistics.figure",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    kind_id = fields.Many2one("ledger.statistics.kind", required=True, readonly=True)
    external_id = fields.Char(string="Id there", required=True, readonly=True)
    day = fields.Date(string="Date", readonly=True)
    number = fields.Char(readonly=True)
    rows = fields.Integer(readonly=True)
    counted_rows = fields.Integer(
        readonly=True, help="As they stand behind the figure of the period."
    )
    counted = fields.Boolean(
        readonly=True, help="Stands behind the figure of the period."
    )
    present = fields.Boolean(
        string="In the books",
        readonly=True,
        help="Otherwise it was moved or deleted after the period was frozen.",
    )
    partner_id = fields.Many2one(related="period_id.partner_id", string="Client")
    connection_id = fields.Many2one(related="period_id.connection_id")

    _document_uniq = models.Constraint(
        "UNIQUE(period_id, external_id, kind_id)",
        "This document is counted in this period already.",
    )
    _external_idx = models.Index("(external_id)")

    @api.model
    def _replace(self, period_id, job_id, day):
        """Make what a job has read the documents of an open period.

        :param day: first day of the window that was read
        """
        read = self._read_rows(job_id, day)
        self.env.cr.execute(
            SQL(
                """DELETE FROM ledger_statistics_document d
                    WHERE d.period_id = %s AND NOT EXISTS (
                        SELECT 1 FROM (%s) r
                         WHERE r.external_id = d.external_id AND r.kind_id = d.kind_id
                    )""",
                period_id,
                read,
            )
        )
        self.env.cr.execute(
            SQL(
                """INSERT INTO ledger_statistics_document
                          (period_id, kind_id, external_id, day, number, rows,
                           counted_rows, counted, present)
                   SELECT %s, r.kind_id, r.external_id, r.day, r.number, r.rows,
                          r.rows, true, true
                     FROM (%s) r
              ON CONFLICT (period_id, external_id, kind_id) DO UPDATE
                      SET day = excluded.day, number = excluded.number,
                          rows = excluded.rows, counted_rows = excluded.rows,
                          counted = true, present = true""",
                period_id,
                read,
            )
        )
        self.invalidate_model()

    @api.model
    def _changes(self, period_id, job_id, day):
        """Return how what a job has read differs from what is known.

        :return: (added, removed) rows: external id, kind id, day, number, rows
        """
        read = self._read_rows(job_id, day)
        known = SQL(
            """SELECT external_id, kind_id, day, number, rows
                 FROM ledger_statistics_document
                WHERE period_id = %s AND present""",
            period_id,
        )
        return self._lacking(read, known), self._lacking(known, read)

    @api.model
    def _row_changes(self, period_id, job_id, day):
        """Return by how many rows the documents of a period grew, by kind."""
        return dict(
            self.env.execute_query(
                SQL(
                    """SELECT d.kind_id, sum(r.rows - d.rows)
                         FROM ledger_statistics_document d JOIN (%s) r
                           ON r.external_id = d.external_id AND r.kind_id = d.kind_id
                        WHERE d.period_id = %s AND d.present AND r.rows != d.rows
                     GROUP BY d.kind_id""",
                    self._read_rows(job_id, day),
                    period_id,
                )
            )
        )

    @api.model
    def _take_rows(self, period_id, job_id, day):
        """Take over changed numbers of rows."""
        self.env.cr.execute(
            SQL(
                """UPDATE ledger_statistics_document d SET rows = r.rows FROM (%s) r
                    WHERE d.period_id = %s AND d.present AND r.rows != d.rows
                      AND r.external_id = d.external_id AND r.kind_id = d.kind_id""",
                self._read_rows(job_id, day),
                period_id,
            )
        )
        self.invalidate_model(["rows"])

    @api.model
    def _present(self, period_id):
        """Return how many documents a period has in the books now, by kind."""
        return dict(
            self.env.execute_query(
                SQL(
                    """SELECT kind_id, count(*) FROM ledger_statistics_document
                        WHERE period_id = %s AND present GROUP BY kind_id""",
                    period_id,
                )
            )
        )

    @api.model
    def _take_added(self, period_id, rows):
        """Note documents that a frozen period has got; its figure is not theirs."""
        self.env.cr.execute_values(
            """INSERT INTO ledger_statistics_document AS d
                      (period_id, external_id, kind_id, day, number, rows, counted,
                       present)
               VALUES %s
          ON CONFLICT (period_id, external_id, kind_id) DO UPDATE
                  SET present = true, rows = excluded.rows""",
            [(period_id, *row, False, True) for row in rows],
        )
        self.invalidate_model()

    @api.model
    def _take_removed(self, period_id, rows):
        """Note documents that a frozen period has lost; its figure keeps them."""
        keys = tuple((row[0], row[1]) for row in rows)
        for statement in (
            "UPDATE ledger_statistics_document SET present = false"
            " WHERE period_id = %s AND (external_id, kind_id) IN %s AND counted",
            "DELETE FROM ledger_statistics_document"
            " WHERE period_id = %s AND (external_id, kind_id) IN %s AND NOT counted",
        ):
            self.env.cr.execute(SQL(statement, period_id, keys))
        self.invalidate_model()

    @api.model
    def _forget_changes(self, period_ids):
        """Back to what was counted: the next reading finds the changes itself."""
        if not period_ids:
            return
        for statement in (
            "DELETE FROM ledger_statistics_document"
            " WHERE period_id IN %s AND NOT counted",
            "UPDATE ledger_statistics_document"
            " SET present = true, rows = counted_rows WHERE period_id IN %s",
        ):
            self.env.cr.execute(SQL(statement, tuple(period_ids)))
        self.invalidate_model()

    @api.model
    def _known(self, period_ids, external_ids):
        """Return the documents with these ids that frozen periods have now.

        :return: rows: period id, external id, kind id, day, number, rows
        """
        if not period_ids or not external_ids:
            return []
        return self.env.execute_query(
            SQL(
                """SELECT period_id, external_id, kind_id, day, number, rows
                     FROM ledger_statistics_document
                    WHERE period_id IN %s AND external_id IN %s AND present""",
                tuple(period_ids),
                tuple(external_ids),
            )
        )

    @api.model
    def _sums(self, period_id):
        """Return {kind id: (documents, rows)} of what was counted in a period."""
        rows = self.env.execute_query(
            SQL(
                """SELECT kind_id, count(*), COALESCE(sum(rows), 0)
                     FROM ledger_statistics_document
                    WHERE period_id = %s AND counted GROUP BY kind_id""",
                period_id,
            )
        )
        return {kind: (count, lines) for kind, count, lines in rows}

    @api.model
    def _link_figures(self, period_id):
        """Hang the documents of a period on the figures of their kinds."""
        self.env.cr.execute(
            SQL(
                """UPDATE ledger_statistics_document d SET figure_id = f.id
                     FROM ledger_statistics_figure f
                    WHERE d.period_id = %s AND f.period_id = d.period_id
                      AND f.kind_id = d.kind_id
                      AND d.figure_id IS DISTINCT FROM f.id""",
                period_id,
            )
        )
        self.invalidate_model(["figure_id"])

    @api.model
    def _read_rows(self, job_id, day):
        return SQL(
            """SELECT external_id, kind_id, day, number, rows
                 FROM ledger_statistics_read WHERE job_id = %s AND span = %s""",
            job_id,
            day,
        )

    @api.model
    def _lacking(self, these, those):
        """The rows of *these* whose document is not among *those*."""
        return self.env.execute_query(
            SQL(
                """SELECT a.external_id, a.kind_id, a.day, a.number, a.rows
                     FROM (%s) a LEFT JOIN (%s) b
                       ON b.external_id = a.external_id AND b.kind_id = a.kind_id
                    WHERE b.external_id IS NULL ORDER BY a.day, a.number""",
                these,
                those,
            )
        )
