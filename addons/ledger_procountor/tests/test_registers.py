# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Customers and products of orders: what is matched, made, changed or left alone."""

from odoo.tests import tagged

from .order_case import ProcountorOrderCase

CUSTOMERS = r"/businesspartners"


@tagged("post_install", "-at_install")
class TestRegisters(ProcountorOrderCase):
    def partner_flow(self, **values):
        return self.push_flow("partner", **values)

    def registered(self, name, number):
        """A customer whom a bookkeeper entered there."""
        external_id = self.books.add_customer(name)
        values = {"invoicingInfo": {"customerNumber": number}}
        self.world.do(
            "update", resource="businesspartners", id=int(external_id), values=values
        )
        return external_id

    def row_of(self, order):
        """The first row of an order's invoice there."""
        link = self.order_link(order)
        [there] = [x for x in self.invoices_there() if str(x["id"]) == link.external_id]
        return there["invoiceRows"][0]

    def test_a_customer_of_the_register_is_used_and_left_as_it_is(self):
        known = self.registered("Esimerkki Oyj", "10025")
        before = self.books.find_customer(known)
        order = self.sent()
        self.assertEqual(self.link_of(self.asiakas).external_id, known)
        self.assertEqual(self.books.count("customers"), 1)
        self.asiakas.email = "uusi@esimerkki.example"
        self.push("partner")
        self.assertEqual(self.books.find_customer(known), before)
        [there] = self.invoices_there()
        self.assertEqual(str(there["partnerId"]), known)
        self.assertEqual(self.order_link(order).state, "linked")

    def test_changes_go_to_the_register_where_a_person_wants_it(self):
        self.sent()
        self.asiakas.email = "uusi@esimerkki.example"
        self.push("partner")
        [link] = self.link_of(self.asiakas)
        there = self.books.find_customer(link.external_id)
        self.assertEqual(there["email"], "laskut@esimerkki.example")
        # What was edited meanwhile goes as soon as changes are wanted.
        self.partner_flow(sends_changes=True)
        self.push("partner")
        there = self.books.find_customer(link.external_id)
        self.assertEqual(there["email"], "uusi@esimerkki.example")

    def test_where_nothing_is_created_a_missing_customer_holds_its_order(self):
        self.partner_flow(creates_there=False)
        order = self.order()
        self.go()
        self.assertEqual(self.invoices_there(), [])
        self.assertEqual(self.books.count("customers"), 0)
        self.assert_readable(order.ledger_problem)
        self.assert_readable(self.asiakas.ledger_problem)
        self.partner_flow(creates_there=True)
        for _turn in range(2):
            self.go(self.push_flow("partner"))
            self.go()
        self.assertEqual(len(self.invoices_there()), 1)
        self.assertFalse(order.ledger_problem)

    def test_two_customers_with_the_number_are_a_persons_to_choose(self):
        for name in ("Esimerkki Oy", "Esimerkki Oy Ab"):
            self.registered(name, "10025")
        order = self.order()
        self.go()
        self.assertEqual(self.invoices_there(), [])
        self.assertEqual(self.books.count("customers"), 2)
        self.assert_readable(order.ledger_problem)

    def test_a_number_of_another_business_is_not_ours(self):
        self.world.settings(doubled_customer_number="never")
        self.asiakas.company_registry = "1234567-1"
        other = self.registered("Aivan Muu Oy", "10025")
        values = {"invoicingInfo": {"identifier": "0737546-2"}}
        self.world.do(
            "update", resource="businesspartners", id=int(other), values=values
        )
        self.sent()
        [link] = self.link_of(self.asiakas)
        self.assertNotEqual(link.external_id, other)
        self.assertEqual(self.books.find_customer(other)["name"], "Aivan Muu Oy")
        self.assertEqual(self.books.count("customers"), 2)

    def test_a_product_is_linked_by_its_exact_code(self):
        self.books.add_product("Kahvikuppi, iso", number="KUPPI-10")
        known = self.books.add_product("Kuppi", number="KUPPI-1")
        order = self.sent()
        self.assertEqual(str(self.row_of(order)["productId"]), known)

    def test_an_unknown_product_is_a_free_row_where_none_are_created(self):
        flow = self.push_flow("product")
        flow.active = False
        order = self.sent()
        row = self.row_of(order)
        self.assertFalse(row.get("productId"))
        self.assertEqual(row["product"], "Kahvikuppi")
        self.assertEqual(self.books.count("products"), 0)

    def test_rows_are_free_text_where_a_person_wants_it(self):
        self.connection.procountor_products = "text"
        order = self.sent()
        self.assertFalse(self.row_of(order).get("productId"))
