# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What Odoo sends: whole, once, and only after somebody agreed."""

from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tests import tagged

from odoo.addons.ledger_connector_base.tests.conformance_documents import (
    DocumentConformance,
)

from .books_case import BooksCase


@tagged("post_install", "-at_install")
class TestWriting(BooksCase):
    def setUp(self):
        super().setUp()
        self.company.tax_calculation_rounding_method = "round_per_line"

    # How the suite makes invoices; its cases run elsewhere.
    invoice = DocumentConformance.invoice
    credit = DocumentConformance.credit
    there = DocumentConformance.there
    _line = DocumentConformance._line

    def product(self, **values):
        return self.env["product.product"].create(
            {
                "name": "Tool",
                "default_code": "TO-1",
                "taxes_id": [Command.set(self.tax.ids)],
                "company_id": self.company.id,
                **values,
            }
        )

    def sends(self, *entities):
        for entity in entities or ("partner", "product", "invoice"):
            self.push_flow(entity)

    # === BOOKED AT ONCE === #

    def test_the_flow_of_invoices_is_switched_on_by_who_agrees_and_nobody_else(self):
        flows = self.connection.with_context(active_test=False).flow_ids
        flow = flows.filtered(
            lambda f: (f.entity, f.direction) == ("invoice", "push")
        ).with_user(self.manager)
        self.assertIn("booked at once", flow.warning)
        with self.assertRaises(ValidationError) as caught:
            flow.active = True
        self.assert_readable(str(caught.exception))
        self.assertFalse(flow.active)
        flow.action_agree()
        self.assertTrue(flow.active)
        self.assertEqual(flow.agreed_by, self.manager)
        # Once is enough.
        flow.active = False
        flow.active = True
        others = flows - flow.with_env(flows.env)
        self.assertFalse(any(others.mapped("must_agree")))

    # === EDITS === #

    def test_an_edit_of_a_client_keeps_what_odoo_does_not_know(self):
        kept = {
            "bankAccount": "EE382200221020145685",
            "invoiceDueDate": 21,
            "group": None,
            "discount": 5,
            "comment": "Helista enne",
        }
        external_id = self.books.world.add(
            "clients",
            name="Tamm OÜ",
            vatPc="24",
            regCode="12345678",
            address={"county": "Harju", "city": "Tallinn", "address1": "Pikk 1"},
            contacts=[
                {"type": "PERSON", "value": "Mari Maasikas"},
                {"type": "EMAIL", "value": "mari@example.org"},
            ],
            **kept,
        )["id"]
        self.sends("partner")
        self.pull()
        self.partner(external_id).write({"street": "Lai 2", "phone": "+372 5555"})
        self.push()
        found = self.books.world.object("clients", external_id)
        self.assertEqual({name: found[name] for name in kept}, kept)
        self.assertEqual(found["vatPc"], "24")
        self.assertEqual(found["address"]["address1"], "Lai 2")
        self.assertEqual(found["address"]["county"], "Harju")
        contacts = {one["type"]: one["value"] for one in found["contacts"]}
        self.assertEqual(contacts["PERSON"], "Mari Maasikas")
        self.assertEqual(contacts["PHONE"], "+372 5555")

    def test_an_edit_of_an_article_keeps_its_accounts(self):
        accounts = self.books.world.objects("accounts")
        account = next(one["code"] for one in accounts if one["type"] == "INCOME")
        self.books.world.add(
            "articles",
            code="TO-1",
            description="Tool",
            type="PRODUCT",
            vatPc="24",
            accountSales=account,
            priceSales=10,
        )
        self.sends("product")
        self.pull("product")
        self.record_of(self.connection, "article", "TO-1").list_price = 12.5
        self.push("product")
        found = self.books.world.object("articles", "TO-1")
        self.assertEqual((found["priceSales"], found["accountSales"]), (12.5, account))

    def test_an_archived_product_is_neither_sold_nor_bought_there(self):
        self.sends("product")
        product = self.product()
        self.push("product")
        product.active = False
        self.push("product")
        found = self.books.world.object("articles", "TO-1")
        self.assertEqual((found["activeSales"], found["activePurchase"]), (False,) * 2)
        self.assertEqual(found["description"], "Tool")

    def test_a_client_that_is_in_use_is_kept_and_that_is_said(self):
        self.sends("partner")
        self.push_flow("partner", deletion_policy="archive")
        external_id = self.books.add_customer("Tamm OÜ")
        self.books.add_invoice(external_id, [("Töö", 1, 10.0, "24", None)])
        self.flow("invoice").active = False
        self.pull()
        partner = self.partner(external_id)
        self.link(external_id)
        partner.unlink()
        self.push(expect="partial")
        self.assertEqual(self.books.names("customers"), ["Tamm OÜ"])
        link = self.link(external_id)
        self.assertIn("keeps it", link.error)
        self.assert_readable(link.error)

    def test_who_leaves_odoo_stays_in_the_books_unless_a_person_says_otherwise(self):
        self.sends("partner")
        names = ("Archived OÜ", "Deleted OÜ")
        archived, deleted = (self.customer(name) for name in names)
        self.push()
        archived.active = False
        self.push()
        deleted.unlink()
        self.push()
        self.assertCountEqual(self.books.names("customers"), names)
        last = self.customer("Last OÜ")
        self.push_flow("partner", deletion_policy="archive")
        self.push()
        last.unlink()
        archived.name = "Still there OÜ"
        self.push()
        self.assertCountEqual(
            self.books.names("customers"), ("Still there OÜ", "Deleted OÜ")
        )

    # === HELD === #

    def test_a_product_without_a_reference_is_held_and_named(self):
        self.sends("product")
        product = self.product(default_code=False)
        self.push("product", expect="partial")
        link = self.link_of(product, "article")
        self.assertIn("internal reference", link.error)
        self.assert_readable(link.error)
        product.default_code = "TO-2"
        self.push("product")
        self.assertEqual(self.link_of(product, "article").external_id, "TO-2")

    def test_a_long_line_of_an_address_is_named(self):
        self.sends("partner")
        partner = self.customer(street="x" * 65)
        self.push(expect="partial")
        self.assertIn("64", self.link_of(partner).error)
        self.assertEqual(self.books.writes(), 0)

    def test_a_line_without_product_or_tax_is_held_before_anything_is_sent(self):
        self.sends()
        lines = self.connection.with_context(active_test=False).flow_ids.mapping_ids
        lines.filtered(lambda x: x.remote_path == "rows[].code").default_value = False
        plain = self.invoice()
        product = self.product()
        untaxed = self.invoice(
            lines=[("Tool", 1, 10.0, self.tax.browse(), product)],
        )
        self.push("invoice", expect="partial")
        self.assertEqual(self.books.count("invoices"), 0)
        self.assertIn("article", self.link_of(plain, "client_invoice").error)
        self.assertIn("VAT code", self.link_of(untaxed, "client_invoice").error)

    def test_an_article_that_odoo_does_not_know_holds_an_invoice_that_is_read_too(self):
        self.sends()
        line = self.connection.with_context(active_test=False).flow_ids.mapping_ids
        line = line.filtered(lambda x: x.remote_path == "rows[].code")
        line.filtered("default_value").default_value = "UUS"
        self.books.world.add("articles", code="UUS", description="Uus", type="SERVICE")
        move = self.invoice()
        self.push("invoice", expect="partial")
        link = self.link_of(move, "client_invoice")
        self.assertIn("UUS", link.error)
        self.assert_readable(link.error)
        self.pull("product")
        link.action_retry()
        self.run_lanes()
        self.assertEqual(link.state, "linked", link.error)

    # === INVOICES === #

    def test_a_price_with_vat_comes_to_the_same_total(self):
        self.sends()
        included = self.tax.copy(
            {"name": "24 % included", "price_include_override": "tax_included"}
        )
        self.env["ledger.value.mapping"].search([]).res_id = included.id
        move = self.invoice(lines=[("Töö", 3, 9.99, included)])
        self.push("invoice")
        there = self.there(move)
        self.assertEqual(there["total"], 29.97)
        self.assertEqual(there["untaxed"], move.amount_untaxed)

    def test_a_part_can_be_credited_and_names_its_invoice(self):
        self.sends()
        move = self.invoice(lines=[("Töö", 4, 100.0, self.tax)])
        self.push("invoice")
        note = self.credit(move)
        note.button_draft()
        note.invoice_line_ids.quantity = 1
        note.action_post()
        self.push("invoice")
        there = self.there(note)
        self.assertTrue(there["is_credit"])
        original = self.link_of(move, "client_invoice").external_id
        self.assertEqual(there["credits"], original)
        self.assertEqual(there["total"], 124.0)
        self.assertEqual([line["quantity"] for line in there["lines"]], [1])

    def test_a_locked_period_is_told_and_nothing_is_booked(self):
        self.sends()
        self.books.world.lock_period("28.02.2026")
        move = self.invoice()
        self.push("invoice", expect="partial")
        link = self.link_of(move, "client_invoice")
        self.assertIn("locked", link.error)
        self.books.world.lock_period("")
        link.action_retry()
        self.run_lanes()
        self.assertEqual(self.books.count("invoices"), 1)

    # === BILLS === #

    def test_a_purchase_becomes_a_bill_of_its_vendor_with_a_tax_of_purchases(self):
        world = self.books.world
        vendor = world.add("vendors", name="Kask AS", vatPc="24")["id"]
        world.add("articles", code="K", description="Kütus", type="SERVICE")
        tax = self.tax.copy({"name": "In 24 %", "type_tax_use": "purchase"})
        self.env["ledger.value.mapping"].create(
            {
                "connection_id": self.connection.id,
                "kind": "tax",
                "remote_code": "purchase:24",
                "res_id": tax.id,
            }
        )
        rows = [
            {
                "code": "K",
                "description": "Kütus",
                "quantity": 1,
                "price": 50,
                "vatPc": "24",
            }
        ]
        made = world.add(
            "vendorinvoices",
            vendorId=vendor,
            invoiceNumber="A-7",
            date="10.02.2026",
            currency="NOK",
            isCalculateVat=True,
            rows=rows,
        )
        self.pull("invoice")
        move = self.record_of(self.connection, "vendor_invoice", made["id"])
        self.assertEqual((move.move_type, move.state), ("in_invoice", "draft"))
        self.assertEqual((move.ref, move.amount_total), ("A-7", 62.0))
        self.assertEqual(move.invoice_line_ids.tax_ids, tax)
        self.assertEqual(move.partner_id.supplier_rank, 1)

    # === VALUES === #

    def test_vat_codes_are_offered_for_sales_and_purchases_and_suggested(self):
        self.env["ledger.value.mapping"].search([]).unlink()
        self.connection.action_refresh_values()
        lines = {x.remote_code: x for x in self.connection.value_mapping_ids}
        self.assertEqual(lines["24"].res_id, self.tax.id)
        self.assertTrue(lines["24"].is_suggested)
        self.assertIn("purchase:24", lines)
        # Out of use there, and used by no record.
        self.assertNotIn("20", lines)
