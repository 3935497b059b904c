# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

import random
from datetime import timedelta

from odoo import fields, models
from odoo.tools import SQL

from ..sync.run import RACES
from .ledger_sync_job import ASKED_FOR

#: Owners of problems that concern all flows of a connection: it is set aside.
THE_CONNECTIONS = ("wait", "retry", "reconnect")
#: First pause after a failed run, and the longest; doubled with each failure.
PAUSE, LONGEST_PAUSE = 60, 6 * 3600


class LedgerSyncJob(models.Model):
    """How a job ends: counts, pauses, the circuit breaker, and who is told."""

    _name = "ledger.sync.job"
    _inherit = "ledger.sync.job"

    def _hold(self, *written):
        """Lock the records that the end of a job writes, besides the job itself.

        Another server's lane may be setting the next run of the same flow: who waits
        for it here cannot lose the outcome of the job to it.
        """
        cr = self.env.cr
        try:
            for records in written:
                held = SQL(
                    "SELECT 1 FROM %s WHERE id IN %s FOR NO KEY UPDATE",
                    SQL.identifier(records._table),
                    records._ids,
                )
                cr.execute(held, log_exceptions=False)
        except RACES:
            # They changed while this waited: the lock is had on what they are now.
            cr.rollback()
            return self._hold(*written)
        self.env.invalidate_all()

    def _succeed(self, run, finished):
        run.store_exchanges(self.env)
        self.invalidate_recordset()
        failed = run.counts["failed"] or run.counts["waiting"]
        state = "partial" if failed else "done"
        if self.state == "cancelled":
            finished = True
        elif not finished:
            state = "pending"
        if self.state != "cancelled":
            self.write({"state": state, "ended_at": fields.Datetime.now()})
        self._write_counts(run.counts)
        if self.flow_id.failures:
            self.flow_id.failures = 0
        self.connection_id._note_success()
        self._close_causes()
        if finished:
            self._reschedule(self.flow_id.interval_minutes * 60)
            self._tell()

    def _close_causes(self):
        """A run that went through proves that connection and flow are well."""
        mine = self.flow_id._cause_prefix()
        self.connection_id.cause_ids.filtered(
            lambda c: (
                not c.binding_ids
                and (
                    c.key.startswith(mine)
                    or (c.owner in THE_CONNECTIONS and not c.key.startswith("flow:"))
                )
            )
        )._resolve()

    def _fail(self, run, problem):
        if run:
            run.store_exchanges(self.env)
            self._write_counts(run.counts)
        connection, flow = self.connection_id, self.flow_id
        # A vendor that is down concerns all flows; a flow that fails, only itself.
        wide = problem.owner in THE_CONNECTIONS and problem.cause != "race"
        culprit = connection if wide else flow
        failures = culprit.failures + (problem.owner != "wait")
        pause = self._pause(problem, failures)
        later = problem.owner in ("wait", "retry") and self._is_tried_again()
        state = "waiting" if later or problem.owner == "wait" else "failed"
        self.write(
            {
                "state": "cancelled" if self.state == "cancelled" else state,
                "error": problem.sentence,
                "owner": problem.owner,
                "ended_at": fields.Datetime.now(),
                "run_after": fields.Datetime.now() + timedelta(seconds=pause),
            }
        )
        culprit.failures = failures
        if wide:
            until = fields.Datetime.now() + timedelta(seconds=pause)
            connection.set_aside_until = until
        connection._note_problem(problem, flow if not wide else None)
        self._reschedule(pause)
        self._tell()

    def _is_tried_again(self):
        """Tell whether a hiccup is tried again by itself.

        Who pressed a button waits for an answer, and may press it again.
        """
        return self.trigger != "manual"

    @staticmethod
    def _pause(problem, failures):
        """Seconds to the next try: what the vendor says, else growing, with jitter."""
        if problem.retry_after:
            return problem.retry_after + random.uniform(0, 1)
        pause = (
            min(PAUSE * 2 ** min(failures - 1, 20), LONGEST_PAUSE) if failures else 0
        )
        return pause * random.uniform(0.8, 1.2)

    def _reschedule(self, seconds):
        now = fields.Datetime.now()
        flow = self.flow_id
        values = {"last_run": now}
        # What came in between leaves the schedule as it was.
        in_between = self.trigger in ("webhook", "send", "match", "compare")
        if self.connection_id.state == "live" and not in_between:
            values["next_run"] = now + timedelta(seconds=seconds)
        flow.write(values)

    def _tell(self):
        """Tell the person who pressed the button that the job is over."""
        if self.trigger not in ASKED_FOR or not self.user_id:
            return
        if self.trigger == "send" and self.state == "done" and not self._changed():
            # A decision, say, that needed no sending.
            return
        kind = {"done": "success", "partial": "warning"}.get(self.state, "danger")
        self.user_id._bus_send(
            "simple_notification",
            {
                "type": kind,
                "sticky": kind == "danger",
                "title": self.flow_id.display_name,
                "message": self._summary(),
            },
        )

    def _changed(self):
        return self.created + self.updated + self.linked + self.archived

    def _summary(self):
        """One sentence for people: what the job did, or why it stopped."""
        if self.error:
            return self.error
        return self.env._(
            "%(created)s created, %(updated)s updated, %(unchanged)s unchanged, "
            "%(failed)s need attention.",
            created=self.created,
            updated=self.updated + self.linked,
            unchanged=self.unchanged,
            failed=self.failed + self.waiting + self.candidate,
        )
