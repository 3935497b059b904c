# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The screens of figures open for those they are meant for."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .counting_case import CountingCase

ACTIONS = ("figure", "document", "correction", "period", "import", "difference")


@tagged("post_install", "-at_install")
class TestFigureScreens(CountingCase):
    def open(self, name, user):
        action = self.env.ref(f"ledger_connector_statistics.ledger_statistics_{name}")
        kinds = [(False, kind) for kind in action.view_mode.split(",")]
        model = self.env[action.res_model].with_user(user)
        return model.get_views([*kinds, (False, "search")])["views"]

    def test_screens_open_for_users_and_not_for_others(self):
        for name in ACTIONS:
            views = self.open(f"{name}_action", self.responsible)
            self.assertIn("search", views)
            with self.assertRaises(AccessError):
                self.env[f"ledger.statistics.{name}"].with_user(self.plain).search([])

    def test_figures_stand_on_clients_and_connections(self):
        self.books.add_many("sales_invoice", "2026-02-10", 2)
        self.scheduled()
        client = self.client.with_user(self.responsible)
        connection = self.connection.with_user(self.responsible)
        figures = self.env["ledger.statistics.figure"].with_user(self.responsible)
        for record in (client, connection):
            self.assertEqual(record.statistics_count, 1)
            domain = record.action_open_statistics()["domain"]
            self.assertEqual(figures.search(domain), self.period("2026-02").figure_ids)

    def test_a_pivot_adds_up_corrections_and_counts(self):
        self.books.add_many("sales_invoice", "2026-02-10", 2)
        self.scheduled()
        groups = self.env["ledger.statistics.figure"]._read_group(
            [("is_total", "=", False)], ["partner_id", "date_from:month"], ["total:sum"]
        )
        self.assertEqual([group[2] for group in groups], [2])
