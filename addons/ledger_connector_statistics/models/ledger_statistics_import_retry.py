# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models


class LedgerStatisticsImport(models.Model):
    """Clients that failed are tried again; the others are left alone."""

    _name = "ledger.statistics.import"
    _inherit = "ledger.statistics.import"

    can_retry = fields.Boolean(compute="_compute_can_retry")

    @api.depends("ended_at", "refused", "job_ids.state")
    def _compute_can_retry(self):
        for one in self:
            missing = one.refused or one._failed_jobs()
            one.can_retry = bool(one.ended_at and missing)

    def action_retry(self):
        """Try the failed ones again: each goes on at the page where it stopped.

        Clients that could not be asked are, if they have keys by now.

        :return: True
        """
        self.check_access("read")
        for one in self.filtered("can_retry"):
            one._retry()
        return True

    def _failed_jobs(self):
        """Return the jobs that failed, and those of whose figures nobody knows.

        Of differences that were taken over, people get to know at the next run: to
        read these months again would take over more than somebody has looked at.
        """
        states = ("failed",) if self.compare else ("failed", "partial")
        return self.job_ids.filtered(lambda job: job.state in states)

    def _retry(self):
        spans = self._spans()
        # With the rights of who asks: what they cannot see they cannot import.
        flows, refused = self._flows()
        # Jobs and imports are the engine's to write.
        mine = self.sudo()
        jobs = mine._failed_jobs()
        new = flows.sudo() - mine.job_ids.flow_id
        mine.refused = "\n".join(refused) or False
        if jobs or new:
            mine.write({"failures": False, "ended_at": False})
            mine._begin_again(jobs, spans)
            mine._queue([mine._prepare(flow, spans) for flow in new.sudo(False)])

    def _begin_again(self, jobs, spans):
        for job in jobs:
            values = {"state": "pending", "run_after": False, "tries": 0, "failed": 0}
            if job.state == "partial":
                # It came to its end: the whole of it is read anew.
                values["cursor"] = self._prepare(job.flow_id, spans)["cursor"]
                values["received"] = 0
            job.write(values)
