# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from datetime import timedelta

from odoo import fields, models

from odoo.addons.ledger_connector_base.sync.run import RACES

#: A hiccup of one client does not end an import of hundreds at once.
TRIES = 5


class LedgerSyncJob(models.Model):
    """Jobs that count."""

    _name = "ledger.sync.job"
    _inherit = "ledger.sync.job"

    statistics_import_id = fields.Many2one(
        "ledger.statistics.import",
        string="Import",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    tries = fields.Integer(
        readonly=True, help="How often the vendor was asked for the import in vain."
    )

    def action_cancel(self):
        """Override of `base`: an import ends with its last job."""
        result = super().action_cancel()
        self.env.flush_all()
        self.statistics_import_id._close()
        return result

    def _run(self, seconds=None, only=None):
        """Override of `base`: the last job of an import tells the person."""
        done = super()._run(seconds, only)
        # The job's end is committed: of two that end at once, one sees both.
        # An import is the engine's to write, as its jobs are.
        imports = self.sudo().exists().statistics_import_id
        if done and imports:
            try:
                imports._close()
                self.env.cr.commit()  # pylint: disable=invalid-commit
            except RACES:
                # The other one has just told.
                self.env.cr.rollback()
        return done

    def _reschedule(self, seconds):
        """Override of `base`: what people ask for leaves the schedule as it is."""
        flow = self.flow_id
        if flow.entity != "statistics":
            return super()._reschedule(seconds)
        now = fields.Datetime.now()
        values = {"last_run": now}
        if self.trigger == "schedule" and self.connection_id.state == "live":
            ended = self.state in ("done", "partial")
            values["next_run"] = (
                flow._next_time(now) if ended else now + timedelta(seconds=seconds)
            )
        return flow.write(values)

    def _fail(self, run, problem):
        """Override of `base`: what an import tries is counted."""
        if self.statistics_import_id and problem.owner == "retry":
            self.tries += 1
        return super()._fail(run, problem)

    def _is_tried_again(self):
        """Override of `base`: who imports many clients waits for no single one."""
        mine = self.statistics_import_id and self.tries < TRIES
        return bool(mine) or super()._is_tried_again()

    def _tell(self):
        """Override of `base`: an import tells once, when all of it is over."""
        return None if self.statistics_import_id else super()._tell()

    def _summary(self):
        """Override of `base`: documents are counted, not created."""
        if self.flow_id.entity != "statistics" or self.error:
            return super()._summary()
        return self.env._("%(count)s documents counted.", count=self.received)
