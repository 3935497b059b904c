# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The default mappings, from Odoo's screens to the vendor's books."""

from odoo import Command
from odoo.tests import tagged

from odoo.addons.ledger_connector_base.tests.conformance_case import ConformanceCase

from .stand_in import TripletexBooks


@tagged("post_install", "-at_install")
class TestDefaultPush(ConformanceCase):
    stand_in = TripletexBooks

    def setUp(self):
        super().setUp()
        self.world = self.books.world
        self.env = self.env["base"].with_company(self.company).env
        for entity in ("partner", "product", "invoice"):
            self.push_flow(entity)

    def tearDown(self):
        self.assertEqual(self.books.mails(), [])
        super().tearDown()

    def line(self, name="Frakt", price=100.0, **values):
        return Command.create(
            {
                "name": name,
                "price_unit": price,
                "tax_ids": [Command.set(self.tax.ids)],
                **values,
            }
        )

    def invoice(self, partner, *lines, **values):
        move = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": partner.id,
                "invoice_date": "2026-03-02",
                "invoice_date_due": "2026-03-16",
                "invoice_line_ids": list(lines) or [self.line()],
                **values,
            }
        )
        move.action_post()
        return move

    def there(self, move):
        link = self.link_of(move, "invoice")
        self.assertEqual(link.state, "linked", link.error)
        return self.books.find_invoice(link.external_id)

    def test_a_customer_has_its_address_and_numbers_there(self):
        partner = self.customer(
            "Hamar Bygg AS",
            company_registry="922333440",
            email="post@example.org",
            supplier_rank=1,
        )
        self.push()
        number = int(self.link_of(partner).external_id)
        found = self.world.object("customer", number, fields="*,postalAddress(*)")
        self.assertEqual(found["organizationNumber"], "922333440")
        self.assertEqual(found["invoiceEmail"], "post@example.org")
        self.assertTrue(found["isSupplier"])
        self.assertFalse(found["isPrivateIndividual"])
        self.assertEqual(found["postalAddress"]["city"], "Bergen")

    def test_an_invoice_comes_with_customer_products_remarks_and_discount(self):
        product = self.env["product.product"].create(
            {
                "name": "Rådgivning",
                "default_code": "R-1",
                "uom_id": self.env.ref("uom.product_uom_hour").id,
                "taxes_id": [Command.set(self.tax.ids)],
                "company_id": self.company.id,
            }
        )
        move = self.invoice(
            self.customer("Hamar Bygg AS"),
            Command.create({"display_type": "line_section", "name": "Uke 9"}),
            self.line("Råd", 1200.0, product_id=product.id, quantity=2, discount=10),
            Command.create({"display_type": "line_note", "name": "Etter avtale"}),
            self.line("Frakt", 99.995),
            ref="PO 4711",
        )
        self.push("invoice")
        found = self.there(move)
        self.assertEqual((found["untaxed"], found["total"]), (2260.0, 2825.0))
        self.assertEqual(
            self.books.bill(self.link_of(move, "invoice").external_id), move.name
        )
        texts = [line["text"] for line in found["lines"]]
        self.assertEqual(sorted(texts), ["Etter avtale", "Frakt", "Råd", "Uke 9"])
        self.assertEqual(self.books.names("customers"), ["Hamar Bygg AS"])
        self.assertEqual(self.books.names("products"), ["Rådgivning"])
        (product_there,) = self.world.objects(
            "product", fields="productUnit(commonCode)"
        )
        self.assertEqual(product_there["productUnit"]["commonCode"], "HUR")
        self.assertTrue(move.ledger_number)

    def test_prices_with_vat_come_to_the_same_total(self):
        gross = self.tax.copy(
            {"name": "25 % included", "price_include_override": "tax_included"}
        )
        self.env["ledger.value.mapping"].create(
            {
                "connection_id": self.connection.id,
                "kind": "tax",
                "remote_code": "5",
                "res_id": self.tax.id,
            }
        )
        self.connection.value_mapping_ids.filtered(
            lambda x: x.remote_code == self.books.tax_code
        ).target_ref = gross
        line = self.line("Varer", 125.0, tax_ids=[Command.set(gross.ids)], quantity=3)
        move = self.invoice(self.customer(), line)
        self.push("invoice")
        found = self.there(move)
        self.assertEqual((found["untaxed"], found["total"]), (300.0, 375.0))

    def test_a_whole_credit_note_goes_there_and_a_part_is_held(self):
        move = self.invoice(self.customer())
        self.push("invoice")
        part, whole = (self.credit(move, price) for price in (40.0, 100.0))
        self.push("invoice", expect="partial")
        found = self.there(whole)
        self.assertTrue(found["is_credit"])
        self.assertEqual(found["credits"], self.link_of(move, "invoice").external_id)
        link = self.link_of(part, "invoice")
        self.assertEqual((link.state, link.owner), ("failed", "record"))
        self.assert_readable(link.error)
        self.assertEqual(self.world.counts()["credit_note"], 1)

    def credit(self, move, price):
        return self.invoice(
            move.partner_id,
            self.line(price=price),
            move_type="out_refund",
            reversed_entry_id=move.id,
        )

    def test_an_invoice_of_a_contact_is_its_companys(self):
        company = self.customer("Hamar Bygg AS")
        contact = self.env["res.partner"].create(
            {"name": "Kari", "parent_id": company.id, "company_id": self.company.id}
        )
        move = self.invoice(contact)
        self.push("invoice")
        customer = self.link_of(company).external_id
        self.assertEqual(self.there(move)["customer"], customer)
        self.assertEqual(self.books.names("customers"), ["Hamar Bygg AS"])

    def test_a_second_run_sends_nothing(self):
        self.invoice(self.customer())
        self.push("invoice")
        self.books.forget_calls()
        self.push("invoice")
        self.assertEqual(self.books.writes(), 0)
        self.assertEqual(self.books.count("invoices"), 1)

    def test_a_line_without_tax_is_held_and_named(self):
        move = self.invoice(
            self.customer(), self.line("Gave", tax_ids=[Command.clear()])
        )
        self.push("invoice", expect="partial")
        self.assertIn("Gave", self.link_of(move, "invoice").error)
        self.assertEqual(self.books.count("invoices"), 0)
