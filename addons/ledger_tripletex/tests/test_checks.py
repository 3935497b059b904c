# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import Command
from odoo.tests import tagged

from odoo.addons.ledger_connector_base.sync.problems import Problem
from odoo.addons.ledger_connector_base.tests.common import LedgerCase

from ..checks import LENGTHS


@tagged("post_install", "-at_install")
class TestChecks(LedgerCase):
    """What is held back before anything is sent."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env["base"].with_company(cls.company).env
        cls.partner = cls.env["res.partner"].create({"name": "Kunde AS"})
        cls.tax = cls.env["account.tax"].create(
            {
                "name": "25 % included",
                "amount": 25.0,
                "type_tax_use": "sale",
                "price_include_override": "tax_included",
                "company_id": cls.company.id,
                "country_id": cls.company.account_fiscal_country_id.id,
            }
        )

    def check(self, resource, record, **values):
        connector = self.env["ledger.connector.tripletex"]
        connector._check_outgoing(None, resource, record, values)

    def assert_held(self, word, resource, record, **values):
        with self.assertRaises(Problem) as caught:
            self.check(resource, record, **values)
        self.assert_readable(caught.exception.sentence)
        self.assert_readable(caught.exception.summary)
        self.assertIn(word, caught.exception.sentence)

    def invoice(self, amount=100.0, original=None):
        return self.env["account.move"].create(
            {
                "move_type": "out_refund" if original else "out_invoice",
                "partner_id": self.partner.id,
                "reversed_entry_id": original and original.id,
                "invoice_date": "2026-03-02",
                "invoice_line_ids": [
                    Command.create(
                        {"name": "Frakt", "price_unit": amount, "tax_ids": []}
                    )
                ],
            }
        )

    def test_texts_that_are_too_long_are_named(self):
        self.assert_held("name", "customer", self.partner, name="x" * 256)
        self.assert_held(
            "city", "customer", self.partner, postalAddress={"city": "x" * 101}
        )
        self.assert_held("barcode", "product", self.product(), ean="1" * 15)

    def test_texts_of_the_longest_length_pass(self):
        longest, _label = LENGTHS["name"]
        self.check("customer", self.partner, name="x" * longest, postalAddress=None)

    def product(self, taxes=None):
        return self.env["product.product"].create(
            {"name": "Kaffe", "taxes_id": [Command.set(taxes.ids if taxes else [])]}
        )

    def test_a_price_with_vat_is_not_sent_as_one_without(self):
        product = self.product(self.tax)
        self.assert_held(
            "priceIncludingVatCurrency",
            "product",
            product,
            priceExcludingVatCurrency=125.0,
        )
        self.check("product", product, priceIncludingVatCurrency=125.0)
        self.check("product", product, name="Kaffe")
        self.check("product", self.product(), priceExcludingVatCurrency=100.0)

    def test_a_line_without_tax_would_get_one_there(self):
        move = self.invoice()
        line = {"description": "Frakt\nto kolli", "count": 1.0}
        for bad in (line, {**line, "vatType": {"id": None}}, {**line, "vatType": None}):
            self.assert_held("Frakt", "invoice", move, orderLines=[bad])
        self.check("invoice", move, orderLines=[{**line, "vatType": {"id": "3"}}])

    def test_sections_need_no_tax(self):
        remark = {"description": "Uke 9", "count": 0.0}
        self.check("invoice", self.invoice(), orderLines=[remark])

    def test_a_credit_note_of_the_whole_invoice_passes(self):
        original = self.invoice()
        self.check(
            "invoice",
            self.invoice(original=original),
            isCreditNote=True,
            creditedInvoice="7",
        )

    def test_a_credit_note_of_a_part_is_held(self):
        note = self.invoice(40.0, self.invoice())
        self.assert_held(
            "whole invoices", "invoice", note, isCreditNote=True, creditedInvoice="7"
        )

    def test_a_credit_note_of_nothing_is_held(self):
        self.assert_held("no invoice", "invoice", self.invoice(), isCreditNote=True)
