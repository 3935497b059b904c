# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo.tests import tagged

from .writing_case import WritingCase


@tagged("post_install", "-at_install")
class TestProducts(WritingCase):
    def product(self, name="Kaffe", **values):
        return self.creation("product", name, name=name, **values)

    def test_products_are_created_with_number_price_and_vat_code(self):
        ids = self.made(
            self.product(
                number="K-1", priceExcludingVatCurrency=79.5, vatType={"id": "3"}
            ),
            self.product("Te", number="T-1"),
        )
        self.assert_calls("POST /product/list")
        found = self.there(
            "product", ids[0], "number,priceExcludingVatCurrency,vatType"
        )
        self.assertEqual(found["number"], "K-1")
        self.assertEqual(found["priceExcludingVatCurrency"], 79.5)
        self.assertEqual(found["vatType"]["id"], 3)

    def test_a_unit_is_found_by_odoos_name_of_the_standard_one(self):
        units = self.world.objects("product/unit")
        (hours,) = (one for one in units if one["commonCode"] == "HUR")
        names = ("Hours", hours["name"].upper(), hours["nameShort"])
        for unit in names:
            (number,) = self.made(self.product(unit, productUnit={"name": unit}))
            found = self.there("product", number, "productUnit(id)")
            self.assertEqual(found["productUnit"]["id"], hours["id"], unit)

    def test_an_unknown_unit_is_left_out(self):
        (number,) = self.made(self.product(productUnit={"name": "Furlong"}))
        self.assertFalse(
            self.there("product", number, "productUnit(id)")["productUnit"]
        )

    def test_a_change_with_an_unknown_unit_leaves_the_unit_alone(self):
        unit = self.world.add(
            "product/unit", name="Time", nameEN="Hour", commonCode="HUR", nameShort="t"
        )
        record = self.world.add("product", name="Råd", productUnit={"id": unit["id"]})
        self.made(
            self.change(
                "product", record, name="Hjelp", productUnit={"name": "Furlong"}
            )
        )
        found = self.there("product", record["id"], "name,productUnit(id)")
        self.assertEqual(found["name"], "Hjelp")
        self.assertEqual(found["productUnit"]["id"], unit["id"])

    def test_a_vat_code_can_be_taken_away(self):
        record = self.world.add("product", name="Kaffe", vatType={"id": 3})
        (result,) = self.send(self.change("product", record, vatType={"id": None}))
        self.assert_outcomes([result], "done")

    def test_a_number_that_is_in_use_is_there_already(self):
        self.world.add("product", name="Gammel", number="K-1")
        (result,) = self.send(self.product(number="K-1"))
        self.assert_outcomes([result], "exists")

    def test_a_change_to_a_number_in_use_is_refused_and_not_linked(self):
        self.world.add("product", name="Gammel", number="K-1")
        record = self.world.add("product", name="Ny", number="K-2")
        (result,) = self.send(self.change("product", record, number="K-1"))
        self.assert_outcomes([result], "refused")
        self.assert_readable(self.connector._explain(result.error, "Ny").sentence)

    def test_an_inactive_vat_code_is_the_mappings_matter(self):
        (result,) = self.send(self.product(vatType={"id": "999"}))
        self.assert_outcomes([result], "refused")
