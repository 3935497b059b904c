# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, models
from odoo.exceptions import UserError

from odoo.addons.ledger_connector_base.sync.problems import Problem
from odoo.addons.ledger_connector_base.transport.errors import LedgerError
from odoo.addons.ledger_connector_base.transport.secrets import hint


class LedgerConnection(models.Model):
    """Connections that an office makes for its clients, each with keys of its own."""

    _name = "ledger.connection"
    _inherit = "ledger.connection"

    @api.model
    def _of_client(self, partner, system, company):
        """Return the connection of a client, or the one that was removed last.

        Its figures are the client's history, so it is taken up again.
        """
        return self.with_context(active_test=False).search(
            [
                ("partner_id", "=", partner.id),
                ("system", "=", system),
                ("company_id", "=", company.id),
            ],
            order="active DESC, id DESC",
            limit=1,
        )

    @api.model
    def _connect_client(self, partner, values, secrets):
        """Return the client's connection, not tested yet, with these keys.

        :param dict values: ``system``, ``environment``, ``custom_url``,
            ``company_id`` of the credential, and ``user_id`` who is responsible
        :param dict secrets: as for ``ledger.credential.set_secrets()``
        """
        values = dict(values)
        user_id = values.pop("user_id")
        company = self.env["res.company"].browse(values["company_id"])
        connection = self._of_client(partner, values["system"], company)
        if not connection:
            credential = self.env["ledger.credential"].create(
                {**values, "name": partner.display_name}
            )
            connection = self.create(
                {
                    "name": partner.display_name,
                    "partner_id": partner.id,
                    "company_id": company.id,
                    "credential_id": credential.id,
                    "user_id": user_id,
                }
            )
        connection._give_keys(values, secrets)
        return connection

    def _give_keys(self, values, secrets):
        """Put new keys into a connection, and take it up again if it was removed."""
        credential = self.credential_id
        credential.write({"active": True, **values})
        credential.set_secrets(secrets)
        if not self.active:
            self.write({"active": True, "state": "draft", "error": False})

    def _ask_who(self):
        """Ask the vendor whose books these are; nothing is noted.

        :return: ``sync.contract.TestResult`` or None, and a sentence for people
        """
        self.ensure_one()
        connector = self._connector()
        try:
            self._check_copy()
            result = connector._identify(connector._client(self), self)
        except (LedgerError, Problem) as error:
            return None, connector._explain(error, self.name, self).sentence
        return result, self._test_sentence(result)

    def _go_live_with(self, result):
        """The keys are good: begin."""
        self._note_test(result)
        if self.state != "live":
            self.action_go_live()

    def _same_keys_elsewhere(self, system, company, secrets):
        """Return the connection of another client that these very keys open.

        :param dict secrets: as for ``ledger.credential.set_secrets()``
        """
        credentials = self.env["ledger.credential"].search(
            [("system", "=", system), ("company_id", "in", [company.id, False])]
        )
        found = _with_keys(credentials, secrets)
        return found.connection_ids.filtered("partner_id")

    @api.model
    def _refuse_keys_of_others(self, system, company, secrets):
        """
        :raises odoo.exceptions.UserError: another company of the database uses these
            keys; each would take its share of the vendor's limit, together all of it
        """
        # Only that they are in use is told, to people who have them anyway.
        credentials = self.env["ledger.credential"].sudo()
        others = credentials.search(
            [("system", "=", system), ("company_id", "not in", [company.id, False])]
        )
        if _with_keys(others, secrets).connection_ids:
            raise UserError(
                self.env._(
                    "Another company of this database uses these keys. The vendor's "
                    "limit of calls is one for both: remove the keys there first, or "
                    "count these books there."
                )
            )

    def _disconnect_client(self):
        """Remove the client's keys; what was counted stays as history.

        The keys of an office that open the books of other clients too are kept.
        """
        for connection in self:
            connection.job_ids.filtered(
                lambda job: job.state in ("pending", "waiting")
            ).action_cancel()
            connection.write({"active": False, "state": "paused"})
            credential = connection.credential_id
            if not credential.connection_ids:
                names = credential._key_labels()
                credential.set_secrets(dict.fromkeys(names))
                credential.active = False


def _with_keys(credentials, secrets):
    """Return the credentials that hold these very keys."""
    # The hints spare decrypting hundreds of keys.
    hints = {f"{name} {hint(value)}" for name, value in secrets.items()}
    return credentials.filtered(
        lambda credential: (
            set((credential.secret_hint or "").split(", ")) == hints
            and credential._kept_secrets() == secrets
        )
    )
