# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Partners become customers by what is booked for them."""

from odoo.tests import tagged

from .test_edits_survive import ReviewCase


@tagged("post_install", "-at_install")
class TestRanks(ReviewCase):
    def setUp(self):
        super().setUp()
        self.push_flow("partner", domain="[('customer_rank', '>', 0)]")

    def test_a_contact_becomes_a_customer_there_with_its_first_invoice(self):
        partner = self.customer(customer_rank=0)
        self.push()
        self.assertEqual(self.books.count("customers"), 0)
        self.invoice(partner)
        self.push()
        self.assertEqual(self.books.names("customers"), [partner.name])

    def test_what_is_booked_for_a_supplier_makes_no_customer_of_it(self):
        partner = self.customer(customer_rank=0)
        self.env.cr.precommit.run()
        partner._increase_rank("supplier_rank")
        self.push()
        self.assertEqual(self.books.count("customers"), 0)
