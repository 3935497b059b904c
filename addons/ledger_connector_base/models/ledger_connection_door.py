# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

import logging
import secrets
from hashlib import sha256

from odoo import api, fields, models
from odoo.orm.models import NO_ACCESS

from ..controllers.door import Door
from ..controllers.masking import PREFIX
from ..sync.problems import Problem
from ..transport.errors import WrongKey

_logger = logging.getLogger(__name__)

#: Bytes of randomness in the address and in the secret.
ENTROPY = 32


class LedgerConnection(models.Model):
    """The door of a connection: its address, its secret, and who reads what comes."""

    _name = "ledger.connection"
    _inherit = "ledger.connection"

    # The token is a secret too: with it lies what opens the door, encrypted, and beside
    # it the digest under which a caller's token is looked up.
    webhook_data = fields.Text(copy=False, groups=NO_ACCESS)
    webhook_digest = fields.Char(copy=False, groups=NO_ACCESS)

    _webhook_digest_uniq = models.UniqueIndex(
        "(webhook_digest) WHERE webhook_digest IS NOT NULL",
        "Two connections cannot share an address for notices. Press “New address”.",
    )

    @api.model
    def _find_door(self, token):
        """Return the open door of *token*.

        :param str token: what stands in the address that was called
        :return: ``controllers.door.Door``, None for whatever reason there is none
        """
        # Nobody is logged in: the token says which connection is meant.
        connection = self.sudo().search(
            [
                ("webhook_digest", "=", self._digest(token)),
                ("webhook_active", "=", True),
                ("state", "=", "live"),
            ],
            limit=1,
        )
        stored = connection._webhook_secrets() if connection else {}
        if not stored.get("secret") or not connection.has_webhooks:
            return None
        return Door(
            digest=connection.webhook_digest,
            connector=connection._connector(),
            secret=stored["secret"],
            readers=connection._reading_entities(),
        )

    def _reading_entities(self):
        """Return the entities whose pull flows read a resource, by resource."""
        found = {}
        for kind in self._connector()._describe().flows:
            if kind.direction == "pull":
                for resource in kind.resources:
                    found.setdefault(resource, []).append(kind.entity)
        return {resource: ",".join(entities) for resource, entities in found.items()}

    def _readers(self):
        """Return the active pull flow that reads a resource, by resource."""
        if self.state != "live" or not self.active or not self._has_connector():
            return {}
        flows = self.flow_ids.filtered(lambda flow: flow.direction == "pull")
        by_entity = {flow.entity: flow for flow in flows.sorted(reverse=True)}
        readers = {}
        for resource, entities in self._reading_entities().items():
            found = [by_entity[x] for x in entities.split(",") if x in by_entity]
            if found:
                readers[resource] = found[0]
        return readers

    def _is_aside(self):
        """Tell whether the vendor is given a pause."""
        aside = self.set_aside_until
        return bool(aside and aside > fields.Datetime.now())

    def _has_connector(self):
        """Tell whether the addon of the connection's system is installed."""
        return f"ledger.connector.{self.system}" in self.env

    # === ADDRESS AND SECRET === #

    @staticmethod
    def _digest(token):
        return sha256(token.encode()).hexdigest()

    def _make_address(self):
        token = secrets.token_urlsafe(ENTROPY)
        stored = {"token": token, "secret": secrets.token_urlsafe(ENTROPY)}
        # The columns are closed to everyone, as a credential's.
        self.sudo().write(
            {
                "webhook_digest": self._digest(token),
                "webhook_data": self.credential_id._box().encrypt(stored),
                "webhook_count": 0,
            }
        )

    def _forget_address(self):
        # As in _make_address().
        self.sudo().write(
            {
                "webhook_active": False,
                "webhook_digest": False,
                "webhook_data": False,
                "webhook_count": 0,
                "webhook_checked_at": False,
                "webhook_error": False,
            }
        )
        self.webhook_activity_id.unlink()

    def _webhook_secrets(self):
        """Return ``token`` and ``secret``; nothing where they are not set.

        Nothing too where the encryption key is another one: the door is shut then.
        """
        # As in _make_address().
        data = self.sudo().webhook_data
        if not data:
            return {}
        try:
            return self.credential_id._box().decrypt(data)
        except WrongKey:
            _logger.warning(
                "Connection %s: its address for notices cannot be decrypted; press "
                "“New address” on it",
                self.id,
            )
            return {}

    def _webhook_base(self):
        # The address of this server is not a secret, but not everyone's to read.
        params = self.env["ir.config_parameter"].sudo()
        return (params.get_param("web.base.url") or "").rstrip("/")

    def _address(self):
        """Return the whole address.

        :raises Problem: there is none, or it cannot be read
        """
        token = self._webhook_secrets().get("token")
        if not token:
            raise Problem(
                "reconnect",
                self.env._(
                    "Connection %(name)s has no address for notices that can be read. "
                    "Press “New address”.",
                    name=self.name,
                ),
                cause="webhook_address",
            )
        return f"{self._webhook_base()}{PREFIX}{token}"
