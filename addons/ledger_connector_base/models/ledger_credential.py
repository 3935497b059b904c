# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.orm.models import NO_ACCESS
from odoo.tools import config

from ..transport import secrets as vault
from ..transport.errors import MissingSecret, WrongKey


class LedgerCredential(models.Model):
    _name = "ledger.credential"
    _description = "Ledger Credential"
    _inherit = ["mail.thread"]
    _order = "name, id"
    _check_company_auto = True
    # Secrets written through a relation of another record would skip set_secrets().
    _allow_sudo_commands = False

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    system = fields.Selection(selection=[], required=True)
    environment = fields.Selection(
        selection=[
            ("production", "Production"),
            ("test", "Test"),
            ("custom", "Other address"),
        ],
        required=True,
        default="production",
        help="Keys of one environment never open another one.",
    )
    custom_url = fields.Char(
        string="Address",
        help="Full address of the API, for hosts that the vendor names one by one.",
    )
    company_id = fields.Many2one(
        "res.company",
        default=lambda self: self.env.company,
        help="Leave empty for a key that serves several companies.",
    )
    secret_data = fields.Text(copy=False, groups=NO_ACCESS)
    secret_hint = fields.Char(
        string="Key hints",
        copy=False,
        readonly=True,
        help="The last characters of each stored key, by its technical name.",
    )
    keys_set = fields.Char(
        string="Keys set",
        compute="_compute_keys_set",
        help="The last characters of each stored key. The keys are never shown.",
    )
    key_source = fields.Char(compute="_compute_key_source")
    connection_ids = fields.One2many("ledger.connection", "credential_id")
    connection_count = fields.Integer(compute="_compute_connection_count")
    token_ids = fields.One2many("ledger.token", "credential_id")
    budget_ids = fields.One2many("ledger.budget", "credential_id")
    budget_share = fields.Integer(
        string="Share of the vendor's limit (%)",
        compute="_compute_budget_share",
        store=True,
        readonly=False,
        precompute=True,
        help="Leave room for other software that uses the same key.",
    )

    _budget_share_range = models.Constraint(
        "CHECK(budget_share BETWEEN 1 AND 100)",
        "The share of the vendor's limit must be between 1 and 100 percent.",
    )

    # === COMPUTE METHODS === #

    @api.depends("connection_ids")
    def _compute_connection_count(self):
        for credential in self:
            credential.connection_count = len(credential.connection_ids)

    @api.depends("system")
    def _compute_budget_share(self):
        for credential in self:
            name = f"ledger.connector.{credential.system}"
            known = name in self.env
            credential.budget_share = (
                self.env[name]._describe().default_share if known else 100
            )

    @api.depends("secret_hint", "system")
    def _compute_keys_set(self):
        for credential in self:
            hints = (credential.secret_hint or "").split(", ")
            labels = credential._key_labels()
            pairs = [hint.partition(" ") for hint in hints if hint]
            credential.keys_set = ", ".join(
                f"{labels.get(name, name)} {tail}" for name, _blank, tail in pairs
            )

    def _key_labels(self):
        """What people call the keys, by technical name."""
        name = f"ledger.connector.{self.system}"
        if name not in self.env:
            return {}
        known = self._connector()._describe().credential_fields
        return {key.name: str(key.label) for key in known}

    def _compute_key_source(self):
        sources = {
            "config": self.env._("The encryption key is read from odoo.conf."),
            "environment": self.env._(
                "The encryption key is read from the environment of the server."
            ),
            "file": self.env._(
                "The encryption key lies in a file of Odoo's data folder. Back it up "
                "apart from the database, or set ledger_connector_key in odoo.conf."
            ),
        }
        try:
            self._box()
            self.key_source = sources[self._key_ring().source]
        except WrongKey as error:
            self.key_source = self._wrong_key_sentence(error)

    def _compute_secret_inputs(self):
        """Entry fields are write-only: they always read as empty."""
        for name in self._secret_inputs():
            self[name] = False

    def _inverse_secret_inputs(self):
        inputs = self._secret_inputs()
        for credential in self:
            prefix = f"{credential.system}_"
            entered = {
                field.removeprefix(prefix): credential[field].strip()
                for field in inputs
                if field.startswith(prefix) and credential[field]
            }
            if entered:
                credential.set_secrets(entered)
        # Without this the answer to the browser would carry what was just typed.
        self.invalidate_recordset(inputs)

    def _secret_inputs(self):
        """Names of the entry fields that vendor addons declare."""
        return [
            name
            for name, field in self._fields.items()
            if field.compute == "_compute_secret_inputs"
        ]

    # === CRUD METHODS === #

    def write(self, vals):
        """Override of `base`: sessions of one host are of no use at another one."""
        result = super().write(vals)
        if {"environment", "custom_url", "system"} & set(vals):
            self.sudo().token_ids.unlink()  # as in set_secrets()
            self.connection_ids._credential_changed()
        return result

    def _unlink_with_books(self):
        """Delete credentials and their connections; what came from them stays.

        What vendors' addons give as ``ondelete`` of their system, for the time when
        they are uninstalled: connections keep their credential from being deleted, and
        a credential of an unknown system is of no use to anybody.
        """
        self.with_context(active_test=False).connection_ids.unlink()
        self.unlink()

    # === ACTIONS === #

    def action_open_connections(self):
        """Open the connections that use this credential."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "ledger_connector_base.ledger_connection_action"
        )
        return {**action, "domain": [("credential_id", "=", self.id)]}

    # === SECRETS === #

    def set_secrets(self, values):
        """Store secrets, encrypted. Secrets not named in *values* stay.

        :param dict values: secret by the name that the connector declares; an empty
            value removes that secret
        :raises odoo.exceptions.UserError: the system has no such secret
        """
        self.ensure_one()
        self.check_access("write")
        known = {x.name for x in self._connector()._describe().credential_fields}
        if unknown := set(values) - known:
            raise UserError(
                self.env._(
                    "%(system)s has no key called %(names)s.",
                    system=self._system_label(),
                    names=", ".join(sorted(unknown)),
                )
            )
        # The column is closed to everyone; this method is its only door.
        credential = self.sudo()
        try:
            box = self._box()
        except WrongKey as error:
            raise UserError(self._wrong_key_sentence(error)) from error
        secrets = {k: v for k, v in {**self._kept_secrets(), **values}.items() if v}
        credential.secret_data = box.encrypt(secrets) if secrets else False
        credential.secret_hint = ", ".join(
            f"{name} {vault.hint(value)}" for name, value in sorted(secrets.items())
        )
        credential.token_ids.unlink()
        self.connection_ids._credential_changed()

    def _kept_secrets(self):
        """Stored secrets; none if they cannot be read and are being entered anew."""
        try:
            return self._read_secrets()
        except WrongKey:
            return {}

    @api.model
    def _wrong_key_sentence(self, error):
        return self.env._(
            "The encryption key of this server cannot be used: %(reason)s. Correct "
            "ledger_connector_key in odoo.conf, or the key file in Odoo's data folder.",
            reason=error.message,
        )

    @api.private
    def secrets(self):
        """Return the stored secrets by name, in clear: for connectors only.

        :raises transport.errors.MissingSecret: a required one is not set
        :raises transport.errors.WrongKey: the encryption key is another one
        """
        self.ensure_one()
        secrets = self._read_secrets()
        for field in self._connector()._describe().credential_fields:
            if field.required and not secrets.get(field.name):
                raise MissingSecret(str(field.label))
        return secrets

    def _read_secrets(self):
        # Read for the engine: users reach secrets by set_secrets() only, one way in.
        data = self.sudo().secret_data
        return self._box().decrypt(data) if data else {}

    @api.model
    def _key_ring(self):
        return vault.load_keys(
            config.get("ledger_connector_key"), None, config["data_dir"]
        )

    @api.model
    def _box(self):
        return vault.SecretBox(self._key_ring().keys)

    @api.model
    def _rotate_keys(self):
        """Encrypt all secrets and tokens with the first key of the ring again.

        :return: number of rewritten secrets
        """
        box = self._box()
        # All companies' secrets move to the new key at once.
        records = [
            *self.sudo()
            .with_context(active_test=False)
            .search([("secret_data", "!=", False)]),
            *self.env["ledger.token"].sudo().search([("secret_data", "!=", False)]),
        ]
        for record in records:
            record.secret_data = box.rotate(record.secret_data)
        return len(records)

    def action_rotate_keys(self):
        """Re-encrypt every secret with the newest key and tell how many there were."""
        self.check_access("write")
        try:
            count = self._rotate_keys()
        except WrongKey as error:
            raise UserError(
                self.env._(
                    "Some secrets were encrypted with a key that this server does not "
                    "have. Add the old key to ledger_connector_key, after the new one, "
                    "or enter those keys again."
                )
            ) from error
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._(
                    "%(count)s secrets are now encrypted with the first key.",
                    count=count,
                ),
            },
        }

    # === HELPERS === #

    def _connector(self):
        return self.env["ledger.connector"]._for(self.system)

    def _system_label(self):
        return dict(self._fields["system"]._description_selection(self.env))[
            self.system
        ]

    def _base_url(self):
        """Address of the vendor's API for this credential.

        :raises odoo.exceptions.UserError: no address was entered
        """
        self.ensure_one()
        url = self.custom_url
        if self.environment != "custom":
            environments = self._connector()._describe().environments
            url = next(
                (e.base_url for e in environments if e.code == self.environment), False
            )
        if not url:
            raise UserError(
                self.env._(
                    "Credential %(name)s has no address for this environment. Choose "
                    "another environment or enter the address.",
                    name=self.name,
                )
            )
        return url.strip().rstrip("/")
