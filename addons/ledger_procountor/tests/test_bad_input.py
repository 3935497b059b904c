# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Orders that Procountor cannot take: told on the order, mended, there once."""

from odoo.fields import Command
from odoo.tests import tagged

from .order_case import ProcountorOrderCase
from .writing_case import FinnishBooks

CREATE = r"/invoices$"


@tagged("post_install", "-at_install")
class TestBadInput(ProcountorOrderCase):
    stand_in = FinnishBooks

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tax.write({"name": "ALV 25,5 %", "amount": 25.5})
        lists = cls.env["product.pricelist"].search(
            [("company_id", "=", cls.company.id)]
        )
        lists.currency_id = cls.company.currency_id
        cls.asiakas_values = {"street": "Katu 1", "zip": "00100", "city": "Helsinki"}

    def setUp(self):
        super().setUp()
        self.asiakas.write(self.asiakas_values)
        self.world = self.books.world

    # === WHAT IS CLAIMED === #

    def fails(self, order, *words, called=None):
        """Send *order*; it fails with a sentence for people that has these words."""
        self.world.clear_calls()
        self.push("order", expect="partial")
        link = self.order_link(order)
        self.assertEqual(link.state, "failed", link.error)
        self.assert_readable(order.ledger_problem)
        for word in (order.name, *words):
            self.assertIn(word, order.ledger_problem)
        self.assertEqual(order.ledger_state, "attention")
        self.assertEqual(self.invoices_there(), [])
        if called is not None:
            posts = self.world.count_calls(path=CREATE, method="POST")
            self.assertEqual(posts, called, "calls that create an invoice")
        return link

    def retried(self, order):
        """Press *Retry*: the invoice is there, once, and the order is at peace."""
        order.action_ledger_retry()
        self.push("order")
        link = self.order_link(order)
        self.assertEqual(link.state, "linked", link.error)
        self.assertFalse(order.ledger_problem)
        self.assertNotEqual(order.ledger_state, "attention")
        self.push("order")
        [there] = self.invoices_there()
        self.assertEqual(there["originalInvoiceNumber"], order.name)
        self.assertEqual(str(there["id"]), link.external_id)
        return there

    def waits(self, order, *words):
        """Send *order*; it waits for its customer, and says what is wrong there."""
        self.env.cr.precommit.run()
        self.run_flow(self.orders)
        link = self.order_link(order)
        self.assertIn(link.state, ("failed", "waiting"), link.error)
        self.assert_readable(order.ledger_problem)
        for word in words:
            self.assertIn(word, order.ledger_problem)
        self.assertEqual(self.invoices_there(), [])

    def tax_of(self, code, percent):
        """A tax of Odoo that stands for a status and percentage there."""
        tax = self.tax.copy({"name": f"ALV {code}", "amount": percent})
        self.env["ledger.value.mapping"].create(
            {
                "connection_id": self.connection.id,
                "kind": "tax",
                "remote_code": code,
                "res_id": tax.id,
            }
        )
        return tax

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
        shop = self.env["res.partner"].create(
            {
                "name": "Vellamon varasto",
                "parent_id": self.asiakas.id,
                "type": "delivery",
                "street": "Ranta 1",
                "zip": "1",
                "city": "Vellamo",
                "country_id": odd.id,
                "company_id": self.company.id,
            }
        )
        order = self.order(partner_shipping_id=shop.id)
        self.fails(order, "Vellamo", "Value mappings", called=0)
        self.env["ledger.value.mapping"].create(
            {
                "connection_id": self.connection.id,
                "kind": "country",
                "remote_code": "UNITED_STATES_MINOR_OUTLYING_ISLANDS",
                "res_id": odd.id,
            }
        )
        there = self.retried(order)
        self.assertEqual(
            there["deliveryAddress"]["country"], "UNITED_STATES_MINOR_OUTLYING_ISLANDS"
        )

    def test_a_customer_in_such_a_country_holds_its_order_with_the_reason(self):
        odd = self.env["res.country"].create({"name": "Vellamo", "code": "QV"})
        self.asiakas.country_id = odd
        order = self.order()
        self.waits(order, "Vellamo")
        self.asiakas.country_id = self.env.ref("base.fi")
        self.push("partner")
        order.action_ledger_retry()
        self.push("order")
        self.assertEqual(len(self.invoices_there()), 1)
        self.assertFalse(order.ledger_problem)

    # === VAT === #

    def test_a_percentage_that_is_not_in_use_is_told_and_retried(self):
        tax = self.tax_of("1:24", 24.0)
        order = self.order(lines=[self.line(tax_ids=[Command.set(tax.ids)])])
        self.fails(order, "VAT percentage", "Value mappings")
        self.world.do("vat_percent", percent=24, sales=True, purchase=True)
        self.retried(order)

    def test_a_status_that_is_not_for_sales_is_told_and_retried(self):
        tax = self.tax_of("2:0", 0.0)
        order = self.order(lines=[self.line(tax_ids=[Command.set(tax.ids)])])
        self.fails(order, "VAT status", "Value mappings")
        order.order_line.tax_ids = self.tax
        self.retried(order)

    def test_a_pair_that_is_known_to_be_wrong_is_held_without_a_call(self):
        tax = self.tax_of("5:25.5", 25.5)
        order = self.order(lines=[self.line(tax_ids=[Command.set(tax.ids)])])
        self.fails(order, "VAT status 5", "25.5 %", "Value mappings", called=0)
        order.order_line.tax_ids = self.tax
        self.retried(order)

    def test_a_pair_that_procountor_refuses_is_told_and_retried(self):
        tax = self.tax_of("7:25.5", 25.5)
        order = self.order(lines=[self.line(tax_ids=[Command.set(tax.ids)])])
        self.fails(order, "VAT status", "VAT percentage", "Value mappings")
        order.order_line.tax_ids = self.tax
        self.retried(order)

    def test_a_tax_without_a_code_is_told_by_its_name(self):
        tax = self.tax.copy({"name": "Uusi ALV 10 %", "amount": 10})
        order = self.order(lines=[self.line(tax_ids=[Command.set(tax.ids)])])
        self.fails(order, "Uusi ALV 10 %", "Value mappings", called=0)
        self.env["ledger.value.mapping"].create(
            {
                "connection_id": self.connection.id,
                "kind": "tax",
                "remote_code": "1:10",
                "res_id": tax.id,
            }
        )
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
        line = self.env["ledger.value.mapping"].create(
            {
                "connection_id": self.connection.id,
                "kind": "bank_account",
                "remote_code": "FI2799999900031563",
                "res_id": euro.id,
            }
        )
        order = self.order()
        self.fails(order, "bank account", "Value mappings")
        line.unlink()
        self.retried(order)

    def test_a_customer_number_that_is_part_of_another_finds_nobody(self):
        other = self.books.add_customer("Toinen Oy")
        values = {"invoicingInfo": {"customerNumber": "100255"}}
        self.world.do(
            "update", resource="businesspartners", id=int(other), values=values
        )
        order = self.sent()
        link = self.link_of(self.asiakas)
        self.assertEqual(link.state, "linked", link.error)
        self.assertNotEqual(link.external_id, other)
        [there] = self.invoices_there()
        self.assertEqual(str(there["partnerId"]), link.external_id)
        self.assertFalse(order.ledger_problem)

    def test_a_customer_number_in_use_for_another_business_is_told(self):
        self.connection.procountor_match = "business_id"
        other = self.books.add_customer("Toinen Oy", business_id="7654321-4")
        values = {"invoicingInfo": {"customerNumber": "10025"}}
        self.world.do(
            "update", resource="businesspartners", id=int(other), values=values
        )
        self.asiakas.company_registry = "1234567-1"
        order = self.order()
        self.waits(order, "10025")
        self.asiakas.ref = "10026"
        self.push("partner")
        order.action_ledger_retry()
        self.push("order")
        self.assertEqual(len(self.invoices_there()), 1)

    def test_a_wrong_business_id_is_told_on_the_order(self):
        self.asiakas.company_registry = "1234567-2"
        order = self.order()
        self.waits(order, "business ID")
        self.asiakas.company_registry = "1234567-1"
        self.push("partner")
        order.action_ledger_retry()
        self.push("order")
        self.assertEqual(len(self.invoices_there()), 1)
        self.assertFalse(order.ledger_problem)

    def test_an_order_number_that_is_too_long_is_told_before_anything_is_sent(self):
        order = self.order()
        order.name = "S" * 41
        self.fails(order, "41 characters", "40", "number", called=0)
        order.name = "S" * 40
        self.retried(order)

    # === ROWS === #

    def test_rows_below_and_at_zero_go_through_where_procountor_takes_them(self):
        order = self.sent(
            lines=[
                self.line(),
                self.line(name="Alennus", product_uom_qty=1, price_unit=-2.0),
                self.line(name="Palautus", product_uom_qty=-1),
                self.line(name="Lahja", price_unit=0),
            ]
        )
        link = self.order_link(order)
        self.assertEqual(link.state, "linked", link.error)
        [there] = self.invoices_there()
        rows = [(x["quantity"], x["unitPrice"]) for x in there["invoiceRows"]]
        self.assertEqual(rows, [(2, 8.9), (1, -2), (-1, 8.9), (2, 0)])
        self.assertEqual(
            there["invoiceSumInfo"][0]["invoiceSumTotal"], order.amount_total
        )

    def test_rows_that_procountor_refuses_are_told_by_their_number(self):
        self.world.settings(negative_rows="refused", zero_rows="refused")
        for price, word in ((-2.0, "below zero"), (0.0, "without a quantity or price")):
            order = self.order(
                lines=[self.line(), self.line(name="Alennus", price_unit=price)]
            )
            self.push("order", expect="partial")
            self.assertEqual(self.order_link(order).state, "failed")
            self.assertIn(order.name, order.ledger_problem)
            self.assertIn(word, order.ledger_problem)
            self.assert_readable(order.ledger_problem)
            order.order_line[1].price_unit = 1.0
            order.action_ledger_retry()
            self.push("order")
            self.assertEqual(self.order_link(order).state, "linked")
        self.assertEqual(len(self.invoices_there()), 2)

    def test_an_order_of_nothing_but_notes_is_told(self):
        order = self.order(lines=[{"display_type": "line_note", "name": "Huomio"}])
        self.fails(order, "no line with a quantity", called=0)
        order.order_line = [Command.create(self.line())]
        self.retried(order)

    # === LONG TEXTS === #

    def test_a_comment_of_512_characters_goes_through_whole(self):
        text = "Å" * 512
        order = self.sent(lines=[self.line(name=f"Kuppi\n{text}")])
        self.assertEqual(self.order_link(order).state, "linked")
        [there] = self.invoices_there()
        self.assertEqual(there["invoiceRows"][0]["comment"], text)
        self.assertNotIn("explanationText", there["invoiceRows"][0])

    def test_a_comment_of_513_characters_loses_none(self):
        text = "Å" * 513
        order = self.sent(lines=[self.line(name=f"Kuppi\n{text}")])
        self.assertEqual(self.order_link(order).state, "linked")
        [there] = self.invoices_there()
        row = there["invoiceRows"][0]
        self.assertEqual(row["comment"] + row["explanationText"], text)

    def test_a_text_that_fits_nowhere_is_told(self):
        order = self.order(lines=[self.line(name="Kuppi\n" + "Å" * 1100)])
        self.fails(order, "line 1", "512", called=0)
        order.order_line.name = "Kuppi\n" + "Å" * 1000
        self.retried(order)

    def test_a_comment_that_grows_when_it_is_spelled_anew_loses_nothing(self):
        order = self.sent(lines=[self.line(name="Kuppi\n" + "щ" * 200)])
        link = self.order_link(order)
        self.assertEqual(link.state, "linked", link.error)
        [there] = self.invoices_there()
        row = there["invoiceRows"][0]
        text = row["comment"] + row.get("explanationText", "")
        self.assertEqual(text, "shch" * 200)

    def test_a_section_longer_than_procountor_takes_is_told(self):
        section = {"display_type": "line_section", "name": "O" * 513}
        order = self.order(lines=[section, self.line()])
        self.fails(order, "section of line 1", "512", called=0)
        order.order_line[0].name = "O" * 512
        self.retried(order)

    # === DATES === #

    def test_a_due_date_before_the_invoice_date_is_told_and_retried(self):
        term = self.env["account.payment.term"].create(
            {
                "name": "Ennakkoon",
                "company_id": self.company.id,
                "line_ids": [Command.create({"value": "percent", "nb_days": -5})],
            }
        )
        order = self.order(payment_term_id=term.id)
        self.fails(order, "due", "before its date", called=0)
        term.line_ids.nb_days = 14
        self.retried(order)

    def test_a_term_longer_than_procountor_takes_is_told(self):
        term = self.env["account.payment.term"].create(
            {
                "name": "Kolme vuotta",
                "company_id": self.company.id,
                "line_ids": [Command.create({"value": "percent", "nb_days": 1095})],
            }
        )
        order = self.order(payment_term_id=term.id)
        self.fails(order, "999 days", called=0)
        term.line_ids.nb_days = 999
        self.retried(order)

    # === CHANNEL === #

    def test_a_channel_that_needs_more_is_told_before_anything_is_sent(self):
        self.connection.procountor_channel = "ELECTRONIC_INVOICE"
        order = self.order()
        self.fails(order, "an e-invoice", "e-invoice address", called=0)
        self.asiakas.write(
            {
                "procountor_einvoice_address": "003712345671",
                "procountor_einvoice_operator": "003721291126",
            }
        )
        there = self.retried(order)
        self.assertEqual(there["invoiceChannel"], "ELECTRONIC_INVOICE")

    def test_an_email_address_that_is_none_is_told(self):
        self.asiakas.email = "laskut at esimerkki"
        order = self.order()
        self.waits(order, "e-mail address", "“laskut”")
        self.asiakas.email = "laskut@esimerkki.example"
        self.push("partner")
        order.action_ledger_retry()
        self.push("order")
        self.assertEqual(len(self.invoices_there()), 1)
