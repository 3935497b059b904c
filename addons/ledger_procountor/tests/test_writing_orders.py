# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Orders of a web shop stand in Procountor as sales invoices."""

from datetime import timedelta

from odoo.tests import tagged

from .order_lines_case import OrderLinesCase


@tagged("post_install", "-at_install")
class TestOrdersSent(OrderLinesCase):
    def test_an_order_becomes_an_invoice_with_all_that_it_says(self):
        term = self.env.ref("account.account_payment_term_15days")
        order = self.sent(
            payment_term_id=term.id,
            client_order_ref="PO 4711",
            note="<p>Kiitos tilauksesta!</p>",
            lines=[
                self.line(name="Kahvikuppi\nSininen", discount=10),
                {"display_type": "line_note", "name": "Käsinpesu"},
            ],
        )
        there = self.there(order)
        self.assertEqual(there["originalInvoiceNumber"], order.name)
        self.assertEqual(there["orderReference"], "PO 4711")
        self.assertEqual(there["additionalInformation"], "Kiitos tilauksesta!")
        day = order.ledger_date_invoice
        self.assertEqual(there["date"], str(day))
        due = str(day + timedelta(days=15))
        self.assertEqual(there["paymentInfo"]["dueDate"], due)
        self.assertEqual(there["counterParty"]["customerNumber"], "10025")
        [row] = there["invoiceRows"]
        self.assertEqual((row["product"], row["comment"]), ("Kahvikuppi", "Sininen"))
        self.assertEqual((row["quantity"], row["discountPercent"]), (2, 10))
        self.assertEqual(row["explanationText"], "Käsinpesu")
        product = self.link_of(self.product, "product")
        self.assertEqual(str(row["productId"]), product.external_id)
        total = there["invoiceSumInfo"][0]["invoiceSumTotal"]
        self.assertEqual(total, order.amount_total)

    def test_an_order_without_a_reference_of_the_customer_has_its_own_number(self):
        order = self.sent()
        self.assertEqual(self.there(order)["orderReference"], order.name)

    def test_the_goods_go_where_the_order_says(self):
        stock = self.warehouse()
        address = self.there(self.sent(partner_shipping_id=stock.id))["deliveryAddress"]
        self.assertEqual((address["name"], address["city"]), ("Varasto", "Turku"))
        self.assertEqual(address["country"], "FINLAND")

    def test_orders_with_five_rows_cost_a_call_each_and_little_beside(self):
        lines = [self.line(name=f"Rivi {number}") for number in range(5)]
        self.sent(lines=lines)
        self.world.clear_calls()
        for _number in range(40):
            self.order(lines=lines)
        self.push("order")
        self.assertEqual(self.world.count_calls(path=r"/invoices$", method="POST"), 40)
        self.assertLessEqual(self.world.count_calls(), 40 * 1.15)
