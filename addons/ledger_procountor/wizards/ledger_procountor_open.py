# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.ledger_credential_login import KEY_LOGIN, LANDING
from ..opening import request_id_in

INPUTS = ("client_id", "client_secret", "api_key")


class LedgerProcountorOpen(models.TransientModel):
    """Leads through the three ways to the API key of a company (§2)."""

    _name = "ledger.procountor.open"
    _description = "Open Procountor"

    credential_id = fields.Many2one(
        "ledger.credential", required=True, ondelete="cascade"
    )
    way = fields.Selection(
        selection=[
            ("key", "Enter the API key"),
            ("login", "Log in at Procountor"),
            ("link", "Activation link"),
        ],
        required=True,
        default="key",
        help="The API key may be made by the company itself, fetched by logging in as "
        "a user of the company, or made by Procountor when the company opens your "
        "activation link.",
    )
    has_client = fields.Boolean(compute="_compute_stored")
    has_api_key = fields.Boolean(compute="_compute_stored")
    shown_client_id = fields.Char(
        string="Client ID to enter there", compute="_compute_stored"
    )
    redirect_address = fields.Char(
        string="Redirect address to register", compute="_compute_addresses"
    )
    callback_address = fields.Char(
        string="Callback address to register", compute="_compute_addresses"
    )
    # Never stored: they go straight to the credential, encrypted.
    client_id = fields.Char(
        string="Client ID",
        compute="_compute_inputs",
        inverse="_inverse_inputs",
        store=False,
        help="Of your application, as Procountor registered it.",
    )
    client_secret = fields.Char(
        compute="_compute_inputs",
        inverse="_inverse_inputs",
        store=False,
        help="Of your application. It opens no books by itself.",
    )
    api_key = fields.Char(
        string="API key",
        compute="_compute_inputs",
        inverse="_inverse_inputs",
        store=False,
        help="Of one company, one user and one client ID. Procountor shows it once.",
    )
    request_text = fields.Char(
        string="Address or request ID",
        help="Where the activation link ended: the whole address of the page, or the "
        "request ID in it.",
    )

    # === COMPUTE METHODS === #

    @api.depends("credential_id")
    def _compute_stored(self):
        for wizard in self:
            stored = wizard.credential_id._kept_secrets()
            # The client id stands in each browser that logs in: it is no secret.
            wizard.shown_client_id = stored.get("client_id")
            wizard.has_client = bool(
                stored.get("client_id") and stored.get("client_secret")
            )
            wizard.has_api_key = bool(stored.get("api_key"))

    @api.depends("credential_id")
    def _compute_addresses(self):
        for wizard in self:
            credential = wizard.credential_id
            wizard.redirect_address = credential._procountor_address(KEY_LOGIN)
            wizard.callback_address = credential._procountor_address(LANDING)

    def _compute_inputs(self):
        """Entry fields are write-only: they always read as empty."""
        for name in INPUTS:
            self[name] = False

    def _inverse_inputs(self):
        for wizard in self:
            entered = {n: wizard[n].strip() for n in INPUTS if wizard[n]}
            if entered:
                wizard.credential_id.set_secrets(entered)
        # Without this the answer to the browser would carry what was just typed.
        self.invalidate_recordset([*INPUTS, *self._stored_fields()])

    def _stored_fields(self):
        return ["shown_client_id", "has_client", "has_api_key"]

    # === ACTIONS === #

    def action_save_keys(self):
        """Go on with the keys that were entered: test the books, or connect them.

        :return: the answer of the test, or the form of a new connection
        :raises odoo.exceptions.UserError: a key is missing
        """
        self.ensure_one()
        credential = self.credential_id
        credential._procountor_client()
        if not self.has_api_key:
            raise UserError(
                self.env._(
                    "Enter the API key of %(credential)s: steps 4 and 5 say where "
                    "Procountor shows it.",
                    credential=credential.name,
                )
            )
        if credential.connection_ids:
            return self._tested(credential.connection_ids)
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "ledger_connector_base.ledger_connection_new_action"
        )
        context = {
            "default_credential_id": credential.id,
            "default_name": credential.name,
        }
        return {**action, "context": context}

    def _tested(self, connections):
        answer = connections.action_test_connections()
        if len(connections) == 1:
            answer = connections.action_test_connection()
        answer["params"]["next"] = {"type": "ir.actions.act_window_close"}
        return answer

    def action_log_in(self):
        """Send the browser to Procountor's key login."""
        self.ensure_one()
        return self.credential_id.action_procountor_log_in()

    def action_companies(self):
        """Show the companies of the activation request that was pasted.

        :raises odoo.exceptions.UserError: it names no request
        """
        self.ensure_one()
        request_id = request_id_in(self.request_text or "")
        if not request_id:
            raise UserError(
                self.env._(
                    "“%(text)s” names no activation request. Paste the whole address "
                    "of the page that the activation link ended on, or the request ID "
                    "in it.",
                    text=self.request_text or "",
                )
            )
        wizard = self.env["ledger.procountor.activation"].create(
            {"credential_id": self.credential_id.id, "request_id": request_id}
        )
        wizard.action_read()
        return wizard._open()
