# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Texts go to the books in the company's language, whoever is responsible."""

from odoo.tests import tagged

from .test_edits_survive import ReviewCase


@tagged("post_install", "-at_install")
class TestLanguages(ReviewCase):
    def setUp(self):
        super().setUp()
        self.env["res.lang"]._activate_lang("nb_NO")
        self.company.partner_id.lang = "nb_NO"
        self.push_flow("product")

    def chair(self, **values):
        """A product with a name in two languages."""
        product = self.product(name="Chair", **values)
        product.with_context(lang="nb_NO").name = "Stol"
        return product

    def there(self, product):
        link = self.link_of(product, "product")
        return self.books.find_product(link.external_id)

    def test_a_product_is_sent_by_its_name_in_the_companys_language(self):
        product = self.chair()
        self.push("product")
        self.assertEqual(self.there(product)["name"], "Stol")

    def test_a_new_translation_is_sent_and_another_languages_is_not(self):
        product = self.chair()
        self.push("product")
        product.with_context(lang="en_US").name = "Armchair"
        self.push("product")
        self.assertEqual(self.there(product)["name"], "Stol")
        product.with_context(lang="nb_NO").name = "Lenestol"
        self.push("product")
        self.assertEqual(self.there(product)["name"], "Lenestol")

    def test_a_name_that_changed_there_changes_in_the_companys_language(self):
        product = self.chair()
        self.push("product")
        number = int(self.link_of(product, "product").external_id)
        self.world.update("product", number, name="Krakk")
        self.pull("product")
        self.assertEqual(product.with_context(lang="nb_NO").name, "Krakk")
        self.assertEqual(product.with_context(lang="en_US").name, "Chair")
        self.books.forget_calls()
        self.push("product")
        self.assertEqual(self.books.writes(), 0)

    def test_the_responsible_reads_sentences_in_their_own_language(self):
        self.responsible.lang = "en_US"
        product = self.chair()
        self.books.refuse("Stol")
        self.push("product", expect="partial")
        error = self.link_of(product, "product").error
        self.assertIn("Stol", error)
        self.assertNotIn("ikke", error)

    def test_a_standard_unit_is_found_whatever_its_name_in_odoo(self):
        hour = self.env.ref("uom.product_uom_hour")
        hour.with_context(lang="nb_NO").name = "Timer i Odoo"
        product = self.chair(uom_id=hour.id)
        self.push("product")
        (there,) = self.world.objects("product", fields="productUnit(commonCode)")
        self.assertEqual(there["productUnit"]["commonCode"], "HUR")
        self.assertEqual(self.link_of(product, "product").state, "linked")
