# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What sellers put on an order, and which rows stand in Procountor of it."""

from odoo.fields import Command
from odoo.tests import tagged

from .order_lines_case import OrderLinesCase


@tagged("post_install", "-at_install")
class TestOrderRows(OrderLinesCase):
    def test_sections_and_notes_stand_with_the_rows_beside_them(self):
        order = self.sent(
            lines=[
                {"display_type": "line_note", "name": "Alkuhuomio"},
                {"display_type": "line_section", "name": "Astiat"},
                self.line(name="Kuppi"),
                {"display_type": "line_note", "name": "Käsinpesu"},
                {"display_type": "line_section", "name": "Muut"},
                {"display_type": "line_subsection", "name": "Pienet"},
                self.line(name="Lusikka"),
                {"display_type": "line_section", "name": "Lopuksi"},
            ]
        )
        cup, spoon = self.there(order)["invoiceRows"]
        self.assertEqual(cup["headerText"], "Alkuhuomio\nAstiat")
        self.assertEqual(cup["explanationText"], "Käsinpesu")
        self.assertEqual(spoon["headerText"], "Muut\nPienet")
        self.assertEqual(spoon["explanationText"], "Lopuksi")

    def test_discounts_come_to_the_same_cent(self):
        order = self.sent(
            lines=[
                self.line(discount=33.33, product_uom_qty=3),
                self.line(discount=100),
                self.line(discount=-10, price_unit=100),
            ]
        )
        there = self.there(order)
        rows = there["invoiceRows"]
        self.assertEqual([x["discountPercent"] for x in rows], [33.33, 100, 0])
        self.assertAlmostEqual(rows[2]["unitPrice"], 110, places=6)
        self.assertEqual(self.total(there), order.amount_total)

    def test_prices_with_vat_are_sent_as_such(self):
        gross = self.vat("1:25.5", 25.5, price_include_override="tax_included")
        order = self.sent(
            lines=[
                self.taxed(gross, price_unit=9.99, product_uom_qty=3),
                self.taxed(gross, price_unit=0.05, product_uom_qty=7, discount=5),
            ]
        )
        there = self.there(order)
        self.assertTrue(there["extraInfo"]["unitPricesIncludeVat"])
        self.assertEqual(there["invoiceRows"][0]["unitPrice"], 9.99)
        self.assertEqual(self.total(there), order.amount_total)

    def test_prices_with_and_without_vat_on_one_order_are_sent_without(self):
        gross = self.vat("1:13.5", 13.5, price_include_override="tax_included")
        order = self.sent(
            lines=[
                self.line(price_unit=100, product_uom_qty=1),
                self.taxed(gross, price_unit=113.5, product_uom_qty=1),
            ]
        )
        there = self.there(order)
        self.assertFalse(there["extraInfo"]["unitPricesIncludeVat"])
        self.assertEqual([x["unitPrice"] for x in there["invoiceRows"]], [100, 100])
        self.assertEqual(self.total(there), order.amount_total)

    def test_a_sale_to_a_business_in_the_eu_is_without_vat_and_names_its_number(self):
        tax = self.vat("5:0", 0.0)
        self.asiakas.write(
            {
                "name": "Beispiel GmbH",
                "vat": "DE136695976",
                "country_id": self.env.ref("base.de").id,
            }
        )
        there = self.there(self.sent(lines=[self.taxed(tax)]))
        self.assertEqual(there["vatStatus"], 5)
        [row] = there["invoiceRows"]
        self.assertEqual((row["vatPercent"], row.get("vatStatus", 5)), (0, 5))
        party = there["counterParty"]
        self.assertEqual(party["taxCode"], "DE136695976")
        self.assertEqual(party["identifier"], "DE136695976")
        self.assertEqual(party["counterPartyAddress"]["country"], "GERMANY")

    def test_each_row_has_its_own_percentage(self):
        food = self.vat("1:13.5", 13.5)
        book = self.vat("1:10", 10)
        order = self.sent(
            lines=[self.line(), self.taxed(food), self.taxed(book, price_unit=3.33)]
        )
        there = self.there(order)
        rows = there["invoiceRows"]
        self.assertEqual([x["vatPercent"] for x in rows], [25.5, 13.5, 10])
        self.assertEqual(self.total(there), order.amount_total)

    def test_shipping_is_a_row_like_any_other(self):
        carriage = self.env["product.product"].create(
            {
                "name": "Toimitus",
                "type": "service",
                "list_price": 5.0,
                "taxes_id": [Command.set(self.tax.ids)],
                "company_id": self.company.id,
            }
        )
        order = self.sent(
            lines=[
                self.line(),
                {"product_id": carriage.id, "product_uom_qty": 1},
            ]
        )
        there = self.there(order)
        self.assertEqual(there["invoiceRows"][1]["product"], "Toimitus")
        self.assertEqual(there["invoiceRows"][1]["unitPrice"], 5)
        self.assertEqual(self.total(there), order.amount_total)

    def test_a_combo_is_a_heading_above_what_is_in_it(self):
        combo = self.env["product.combo"].create(
            {
                "name": "Kupit",
                "company_id": self.company.id,
                "combo_item_ids": [Command.create({"product_id": self.product.id})],
            }
        )
        breakfast = self.env["product.product"].create(
            {
                "name": "Aamiainen",
                "type": "combo",
                "list_price": 12.0,
                "taxes_id": [Command.set(self.tax.ids)],
                "company_id": self.company.id,
                "combo_ids": [Command.set(combo.ids)],
            }
        )
        order = self.env["sale.order"].create(
            {
                "partner_id": self.asiakas.id,
                "company_id": self.company.id,
                "order_line": [
                    Command.create({"product_id": breakfast.id, "product_uom_qty": 3})
                ],
            }
        )
        order.order_line = [
            Command.create(
                {
                    "product_id": self.product.id,
                    "product_uom_qty": 3,
                    "combo_item_id": combo.combo_item_ids.id,
                    "linked_line_id": order.order_line.id,
                }
            )
        ]
        order.action_confirm()
        self.push("order")
        there = self.there(order)
        [row] = there["invoiceRows"]
        self.assertIn("Aamiainen", row["headerText"])
        self.assertIn("3", row["headerText"])
        self.assertEqual((row["quantity"], row["unitPrice"]), (3, 12))
        self.assertEqual(self.total(there), order.amount_total)

    def test_units_go_by_their_name_and_unknown_ones_by_the_setting(self):
        hour = self.env.ref("uom.product_uom_hour")
        odd = self.env["uom.uom"].create({"name": "Kasa"})
        self.connection.procountor_unit = "NO_UNIT"
        order = self.sent(
            lines=[
                self.line(),
                self.line(product_uom_id=hour.id),
                self.line(product_uom_id=odd.id),
            ]
        )
        units = [x["unit"] for x in self.there(order)["invoiceRows"]]
        self.assertEqual(units, ["PIECE", "HOUR", "NO_UNIT"])

    def test_a_unit_that_a_person_mapped_comes_first(self):
        odd = self.env["uom.uom"].create({"name": "Kasa"})
        self.maps("unit", "BOX", odd)
        order = self.sent(lines=[self.line(product_uom_id=odd.id)])
        self.assertEqual(self.there(order)["invoiceRows"][0]["unit"], "BOX")

    def test_rounding_over_the_whole_order_gets_a_row(self):
        self.company.tax_calculation_rounding_method = "round_globally"
        self.world.settings(sum_rounding="row")
        self.connection.procountor_finish = "approve"
        lines = [
            self.line(name=f"R{x}", price_unit=0.33, product_uom_qty=1)
            for x in range(4)
        ]
        order = self.sent(lines=lines)
        there = self.there(order)
        self.assertEqual(self.total(there), order.amount_total)
        self.assertEqual(there["status"], "NOT_SENT")
        self.assertFalse(order.ledger_problem)
