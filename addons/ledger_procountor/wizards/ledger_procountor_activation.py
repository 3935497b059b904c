# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from functools import partial

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.service.model import retrying

from odoo.addons.ledger_connector_base.sync.problems import Problem
from odoo.addons.ledger_connector_base.transport.errors import LedgerError

from ..client.activation import LONGEST_REASON
from ..opening import request_id_in


class LedgerProcountorActivation(models.TransientModel):
    """Answers for the companies whose user opened our activation link (§2)."""

    _name = "ledger.procountor.activation"
    _description = "Activation Request at Procountor"

    credential_id = fields.Many2one(
        "ledger.credential",
        string="Your own credential",
        domain="[('system', '=', 'procountor')]",
        ondelete="cascade",
        help="The one of your own company, which has the tool API Integrator in "
        "Procountor. The customers' keys come from there.",
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    user_id = fields.Many2one(
        "res.users",
        string="Responsible",
        required=True,
        default=lambda self: self.env.user,
    )
    request_id = fields.Char(string="Request ID", required=True)
    initiator = fields.Char(string="Asked by", readonly=True)
    expires = fields.Char(string="Open until", readonly=True)
    is_answered = fields.Boolean(readonly=True)
    line_ids = fields.One2many("ledger.procountor.activation.line", "wizard_id")

    @api.model
    def _land(self, request_id):
        """Return the form for a request that a browser came with; nothing is asked."""
        own = self.env["ledger.credential"].search([("system", "=", "procountor")])
        own = own.filtered("secret_hint")
        single = own if len(own) == 1 else own.browse()
        return self.create({"request_id": request_id, "credential_id": single.id})

    # === COMPUTE METHODS === #

    @api.depends("initiator")
    def _compute_display_name(self):
        """Override: the vendor's id of a request says nothing to people."""
        # Names of models are no secret.
        title = self.env["ir.model"].sudo()._get(self._name).name
        for wizard in self:
            wizard.display_name = wizard.initiator or title

    # === ACTIONS === #

    def action_read(self):
        """Ask Procountor which companies the request is for.

        :raises odoo.exceptions.UserError: why it cannot be read
        """
        self.ensure_one()
        self._require_credential()
        request_id = self._plain_id()
        try:
            found = self._client().activation.request(request_id)
        except (LedgerError, Problem) as error:
            raise UserError(self._sentence(error)) from error
        self.line_ids.unlink()
        self.write(
            {
                "request_id": request_id,
                "initiator": _person(found.initiator),
                "expires": found.expires.replace("T", " "),
                "line_ids": [
                    fields.Command.create(self._prepare_line(number, company))
                    for number, company in found.companies.items()
                ],
            }
        )

    def action_answer(self):
        """Approve and reject as chosen, and connect the approved companies.

        :raises odoo.exceptions.UserError: a company lacks its answer or a reason, or
            why Procountor does not take them
        """
        self.ensure_one()
        self._require_credential()
        self._check_answers()
        self.env["ledger.connection"].check_access("create")
        self._hold()
        approved = self.line_ids.filtered(lambda x: x.answer == "approve")
        rejected = self.line_ids - approved
        try:
            keys = self._client().activation.answer(
                self._plain_id(),
                approved.mapped("remote_id"),
                {line.remote_id: line.reason for line in rejected},
            )
        except (LedgerError, Problem) as error:
            raise UserError(self._sentence(error)) from error
        self.is_answered = True
        for line in approved:
            line._keep(keys.get(line.remote_id))

    def action_connections(self):
        """Open the connections that were made."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "ledger_connector_base.ledger_connection_action"
        )
        return {**action, "domain": [("id", "in", self.line_ids.connection_id.ids)]}

    def action_approve_all(self):
        """Approve all companies that have no answer yet."""
        self.line_ids.filtered(lambda x: not x.answer).answer = "approve"

    # === HELPERS === #

    def _require_credential(self):
        if self.is_answered:
            raise UserError(self.env._("This request was answered already."))
        if not self.credential_id:
            raise UserError(
                self.env._(
                    "Choose the credential of your own company, the one that has the "
                    "tool API Integrator in Procountor."
                )
            )
        self.credential_id.check_access("write")
        self.credential_id.connection_ids._procountor_refuse_copies()

    def _hold(self):
        """Let nobody else answer meanwhile: the second answer would hide the keys."""
        if not self.try_lock_for_update():
            raise UserError(self.env._("This request is being answered already."))

    def _plain_id(self):
        request_id = request_id_in(self.request_id)
        if not request_id:
            raise UserError(
                self.env._(
                    "“%(text)s” is no request ID of Procountor. Copy it from the "
                    "address of the page that the activation link ended on.",
                    text=self.request_id,
                )
            )
        return request_id

    def _check_answers(self):
        if missing := self.line_ids.filtered(lambda x: not x.answer):
            raise UserError(
                self.env._(
                    "Approve or reject %(companies)s too: Procountor takes the answers "
                    "for all companies of a request at once.",
                    companies=", ".join(missing.mapped("name")),
                )
            )
        rejected = self.line_ids.filtered(lambda x: x.answer == "reject")
        for line in rejected:
            line._check_reason()

    def _client(self):
        """Return a client with the keys of the integrator's own company."""
        credential = self.credential_id
        # The calls are listed with a connection of those keys, if there is one.
        connection = credential.connection_ids[:1] or self.env["ledger.connection"].new(
            {
                "name": credential.name,
                "credential_id": credential.id,
                "company_id": self.company_id.id,
            }
        )
        return credential._connector()._client(connection)

    def _sentence(self, error):
        status = getattr(error, "status", None)
        if status == 410:
            return self.env._(
                "The activation link has expired (3 hours), or it was answered "
                "already. If a company is missing here, ask the customer to open the "
                "link again."
            )
        if status == 404:
            return self.env._(
                "Procountor knows no activation request %(request)s. Check the "
                "address, or ask the customer to open the activation link again.",
                request=self.request_id,
            )
        if status == 403:
            return self.env._(
                "The keys of %(credential)s may not answer activation requests. Choose "
                "the credential of your own company, the one that has the tool API "
                "Integrator in Procountor.",
                credential=self.credential_id.name,
            )
        return self._other_sentence(error, status)

    def _other_sentence(self, error, status):
        problem = self.credential_id._connector()._explain(
            error, self.credential_id.name
        )
        if status == 400:
            return self.env._(
                "Procountor does not take the answers: %(reason)s Load the companies "
                "again; each has to be approved or rejected.",
                reason=getattr(error, "message", "") or problem.sentence,
            )
        if getattr(error, "sent", False):
            return self.env._(
                "Procountor's answer did not arrive, and it may have been done. Ask "
                "the customer to open the activation link again and answer anew: a "
                "company that has a key already gets the same one."
            )
        return problem.sentence

    def _prepare_line(self, number, company):
        info = company.get("extraInfo") or {}
        business = (info.get("businessIdentifier") or {}).get("code")
        return {
            "remote_id": number,
            "name": info.get("companyName")
            or self.env._("Company %(number)s", number=number),
            "business_id": business,
            "office": info.get("accountingOfficeName"),
            "partner_id": self._partner_of(business).id,
        }

    def _connections_of(self, number):
        """Return the connections to company *number* with the same application."""
        credential = self.credential_id
        found = self.env["ledger.connection"].search(
            [
                ("system", "=", "procountor"),
                ("remote_company_id", "=", number),
                ("credential_id.environment", "=", credential.environment),
                ("credential_id.custom_url", "=", credential.custom_url),
            ]
        )
        return found.filtered(lambda x: x.credential_id != credential)

    def _partner_of(self, business_id):
        partner = self.env["res.partner"]
        if not business_id:
            return partner
        return partner.search(
            [
                *partner._check_company_domain(self.company_id),
                ("company_registry", "=", business_id),
                ("parent_id", "=", False),
            ],
            limit=1,
        )

    def _open(self):
        """Return the action that shows this form on a page of its own."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "ledger_procountor.ledger_procountor_activation_action"
        )
        return {**action, "res_id": self.id}


class LedgerProcountorActivationLine(models.TransientModel):
    """A company of an activation request, and the answer for it."""

    _name = "ledger.procountor.activation.line"
    _description = "Company of an Activation Request"
    _order = "name, id"

    wizard_id = fields.Many2one(
        "ledger.procountor.activation", required=True, ondelete="cascade", index=True
    )
    remote_id = fields.Char(string="Number there", readonly=True)
    name = fields.Char(string="Company", readonly=True)
    business_id = fields.Char(string="Business ID", readonly=True)
    office = fields.Char(string="Accounting office", readonly=True)
    partner_id = fields.Many2one("res.partner", string="Client in Odoo")
    answer = fields.Selection(
        selection=[("approve", "Approve"), ("reject", "Reject")],
    )
    reason = fields.Char(
        string="Reason of the refusal",
        size=LONGEST_REASON,
        help="The customer reads it. At most 255 characters.",
    )
    # Looked for each time: this transaction does not see what _keep() made.
    connection_id = fields.Many2one(
        "ledger.connection", compute="_compute_connection_id"
    )
    told = fields.Char(string="What became of it", readonly=True)

    @api.depends("remote_id", "wizard_id.credential_id")
    def _compute_connection_id(self):
        for line in self:
            line.connection_id = line.wizard_id._connections_of(line.remote_id)[:1]

    def _check_reason(self):
        if not (self.reason or "").strip():
            raise UserError(
                self.env._(
                    "Say why %(company)s is rejected: the customer reads it.",
                    company=self.name,
                )
            )

    def _keep(self, key):
        """Store the API key of an approved company and connect it.

        In a transaction of its own: a key is shown once, and nothing that fails after
        it may take it away.
        """
        if not key:
            self.told = self.env._("Approved, but Procountor gave no key for it.")
            return
        with self.env.registry.cursor() as cr:
            env = self.env(cr=cr)
            credential_id = retrying(partial(self._keep_key, env, key), env)
            try:
                retrying(partial(self._connect, env, credential_id), env)
            except UserError as refusal:
                self.told = self.env._(
                    "The key is stored, but it is not connected yet: %(reason)s",
                    reason=str(refusal),
                )
                return
        self.told = self.env._("Connected.")
        self.invalidate_recordset(["connection_id"])

    def _keep_key(self, env, key):
        """Return the id of the credential that holds *key* now."""
        taken = self.connection_id.credential_id.with_env(env)
        credential = taken or env["ledger.credential"].create(
            self._prepare_credential()
        )
        client = self.wizard_id.credential_id._procountor_client()
        credential.set_secrets({**client, "api_key": key})
        return credential.id

    def _connect(self, env, credential_id):
        """Connect the company, unless it is connected already."""
        if not self.connection_id:
            env["ledger.connection"].create(self._prepare_connection(credential_id))

    def _prepare_credential(self):
        own = self.wizard_id.credential_id
        return {
            "name": self.name,
            "system": own.system,
            "environment": own.environment,
            "custom_url": own.custom_url,
            "company_id": self.wizard_id.company_id.id,
            "procountor_redirect_uri": own.procountor_redirect_uri,
        }

    def _prepare_connection(self, credential_id):
        return {
            "name": self.name,
            "credential_id": credential_id,
            "company_id": self.wizard_id.company_id.id,
            "user_id": self.wizard_id.user_id.id,
            "partner_id": self.partner_id.id,
            "remote_company_id": self.remote_id,
        }


def _person(initiator):
    words = (initiator.get("userFullName"), initiator.get("email"))
    return ", ".join(filter(None, words))
