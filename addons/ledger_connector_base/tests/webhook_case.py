# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the tests of webhooks share: a vendor of few words, and its deliveries."""

import hmac
import json
from hashlib import sha256

from odoo import api, models
from odoo.orm.model_classes import add_to_registry

from ..sync.contract import FlowKind, Notice, Resource, System
from ..transport.errors import VendorError
from .screen_case import ScreenCase

SIGNATURE = "X-Signature"
NAME = "ledger.connector.any"


class LedgerConnectorAny(models.AbstractModel):
    """A vendor that says ``{"key": …, "changed": [[resource, id], …]}``, signed."""

    _name = NAME
    _inherit = "ledger.connector"
    _description = "Ledger Connector: any"
    _module = None

    #: What it was asked: ``(call, address)``. An error in ``refuses`` is raised.
    asked = []
    refuses = None
    has_webhooks = True

    @api.model
    def _describe(self):
        names = ("customer", "contact", "product")
        return System(
            code="any",
            label="Anybody",
            documentation="",
            credential_fields=(),
            environments=(),
            resources=tuple(Resource(name, "partner", name) for name in names),
            flows=(
                FlowKind("partner", "pull", "Partners", ("customer", "contact")),
                FlowKind("product", "pull", "Products", ("product",)),
            ),
            webhooks=type(self).has_webhooks,
        )

    @api.model
    def _default_mapping(self, entity, direction):
        return []

    @api.model
    def _client(self, connection, run=None):
        return None

    @api.model
    def _verify_webhook(self, secret, headers, body):
        return hmac.compare_digest(signature(secret, body), headers.get(SIGNATURE, ""))

    @api.model
    def _parse_webhook(self, headers, body):
        said = json.loads(body)
        return [
            Notice(resource, external_id, topic=f"{resource}.update", key=said["key"])
            for resource, external_id in said["changed"]
        ]

    @api.model
    def _subscribe(self, client, connection, address, secret):
        self._note("subscribe", address)
        return 3

    @api.model
    def _unsubscribe(self, client, connection, address):
        self._note("unsubscribe", address)

    def _note(self, call, address):
        type(self).asked.append((call, address))
        if type(self).refuses:
            raise type(self).refuses


def signature(secret, body):
    """Sign *body* as the vendor does."""
    return hmac.new(secret.encode(), body, sha256).hexdigest()


def refusal():
    """An error of a vendor that is out of order."""
    return VendorError("Out of order.", code="", status=500)


class WebhookCase(ScreenCase):
    """A live connection of that vendor, which has an address for notices."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        add_to_registry(cls.registry, LedgerConnectorAny)
        cls.registry._setup_models__(cls.env.cr, [NAME])
        cls.addClassCleanup(cls._forget_vendor)
        cls.vendor = cls.registry[NAME]
        cls.credential.custom_url = "http://127.0.0.1:9"
        cls.flow.webhook_delay = 5
        cls.open_door(cls.connection)

    @classmethod
    def _forget_vendor(cls):
        del cls.registry.models[NAME]
        cls.registry["ledger.connector"]._inherit_children.discard(NAME)

    @classmethod
    def _insert(cls, model, **values):
        """Override of the screens' case: what a record has to have, it has."""
        fields = cls.env[model]._fields.items()
        required = [name for name, field in fields if field.required and field.store]
        return super()._insert(
            model, **{**cls.env[model].default_get(required), **values}
        )

    def setUp(self):
        super().setUp()
        self.vendor.asked = []
        self.vendor.refuses = None
        self.vendor.has_webhooks = True

    @classmethod
    def open_door(cls, connection):
        """Make an address without asking the vendor."""
        connection._make_address()
        connection.webhook_active = True
        connection.flush_recordset()

    @staticmethod
    def keys_of(connection):
        """Token and secret of *connection*."""
        stored = connection._webhook_secrets()
        return stored["token"], stored["secret"]

    def add_connection(self, company=None, **values):
        """One more connection, with a flow for partners."""
        company = company or self.company
        connection = self._insert(
            "ledger.connection",
            name="More books",
            system="any",
            state="live",
            active=True,
            credential_id=self.credential.id,
            remote_company_id="2",
            company_id=company.id,
            user_id=self.env.user.id,
            sequence=2,
            **values,
        )
        self.add_flow(connection, "partner")
        return connection

    def add_flow(self, connection, entity):
        """A pull flow; nobody is asked for its mapping."""
        return self._insert(
            "ledger.flow",
            connection_id=connection.id,
            company_id=connection.company_id.id,
            system="any",
            active=True,
            entity=entity,
        )

    def events(self, connection=None):
        """What is stored, oldest first."""
        connection = connection or self.connection
        return self.env["ledger.event"].search(
            [("connection_id", "=", connection.id)], order="id"
        )

    def add_event(self, external_id, resource="customer", age=60, **values):
        """A stored event, some seconds old."""
        return self._insert(
            "ledger.event",
            connection_id=self.connection.id,
            company_id=self.company.id,
            resource=resource,
            external_id=external_id,
            received_at=self.seconds_ago(age),
            **{"state": "new", "deleted": False, **values},
        )

    def seconds_ago(self, seconds):
        """A time of PostgreSQL's, as the door stores it."""
        self.env.cr.execute(
            "SELECT now() AT TIME ZONE 'UTC' - %s * interval '1 second'", (seconds,)
        )
        return self.env.cr.fetchone()[0]
