# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, format_date

OPEN_STATES = ("pending", "running", "waiting")


class LedgerStatisticsImport(models.Model):
    """Figures of some clients and months that somebody asked for."""

    _name = "ledger.statistics.import"
    _description = "Import of figures"
    _order = "id desc"
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )
    user_id = fields.Many2one("res.users", string="Asked for by", readonly=True)
    system = fields.Selection(
        selection=lambda self: (
            self.env["ledger.credential"]
            ._fields["system"]
            ._description_selection(self.env)
        ),
        required=True,
        readonly=True,
    )
    date_from = fields.Date(string="From", required=True, readonly=True)
    date_to = fields.Date(string="To", required=True, readonly=True)
    compare = fields.Boolean(
        string="Differences first",
        readonly=True,
        help="Nothing is taken over before a person has seen the differences.",
    )
    partner_ids = fields.Many2many("res.partner", string="Clients", readonly=True)
    job_ids = fields.One2many("ledger.sync.job", "statistics_import_id")
    difference_ids = fields.One2many("ledger.statistics.difference", "import_id")
    difference_count = fields.Integer(
        string="Differences", compute="_compute_difference_count"
    )
    refused = fields.Text(string="Not asked", readonly=True)
    failures = fields.Text(string="What failed", readonly=True)
    ended_at = fields.Datetime(string="Ended", readonly=True)
    state = fields.Selection(
        selection=[
            ("running", "Running"),
            ("waiting", "Waits for your decision"),
            ("done", "Done"),
            ("partial", "Done, some clients failed"),
            ("untold", "Done, somebody could not be told"),
        ],
        compute="_compute_state",
    )
    progress = fields.Float(compute="_compute_progress")
    received = fields.Integer(string="Documents", compute="_compute_progress")

    # === COMPUTE METHODS === #

    @api.depends("system", "date_from", "date_to")
    def _compute_display_name(self):
        for one in self:
            first = format_date(self.env, one.date_from, date_format="LLL y")
            last = format_date(self.env, one.date_to, date_format="LLL y")
            span = first if first == last else f"{first} – {last}"
            one.display_name = self.env._("Import of %(months)s", months=span)

    @api.depends("difference_ids.applied", "difference_ids.overtaken")
    def _compute_difference_count(self):
        groups = self.env["ledger.statistics.difference"]._read_group(
            [
                ("import_id", "in", self.ids),
                ("applied", "=", False),
                ("overtaken", "=", False),
            ],
            ["import_id"],
            ["__count"],
        )
        counts = {one.id: count for one, count in groups}
        for one in self:
            one.difference_count = counts.get(one.id, 0)

    @api.depends("job_ids.state", "job_ids.received")
    def _compute_progress(self):
        for one in self:
            jobs = one.job_ids
            ended = len(jobs.filtered(lambda job: job.state not in OPEN_STATES))
            one.progress = 100.0 * ended / len(jobs) if jobs else 100.0
            one.received = sum(jobs.mapped("received"))

    @api.depends("ended_at", "refused", "difference_count", "job_ids.state")
    def _compute_state(self):
        for one in self:
            states = set(one.job_ids.mapped("state"))
            if not one.ended_at:
                one.state = "running"
            elif one.difference_count:
                one.state = "waiting"
            elif "failed" in states or one.refused:
                one.state = "partial"
            else:
                one.state = "untold" if "partial" in states else "done"

    # === ACTIONS === #

    def action_apply(self):
        """Take over the differences; frozen periods get corrections only."""
        self.check_access("read")
        for one in self._waiting():
            one._apply()
        return True

    def action_discard(self):
        """Forget the differences; what was counted stays as it is."""
        self.check_access("read")
        # What was read and found is the engine's.
        lines = self._waiting().sudo().difference_ids._undecided()
        self.env["ledger.statistics.read"].sudo()._drop(
            {(line.job_id.id, line.date_from) for line in lines}
        )
        lines.unlink()
        return True

    def action_refresh(self):
        """Show how far the import has come: pressing a button loads the screen."""

    def _waiting(self):
        """Of two people who look at the same differences, the first one decides."""
        return self.filtered(lambda one: one.state == "waiting")

    def action_cancel(self):
        """Cancel what is still waiting; what was counted stays."""
        self.job_ids.action_cancel()
        return True

    def action_open_jobs(self):
        """Open the jobs of the import."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "ledger_connector_base.ledger_sync_job_action"
        )
        return {**action, "domain": [("statistics_import_id", "in", self.ids)]}

    def action_open_differences(self):
        """Open the differences that the import has found."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "ledger_connector_statistics.ledger_statistics_difference_action"
        )
        return {**action, "domain": [("import_id", "in", self.ids)]}

    def action_open_figures(self):
        """Open the figures of the clients and months that were asked for."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "ledger_connector_statistics.ledger_statistics_figure_action"
        )
        connections = self.job_ids.connection_id
        return {
            **action,
            "domain": [
                ("connection_id", "in", connections.ids),
                ("date_to", ">=", min(self.mapped("date_from"))),
                ("date_from", "<=", max(self.mapped("date_to"))),
            ],
        }

    # === RUNNING === #

    def _start(self):
        """Put a job for each client into the queue.

        :raises odoo.exceptions.UserError: nobody has set the counting up, or the months
            lie in the future
        """
        self.ensure_one()
        spans = self._spans()
        if not spans:
            raise UserError(
                self.env._("These months have not begun yet. Choose earlier ones.")
            )
        flows, refused = self._flows()
        self.refused = "\n".join(refused) or False
        self._queue([self._prepare(flow, spans) for flow in flows])

    def _spans(self):
        """Return the periods that were asked for.

        :raises odoo.exceptions.UserError: nobody has set the counting up
        """
        plan = self.env["ledger.statistics.plan"].search(
            [("company_id", "=", self.company_id.id), ("system", "=", self.system)]
        )
        if not plan:
            raise UserError(
                self.env._(
                    "Nobody has said how documents are counted in this system. Open "
                    "Statistics > Set-up and make a set-up for it first."
                )
            )
        return plan._spans(self.date_from, self.date_to)

    def _prepare(self, flow, spans):
        place = {"compare": True} if self.compare else {}
        return flow._prepare_counting(flow._beside_staying(spans), **place)

    def _queue(self, vals_list):
        # Jobs are the engine's diary: users ask for them, only the engine writes them.
        self.env["ledger.sync.job"].sudo().create(
            [{**vals, "statistics_import_id": self.id} for vals in vals_list]
        )
        self.env["ledger.lane"]._wake()
        if not self.job_ids.filtered(lambda job: job.state in OPEN_STATES):
            self.ended_at = fields.Datetime.now()

    def _flows(self):
        """Return the flows of the clients, and sentences about those without one."""
        flows, refused = self.env["ledger.flow"], []
        connections = self.env["ledger.connection"].search(
            [
                ("partner_id", "in", self.partner_ids.ids),
                ("system", "=", self.system),
                ("company_id", "=", self.company_id.id),
            ]
        )
        for partner in self.partner_ids:
            mine = connections.filtered(lambda x, p=partner: x.partner_id == p)
            found = mine.filtered(lambda x: x.state not in ("draft", "copy"))
            flow = found._all_flows().filtered(lambda x: x.entity == "statistics")
            flows |= flow
            if not flow:
                refused.append(f"{partner.display_name}: {self._why_not(mine)}")
        return flows, refused

    def _why_not(self, connections):
        if not connections:
            return self.env._("there are no keys. Enter them with the key icon.")
        if "copy" in connections.mapped("state"):
            return self.env._("this database is a copy, its keys are not used.")
        if "draft" in connections.mapped("state"):
            return self.env._("the keys were never tested. Press Test connection.")
        return self.env._("this connection cannot count documents.")

    def _apply(self):
        # The differences and jobs are the engine's.
        mine = self.sudo()
        lines = mine.difference_ids._undecided()
        vals_list = []
        for job, group in lines.grouped("job_id").items():
            spans = {
                (line.date_from, line.date_to, fields.Datetime.to_string(line.read_at))
                for line in group
            }
            vals_list.append(
                job.flow_id.with_env(self.env)._prepare_counting(
                    sorted(spans), staged=job.id
                )
            )
        lines._note_decision()
        mine.ended_at = False
        mine._queue(vals_list)

    # === THE END === #

    def _close(self):
        """Tell the person once, when the last job has ended."""
        if not self:
            return
        self.env.cr.execute(
            SQL(
                """UPDATE ledger_statistics_import i
                      SET ended_at = now() AT TIME ZONE 'UTC'
                    WHERE i.id IN %s AND i.ended_at IS NULL AND NOT EXISTS (
                          SELECT 1 FROM ledger_sync_job j
                           WHERE j.statistics_import_id = i.id AND j.state IN %s)
                RETURNING i.id""",
                self._ids,
                OPEN_STATES,
            ),
            # Two jobs end at once: no error, the other one tells.
            log_exceptions=False,
        )
        rows = self.env.cr.fetchall()
        self.invalidate_recordset(["ended_at"])
        for one in self.browse([row[0] for row in rows]):
            # The import is the engine's to write, as its jobs are.
            one.sudo()._note_end()

    def _note_end(self):
        jobs = self.job_ids
        failed = jobs.filtered(lambda job: job.state in ("failed", "partial"))
        lines = [
            f"{job.connection_id.partner_id.display_name or job.connection_id.name}: "
            f"{self._reason(job)}"
            for job in failed
        ]
        self.failures = "\n".join(lines) or False
        self.env.flush_all()
        bad = [*(self.refused or "").splitlines(), *lines]
        self.user_id._bus_send(
            "simple_notification",
            {
                "type": "warning" if bad else "success",
                "sticky": True,
                "title": self.display_name,
                "message": "\n".join([self._sentence(len(jobs) - len(failed)), *bad]),
            },
        )

    def _reason(self, job):
        return job.error or self.env._(
            "counted, but nobody could be told. See the warnings of its periods; once "
            "that is mended, try again."
        )

    def _sentence(self, good):
        if self.difference_count:
            return self.env._(
                "The books of %(count)s clients were compared. %(differences)s "
                "differences wait for your decision under Statistics > Imports.",
                count=good,
                differences=self.difference_count,
            )
        return self.env._("Figures of %(count)s clients are there.", count=good)
