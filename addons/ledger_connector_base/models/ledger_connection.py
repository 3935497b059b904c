# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from ..sync.extract import version_of
from ..sync.problems import OWNERS, Problem
from .ledger_value_mapping import NEEDED


class LedgerConnection(models.Model):
    _name = "ledger.connection"
    _description = "Ledger Connection"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "sequence, name, id"
    _check_company_auto = True

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    color = fields.Integer()
    credential_id = fields.Many2one(
        "ledger.credential",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    system = fields.Selection(related="credential_id.system", store=True)
    environment = fields.Selection(related="credential_id.environment")
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Client",
        check_company=True,
        help="For accounting offices: the client whose books these are.",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Responsible",
        required=True,
        default=lambda self: self.env.user,
        help="Runs work with this user's rights, and problems are reported to them.",
    )
    state = fields.Selection(
        selection=[
            ("draft", "Not tested"),
            ("ready", "Tested"),
            ("live", "Live"),
            ("paused", "Paused"),
            ("reconnect", "Reconnect needed"),
            ("copy", "Copy of a database"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
    )
    remote_company_id = fields.Char(
        string="Company number there",
        copy=False,
        help="The system's own id of these books; empty for the key's own company.",
    )
    remote_company_name = fields.Char(string="Company there", readonly=True, copy=False)
    remote_organisation_number = fields.Char(
        string="Organisation number there", readonly=True, copy=False
    )
    remote_user_name = fields.Char(string="User there", readonly=True, copy=False)
    missing_rights = fields.Text(readonly=True, copy=False)
    tested_at = fields.Datetime(readonly=True, copy=False)
    live_database_uuid = fields.Char(readonly=True, copy=False)
    live_url = fields.Char(readonly=True, copy=False)
    error = fields.Text(string="What is wrong", readonly=True, copy=False)
    error_owner = fields.Selection(
        selection=list(OWNERS), string="Who mends it", readonly=True, copy=False
    )
    failures = fields.Integer(readonly=True, copy=False, help="Failed runs in a row.")
    set_aside_until = fields.Datetime(
        readonly=True,
        copy=False,
        help="No scheduled call before. Set after failures and by the vendor's limits.",
    )
    debug_until = fields.Datetime(
        readonly=True,
        copy=False,
        help="Until then the bodies of calls are kept, with personal data.",
    )
    page_size = fields.Integer(
        help="Records asked for at a time; 0 for what suits the system best."
    )
    flow_ids = fields.One2many("ledger.flow", "connection_id")
    # For screens, where flows are switched on: a view cannot say so by itself.
    all_flow_ids = fields.One2many(
        "ledger.flow", "connection_id", string="Flows", context={"active_test": False}
    )
    value_mapping_ids = fields.One2many("ledger.value.mapping", "connection_id")
    binding_ids = fields.One2many("ledger.binding", "connection_id")
    cause_ids = fields.One2many("ledger.cause", "connection_id")
    job_ids = fields.One2many("ledger.sync.job", "connection_id")
    sale_journal_id = fields.Many2one(
        "account.journal",
        string="Customer invoice journal",
        check_company=True,
        domain="[('type', '=', 'sale')]",
        help="Empty: the company's first sales journal.",
    )
    payment_journal_id = fields.Many2one(
        "account.journal",
        check_company=True,
        domain="[('type', 'in', ('bank', 'cash'))]",
        help="Payments that the system reports are registered in this journal.",
    )
    unmapped_count = fields.Integer(
        string="Unmapped values", compute="_compute_unmapped_count"
    )
    last_sync = fields.Datetime(string="Last sync", compute="_compute_sync_times")
    next_sync = fields.Datetime(string="Next sync", compute="_compute_sync_times")

    _remote_company_uniq = models.UniqueIndex(
        "(credential_id, COALESCE(remote_company_id, '')) WHERE active",
        "These books are connected already with this credential. Open that connection "
        "instead.",
    )

    # === COMPUTE METHODS === #

    @api.depends("value_mapping_ids.is_mapped", "value_mapping_ids.is_optional")
    def _compute_unmapped_count(self):
        groups = self.env["ledger.value.mapping"]._read_group(
            Domain("connection_id", "in", self.ids) & NEEDED,
            ["connection_id"],
            ["__count"],
        )
        counts = {connection.id: count for connection, count in groups}
        for connection in self:
            connection.unmapped_count = counts.get(connection.id, 0)

    @api.depends("flow_ids.last_run", "flow_ids.next_run", "flow_ids.active")
    def _compute_sync_times(self):
        for connection in self:
            flows = connection.flow_ids
            connection.last_sync = max(
                filter(None, flows.mapped("last_run")), default=False
            )
            running = connection.state == "live"
            connection.next_sync = running and min(
                filter(None, flows.mapped("next_run")), default=False
            )

    # === CONSTRAINTS === #

    @api.constrains("user_id", "company_id")
    def _check_responsible(self):
        for connection in self:
            user, company = connection.user_id, connection.company_id
            # The responsible's companies are theirs to see, whoever sets this up.
            if company not in user.sudo().company_ids:
                raise ValidationError(
                    self.env._(
                        "%(user)s has no access to %(company)s. Choose a responsible "
                        "user who works in that company.",
                        user=user.name,
                        company=company.name,
                    )
                )

    def _check_same_books(self):
        """Links belong to the books and the company that they were made in.

        :raises odoo.exceptions.ValidationError: there are links already
        """
        linked = self.env["ledger.binding"]._read_group(
            [("connection_id", "in", self.ids)], ["connection_id"]
        )
        for (connection,) in linked:
            raise ValidationError(
                self.env._(
                    "Connection %(name)s holds records of its books. Make another "
                    "connection for other books or another company.",
                    name=connection.name,
                )
            )

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        connections = super().create(vals_list)
        for connection in connections:
            if not connection.flow_ids:
                connection._create_flows()
        return connections

    def write(self, vals):
        self._before_moving(vals)._check_same_books()
        result = super().write(vals)
        if {"state", "active", "live_database_uuid", "company_id"} & set(vals):
            # Which edits are noticed follows from it.
            self.env["ledger.flow"]._forget_kept()
        if vals.get("payment_journal_id"):
            causes = self.cause_ids
            causes.filtered(lambda c: c.key == "payment_journal")._resolve()
        return result

    def _before_moving(self, vals):
        """Return the connections that *vals* would point at other books."""
        return self.filtered(
            lambda connection: (
                vals.get("company_id", connection.company_id.id)
                != connection.company_id.id
                or (vals.get("remote_company_id", connection.remote_company_id) or "")
                != (connection.remote_company_id or "")
            )
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_live(self):
        for connection in self:
            if connection.state == "live":
                raise UserError(
                    self.env._(
                        "Connection %(name)s is live. Pause it before you delete it.",
                        name=connection.name,
                    )
                )

    def _create_flows(self):
        """Add the flows that the connector offers and this connection lacks."""
        self.ensure_one()
        existing = {(f.entity, f.direction) for f in self._all_flows()}
        self.env["ledger.flow"].create(
            [
                {
                    "connection_id": self.id,
                    "entity": kind.entity,
                    "direction": kind.direction,
                    "sequence": 10 * number,
                    "interval_minutes": kind.interval_minutes,
                    "active": kind.active,
                    "domain": kind.domain,
                    "deletion_policy": "archive" if kind.deletions else "keep",
                    "sends_changes": kind.changes,
                    "create_policy": kind.create_policy,
                }
                for number, kind in enumerate(self._connector()._describe().flows, 1)
                if (kind.entity, kind.direction) not in existing
                and self.env["ledger.flow"]._knows(kind.entity)
            ]
        )

    def _all_flows(self):
        return self.with_context(active_test=False).flow_ids

    # === HELPERS === #

    def _connector(self):
        self.ensure_one()
        return self.env["ledger.connector"]._for(self.system)

    def _page_size(self):
        """Records that a connector asks for at a time."""
        return self.page_size or self._connector()._describe().page_size

    def _mapping_version(self):
        """Return what changes with each mapping, and value mapping, that is read by.

        For cursors of connectors that tell changes by checksums.
        """
        versions = [
            {name: one.version for name, one in flow._mappings().items()}
            for flow in self.flow_ids.filtered(lambda f: f.direction == "pull")
        ]
        return version_of(versions)

    def _database_uuid(self):
        # The uuid tells this database from its copies; it opens nothing.
        return self.env["ir.config_parameter"].sudo().get_param("database.uuid")

    def _check_copy(self):
        """Stop before the first call if this database is a copy of the live one.

        :raises Problem: the connection went live in another database
        """
        self.ensure_one()
        uuid = self.live_database_uuid
        if not uuid or uuid == self._database_uuid():
            return
        raise Problem(
            "reconnect",
            self.env._(
                "Connection %(name)s went live in another database, at %(url)s; this "
                "is a copy. Nothing was sent. If this database takes over, press "
                "“Take over here”; otherwise leave it paused.",
                name=self.name,
                url=self.live_url,
            ),
            cause="copy",
        )

    def _refuse_copy(self):
        """As :meth:`_check_copy`, for buttons.

        :raises odoo.exceptions.UserError: the connection went live elsewhere
        """
        try:
            self._check_copy()
        except Problem as problem:
            raise UserError(problem.sentence) from problem

    def action_take_over(self):
        """Make this database the live one, after a move to a new server."""
        self.write({"live_database_uuid": False, "state": "draft", "error": False})
        return self.action_test_connection()

    def _credential_changed(self):
        """New keys were entered: forget what was known about the old ones."""
        # Users who may enter keys may do this too, wherever the key is used.
        self.tested_at = False
        for connection in self:
            if connection.state == "reconnect" and not connection.live_database_uuid:
                connection.state = "draft"

    def _note_success(self):
        """A run went through: the keys are good, and nothing is wrong any more."""
        self.ensure_one()
        values = {"failures": 0, "set_aside_until": False}
        if not any(self.flow_ids.mapped("failures")):
            values.update({"error": False, "error_owner": False})
        if self.state == "reconnect" and self.live_database_uuid:
            values["state"] = "live"
        self.write(values)

    def _note_problem(self, problem, flow=None):
        """Show *problem* on the connection; ask for new keys when it needs them.

        :param flow: the only flow that it stops
        """
        self.ensure_one()
        values = {"error": problem.sentence, "error_owner": problem.owner}
        if problem.cause == "copy":
            values["state"] = "copy"
        elif problem.owner == "reconnect" and self.state != "paused":
            values["state"] = "reconnect"
        self.write(values)
        if flow:
            problem.cause = flow._cause_prefix() + problem.cause
        if flow or problem.owner in ("reconnect", "bug"):
            self.env["ledger.cause"]._note(self, problem)

    def _exchange_recorder(self, run=None):
        """Return what ``transport`` calls after each exchange."""
        if run:
            return run.exchanges.append
        return self.env["ledger.exchange"]._recorder(self)

    def _notification(self, message, kind):
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "message": message,
                "type": kind,
                "sticky": kind == "danger",
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }
