# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.exceptions import UserError


class LedgerClientKeys(models.TransientModel):
    """The small window behind the key in the list of clients.

    Keys are tried out on a credential of their own, so that wrong ones never reach a
    connection that works.
    """

    _name = "ledger.client.keys"
    _description = "Keys of a Client"

    partner_id = fields.Many2one(
        "res.partner", string="Client", required=True, readonly=True
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    user_id = fields.Many2one(
        "res.users",
        string="Responsible",
        required=True,
        default=lambda self: self.env.user,
        domain="[('company_ids', 'in', company_id), ('share', '=', False)]",
        help="Runs work with this user's rights, and problems are reported to them.",
    )
    system = fields.Selection(
        selection=lambda self: self.env["ledger.statistics.plan"]._counting_systems(),
        required=True,
        default=lambda self: self._default_system(),
    )
    environment = fields.Selection(
        selection=lambda self: (
            self.env["ledger.credential"]
            ._fields["environment"]
            ._description_selection(self.env)
        ),
        required=True,
        compute="_compute_address",
        precompute=True,
        store=True,
        readonly=False,
        help="Keys of one environment never open another one.",
    )
    custom_url = fields.Char(
        string="Address",
        compute="_compute_address",
        precompute=True,
        store=True,
        readonly=False,
    )
    line_ids = fields.One2many(
        "ledger.client.keys.line",
        "wizard_id",
        string="Keys",
        compute="_compute_line_ids",
        store=True,
        readonly=False,
    )
    connection_id = fields.Many2one(
        "ledger.connection", string="Connected", compute="_compute_connection_id"
    )
    trial_id = fields.Many2one("ledger.connection", readonly=True, ondelete="set null")
    credential_id = fields.Many2one(
        "ledger.credential", readonly=True, ondelete="set null"
    )
    verdict = fields.Selection(
        selection=[("good", "Good"), ("bad", "Refused")], readonly=True
    )
    result = fields.Text(readonly=True)

    # === DEFAULTS AND COMPUTE METHODS === #

    @api.model
    def _default_system(self):
        plan = self.env["ledger.statistics.plan"]
        active = plan.search(
            [("state", "=", "on"), ("company_id", "=", self.env.company.id)], limit=1
        )
        systems = plan._counting_systems()
        return active.system or (systems and systems[0][0])

    @api.depends("partner_id", "system", "company_id")
    def _compute_connection_id(self):
        for wizard in self:
            found = self.env["ledger.connection"]._of_client(
                wizard.partner_id, wizard.system, wizard.company_id
            )
            wizard.connection_id = found.filtered("active")

    @api.depends("partner_id", "system", "company_id")
    def _compute_address(self):
        """The address of what is there already is most likely the right one."""
        for wizard in self:
            credential = wizard.connection_id.credential_id
            wizard.environment = credential.environment or "production"
            wizard.custom_url = credential.custom_url

    @api.depends("system")
    def _compute_line_ids(self):
        for wizard in self:
            known = wizard._credential_fields()
            wizard.line_ids = [
                fields.Command.clear(),
                *(
                    fields.Command.create(
                        {
                            "technical_name": key.name,
                            "name": str(key.label),
                            "help": str(key.help),
                            "required": key.required,
                        }
                    )
                    for key in known
                ),
            ]

    def unlink(self):
        """Override of `base`: keys that nobody kept are not to be left anywhere."""
        trials, credentials = self.trial_id, self.credential_id
        result = super().unlink()
        trials.unlink()
        credentials.unlink()
        return result

    # === ACTIONS === #

    def action_test(self):
        """Ask the vendor with these keys, and show what they open or what is wrong.

        :return: an action that shows the window again
        """
        self.ensure_one()
        self._test()
        return self._open()

    def action_save(self):
        """Store the keys if they are good, and let the connection go live.

        :return: a notification action, or the window again with what is wrong
        :raises odoo.exceptions.UserError: a key is missing, or is another client's
        """
        self.ensure_one()
        result = self._test()
        if not result:
            return self._open()
        self._keep()._go_live_with(result)
        return self._done(
            self.env._(
                "%(client)s: %(result)s",
                client=self.partner_id.display_name,
                result=self.result,
            ),
            "success",
        )

    def action_save_untested(self):
        """Store the keys although the vendor did not confirm them just now.

        :return: a notification action
        """
        self.ensure_one()
        self._keep().partner_id._ledger_follow_keys()
        return self._done(
            self.env._(
                "The keys of %(client)s are stored. Nothing is counted before a test "
                "has succeeded.",
                client=self.partner_id.display_name,
            ),
            "warning",
        )

    def action_remove(self):
        """Remove the client's connection and delete its keys.

        :return: a notification action
        """
        self.ensure_one()
        self.connection_id._disconnect_client()
        return self._done(
            self.env._(
                "The keys of %(client)s are deleted. What was counted stays.",
                client=self.partner_id.display_name,
            ),
            "info",
        )

    # === KEYS === #

    def _enter(self, secrets):
        """Take keys that were typed in; they are encrypted at once."""
        if self.credential_id.system != self.system:
            self.credential_id = self.env["ledger.credential"].create(
                {"name": self.env._("Being tried out"), "active": False, **self._at()}
            )
        self.credential_id.set_secrets(secrets)
        self.write({"verdict": False, "result": False})

    def _at(self):
        return {
            "system": self.system,
            "environment": self.environment,
            "custom_url": self.custom_url,
            "company_id": self.company_id.id,
        }

    def _secrets(self):
        """Return the keys: those typed in, and of the others those that are there."""
        kept = self.connection_id.credential_id
        return {
            **(kept._kept_secrets() if kept else {}),
            **(self.credential_id._kept_secrets() if self.credential_id else {}),
        }

    def _credential_fields(self):
        if not self.system:
            return ()
        connector = self.env["ledger.connector"]._for(self.system)
        return connector._describe().credential_fields

    def _refuse_incomplete(self, secrets):
        missing = [
            str(key.label)
            for key in self._credential_fields()
            if key.required and not secrets.get(key.name)
        ]
        if missing:
            raise UserError(
                self.env._("Please enter: %(keys)s.", keys=", ".join(missing))
            )
        connections = self.env["ledger.connection"]
        connections._refuse_keys_of_others(self.system, self.company_id, secrets)
        others = connections._same_keys_elsewhere(self.system, self.company_id, secrets)
        others = others.filtered(lambda other: other.partner_id != self.partner_id)
        if others:
            raise UserError(
                self.env._(
                    "These are the keys of %(other)s. Enter the keys of %(client)s.",
                    other=others[0].partner_id.display_name,
                    client=self.partner_id.display_name,
                )
            )

    def _test(self):
        """Ask the vendor; note the answer.

        :return: ``sync.contract.TestResult``, None if the keys open nothing
        """
        secrets = self._secrets()
        self._refuse_incomplete(secrets)
        trial = self._trial(secrets)
        # Limits are counted, and calls noted, in transactions of their own: the trial
        # has to be there for them.
        self.env.cr.commit()  # pylint: disable=invalid-commit
        result, self.result = trial._ask_who()
        self.verdict = "good" if result else "bad"
        # The calls were noted after this transaction began; who forgets the trial has
        # to see them, or PostgreSQL refuses and the vendor is asked all over again.
        self.env.cr.commit()  # pylint: disable=invalid-commit
        return result

    def _trial(self, secrets):
        """Return the connection that keys are tried out with; nobody else uses it."""
        self._enter(secrets)
        self.credential_id.write(self._at())
        if self.trial_id.credential_id != self.credential_id:
            self.trial_id = self.env["ledger.connection"].create(
                {
                    "name": self.partner_id.display_name,
                    "active": False,
                    "credential_id": self.credential_id.id,
                    "company_id": self.company_id.id,
                    "user_id": self.user_id.id,
                }
            )
        return self.trial_id

    def _keep(self):
        """Give the keys to the client's connection, and return it."""
        secrets = self._secrets()
        self._refuse_incomplete(secrets)
        connection = self.env["ledger.connection"]._connect_client(
            self.partner_id, {**self._at(), "user_id": self.user_id.id}, secrets
        )
        self._forget_trial()
        return connection

    def _forget_trial(self):
        self.trial_id.unlink()
        self.credential_id.unlink()

    # === WINDOWS === #

    def _open(self):
        client = self.partner_id.display_name
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Keys of %(client)s", client=client),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }

    def _done(self, message, kind):
        action = self.env["ledger.connection"]._notification(message, kind)
        close = {"type": "ir.actions.act_window_close"}
        action["params"].update(next=close, sticky=False)
        return action


class LedgerClientKeysLine(models.TransientModel):
    _name = "ledger.client.keys.line"
    _description = "Key of a Client"
    _order = "id"

    wizard_id = fields.Many2one(
        "ledger.client.keys", required=True, ondelete="cascade", index=True
    )
    technical_name = fields.Char(required=True, readonly=True)
    name = fields.Char(string="Key", readonly=True)
    help = fields.Char(string="Where it is found", readonly=True)
    required = fields.Boolean(readonly=True)
    value = fields.Char(
        string="Enter here", compute="_compute_value", inverse="_inverse_value"
    )
    hint = fields.Char(string="There is", compute="_compute_hint")

    def _compute_value(self):
        """Write-only: what was typed never comes back to a screen."""
        self.value = False

    def _inverse_value(self):
        for line in self:
            if line.value:
                line.wizard_id._enter({line.technical_name: line.value.strip()})
        # Without this the answer to the browser would carry what was just typed.
        self.invalidate_recordset(["value"])

    @api.depends("wizard_id.credential_id", "wizard_id.connection_id")
    def _compute_hint(self):
        for line in self:
            wizard = line.wizard_id
            hints = {
                **self._hints(wizard.connection_id.credential_id),
                **self._hints(wizard.credential_id),
            }
            line.hint = hints.get(line.technical_name)

    @staticmethod
    def _hints(credential):
        pairs = [
            pair.partition(" ") for pair in (credential.secret_hint or "").split(", ")
        ]
        return {name: tail for name, _blank, tail in pairs if name}
