# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Books in the sandbox whose documents are counted over HTTP."""

from datetime import date
from unittest.mock import patch

from odoo.addons.ledger_connector_base.sync.contract import CallLimits
from odoo.addons.ledger_connector_base.tests.common import LedgerCase, sandbox
from odoo.addons.ledger_connector_statistics.contract import Window

from .. import description


class CountingCase(LedgerCase):
    """A live connection to a company of its own; its calls are not slowed down."""

    #: Settings of the stand-in, see its README.
    world_settings = {"limit_minute": 0}
    #: The connector's own limits; those of the vendor have tests of their own.
    limits = CallLimits()

    def setUp(self):
        super().setUp()
        self.startPatcher(patch.object(description, "LIMITS", self.limits))
        self.world = sandbox().world("smartaccounts", **self.world_settings)
        self.addCleanup(self.world.drop)
        self.connection = self.connect()
        self.connector = self.connection._connector()

    def connect(self, keys=None):
        """A live connection that opens the company with these keys."""
        keys = keys or self.world.credentials
        credential = self.env["ledger.credential"].create(
            {
                "name": "Keys",
                "system": "smartaccounts",
                "environment": "custom",
                "custom_url": self.world.base_url,
                "company_id": self.company.id,
            }
        )
        credential.set_secrets(
            {name: keys[name] for name in ("public_key", "secret_key")}
        )
        connection = self.env["ledger.connection"].create(
            {
                "name": "Books",
                "credential_id": credential.id,
                "company_id": self.company.id,
                "user_id": self.responsible.id,
            }
        )
        connection.write({"state": "ready", "tested_at": self.now()})
        connection.action_go_live()
        connection.flow_ids.next_run = False
        return connection

    @property
    def flow(self):
        """The flow that counts."""
        return self.connection.flow_ids.filtered(lambda f: f.entity == "statistics")

    def pages(self, since, until, cursor=None, **options):
        """The pages of a window (ISO days), from *cursor* on."""
        window = Window(
            since=self.day(since),
            until=self.day(until),
            **{"credits": False, **options},
        )
        client = self.connector._client(self.connection)
        return self.connector._read_documents(client, self.flow, window, cursor)

    def documents(self, since, until, **options):
        """All documents of a window."""
        pages = self.pages(since, until, **options)
        return [document for page in pages for document in page.documents]

    def kinds(self, documents):
        """How many there are of each kind."""
        found = {}
        for document in documents:
            found[document.kind] = found.get(document.kind, 0) + 1
        return found

    @staticmethod
    def day(text):
        """A date from ISO text."""
        return date.fromisoformat(text)
