# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

import logging

from odoo import api, fields, models
from odoo.tools import SQL, config

from ..sync.run import RACES

_logger = logging.getLogger(__name__)

MAX_LANES = 4
#: A turn of a connection, and of a lane: short, so that Odoo's own actions get theirs.
RUN_SECONDS = 60
LANE_SECONDS = 120


class LedgerLane(models.AbstractModel):
    """The scheduled actions that take due connections, one at a time."""

    _name = "ledger.lane"
    _description = "Ledger Lane"

    @api.model
    def _cron(self):
        """Work off what is due; what is left comes with the next turn.

        Never raises: Odoo would call again at once, and that would be an attack on
        the vendor.
        """
        cron = self.env["ir.cron"]
        started = fields.Datetime.now()
        tried, busy = set(), set()
        cron._commit_progress(remaining=1)
        while not self._spent(started):
            job = self._next(tried)
            if not job and tried - busy:
                # A new round: each connection gets a turn before one gets a second.
                tried = set(busy)
                job = self._next(tried)
            if not job:
                break
            tried.add(job.connection_id.id)
            if not job._run(seconds=RUN_SECONDS):
                busy.add(job.connection_id.id)
            if not cron._commit_progress(1, remaining=1):
                break
        while not self._spent(started) and self._keep_a_subscription():
            if not cron._commit_progress(1, remaining=1):
                break
        left = self._next(busy)
        cron._commit_progress(remaining=0)
        if left:
            self._wake()

    @api.model
    def _keep_a_subscription(self):
        """See to the webhooks of one connection; False when none is due."""
        try:
            return self.env["ledger.connection"]._keep_subscriptions()
        except RACES:
            # Somebody is at the same connection: it is due at the next turn as well.
            self.env.cr.rollback()
            return False

    @staticmethod
    def _spent(started):
        return (fields.Datetime.now() - started).total_seconds() > LANE_SECONDS

    @api.model
    def _next(self, tried):
        """Return the next job, healthy connections before troubled ones."""
        self._take_due()
        jobs = self._due().filtered(lambda job: job.connection_id.id not in tried)
        return jobs.sorted(lambda job: (job.connection_id.failures, job.id))[:1]

    @api.model
    def _due(self):
        now = fields.Datetime.now()
        # A job left as running by a process that died has no lease: whoever gets the
        # lease takes it over. One that really runs cannot be leased.
        jobs = self.env["ledger.sync.job"].search(
            [
                ("state", "in", ("pending", "waiting", "running")),
                "|",
                ("run_after", "=", False),
                ("run_after", "<=", now),
            ],
            order="id",
        )
        return jobs.filtered(lambda job: job._may_run(now))

    @api.model
    def _take_due(self):
        """Make jobs of the flows whose time has come, one lane at a time.

        Who comes second leaves it to the first, or would queue the same flows again.
        """
        cr = self.env.cr
        # A lane's transactions are its own; this one sees what the others committed.
        cr.commit()  # pylint: disable=invalid-commit
        cr.execute("SELECT pg_try_advisory_xact_lock(hashtext('ledger_lane'))")
        if not cr.fetchone()[0]:
            return
        try:
            self._enqueue_due()
            cr.commit()  # pylint: disable=invalid-commit
        except RACES:
            # Somebody changed a flow just now: it is taken at the next round.
            cr.rollback()

    @api.model
    def _enqueue_due(self):
        """Make jobs of the flows whose time has come, or that a vendor told us of."""
        self.env["ledger.event"]._enqueue_webhook_jobs()
        now = fields.Datetime.now()
        flows = self.env["ledger.flow"].search(
            [
                ("next_run", "<=", now),
                ("connection_id.state", "=", "live"),
                ("connection_id.active", "=", True),
                "|",
                ("connection_id.set_aside_until", "=", False),
                ("connection_id.set_aside_until", "<=", now),
            ]
        )
        flows = self._held(flows)
        # A flow that has nothing to send costs neither a job nor a call.
        busy = flows.filtered(lambda f: f.direction == "pull" or f._has_outgoing())
        if busy:
            busy._enqueue("schedule", wake=False)
        for flow in flows:
            # Never without a next run: whatever becomes of this job, the schedule
            # goes on.
            flow.next_run = flow._next_time(now)

    @api.model
    def _held(self, flows):
        """Lock those of *flows* that nobody writes just now, and return them."""
        if not flows:
            return flows
        # Not try_lock_for_update(): a race is no news, and Odoo would log it as an
        # error.
        self.env.cr.execute(
            SQL(
                "SELECT id FROM ledger_flow WHERE id IN %s"
                " FOR NO KEY UPDATE SKIP LOCKED",
                flows._ids,
            ),
            log_exceptions=False,
        )
        held = {row[0] for row in self.env.cr.fetchall()}
        return flows.filtered(lambda flow: flow.id in held)

    @api.model
    def _wake(self):
        """Let the lanes run as soon as this transaction is committed."""
        for number in range(1, self._count() + 1):
            # Waking a scheduled action is open to all; finding it is not.
            cron = self.env.ref(f"ledger_connector_base.ir_cron_lane_{number}").sudo()
            cron._trigger()

    @api.model
    def _count(self):
        """Number of lanes: the setting, but always fewer than Odoo's cron workers."""
        # Read by every user who presses a button.
        params = self.env["ir.config_parameter"].sudo()
        wanted = params.get_param("ledger_connector.lanes", "1")
        most = max(1, int(config["max_cron_threads"]) - 1)
        return max(1, min(int(wanted), most, MAX_LANES))

    @api.model
    def _apply_count(self):
        """Switch the scheduled actions on or off as the setting says."""
        count = self._count()
        for number in range(1, MAX_LANES + 1):
            cron = self.env.ref(f"ledger_connector_base.ir_cron_lane_{number}")
            if cron.active != (number <= count):
                cron.active = number <= count

    @api.model
    def _retention_days(self):
        # Read by autovacuum and settings alike.
        params = self.env["ir.config_parameter"].sudo()
        return int(params.get_param("ledger_connector.retention_days", "30"))
