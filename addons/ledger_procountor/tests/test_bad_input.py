# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Orders that Procountor cannot take: told on the order, mended, there once."""

from odoo.fields import Command
from odoo.tests import tagged

from .bad_input_case import BadInputCase


@tagged("post_install", "-at_install")
class TestBadInput(BadInputCase):
    # === LETTERS === #

    def test_emoji_and_cyrillic_are_spelled_in_latin_letters_and_told(self):
        self.asiakas.name = "Иван Щукин 😀 Oy"
        order = self.sent(
            client_order_ref="Заказ 7 🎉",
            lines=[self.line(name="Чашка ☕ punainen\nПодарок 🎁")],
        )
        link = self.order_link(order)
        self.assertEqual(link.state, "linked", link.error)
        [there] = self.invoices_there()
        name = there["counterParty"]["counterPartyAddress"]["name"]
        self.assertEqual(name, "Ivan Shchukin Oy")
        self.assertEqual(there["orderReference"], "Zakaz 7")
        [row] = there["invoiceRows"]
        self.assertEqual(row["product"], "Chashka punainen")
        self.assertEqual(row["comment"], "Podarok")
        for text in ("Ivan Shchukin Oy", "Zakaz 7", "Podarok"):
            self.assertIn(text, there["notes"])
        customer = self.books.find_customer(self.link_of(self.asiakas).external_id)
        self.assertEqual(customer["name"], "Ivan Shchukin Oy")

    def test_a_name_without_any_letter_that_can_be_stored_is_told(self):
        self.asiakas.name = "王小明"
        order = self.order()
        self.waits(order, "王小明", "Latin letters")
        self.asiakas.name = "Wang Xiaoming"
        self.push("partner")
        self.push("order")
        [there] = self.invoices_there()
        self.assertEqual(
            there["counterParty"]["counterPartyAddress"]["name"], "Wang Xiaoming"
        )

    def test_a_description_without_any_letter_that_can_be_stored_is_told(self):
        order = self.order(lines=[self.line(name="咖啡杯")])
        self.fails(order, "description of line 1", "Latin letters", called=0)
        order.order_line.name = "Kahvikuppi"
        self.retried(order)

    # === COUNTRY === #

    def test_a_country_that_procountor_has_no_name_for_is_mapped_or_changed(self):
        odd = self.env["res.country"].create({"name": "Vellamo", "code": "QV"})
        shop = self.warehouse(country_id=odd.id)
        order = self.order(partner_shipping_id=shop.id)
        self.fails(order, "Vellamo", "Value mappings", called=0)
        self.maps("country", "UNITED_STATES_MINOR_OUTLYING_ISLANDS", odd)
        country = self.retried(order)["deliveryAddress"]["country"]
        self.assertEqual(country, "UNITED_STATES_MINOR_OUTLYING_ISLANDS")

    def test_a_customer_in_such_a_country_holds_its_order_with_the_reason(self):
        odd = self.env["res.country"].create({"name": "Vellamo", "code": "QV"})
        self.asiakas.country_id = odd
        order = self.order()
        self.waits(order, "Vellamo")
        self.asiakas.country_id = self.env.ref("base.fi")
        self.mended(order)

    # === VAT === #

    def test_a_percentage_that_is_not_in_use_is_told_and_retried(self):
        tax = self.vat("1:24", 24.0)
        order = self.order(lines=[self.taxed(tax)])
        self.fails(order, "VAT percentage", "Value mappings")
        self.world.do("vat_percent", percent=24, sales=True, purchase=True)
        self.retried(order)

    def test_a_status_that_is_not_for_sales_is_told_and_retried(self):
        tax = self.vat("2:0", 0.0)
        order = self.order(lines=[self.taxed(tax)])
        self.fails(order, "VAT status", "Value mappings")
        self.assertEqual(order.ledger_problem.count("not in use"), 1)
        order.order_line.tax_ids = self.tax
        self.retried(order)

    def test_a_pair_that_is_known_to_be_wrong_is_held_without_a_call(self):
        tax = self.vat("5:25.5", 25.5)
        order = self.order(lines=[self.taxed(tax)])
        self.fails(order, "VAT status 5", "25.5 %", "Value mappings", called=0)
        order.order_line.tax_ids = self.tax
        self.retried(order)

    def test_a_pair_that_procountor_refuses_is_told_and_retried(self):
        tax = self.vat("7:25.5", 25.5)
        order = self.order(lines=[self.taxed(tax)])
        self.fails(order, "VAT status", "VAT percentage", "Value mappings")
        said = order.ledger_problem
        self.assertEqual(said.count("ERROR_VATSTATUS_VATPERC"), 1, said)
        order.order_line.tax_ids = self.tax
        self.retried(order)

    def test_a_tax_without_a_code_is_told_by_its_name(self):
        tax = self.tax.copy({"name": "Uusi ALV 10 %", "amount": 10})
        order = self.order(lines=[self.taxed(tax)])
        self.fails(order, "Uusi ALV 10 %", "Value mappings", called=0)
        self.maps("tax", "1:10", tax)
        self.retried(order)

    def test_two_taxes_on_a_line_are_told(self):
        more = self.vat("1:10", 10.0)
        order = self.order(lines=[self.taxed(self.tax + more)])
        self.fails(order, called=0)
        order.order_line.tax_ids = self.tax
        self.retried(order)

    def test_a_line_without_tax_is_told_by_its_number(self):
        order = self.order(
            lines=[self.line(), self.line(name="Lahja", tax_ids=[Command.clear()])]
        )
        self.fails(order, "Line 2", "Lahja", "no tax", called=0)
        order.order_line[1].tax_ids = self.tax
        self.retried(order)

    # === PERIOD, ACCOUNT, NUMBERS === #

    def test_a_closed_period_is_told_and_retried(self):
        self.world.lock_period("2099-12-31")
        order = self.order()
        self.fails(order, "closed", "date", "then retry")
        self.world.lock_period("")
        self.retried(order)

    def test_without_a_bank_account_it_says_where_to_mark_one(self):
        self.world.bank_account(False)
        order = self.order()
        self.fails(order, "bank account", "Value mappings", called=0)
        self.world.bank_account(True)
        self.retried(order)

    def test_an_account_that_was_closed_there_is_told_and_retried(self):
        euro = self.company.currency_id
        line = self.maps("bank_account", "FI2799999900031563", euro)
        order = self.order()
        self.fails(order, "bank account", "Value mappings")
        line.unlink()
        self.retried(order)

    def test_a_customer_number_that_is_part_of_another_finds_nobody(self):
        other = self.other_customer("100255")
        order = self.sent()
        link = self.link_of(self.asiakas)
        self.assertEqual(link.state, "linked", link.error)
        self.assertNotEqual(link.external_id, other)
        [there] = self.invoices_there()
        self.assertEqual(str(there["partnerId"]), link.external_id)
        self.assertFalse(order.ledger_problem)

    def test_a_customer_number_in_use_for_another_business_is_told(self):
        self.connection.procountor_match = "business_id"
        self.other_customer("10025", business_id="7654321-4")
        self.asiakas.company_registry = "1234567-1"
        order = self.order()
        self.waits(order, "10025")
        self.asiakas.ref = "10026"
        self.mended(order)

    def test_the_number_of_another_business_is_not_taken_for_the_customer(self):
        other = self.other_customer("10025", business_id="7654321-4")
        self.asiakas.company_registry = "1234567-1"
        order = self.order()
        self.waits(order, "Esimerkki Oy", "10025")
        self.assertNotEqual(self.link_of(self.asiakas).external_id, other)
        self.asiakas.ref = "10026"
        self.assertNotEqual(str(self.mended(order)["partnerId"]), other)

    def test_a_wrong_business_id_is_told_on_the_order(self):
        self.asiakas.company_registry = "1234567-2"
        order = self.order()
        self.waits(order, "business ID")
        self.asiakas.company_registry = "1234567-1"
        self.mended(order)

    def test_an_order_number_that_is_too_long_is_told_before_anything_is_sent(self):
        order = self.order()
        order.name = "S" * 41
        self.fails(order, "41 characters", "40", "number", called=0)
        order.name = "S" * 40
        self.retried(order)
