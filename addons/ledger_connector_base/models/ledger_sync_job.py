# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..sync.drift import Drift
from ..sync.lease import lease
from ..sync.problems import OWNERS
from ..sync.pull import Pull
from ..sync.push import Push
from ..sync.run import Run

_logger = logging.getLogger(__name__)

LEASE = "ledger_connection"
COUNTS = (
    "received",
    "created",
    "updated",
    "linked",
    "unchanged",
    "candidate",
    "waiting",
    "failed",
    "archived",
)
#: Triggers of jobs that a person asked for: they run on paused connections too.
ASKED_FOR = ("manual", "match", "send", "compare")
BATCH = 5000
#: Of a *job* and its *connection*: a person wants no more of it.
STOPPED = (
    "(job.state = 'cancelled'"
    " OR (connection.state = 'paused' AND job.trigger NOT IN %s))"
)


class LedgerSyncJob(models.Model):
    _name = "ledger.sync.job"
    _description = "Ledger Sync Job"
    _order = "id desc"

    connection_id = fields.Many2one(
        "ledger.connection", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="connection_id.company_id", store=True)
    flow_id = fields.Many2one("ledger.flow", index=True, ondelete="cascade")
    direction = fields.Selection(related="flow_id.direction")
    trigger = fields.Selection(
        selection=[
            ("schedule", "Schedule"),
            ("manual", "By hand"),
            ("retry", "Retry"),
            ("match", "Matching"),
            ("webhook", "Webhook"),
            ("send", "Sending"),
            ("compare", "Comparison"),
        ],
        required=True,
        default="manual",
    )
    state = fields.Selection(
        selection=[
            ("pending", "Waits for its turn"),
            ("running", "Running"),
            ("done", "Done"),
            ("partial", "Done, some records failed"),
            ("waiting", "Goes on later"),
            ("failed", "Failed"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        default="pending",
        index=True,
    )
    user_id = fields.Many2one("res.users", string="Started by")
    started_at = fields.Datetime()
    ended_at = fields.Datetime()
    run_after = fields.Datetime(help="Not before this time.")
    total = fields.Integer(string="Expected", help="0 if the system does not say.")
    received = fields.Integer(string="Read")
    created = fields.Integer()
    updated = fields.Integer()
    linked = fields.Integer()
    unchanged = fields.Integer()
    candidate = fields.Integer(string="To decide")
    waiting = fields.Integer()
    failed = fields.Integer()
    archived = fields.Integer()
    progress = fields.Float(compute="_compute_progress")
    cursor = fields.Json(help="How far a matching or comparison came.")
    error = fields.Text(string="What is wrong")
    owner = fields.Selection(selection=list(OWNERS), string="Who mends it")
    exchange_ids = fields.One2many("ledger.exchange", "job_id")

    @api.depends("flow_id", "trigger")
    def _compute_display_name(self):
        for job in self:
            job.display_name = self.env._(
                "Job %(number)s: %(flow)s",
                number=job.id,
                flow=job.flow_id.display_name or job.connection_id.name or "",
            )

    @api.depends("received", "total", "state")
    def _compute_progress(self):
        for job in self:
            if job.state in ("done", "partial"):
                job.progress = 100.0
            else:
                job.progress = (
                    min(100.0, 100.0 * job.received / job.total) if job.total else 0
                )

    # === ACTIONS === #

    def action_cancel(self):
        """Cancel waiting jobs; a running one stops after its page."""
        self.check_access("write")
        self.filtered(lambda job: job.state in ("pending", "waiting", "running")).write(
            {"state": "cancelled", "ended_at": fields.Datetime.now()}
        )

    def action_open_bindings(self):
        """Open the records of the connection that need attention."""
        return self.connection_id.action_open_failed()

    # === RUNNING === #

    def _may_run(self, now):
        """Tell whether the job's connection lets it run at *now* (UTC)."""
        connection = self.connection_id
        if not connection.active or connection.state == "copy":
            return False
        if self.trigger in ASKED_FOR:
            return True
        aside = connection.set_aside_until
        return connection.state == "live" and (not aside or aside <= now)

    def _run(self, seconds=None, only=None):
        """Run the job, committing after each page.

        :param seconds: time budget; what is left then waits for the next turn
        :param only: ids of the records to be sent, of those that were noted
        :return: False when another worker has the connection
        """
        self.ensure_one()
        connection_id = self.connection_id.id
        # The lease lives in another database session: what this one changed so far
        # must be there for it and for everybody. And nothing is read between here and
        # the lease, or the job would be seen as it was before its last holder ended.
        self.env.cr.commit()  # pylint: disable=invalid-commit
        with lease(self.env.cr.dbname, LEASE, connection_id) as held:
            if not held:
                return False
            job = self.sudo()  # the engine's diary, see ledger.flow._enqueue()
            if job.state not in ("pending", "waiting", "running"):
                return True
            job.write(
                {
                    "state": "running",
                    "started_at": fields.Datetime.now(),
                    "error": False,
                    "owner": False,
                }
            )
            self.env.cr.commit()  # pylint: disable=invalid-commit
            job._work(seconds, only)
        return True

    def _work(self, seconds, only=None):
        connection, flow = self.connection_id, self.flow_id
        run = None
        try:
            run = self._new_run(seconds)
            connection._check_copy()
            client = run.connector._client(run.connection, run)
            self._check_new_key(run, client)
            if flow.direction == "push":
                finished = self._push(run, client, only)
            else:
                finished = self._pull(run, client)
        except Exception as error:
            # The outermost boundary of a run: whatever happened becomes a sentence on
            # the job, and the other connections of the lane go on.
            self.env.cr.rollback()
            self._hold(connection, flow)
            if self.exists():  # or its connection was deleted meanwhile
                self._fail(run, self._explained(error, flow, connection))
        else:
            # What was done stays done, whatever becomes of the diary.
            self.env.cr.commit()  # pylint: disable=invalid-commit
            self._hold(connection, flow)
            self._succeed(run, finished)
        self.env.cr.commit()  # pylint: disable=invalid-commit

    def _check_new_key(self, run, client):
        """A key that nobody has tested may open other books than those linked here.

        :raises Problem: it does
        """
        connection = self.connection_id
        linked = [("connection_id", "=", connection.id)]
        if connection.tested_at or not self.env["ledger.binding"].search_count(
            linked, limit=1
        ):
            return
        connection._note_test(run.connector._identify(client, connection))

    def _pull(self, run, client):
        """Go on where the job's last turn ended; False when the rest has to wait."""
        run.counts.update({name: self[name] for name in COUNTS})
        kind = Drift if self.trigger == "compare" else run.plan.entity.runner or Pull
        pull = kind(run, client)
        pull.total = self.total
        return pull.execute()

    def _push(self, run, client, only):
        run.counts.update({name: self[name] for name in COUNTS})
        push = Push(run, client, only)
        push.total = self.total
        return push.execute()

    def _explained(self, error, flow, connection):
        connector = self.env["ledger.connector"]
        try:
            connector = connection._connector()
        except UserError as missing:
            # The addon of the system is not there any more.
            error = missing
        return connector._explain(error, flow.display_name, connection)

    def _new_run(self, seconds=None):
        env = self._env_of(self.connection_id)
        return Run(
            env,
            self.flow_id.with_env(env),
            job_id=self.id,
            seconds=seconds,
            match_only=self.trigger == "match",
            urgent=self.trigger in ASKED_FOR,
            notices_only=self.trigger == "webhook",
        )

    @api.model
    def _env_of(self, connection):
        """The responsible user's rights, in the connection's company only."""
        user = connection.user_id
        return api.Environment(
            self.env.cr,
            user.id,
            {
                "lang": user.lang,
                "tz": user.tz,
                "allowed_company_ids": connection.company_id.ids,
                "ledger_job_id": self.id,
            },
        )

    # === PREVIEW === #

    @api.model
    def _preview(self, flow, limit):
        """See ``ledger.flow.preview()``.

        The real run, on a database session of its own that is rolled back whole: hooks
        that would send something after a commit are dropped with it.
        """
        connection = flow.connection_id
        with self.env.registry.cursor() as cr:
            env = api.Environment(cr, self.env.uid, self.env.context)
            job = env["ledger.sync.job"]
            own_flow = flow.with_env(job._env_of(connection.with_env(env)))
            run = Run(own_flow.env, own_flow, dry=True, urgent=True)
            try:
                connection.with_env(env)._check_copy()
                client = run.connector._client(run.connection, run)
                if flow.direction == "push":
                    return Push(run, client).preview(limit)
                Pull(run, client, limit).execute()
                env.flush_all()
            finally:
                cr.rollback()
                run.store_exchanges(env)
                cr.commit()  # pylint: disable=invalid-commit
        return run.changes

    # === FOR THE ENGINE === #

    @api.model
    def _store_progress(self, job_id, counts, total):
        """Write the counts so far, in SQL: once for each page.

        :return: whether a person has cancelled the job or paused its connection
        """
        if not job_id:
            return False
        names = [name for name in COUNTS if counts[name]]
        columns = "".join(f", {name} = %s" for name in names)
        self.env.cr.execute(
            f"UPDATE ledger_sync_job job SET total = %s{columns}"
            " FROM ledger_connection connection"
            " WHERE job.id = %s AND connection.id = job.connection_id"
            f" RETURNING {STOPPED}",
            [total, *(counts[name] for name in names), job_id, ASKED_FOR],
        )
        row = self.env.cr.fetchone()
        return not row or row[0]

    @api.model
    def _is_stopped(self, job_id):
        """Return whether a person has cancelled the job or paused its connection."""
        self.env.cr.execute(
            f"SELECT {STOPPED} FROM ledger_sync_job job JOIN ledger_connection"
            " connection ON connection.id = job.connection_id WHERE job.id = %s",
            [ASKED_FOR, job_id],
        )
        row = self.env.cr.fetchone()
        return bool(job_id) and (not row or row[0])

    def _write_counts(self, counts):
        self.env.flush_all()
        self._store_progress(self.id, counts, self.total)
        self.invalidate_recordset(COUNTS)

    @api.autovacuum
    def _gc_jobs(self):
        days = self.env["ledger.lane"]._retention_days()
        limit = fields.Datetime.now() - timedelta(days=days)
        old = self.search(
            [("ended_at", "<", limit), ("state", "not in", ("pending", "running"))],
            limit=BATCH,
        )
        old.unlink()
        return len(old), len(old) == BATCH
