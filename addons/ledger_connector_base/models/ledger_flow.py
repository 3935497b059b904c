# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import ormcache

from ..sync.lookups import Lookups
from ..sync.mapping import Mapping

ENTITIES = [
    ("partner", "Partners"),
    ("product", "Products"),
    ("order", "Orders"),
    ("invoice", "Invoices"),
    ("payment", "Payments"),
    ("stock", "Stock"),
    ("statistics", "Statistics"),
    ("employee", "Employees"),
    ("project", "Projects"),
    ("timesheet", "Timesheets"),
]


class LedgerFlow(models.Model):
    _name = "ledger.flow"
    _description = "Ledger Flow"
    _order = "connection_id, sequence, id"
    _check_company_auto = True

    connection_id = fields.Many2one(
        "ledger.connection", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="connection_id.company_id", store=True)
    system = fields.Selection(related="connection_id.system", store=True)
    entity = fields.Selection(selection=ENTITIES, required=True)
    direction = fields.Selection(
        selection=[("pull", "System → Odoo"), ("push", "Odoo → system")],
        required=True,
        default="pull",
    )
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    interval_minutes = fields.Integer(
        string="Every (minutes)", default=60, required=True
    )
    full_every_days = fields.Integer(
        string="Full comparison every (days)",
        default=1,
        required=True,
        help="A full comparison reads everything and finds deletions.",
    )
    last_run = fields.Datetime(string="Last run", readonly=True, copy=False)
    next_run = fields.Datetime(string="Next run", copy=False, index="btree_not_null")
    last_full = fields.Datetime(
        string="Last full comparison", readonly=True, copy=False
    )
    start_date = fields.Date(
        string="Documents since",
        help="Documents before this date are left alone.",
        default=lambda self: fields.Date.today().replace(month=1, day=1),
    )
    failures = fields.Integer(readonly=True, copy=False, help="Failed runs in a row.")
    cursor = fields.Json(copy=False)
    generation = fields.Integer(
        copy=False, help="Number of the full comparison that is under way."
    )
    note = fields.Text(readonly=True, copy=False)
    create_policy = fields.Selection(
        selection=[
            ("create", "Create in Odoo"),
            ("link", "Only link to what is in Odoo"),
            ("known", "Leave alone what is not linked"),
        ],
        string="New records",
        default="create",
        required=True,
    )
    matching_policy = fields.Selection(
        selection=[
            ("sure", "Link sure matches, ask about doubtful ones"),
            ("ask", "Ask about every match"),
            ("none", "Do not look for matches"),
        ],
        string="Matching",
        default="sure",
        required=True,
    )
    conflict_policy = fields.Selection(
        selection=[
            ("system", "The system wins"),
            ("odoo", "Odoo wins"),
            ("newest", "The newest wins"),
            ("ask", "Ask"),
        ],
        string="When both changed",
        default="system",
        required=True,
    )
    number_policy = fields.Selection(
        selection=[
            ("system", "The system's number"),
            ("odoo", "Odoo's number"),
            ("both", "Both keep their own"),
        ],
        string="Whose number wins",
        default="system",
        required=True,
        help="Customer number, product code or invoice number. Decide before linking.",
    )
    deletion_policy = fields.Selection(
        selection=[
            ("archive", "Archive in Odoo"),
            ("keep", "Leave alone"),
        ],
        string="Deleted there",
        default="archive",
        required=True,
    )
    deletion_share = fields.Integer(
        string="Stop and ask above (%)",
        default=10,
        help="If more than this share of the records vanished, nothing is archived "
        "before a person has agreed.",
    )
    deletion_agreed = fields.Boolean(copy=False)
    deletion_pending = fields.Integer(
        string="Vanished records", readonly=True, copy=False
    )
    post_invoices = fields.Boolean(
        help="Post invoices whose totals agree to the cent. Otherwise they stay draft."
    )
    register_payments = fields.Boolean(
        help="Register payments of posted invoices in the connection's journal.",
    )
    mapping_ids = fields.One2many(
        "ledger.field.mapping", "flow_id", context={"active_test": False}
    )
    job_ids = fields.One2many("ledger.sync.job", "flow_id")

    _entity_uniq = models.Constraint(
        "UNIQUE(connection_id, entity, direction)",
        "A connection has one flow of an entity in a direction.",
    )
    _interval_positive = models.Constraint(
        "CHECK(interval_minutes > 0 AND full_every_days >= 0)",
        "The schedule needs at least one minute between runs.",
    )
    _share_range = models.Constraint(
        "CHECK(deletion_share BETWEEN 0 AND 100)",
        "The share of deletions must be between 0 and 100 percent.",
    )

    @api.depends("entity", "direction", "connection_id.name")
    def _compute_display_name(self):
        entities = dict(self._fields["entity"]._description_selection(self.env))
        for flow in self:
            label = entities.get(flow.entity, "")
            way = f"{label} → Odoo" if flow.direction == "pull" else f"Odoo → {label}"
            flow.display_name = f"{flow.connection_id.name}: {way}"

    @api.model_create_multi
    def create(self, vals_list):
        flows = super().create(vals_list)
        for flow in flows.filtered(lambda flow: not flow.mapping_ids):
            flow.action_reset_mapping()
        flows._schedule_new()
        return flows

    def write(self, vals):
        # What decides about records that are read already is applied at the next run.
        if {"number_policy", "start_date"} & set(vals):
            # A run that is under way stores its cursor again; the one after it is full.
            vals = {**vals, "cursor": False, "last_full": False}
        result = super().write(vals)
        if vals.get("active"):
            self._schedule_new()
        if vals.get("create_policy") == "create":
            keys = [f"link_only:{flow.id}" for flow in self]
            self.connection_id.cause_ids.filtered(lambda c: c.key in keys)._resolve()
        return result

    def _schedule_new(self):
        """A flow that joins a live connection begins at once."""
        self.filtered(
            lambda flow: (
                flow.active and flow.connection_id.state == "live" and not flow.next_run
            )
        )._schedule()

    # === ACTIONS === #

    def action_reset_mapping(self):
        """Replace the field mapping by the connector's default lines."""
        self.check_access("write")
        for flow in self:
            lines = flow._connector()._default_mapping(flow.entity, flow.direction)
            flow.mapping_ids.unlink()
            self.env["ledger.field.mapping"].create(
                [
                    flow._prepare_mapping_line(number, line)
                    for number, line in enumerate(lines, 1)
                ]
            )

    def _prepare_mapping_line(self, number, line):
        return {
            "flow_id": self.id,
            "sequence": number,
            "resource": line.resource,
            "remote_path": line.remote,
            "field_path": line.target,
            "converter": line.converter,
            "argument": line.argument,
            "apply": line.apply,
            "default_value": line.default,
            "required": line.required,
        }

    def action_run(self):
        """Put the flows into the queue."""
        return self.connection_id._notification(
            self.env._(
                "%(count)s jobs wait for their turn.",
                count=len(self._enqueue("manual")),
            ),
            "info",
        )

    def action_full(self):
        """Read everything again at the next run, which is at once."""
        self.write({"cursor": False, "last_full": False})
        return self.action_run()

    def action_match(self):
        """Propose links for all remote records; nothing is written but the links."""
        self.filtered(lambda flow: flow.direction == "pull")._enqueue("match")
        return self.connection_id[:1]._notification(
            self.env._(
                "Both sides are compared. What needs a decision will stand under "
                "Records, filter “To decide”."
            ),
            "info",
        )

    def action_preview(self):
        """Open the preview of the next run."""
        self.ensure_one()
        preview = self.env["ledger.preview"].create({"flow_id": self.id})
        preview.action_compute()
        return preview._open()

    def action_agree_deletions(self):
        """Let the next full comparison archive more than the set share."""
        self.write({"deletion_agreed": True, "deletion_pending": 0})
        causes = {flow._deletion_cause() for flow in self}
        self.connection_id.cause_ids.filtered(lambda c: c.key in causes)._resolve()
        return self.action_full()

    def _cause_prefix(self):
        """How the keys of causes begin that stop this flow and no other."""
        return f"flow:{self.id}:"

    def _deletion_cause(self):
        return f"deletions:{self.id}"

    # === RUNNING === #

    def run(self, full=False):
        """Run the flow now and return its job.

        Commits after each page, and so ends the transaction it is called in: for
        scheduled actions, scripts and tests, never inside other work. Screens use
        :meth:`action_run`, which puts the flow into the queue.

        :param bool full: read everything, whatever the cursor says
        :return: ``ledger.sync.job``, with state and counts
        :raises odoo.exceptions.UserError: the flow is running elsewhere
        """
        self.ensure_one()
        if full:
            self.cursor = False
        job = self._enqueue("manual", wake=False)
        if not job._run():
            raise UserError(
                self.env._("%(flow)s is running already.", flow=self.display_name)
            )
        return job

    def preview(self, limit=200):
        """Return what the next run would do, record by record; nothing is written.

        :param int limit: at most so many remote records are looked at
        :return: list of dicts with ``resource``, ``external_id``, ``name``,
            ``action`` (create, update, unchanged, failed, waiting, candidate),
            ``changes`` (field label → (old, new) as text) and ``error``
        """
        self.ensure_one()
        return self.env["ledger.sync.job"]._preview(self, limit)

    def _enqueue(self, trigger, wake=True):
        """Return one waiting job for each flow, made if there is none."""
        jobs = self.env["ledger.sync.job"]
        waiting = jobs.search(
            [
                ("flow_id", "in", self.ids),
                ("state", "in", ("pending", "waiting")),
                ("trigger", "=", trigger),
            ]
        )
        if trigger not in ("schedule", "webhook"):
            # A person who asks again wants it tried now; budgets are kept even so.
            waiting.filtered("run_after").run_after = False
        missing = self - waiting.flow_id
        # Jobs are the engine's diary: users ask for them, only the engine writes them.
        waiting += (
            jobs.sudo()
            .create([flow._prepare_job(trigger) for flow in missing])
            .sudo(False)
        )
        if wake:
            self.env["ledger.lane"]._wake()
        return waiting.sorted(lambda job: (job.flow_id.sequence, job.id))

    def _prepare_job(self, trigger):
        return {
            "flow_id": self.id,
            "connection_id": self.connection_id.id,
            "trigger": trigger,
            "user_id": self.env.uid,
        }

    def _schedule(self):
        """Run at once, and wake the lanes for it."""
        self.next_run = fields.Datetime.now()
        self.env["ledger.lane"]._wake()

    # === FOR THE ENGINE === #

    def _next_time(self, now):
        """Return when the flow's schedule comes after *now* (naive UTC), or False."""
        return now + timedelta(minutes=self.interval_minutes)

    def _connector(self):
        self.ensure_one()
        return self.connection_id._connector()

    def _is_full_due(self):
        """A run without cursor, or one after the set number of days, reads all."""
        if not self.cursor or not self.last_full:
            return True
        if not self.full_every_days:
            return False
        age = fields.Datetime.now() - self.last_full
        return age >= timedelta(days=self.full_every_days)

    @ormcache("self.id", "self.env.lang", cache="stable")
    def _compiled_lines(self):
        """Return the active lines of the mapping by resource, not to be changed.

        Kept between runs: each run needs those of all flows of its connection.
        """
        lines = self.mapping_ids.filtered("active").grouped("resource")
        return {
            resource: tuple(line._compiled() for line in group.sorted())
            for resource, group in lines.items()
        }

    def _mappings(self, lookups=None):
        """Return the compiled mappings by resource.

        :rtype: dict[str, sync.mapping.Mapping]
        """
        self.ensure_one()
        lookups = lookups or Lookups(self.env, self.connection_id.id)
        values = lookups.values_version()
        result = {}
        for resource, compiled in self._compiled_lines().items():
            kinds = {
                x["argument"] for x in compiled if x["converter"].startswith("val")
            }
            used = [value for value in values if value[0] in kinds]
            result[resource] = Mapping(
                resource,
                compiled,
                [
                    used,
                    self.number_policy,
                    self.post_invoices,
                    self.register_payments,
                ],
            )
        return result
