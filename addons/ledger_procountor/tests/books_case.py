# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A live connection to Procountor books whose records are kept in step."""

from odoo.addons.ledger_connector_base.tests.conformance_case import ConformanceCase

from .mapping_case import MappingCase
from .stand_in import ProcountorBooks


class BooksCase(MappingCase, ConformanceCase):
    stand_in = ProcountorBooks

    def setUp(self):
        super().setUp()
        self.world = self.books.world

    def _connect(self, company=None, user=None):
        """Invoices are not read at first here."""
        connection = super()._connect(company, user)
        flows = connection.with_context(active_test=False).flow_ids
        flows.filtered(
            lambda f: (f.entity, f.direction) == ("invoice", "pull")
        ).active = True
        flows.next_run = False
        return connection

    def push_flow(self, entity, **values):
        """The register is left alone at first here."""
        return super().push_flow(entity, **{"sends_changes": True, **values})
