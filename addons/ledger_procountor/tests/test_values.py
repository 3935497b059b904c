# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Odoo's taxes, units and the like, and the codes that Procountor has for them."""

from odoo.fields import Command
from odoo.tests import tagged

from .order_case import ProcountorOrderCase


@tagged("post_install", "-at_install")
class TestValues(ProcountorOrderCase):
    def mapped(self, code):
        lines = self.connection.value_mapping_ids.sorted("id")
        lines = lines.filtered(lambda line: line.kind == "tax" and line.res_id)
        return [line.res_id for line in lines if line.remote_code == code]

    def test_taxes_of_goods_and_of_services_are_one_code_there(self):
        services = self.tax.copy({"name": "Sales 25 % S"})
        self.maps("tax", self.books.tax_code, services)
        order = self.sent(
            lines=[
                self.line(),
                self.line(tax_ids=[Command.set(services.ids)]),
            ]
        )
        [there] = self.invoices_there()
        self.assertEqual([x["vatPercent"] for x in there["invoiceRows"]], [25, 25])
        self.assertEqual(self.order_link(order).state, "linked")

    def test_all_domestic_taxes_of_a_percentage_are_suggested_the_usual_first(self):
        self.connection.value_mapping_ids.unlink()
        services = self.tax.copy({"name": "Sales 25 % S"})
        self.company.account_sale_tax_id = services
        self.refresh()
        self.assertEqual(self.mapped("1:25"), [services.id, self.tax.id])
        # What is there is not suggested a second time.
        self.refresh()
        self.assertEqual(self.mapped("1:25"), [services.id, self.tax.id])

    def test_sales_taxes_without_a_code_are_named_before_anything_is_sent(self):
        self.env["account.tax"].search(
            [("company_id", "=", self.company.id), ("id", "!=", self.tax.id)]
        ).active = False
        self.assertFalse(self.connection.uncoded_taxes)
        self.tax.copy({"name": "Sales 25 % S"})
        self.connection.invalidate_recordset(["uncoded_taxes"])
        self.assertEqual(self.connection.uncoded_taxes, "Sales 25 % S")
        # Who sends nothing needs no codes.
        pushes = self.connection.flow_ids.filtered(lambda f: f.direction == "push")
        pushes.active = False
        self.connection.invalidate_recordset()
        self.assertFalse(self.connection.uncoded_taxes)
