# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Orders whose invoices are there and have still to be approved."""

from .order_case import ProcountorOrderCase

APPROVE = r"/invoices/\d+/approve$"


class LeftCase(ProcountorOrderCase):
    """Approving is on; the vendor's limit keeps it back until a test lets it go."""

    def setUp(self):
        super().setUp()
        self.connection.procountor_finish = "approve"

    def unfinished(self, count):
        """Orders whose invoices are there, unapproved."""
        self.books.fault(APPROVE, method=["PUT"], status=429)
        orders = [self.order() for _number in range(count)]
        self.push("order", expect="waiting")
        self.settle()
        self.books.clear_faults()
        self.env["ledger.budget"].search([]).unlink()
        self.books.forget_calls()
        return orders

    def approvals(self):
        """How often an invoice was approved."""
        return self.books.world.count_calls(path=APPROVE, method="PUT")

    def stages(self):
        """Statuses of all invoices there, oldest first."""
        return [status for _number, status in self.statuses()]

    def status_of(self, order):
        """The status that the order's invoice has there."""
        there = self.order_link(order).external_id
        return self.books.world.object("invoices", int(there))["status"]

    def run_again(self):
        """One more run of the flow, with nothing new."""
        self.settle()
        return self.run_flow(self.orders)

    def assert_untouched(self, order):
        """It waits to be finished, and nothing is said against it."""
        link = self.order_link(order)
        self.assertTrue(link.unfinished)
        self.assertEqual(link.state, "linked", link.error)
        self.assertFalse(link.tries)
        self.assertFalse(order.ledger_problem)
