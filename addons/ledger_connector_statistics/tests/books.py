# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Books of no vendor: a connector that lives in the tests only.

It answers from what the keys say, so that keys, set-up and delivery can be tried
without any vendor's addon. Vendors are tried over HTTP, in their own addons.
"""

from odoo import fields, models
from odoo.orm.model_classes import add_to_registry

from odoo.addons.ledger_connector_base.sync.contract import (
    CredentialField,
    Environment,
    FlowKind,
    System,
    TestResult,
)
from odoo.addons.ledger_connector_base.transport.errors import NotAuthorised

SYSTEM = "testbooks"
#: Keys with this word in them open nothing.
WRONG = "wrong"


class LedgerCredential(models.Model):
    _module = None
    _name = "ledger.credential"
    _inherit = ["ledger.credential"]

    system = fields.Selection(
        selection_add=[(SYSTEM, "Test Books")], ondelete={SYSTEM: "cascade"}
    )


class LedgerConnectorTestbooks(models.AbstractModel):
    _module = None
    _name = f"ledger.connector.{SYSTEM}"
    _description = "Connector of the tests"
    _inherit = ["ledger.connector"]

    def _describe(self):
        return System(
            code=SYSTEM,
            label="Test Books",
            documentation="",
            credential_fields=(
                CredentialField("public_key", "Public key", "Settings > API"),
                CredentialField("secret_key", "Secret key", "Settings > API"),
            ),
            environments=(Environment("production", "Production", "https://books"),),
            resources=(),
            flows=(FlowKind("statistics", "pull", "Statistics", ()),),
        )

    def _bases(self):
        return ("entry_date", "document_date")

    def _default_mapping(self, entity, direction):
        return []

    def _client(self, connection, run=None):
        return connection.credential_id.secrets()

    def _test(self, client, connection):
        if WRONG in client["secret_key"]:
            raise NotAuthorised("refused")
        return TestResult("1", f"Books of {client['public_key']}", "EE1012")


def install(case):
    """Make the system known to the registry for the time of a test class."""
    registry = case.registry
    known = registry["ledger.credential"]
    base = registry["ledger.connector"]
    before = known._base_classes__

    def forget():
        known._base_classes__ = before
        known._setup_done__ = False
        base._inherit_children.discard(LedgerConnectorTestbooks._name)
        del registry.models[LedgerConnectorTestbooks._name]
        registry._setup_models__(case.env.cr)

    case.addClassCleanup(forget)
    for definition in (LedgerCredential, LedgerConnectorTestbooks):
        add_to_registry(registry, definition)
    registry._setup_models__(case.env.cr, [])
