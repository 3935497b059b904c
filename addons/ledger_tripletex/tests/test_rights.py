# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo.tests import tagged

from odoo.addons.ledger_connector_base.tests.conformance import ConformanceCase

from .stand_in import TripletexBooks


@tagged("post_install", "-at_install")
class TestTripletexRights(ConformanceCase):
    stand_in = TripletexBooks

    def lacking(self):
        params = self.press_test(self.connection)
        self.assertEqual(params["type"], "success", params["message"])
        return (self.connection.missing_rights or "").splitlines()

    def test_a_key_with_all_rights_lacks_nothing_even_in_empty_books(self):
        self.assertEqual(self.lacking(), [])

    def test_a_right_that_only_the_person_lacks_is_lacking(self):
        self.books.world.remove_right("AUTH_PRODUCT_ADMIN", of_person=True)
        self.assertEqual(self.lacking(), ["Products"])

    def test_rights_are_named_as_people_call_them(self):
        self.books.remove_right()
        self.assertEqual(self.lacking(), ["Customers", "Contacts"])

    def test_a_list_that_comes_empty_without_an_error_is_compared_with_rights(self):
        self.books.seed(customers=3)
        self.books.world.settings(missing_right="filtered")
        self.books.remove_right()
        self.assertIn("Customers", self.lacking())

    def test_a_flow_that_is_off_needs_no_right(self):
        self.books.remove_right()
        self.flow("partner").active = False
        self.assertEqual(self.lacking(), [])

    def test_a_flow_that_sends_needs_the_right_to_write(self):
        self.books.world.remove_right("AUTH_INVOICING")
        self.assertNotIn("Make invoices", self.lacking())
        self.push_flow("invoice")
        self.assertIn("Make invoices", self.lacking())

    def test_a_key_with_all_rights_may_send_everything(self):
        for entity in ("partner", "product", "invoice"):
            self.push_flow(entity)
        self.assertEqual(self.lacking(), [])
