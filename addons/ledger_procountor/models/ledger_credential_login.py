# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

import re
from functools import partial

from odoo import models
from odoo.exceptions import UserError
from odoo.service.model import retrying

from odoo.addons.ledger_connector_base.models.ledger_budget import DatabaseBudget
from odoo.addons.ledger_connector_base.transport.errors import LedgerError
from odoo.addons.ledger_connector_base.transport.http import HttpClient
from odoo.addons.ledger_connector_base.transport.masking import Masker

from ..client import PATIENCE, ProcountorClient, claims_of, exchange_code, key_login_url
from ..description import ENVIRONMENT

KEY_LOGIN = "/ledger/procountor/keylogin"
LANDING = "/ledger/procountor/activation"
_WORD = re.compile(r"\w{1,40}")


class LedgerCredential(models.Model):
    """How a credential of Procountor comes to its API key."""

    _name = "ledger.credential"
    _inherit = "ledger.credential"

    # === ACTIONS === #

    def action_open_procountor(self):
        """Lead through the ways in which the API of a company is opened."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Open Procountor"),
            "res_model": "ledger.procountor.open",
            "view_mode": "form",
            "target": "new",
            "context": {"default_credential_id": self.id},
        }

    def action_procountor_log_in(self):
        """Send the browser to Procountor, from where it brings an API key.

        :return: an action that opens the vendor's page
        :raises odoo.exceptions.UserError: client id or secret is not set, or this
            database is a copy
        """
        self.ensure_one()
        self.check_access("write")
        client_id = self._procountor_client()["client_id"]
        self.connection_ids._procountor_refuse_copies()
        address = self._procountor_address(KEY_LOGIN)
        state = self.env["ledger.procountor.login"]._begin(self, address)
        url = key_login_url(self._base_url(), client_id, address, state)
        return {"type": "ir.actions.act_url", "url": url, "target": "self"}

    # === HELPERS === #

    def _procountor_address(self, path):
        """Return the address under which Procountor reaches *path* of this server."""
        return f"{self.get_base_url().rstrip('/')}{path}"

    def _procountor_client(self):
        """Return the integrator's ``client_id`` and ``client_secret``.

        :raises odoo.exceptions.UserError: one is not set, or cannot be read
        """
        try:
            stored = self._read_secrets()
        except LedgerError as error:
            raise UserError(self._connector()._explain(error).sentence) from error
        if not stored.get("client_id") or not stored.get("client_secret"):
            raise UserError(
                self.env._(
                    "Enter the client ID and the client secret of %(credential)s "
                    "first: Procountor gave them to you when your application was "
                    "registered.",
                    credential=self.name,
                )
            )
        return {name: stored[name] for name in ("client_id", "client_secret")}

    def _procountor_http(self):
        """Return the HTTP client for the time before there is an API key.

        Its bodies are keys: they are not kept, whatever is being looked into.
        """
        connection = self.connection_ids[:1]
        connector = self._connector().with_context(**{ENVIRONMENT: self.environment})
        return HttpClient(
            self._base_url(),
            budget=DatabaseBudget(self, connector._describe().limits, urgent=True),
            recorder=connection._exchange_recorder() if connection else None,
            masker=Masker(self._read_secrets().values()),
            read_error=ProcountorClient.read_error,
            patience=PATIENCE,
        )

    def _procountor_exchange(self, code, address):
        """Return the API key that *code* of a key login stands for.

        :param str address: that the browser was to come back to
        :raises odoo.exceptions.UserError: in words, why there is none
        """
        try:
            with self._procountor_http() as http:
                return exchange_code(
                    http,
                    **self._procountor_client(),
                    redirect_uri=address,
                    code=code,
                )
        except LedgerError as error:
            sentence = self._procountor_login_sentence(error, address)
            raise UserError(sentence) from error

    def _procountor_login_sentence(self, error, address):
        if error.status in (400, 401, 403):
            return self.env._(
                "Procountor did not accept the log-in for %(credential)s. It lives for "
                "five minutes and serves once. Begin again; if that does not help, "
                "check the client ID, the client secret, and that %(address)s is the "
                "redirect address registered for them.",
                credential=self.name,
                address=address,
            )
        if error.sent:
            return self.env._(
                "Procountor's answer did not arrive, so %(credential)s has no new key. "
                "A log-in serves once: begin again.",
                credential=self.name,
            )
        return self.env._(
            "%(reason)s The key login for %(credential)s has to be begun again.",
            reason=self._connector()._explain(error, self.name).sentence,
            credential=self.name,
        )

    def _procountor_finish_login(self, address, code, error=""):
        """Fetch the API key of a key login and store it.

        :param str address: that the browser was to come back to
        :param str code: that it brought
        :param str error: the vendor's word, where it brought none
        :return: a sentence about the key
        :raises odoo.exceptions.UserError: why there is none
        """
        self.ensure_one()
        self.check_access("write")
        if error or not code:
            raise UserError(self._procountor_refusal(error))
        self.connection_ids._procountor_refuse_copies()
        key = self._procountor_exchange(code, address)
        claims = self._procountor_check_key(key)
        self._procountor_keep_key(key, address)
        return self.env._(
            "The API key of company %(company)s is stored on %(credential)s. Go back "
            "and test the connection.",
            company=claims.company if claims else "?",
            credential=self.name,
        )

    def _procountor_refusal(self, error):
        return self.env._(
            "Procountor gave no API key for %(credential)s (%(reason)s): the log-in "
            "was given up or refused there. Nothing was changed. Begin again when you "
            "like.",
            credential=self.name,
            reason=error if _WORD.fullmatch(error) else self.env._("no code"),
        )

    def _procountor_check_key(self, key):
        """Refuse an API key of other books than those that are linked.

        :raises odoo.exceptions.UserError: it is another company's
        """
        claims = claims_of(key)
        linked = set(filter(None, self.connection_ids.mapped("remote_company_id")))
        if claims and claims.company and linked - {claims.company}:
            raise UserError(
                self.env._(
                    "You chose company %(chosen)s in Procountor, but %(credential)s is "
                    "connected to company %(linked)s. The stored key was kept. Begin "
                    "again and choose that company, or make another credential.",
                    chosen=claims.company,
                    credential=self.name,
                    linked=", ".join(sorted(linked)),
                )
            )
        return claims

    def _procountor_keep_key(self, key, address):
        """Store an API key for good, and the address that its log-in came back to.

        Calls for tokens name the same address.

        In a transaction of its own: a key is shown once, and nothing that fails after
        it may take it away.
        """
        with self.env.registry.cursor() as cr:
            env = self.env(cr=cr)
            credential = self.with_env(env)
            retrying(partial(credential._procountor_store, key, address), env)
        self.invalidate_recordset()

    def _procountor_store(self, key, address):
        self.procountor_redirect_uri = address
        self.set_secrets({"api_key": key})


class LedgerConnection(models.Model):
    _name = "ledger.connection"
    _inherit = "ledger.connection"

    def _procountor_refuse_copies(self):
        """Stop where one of these went live in another database.

        :raises odoo.exceptions.UserError: this database is a copy
        """
        for connection in self:
            connection._refuse_copy()
