# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.tools import SQL


class LedgerStatisticsRead(models.Model):
    """Documents that a job has read of a period it has not finished yet.

    Figures change when all is read: whoever looks meanwhile sees the last full ones.
    """

    _name = "ledger.statistics.read"
    _description = "Document read"
    _log_access = False

    # Plain numbers: checking foreign keys would cost each page more than reading it.
    job_id = fields.Integer(required=True)
    span = fields.Date(required=True, help="First day of the period that is read.")
    external_id = fields.Char(required=True)
    kind_id = fields.Integer(required=True)
    day = fields.Date()
    number = fields.Char()
    rows = fields.Integer()

    _document_uniq = models.Constraint("UNIQUE(job_id, span, external_id, kind_id)")

    @api.model
    def _store(self, job_id, span, documents):
        """Keep a page; a document that comes twice is the one that came last.

        :param documents: (``contract.Document``, kind id) pairs
        """
        rows = {
            (document.external_id, kind_id): (
                job_id,
                span,
                document.external_id,
                kind_id,
                document.day,
                document.number,
                document.rows,
            )
            for document, kind_id in documents
        }
        if not rows:
            return
        self.env.cr.execute_values(
            """INSERT INTO ledger_statistics_read
                      (job_id, span, external_id, kind_id, day, number, rows)
               VALUES %s
          ON CONFLICT (job_id, span, external_id, kind_id) DO UPDATE
                  SET day = excluded.day, number = excluded.number,
                      rows = excluded.rows""",
            list(rows.values()),
        )

    @api.model
    def _drop(self, places):
        """Forget what jobs have read of some periods.

        :param places: (job id, first day of the period) of each
        """
        if places:
            self.env.cr.execute(
                SQL(
                    "DELETE FROM ledger_statistics_read WHERE (job_id, span) IN %s",
                    tuple(places),
                )
            )

    @api.autovacuum
    def _gc_read(self):
        """Forget what was read by jobs that are not there any more."""
        self.env.cr.execute(
            """DELETE FROM ledger_statistics_read r WHERE NOT EXISTS
               (SELECT 1 FROM ledger_sync_job j WHERE j.id = r.job_id)"""
        )
