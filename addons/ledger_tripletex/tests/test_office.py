# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.ledger_connector_base.tests.conformance import ConformanceCase

from .stand_in import TripletexBooks

CLIENTS = ["Nordvik Rør AS", "Ålesund Fisk AS", "Hamar Hage AS"]


@tagged("post_install", "-at_install")
class TestTripletexOffice(ConformanceCase):
    """An accounting office's key: many books, one credential (§3)."""

    stand_in = TripletexBooks

    def setUp(self):
        super().setUp()
        self.world = self.books.world
        found = self.world.add_office(clients=CLIENTS)
        self.clients = [str(one) for one in found["client_ids"]]
        self.credential = self.env["ledger.credential"].create(
            {
                "name": "Office key",
                "system": "tripletex",
                "environment": "custom",
                "custom_url": self.books.base_url,
                "company_id": self.company.id,
                "tripletex_consumer_token": found["consumer_token"],
                "tripletex_employee_token": found["office_token"],
                "tripletex_office_key": True,
            }
        )

    def connect(self, number, **values):
        return self.env["ledger.connection"].create(
            {
                "name": f"Client {number}",
                "credential_id": self.credential.id,
                "company_id": self.company.id,
                "user_id": self.responsible.id,
                "remote_company_id": number,
                "state": "ready",
                **values,
            }
        )

    def load_list(self):
        with self.committing(self.manager) as env:
            wizard = env["ledger.connection.create"].create(
                {
                    "credential_id": self.credential.id,
                    "company_id": self.company.id,
                    "user_id": self.responsible.id,
                }
            )
            wizard.action_load()
            number = wizard.id
        return self.env["ledger.connection.create"].browse(number)

    def test_the_wizard_lists_the_clients_and_connects_the_chosen_ones(self):
        wizard = self.load_list()
        listed = {line.name: line.remote_id for line in wizard.line_ids}
        self.assertEqual(listed, dict(zip(CLIENTS, self.clients, strict=True)))
        chosen = wizard.line_ids.filtered(lambda x: x.remote_id != self.clients[2])
        chosen.chosen = True
        wizard.action_create()
        connections = self.credential.connection_ids
        numbers = set(connections.mapped("remote_company_id"))
        self.assertEqual(numbers, set(self.clients[:2]))
        for connection in connections:
            params = self.press_test(connection)
            self.assertEqual(params["type"], "success", params["message"])
            self.assertEqual(connection.remote_company_name, connection.name)
        again = self.load_list()
        self.assertEqual(len(again.line_ids.filtered("connection_id")), 2)

    def test_one_session_serves_all_clients(self):
        first, second = self.connect(self.clients[0]), self.connect(self.clients[1])
        self.world.clear_calls()
        self.press_test(first)
        self.press_test(second)
        self.assertEqual(self.world.count_calls(path="session/:create"), 1)

    def test_each_connection_reads_the_books_of_its_client(self):
        for number, client in enumerate(self.clients[:2], 1):
            self.world.seed(company=int(client), customers=2 * number)
        for number, client in enumerate(self.clients[:2], 1):
            connection = self.connect(client)
            job = self.run_flow(self.flow("partner", connection))
            self.assertEqual(job.state, "done", job.error)
            links = self.bindings(connection, resource="customer")
            self.assertEqual(len(links), 2 * number)

    def test_the_key_without_a_client_is_explained_before_anything_is_sent(self):
        connection = self.connect(False)
        self.world.clear_calls()
        params = self.press_test(connection)
        self.assertEqual(params["type"], "danger")
        self.assertIn("names no client", params["message"])
        self.assert_readable(params["message"])
        self.assertEqual(self.books.calls(), 0)

    def test_the_key_not_known_to_be_an_offices_is_explained_too(self):
        self.credential.tripletex_office_key = False
        connection = self.connect(False)
        for status in (400, 401, 403, 422):
            self.world.settings(office_home_status=status)
            params = self.press_test(connection)
            self.assertEqual(params["type"], "danger", params["message"])
            self.assertIn("accounting office's key", params["message"])
        job = self.run_flow(self.flow("partner", connection))
        self.assertEqual((job.state, job.owner), ("failed", "reconnect"))
        self.assertIn("accounting office's key", job.error)

    def test_a_client_that_the_key_has_lost_is_told_in_words(self):
        connection = self.connect(self.clients[0])
        self.world.disconnect_client(int(self.clients[0]))
        for status in (401, 403, 404):
            self.world.settings(unknown_client_status=status)
            job = self.run_flow(self.flow("partner", connection))
            self.assertIn(job.owner, ("reconnect", "record"), job.error)
            self.assertIn("company number", job.error)
            self.assert_readable(job.error)
        self.assertFalse(self.bindings(connection))

    def test_books_other_than_the_claimed_ones_are_not_read(self):
        connection = self.connect(self.clients[0])
        self.world.seed(company=int(self.clients[0]), customers=2)
        other = {"companyId": int(self.clients[1])}
        self.world.fault("whoAmI", set_fields=other)
        params = self.press_test(connection)
        self.assertEqual(params["type"], "danger")
        self.assertIn(self.clients[1], params["message"])
        job = self.run_flow(self.flow("partner", connection))
        self.assertEqual((job.state, job.owner), ("failed", "reconnect"))
        self.assertFalse(self.bindings(connection))

    def test_a_key_that_opens_no_client_says_what_to_do(self):
        for client in self.clients:
            self.world.disconnect_client(int(client))
        with self.assertRaisesRegex(UserError, "opens no client company"):
            self.load_list()
