# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Documents that wait for a customer are sent once the customer is known there."""

from odoo.tests import tagged

from .test_edits_survive import NUMBER, ReviewCase


@tagged("post_install", "-at_install")
class TestWaitingParents(ReviewCase):
    def setUp(self):
        super().setUp()
        self.push_flow("invoice")

    def waiting(self, partner):
        """A posted invoice of *partner* that waits for it."""
        move = self.invoice(partner)
        self.push_all("invoice")
        self.assertEqual(self.link_of(move, "invoice").state, "waiting")
        return move

    def test_an_invoice_goes_on_when_its_customer_was_linked_by_reading(self):
        partner = self.customer("Bergen Bygg AS", company_registry=NUMBER)
        move = self.waiting(partner)
        customer = self.books.add_customer("Bergen Bygg AS", business_id=NUMBER)
        self.pull()
        self.assertEqual(self.link_of(partner).external_id, customer)
        self.run_lanes()
        link = self.link_of(move, "invoice")
        self.assertEqual(link.state, "linked", link.error)
        there = self.books.find_invoice(link.external_id)
        self.assertEqual(there["customer"], customer)

    def test_an_invoice_goes_on_when_a_person_has_decided_which_customer_it_is(self):
        partner = self.customer("Kari Nordmann", email="kari@example.org")
        move = self.waiting(partner)
        customer = self.books.add_customer("K. Nordmann", email="kari@example.org")
        self.pull()
        self.run_lanes()
        self.assertEqual(self.link_of(move, "invoice").state, "waiting")
        self.link(customer).with_user(self.responsible).action_accept()
        self.run_lanes()
        link = self.link_of(move, "invoice")
        self.assertEqual(link.state, "linked", link.error)

    def test_reading_other_customers_does_not_wake_an_invoice(self):
        move = self.waiting(self.customer())
        self.books.add_customer("Annen AS")
        self.pull()
        self.assertFalse(self.waiting_jobs())
        self.assertEqual(self.link_of(move, "invoice").state, "waiting")
