# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..controllers.masking import PREFIX
from ..sync.problems import Problem
from ..transport.errors import LedgerError
from .ledger_webhook_address import unreachable

CHECK_EVERY = timedelta(hours=1)


class LedgerConnection(models.Model):
    """What a connection needs to be told of changes by the vendor."""

    _name = "ledger.connection"
    _inherit = "ledger.connection"

    has_webhooks = fields.Boolean(compute="_compute_has_webhooks")
    webhook_active = fields.Boolean(
        string="Told of changes", readonly=True, copy=False, default=False
    )
    webhook_hint = fields.Char(
        string="Address",
        compute="_compute_webhook_hint",
        groups="ledger_connector_base.group_ledger_manager",
        help="Where the system sends its notices. Who knows the whole address can try "
        "to send some too, so its end is not shown.",
    )
    webhook_count = fields.Integer(
        string="Subscriptions",
        readonly=True,
        copy=False,
        help="Kinds of changes that the system has promised to tell of.",
    )
    webhook_checked_at = fields.Datetime(
        string="Last check", readonly=True, copy=False, index="btree_not_null"
    )
    webhook_error = fields.Text(
        string="What is wrong with the notices", readonly=True, copy=False
    )
    webhook_activity_id = fields.Many2one(
        "mail.activity", readonly=True, copy=False, ondelete="set null"
    )
    event_count = fields.Integer(string="Events", compute="_compute_event_count")

    # === COMPUTE METHODS === #

    @api.depends("system")
    def _compute_has_webhooks(self):
        for connection in self:
            connection.has_webhooks = (
                connection._has_connector()
                and connection._connector()._describe().webhooks
            )

    def _compute_webhook_hint(self):
        for connection in self:
            token = connection._webhook_secrets().get("token")
            connection.webhook_hint = token and (
                f"{connection._webhook_base()}{PREFIX}…{token[-4:]}"
            )

    def _compute_event_count(self):
        groups = self.env["ledger.event"]._read_group(
            [("connection_id", "in", self.ids)], ["connection_id"], ["__count"]
        )
        counts = {connection.id: count for connection, count in groups}
        for connection in self:
            connection.event_count = counts.get(connection.id, 0)

    # === CRUD METHODS === #

    def write(self, vals):
        """Override of `base`: an archived connection is not called any more."""
        if vals.get("active") is False:
            self._unsubscribe_all()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_webhooks(self):
        """The vendor should not go on calling an address that is gone."""
        self._unsubscribe_all()

    # === ACTIONS === #

    def action_webhooks_on(self):
        """Make an address and ask the vendor to tell it of changes.

        :return: a notification action
        :raises odoo.exceptions.UserError: the vendor could not reach this server
        """
        self.ensure_one()
        self.check_access("write")
        self._refuse_unready()
        if not self._webhook_secrets():
            self._make_address()
        self.webhook_active = True
        return self._subscribe_and_tell()

    def action_webhooks_off(self):
        """Close the door and ask the vendor to stop.

        :return: a notification action
        """
        self.check_access("write")
        left = self._unsubscribe_all()
        self._forget_address()
        if left:
            return self._notification("\n".join(left), "warning")
        return self._notification(
            self.env._("The system was asked to stop, and its address is closed."),
            "success",
        )

    def action_webhooks_new_address(self):
        """Replace address and secret; the old address is closed at once.

        :return: a notification action
        """
        self.ensure_one()
        self.check_access("write")
        self._refuse_unready()
        self._unsubscribe_all()
        self._make_address()
        return self._subscribe_and_tell()

    def action_webhooks_show(self):
        """Show the whole address, for systems in which it is entered by hand.

        :return: a notification action
        """
        self.ensure_one()
        self.check_access("write")
        return self._notification(
            self.env._("Address for notices: %(address)s", address=self._address()),
            "warning",
        )

    def action_open_events(self):
        """Open the events of the connection."""
        return self._open("ledger_event_action")

    def action_pause(self):
        """Override of `base`: nothing is taken meanwhile, so nobody has to call."""
        result = super().action_pause()
        self._unsubscribe_all()
        return result

    def action_go_live(self):
        """Override of `base`: subscriptions that a pause ended are made again."""
        result = super().action_go_live()
        self.filtered("webhook_active").webhook_checked_at = False
        return result

    def _refuse_unready(self):
        """
        :raises odoo.exceptions.UserError: the vendor has no webhooks, the connection is
            not live, or its address cannot be reached
        """
        if not self.has_webhooks:
            raise UserError(
                self.env._(
                    "%(name)s: this system cannot tell of changes by itself. The "
                    "schedule reads them.",
                    name=self.name,
                )
            )
        if self.state != "live":
            raise UserError(
                self.env._(
                    "Connection %(name)s is not live. Go live first: before that "
                    "nothing would happen with what the system tells.",
                    name=self.name,
                )
            )
        self._refuse_copy()
        reason = unreachable(
            self.env, self._webhook_base(), self.credential_id._base_url()
        )
        if reason:
            raise UserError(reason)

    # === SUBSCRIPTIONS === #

    @api.model
    def _keep_subscriptions(self):
        """Look after the subscriptions of one connection, the longest unlooked-after.

        Asked by the lanes at each turn, outside of their locks: it may call the vendor.
        Each connection is looked at once an hour. Errors stay on the connection.

        :return: whether there was one
        """
        limit = fields.Datetime.now() - CHECK_EVERY
        connection = self.search(
            [
                ("webhook_active", "=", True),
                ("state", "=", "live"),
                "|",
                ("webhook_checked_at", "=", False),
                ("webhook_checked_at", "<", limit),
            ],
            order="webhook_checked_at NULLS FIRST, id",
            limit=1,
        )
        if connection:
            connection.with_context(lang=connection.user_id.lang)._subscribe()
        return bool(connection)

    def _subscribe(self):
        """Make sure that the vendor tells of changes; what is wrong is noted.

        :return: whether it does
        """
        self.ensure_one()
        values = {"webhook_checked_at": fields.Datetime.now()}
        connector = self._connector()
        try:
            self._check_copy()
            values["webhook_count"] = connector._subscribe(
                connector._client(self),
                self,
                self._address(),
                self._webhook_secrets()["secret"],
            )
        except (LedgerError, Problem) as error:
            self.write(values)
            self._note_webhook_problem(connector._explain(error, self.name, self))
            return False
        self.write({**values, "webhook_error": False})
        self.webhook_activity_id.action_feedback(
            feedback=self.env._("The cause is gone.")
        )
        return True

    def _note_webhook_problem(self, problem):
        """Show it, once as an activity; the schedule goes on reading."""
        self.webhook_error = problem.sentence
        if problem.cause == "copy":
            self._note_problem(problem)
        elif problem.owner not in ("wait", "retry") and not self.webhook_activity_id:
            self.webhook_activity_id = self.activity_schedule(
                "ledger_connector_base.mail_activity_type_mend",
                summary=self.env._("The system does not tell of changes"),
                note=problem.sentence,
                user_id=self.user_id.id,
            )

    def _subscribe_and_tell(self):
        if not self._subscribe():
            return self._notification(
                self.env._(
                    "%(reason)s It is tried again every hour; until then the schedule "
                    "reads the changes.",
                    reason=self.webhook_error,
                ),
                "danger",
            )
        return self._notification(
            self.env._(
                "The system tells of %(count)s kinds of changes from now on.",
                count=self.webhook_count,
            ),
            "success",
        )

    def _unsubscribe_all(self):
        """Ask the vendors to stop calling, as well as that can be done.

        :return: sentences about those that could not be asked
        """
        left = []
        # Everybody who may pause a connection may have it called no more.
        for connection in self.sudo():
            if not (connection.webhook_active and connection.webhook_data):
                continue
            connection.write({"webhook_count": 0, "webhook_checked_at": False})
            if sentence := connection._unsubscribe():
                left.append(sentence)
        return left

    def _unsubscribe(self):
        """Return what went wrong, None if the vendor was asked."""
        if not self._has_connector() or self.state == "copy":
            return None
        connector = self._connector()
        try:
            self._check_copy()
            connector._unsubscribe(connector._client(self), self, self._address())
        except (LedgerError, Problem) as error:
            problem = connector._explain(error, self.name, self)
            sentence = self.env._(
                "%(name)s: the system could not be asked to stop sending notices. "
                "They are refused here; the subscriptions end by themselves, or remove "
                "them there. The reason was: %(reason)s",
                name=self.name,
                reason=problem.sentence,
            )
            self._message_log(body=sentence)
            return sentence
        return None
