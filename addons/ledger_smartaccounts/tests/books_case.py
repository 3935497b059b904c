# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A live connection to SmartAccounts books whose records are kept in step."""

from unittest.mock import patch

from odoo.addons.ledger_connector_base.sync.contract import CallLimits
from odoo.addons.ledger_connector_base.tests.conformance_case import ConformanceCase

from .. import description
from .stand_in import ANYTHING, SmartAccountsBooks


class BooksCase(ConformanceCase):
    stand_in = SmartAccountsBooks
    #: The article of lines without a product is known here, as after set-up.
    knows_article = False

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tax.write({"name": "Sales 24 %", "amount": 24.0})

    def setUp(self):
        # One call a second would be all that the suite waits for.
        self.startPatcher(patch.object(description, "LIMITS", CallLimits()))
        super().setUp()

    def _connect(self, company=None, user=None):
        """Flows of records are off at first here."""
        connection = super()._connect(company, user)
        flows = connection.with_context(active_test=False).flow_ids
        flows.filtered(lambda f: f.direction == "pull").active = True
        flows.filtered("mapping_ids").next_run = False
        line = flows.mapping_ids.filtered(
            lambda x: x.remote_path == "rows[].code" and x.flow_id.direction == "push"
        )
        line.default_value = ANYTHING
        return connection

    def push_flow(self, entity, **values):
        """A flow that warns is agreed to before it is switched on."""
        flows = self.connection.with_context(active_test=False).flow_ids
        warned = flows.filtered(lambda f: f.entity == entity and f.must_agree)
        warned.action_agree()
        if entity == "invoice" and not self.knows_article:
            self.knows_article = True
            self.books.anything()
            self.pull("product")
        return super().push_flow(entity, **values)
