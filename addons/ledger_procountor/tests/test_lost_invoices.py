# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""An invoice whose answer was lost is found by the whole of its number, or made."""

from itertools import product

from odoo.tests import tagged

from .order_lines_case import OrderLinesCase

CREATE = r"/invoices$"
#: What is not known of searches by numbers (dossier §3.4, §13).
MATCHES = [
    {"original_number_match": ours, "invoice_number_match": theirs}
    for ours, theirs in product(("part", "exact"), repeat=2)
]


@tagged("post_install", "-at_install")
class TestLostInvoices(OrderLinesCase):
    def setUp(self):
        super().setUp()
        # So that a call that is looked at is one for an invoice.
        self.sent()

    def stranger(self, number):
        """An invoice of the same customer that somebody entered there."""
        buyer = self.link_of(self.asiakas).external_id
        lines = [("Työ", 1, 10.0, self.books.tax_code, None)]
        there = int(self.books.add_invoice(buyer, lines))
        self.world.update("invoices", there, originalInvoiceNumber=number)
        return self.world.object("invoices", there)

    def strangers(self, number):
        """Invoices whose numbers only contain *number*, and one that has none."""
        numbers = (f"{number}0", f"X{number}", f"{number}-2", f"{number}-C", "")
        return [self.stranger(one) for one in numbers]

    def order_among(self, settings):
        """A new order, and strangers to it, where searches work like this."""
        self.world.settings(**settings)
        order = self.order()
        return order, self.strangers(order.name)

    def assert_untouched(self, strangers):
        for stranger in strangers:
            there = self.world.object("invoices", stranger["id"])
            self.assertEqual(there, stranger)
            taken = self.bindings(self.connection, external_id=str(stranger["id"]))
            self.assertFalse(taken.filtered(lambda x: x.resource == "order"))

    def arrives_once(self, order, strangers):
        """Send *order* again: its invoice is there once, and nothing else was used."""
        self.settle()
        self.push("order")
        link = self.order_link(order)
        self.assertEqual(link.state, "linked", link.error)
        self.assertEqual(self.numbers().count(order.name), 1)
        there = self.there(order)
        self.assertEqual(there["originalInvoiceNumber"], order.name)
        self.assertEqual(self.total(there), order.amount_total)
        self.assert_untouched(strangers)

    def test_one_that_is_there_is_found_among_those_that_contain_its_number(self):
        for settings in MATCHES:
            with self.subTest(**settings):
                order, strangers = self.order_among(settings)
                self.lose(CREATE, "POST")
                self.push("order", expect="failed")
                self.world.clear_calls()
                self.arrives_once(order, strangers)
                self.assertEqual(self.world.count_calls(path=CREATE, method="POST"), 0)

    def test_one_that_never_arrived_is_made_and_no_other_is_taken_for_it(self):
        for settings in MATCHES:
            with self.subTest(**settings):
                order, strangers = self.order_among(settings)
                self.books.fault(CREATE, method=["POST"], times=1, drop=True)
                self.push("order", expect="failed")
                self.assertNotIn(order.name, self.numbers())
                self.arrives_once(order, strangers)

    def test_one_that_has_procountors_own_number_is_not_taken_for_ours(self):
        for settings in MATCHES:
            for fault in ("cut", "drop"):
                with self.subTest(fault=fault, **settings):
                    self.world.settings(**settings)
                    strangers = [self.stranger("")]
                    order = self.order()
                    order.name = str(strangers[0]["invoiceNumber"])
                    strangers += self.strangers(order.name)
                    how = {fault: True}
                    self.books.fault(CREATE, method=["POST"], times=1, **how)
                    self.push("order", expect="failed")
                    self.arrives_once(order, strangers)

    def test_two_that_have_its_number_are_a_persons_to_choose(self):
        for settings in MATCHES:
            with self.subTest(**settings):
                order, strangers = self.order_among(settings)
                self.lose(CREATE, "POST")
                self.push("order", expect="failed")
                twin = self.stranger(order.name)
                self.settle()
                self.go()
                self.assertEqual(self.numbers().count(order.name), 2)
                link = self.order_link(order)
                self.assertEqual((link.state, link.owner), ("uncertain", "record"))
                self.assert_readable(link.error)
                self.assertIn(str(twin["id"]), link.error)
                self.assertEqual(order.ledger_state, "attention")
                self.assertEqual(order.ledger_problem, link.error)
                window = order.action_ledger_retry()
                shown = self.env[window["res_model"]].search(window["domain"])
                self.assertEqual(shown, link)
                self.assert_untouched([*strangers, twin])
