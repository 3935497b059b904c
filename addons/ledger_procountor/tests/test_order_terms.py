# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Terms, dates, currency and channel of an order, as they stand in Procountor."""

from datetime import datetime, timedelta

from odoo.tests import tagged

from ..client import HELSINKI
from .order_lines_case import OrderLinesCase


@tagged("post_install", "-at_install")
class TestOrderTerms(OrderLinesCase):
    def test_a_foreign_currency_has_the_rate_of_the_day(self):
        prices = self.dollars(rate=1.25)
        order = self.sent(
            pricelist_id=prices.id, lines=[self.line(price_unit=10, product_uom_qty=1)]
        )
        self.assertEqual(order.currency_id, prices.currency_id)
        there = self.there(order)
        self.assertEqual(there["paymentInfo"]["currency"], "USD")
        self.assertEqual(there["paymentInfo"]["currencyRate"], 1.25)
        self.assertEqual(self.total(there), order.amount_total)

    def test_a_currency_without_a_rate_is_told(self):
        order = self.order(pricelist_id=self.dollars().id)
        self.push("order", expect="partial")
        self.assertIn("exchange rate", order.ledger_problem)
        self.assertIn(order.name, order.ledger_problem)
        self.assertEqual(self.invoices_there(), [])

    def test_an_early_payment_has_its_discount(self):
        early = {"early_discount": True, "discount_days": 14, "discount_percentage": 2}
        term = self.term("14 pv -2 %, 30 pv netto", 30, **early)
        order = self.sent(payment_term_id=term.id)
        payment = self.there(order)["paymentInfo"]
        self.assertEqual(
            payment["cashDiscount"]["optionList"],
            [{"numberOfDays": 14, "discountPercentage": 2}],
        )
        due = order.ledger_date_invoice + timedelta(days=30)
        self.assertEqual(payment["dueDate"], str(due))

    def test_a_payment_term_has_the_method_that_a_person_chose(self):
        term = self.term("Käteinen", 0)
        self.maps("payment_method", "CASH", term)
        payment = self.there(self.sent(payment_term_id=term.id))["paymentInfo"]
        self.assertEqual(payment["paymentMethod"], "CASH")
        self.assertNotIn("bankAccount", payment)

    def test_interest_on_late_payment_is_sent_where_it_is_set(self):
        self.assertNotIn("penaltyPercent", self.there(self.sent()))
        self.connection.procountor_penalty = 11.5
        self.assertEqual(self.there(self.sent())["penaltyPercent"], 11.5)

    def test_billed_today_the_customer_has_as_many_days_to_pay(self):
        self.connection.procountor_invoice_date = "today"
        term = self.env.ref("account.account_payment_term_15days")
        order = self.order(payment_term_id=term.id)
        order.date_order = "2026-03-02 10:00:00"
        self.push("order")
        there = self.there(order)
        today = datetime.now(HELSINKI).date()
        self.assertEqual(there["date"], str(today))
        due = str(today + timedelta(days=15))
        self.assertEqual(there["paymentInfo"]["dueDate"], due)

    def test_billed_on_the_day_of_the_order_it_has_that_day(self):
        order = self.order()
        order.date_order = "2026-03-02 23:30:00"
        self.company.partner_id.tz = "Europe/Helsinki"
        self.push("order")
        self.assertEqual(self.there(order)["date"], "2026-03-03")

    def test_a_reference_with_a_right_check_digit_is_kept(self):
        order = self.sent(reference="26013")
        there = self.there(order)
        self.assertEqual(there["paymentInfo"]["bankReferenceCode"], "26013")
        order = self.sent(reference="26014")
        there = self.there(order)
        self.assertTrue(there["paymentInfo"]["bankReferenceCode"])
        self.assertNotEqual(there["paymentInfo"]["bankReferenceCode"], "26014")


@tagged("post_install", "-at_install")
class TestOrderChannel(OrderLinesCase):
    def channel(self, **values):
        order = self.sent(**values)
        return self.there(order)["invoiceChannel"]

    def test_the_channel_is_what_is_known_of_the_customer(self):
        self.assertEqual(self.channel(), "EMAIL")
        self.asiakas.email = False
        self.assertEqual(self.channel(), "MAIL")
        self.asiakas.zip = False
        self.assertEqual(self.channel(), "NO_SENDING")
        self.asiakas.write(
            {
                "zip": "00100",
                "procountor_einvoice_address": "003712345671",
                "procountor_einvoice_operator": "003721291126",
            }
        )
        order = self.sent()
        there = self.there(order)
        self.assertEqual(there["invoiceChannel"], "ELECTRONIC_INVOICE")
        self.assertEqual(
            there["counterParty"]["einvoiceAddress"],
            {"address": "003712345671", "operator": "003721291126"},
        )
        self.assertTrue(there["paymentInfo"]["bankReferenceCode"])

    def test_one_channel_for_all_and_another_for_one_customer(self):
        self.connection.procountor_channel = "MAIL"
        self.assertEqual(self.channel(), "MAIL")
        self.asiakas.procountor_channel = "NO_SENDING"
        self.assertEqual(self.channel(), "NO_SENDING")

    def test_data_of_the_register_go_before_those_of_the_order(self):
        self.sent()
        there = self.link_of(self.asiakas).external_id
        self.world.do(
            "update",
            resource="businesspartners",
            id=int(there),
            values={
                "name": "Esimerkki Oyj",
                "invoicingInfo": {"email": "toimisto@esimerkki.example"},
                "address": {"street": "Toimistokatu 9", "name": "Esimerkki Oyj"},
            },
        )
        self.connection.procountor_data_from = "register"
        there = self.there(self.sent())
        party = there["counterParty"]
        self.assertEqual(party["email"], "toimisto@esimerkki.example")
        self.assertEqual(party["counterPartyAddress"]["name"], "Esimerkki Oyj")
        self.assertEqual(party["counterPartyAddress"]["street"], "Toimistokatu 9")
