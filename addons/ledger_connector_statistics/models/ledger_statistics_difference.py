# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from collections import Counter

from odoo import api, fields, models

from ..contract import ENTERED
from ..sync.settling import Settling


class LedgerStatisticsDifference(models.Model):
    """How the books differ from what was counted, before anything is taken over."""

    _name = "ledger.statistics.difference"
    _description = "Difference found"
    _order = "partner_id, date_from, kind_id, id"
    _rec_name = "kind_id"

    import_id = fields.Many2one(
        "ledger.statistics.import",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    connection_id = fields.Many2one(
        "ledger.connection", required=True, readonly=True, ondelete="cascade"
    )
    partner_id = fields.Many2one(
        related="connection_id.partner_id", string="Client", store=True
    )
    company_id = fields.Many2one(related="connection_id.company_id", store=True)
    job_id = fields.Many2one("ledger.sync.job", readonly=True, ondelete="cascade")
    date_from = fields.Date(string="From", required=True, readonly=True)
    date_to = fields.Date(string="To", required=True, readonly=True)
    kind_id = fields.Many2one("ledger.statistics.kind", required=True, readonly=True)
    before = fields.Integer(string="Known", readonly=True)
    after = fields.Integer(string="In the books", readonly=True)
    added = fields.Integer(readonly=True)
    removed = fields.Integer(readonly=True)
    rows = fields.Integer(string="Rows more or less", readonly=True)
    frozen = fields.Boolean(
        readonly=True, help="Becomes a correction; the frozen figure stays."
    )
    read_at = fields.Datetime(readonly=True)
    applied = fields.Boolean(readonly=True)
    overtaken = fields.Boolean(
        readonly=True,
        help="A later run has read these books again: what it found stands, this "
        "difference was not taken over.",
    )

    def _undecided(self):
        return self.filtered(lambda line: not line.applied and not line.overtaken)

    def _note_decision(self):
        """Say of each line whether it is taken over, or known better by now."""
        periods = self.env["ledger.statistics.period"]
        late = self.filtered(
            lambda line: Settling._is_older(
                periods._of(line.connection_id.id, line.date_from, line.date_to),
                line.read_at,
            )
        )
        late.overtaken = True
        (self - late).applied = True

    @api.model
    def _note(self, connection_id, period, job_id, span, since):
        """Note how what a job has read differs from a period, which may be new.

        :return: the differences
        """
        documents = self.env["ledger.statistics.document"]
        job = self.env["ledger.sync.job"].browse(job_id)
        first, last = span
        added, removed = documents._changes(period.id or 0, job_id, first)
        if period.frozen and period.basis == ENTERED:
            # As in `Settling`: it was edited and not deleted.
            removed = []
        rows = documents._row_changes(period.id or 0, job_id, first)
        if period and not period.with_rows:
            rows = {}
        more = Counter(row[1] for row in added)
        less = Counter(row[1] for row in removed)
        known = documents._present(period.id or 0)
        return self.create(
            [
                {
                    "import_id": job.statistics_import_id.id,
                    "connection_id": connection_id,
                    "job_id": job_id,
                    "date_from": first,
                    "date_to": last,
                    "kind_id": kind_id,
                    "before": known.get(kind_id, 0),
                    "after": known.get(kind_id, 0) + more[kind_id] - less[kind_id],
                    "added": more[kind_id],
                    "removed": less[kind_id],
                    "rows": rows.get(kind_id, 0),
                    "frozen": period.frozen,
                    "read_at": since,
                }
                for kind_id in {*more, *less, *rows}
            ]
        )
