# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a connection refuses, in words."""

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .engine_case import EngineCase
from .stand_in import TripletexBooks


@tagged("post_install", "-at_install")
class TestConnectionGuards(EngineCase):
    def test_a_copy_is_told_in_words_by_every_button(self):
        self.env["ir.config_parameter"].set_param("database.uuid", "a-copy")
        with self.assertRaises(UserError):
            self.connection.with_user(self.responsible).action_sync_now()
        with self.assertRaises(UserError):
            self.connection.with_user(self.manager).action_resume()

    def test_a_connection_with_records_does_not_move_to_another_company(self):
        self.books.add_customer("Kunde AS")
        self.pull()
        other = self._make_company("Annet AS")
        with self.assertRaises(ValidationError):
            self.connection.write({"company_id": other.id, "user_id": self.env.user.id})

    def test_books_with_records_are_not_exchanged_for_others(self):
        self.books.add_customer("Kunde AS")
        self.pull()
        with self.assertRaises(ValidationError):
            self.connection.remote_company_id = "4711"

    def test_the_connector_can_be_uninstalled_although_connections_use_it(self):
        self.books.add_customer("Kunde AS")
        self.pull()
        partner = self.partner(self.bindings(self.connection).external_id)
        value = self.env["ir.model.fields.selection"].search(
            [("value", "=", "tripletex"), ("field_id.model", "=", "ledger.credential")]
        )
        value.with_context(_force_unlink=True)._process_ondelete()
        self.assertFalse(self.connection.exists())
        self.assertTrue(partner.exists())

    def test_a_key_of_another_company_does_not_mix_its_books_in(self):
        self.books.add_customer("Kunde AS")
        self.press_test(self.connection)
        self.pull()
        other = TripletexBooks()
        self.addCleanup(other.close)
        other.world.fault(
            "whoAmI", set_fields={"company": {"organizationNumber": "987654325"}}
        )
        other.add_customer("Fremmed AS")
        credential = self.connection.credential_id
        credential.custom_url = other.base_url
        credential.set_secrets(other.credentials)
        job = self.run_flow(self.flow("partner"), full=True)
        self.assertEqual((job.state, job.owner), ("failed", "reconnect"), job.error)
        self.assertIn("987654325", job.error)
        self.assertFalse(self.env["res.partner"].search([("name", "=", "Fremmed AS")]))
