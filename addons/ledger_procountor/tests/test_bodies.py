# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""An invoice stands in Procountor as the seller meant it."""

from datetime import date

from odoo import Command
from odoo.tests import tagged

from .writing_case import WritingCase


@tagged("post_install", "-at_install")
class TestBodies(WritingCase):
    # === HEAD === #

    def test_a_plain_invoice_arrives_with_all_that_it_says(self):
        buyer = self.buyer(
            ref="10025", company_registry="1234567-1", lang=False, vat=False
        )
        move = self.invoice(buyer, ref="PO 4711", narration="<p>Kiitos!</p>")
        there = self.sent(move)
        self.assertEqual(there["type"], "SALES_INVOICE")
        self.assertEqual(there["status"], "UNFINISHED")
        self.assertEqual(there["date"], "2026-02-10")
        self.assertEqual(there["originalInvoiceNumber"], move.name)
        self.assertEqual(there["orderReference"], "PO 4711")
        self.assertEqual(there["additionalInformation"], "Kiitos!")
        self.assertEqual(there["language"], "FINNISH")
        self.assertEqual(there["invoiceChannel"], "EMAIL")
        link = self.link_of(buyer)
        self.assertEqual(str(there["partnerId"]), link.external_id)
        party = there["counterParty"]
        self.assertEqual(party["customerNumber"], "10025")
        self.assertEqual(party["identifier"], "1234567-1")
        self.assertEqual(party["email"], "laskut@esimerkki.example")
        self.assertNotIn("contactPersonName", party)
        self.assertEqual(
            party["counterPartyAddress"],
            {
                "name": "Esimerkki Oy",
                "street": "Katu 1",
                "zip": "00100",
                "city": "Helsinki",
                "country": "FINLAND",
            },
        )
        self.assertNotIn("penaltyPercent", there)

    def test_payment_is_by_transfer_to_the_account_for_invoices(self):
        there = self.sent(self.invoice())
        payment = there["paymentInfo"]
        iban = self.world.credentials["iban"]
        self.assertEqual(payment["paymentMethod"], "BANK_TRANSFER")
        self.assertEqual(payment["bankAccount"]["accountNumber"], iban)
        self.assertEqual((payment["currency"], payment["currencyRate"]), ("EUR", 1))
        self.assertEqual(payment["dueDate"], "2026-02-24")

    def test_a_reference_with_a_right_check_digit_is_kept_and_another_made_there(self):
        kept = self.sent(self.invoice(payment_reference="2601 3"))
        self.assertEqual(kept["paymentInfo"]["bankReferenceCode"], "2601 3")
        made = self.sent(self.invoice(payment_reference="INV/2026/7"))
        self.assertTrue(made["paymentInfo"]["bankReferenceCode"].isdigit())

    def test_a_term_chooses_how_it_is_paid_and_cash_names_no_account(self):
        term = self.env["account.payment.term"].create({"name": "Käteinen"})
        self.maps("payment_method", "CASH", term)
        move = self.invoice(invoice_payment_term_id=term.id)
        payment = self.sent(move)["paymentInfo"]
        self.assertEqual(payment["paymentMethod"], "CASH")
        self.assertNotIn("bankAccount", payment)

    def test_an_early_payment_discount_is_told(self):
        term = self.env["account.payment.term"].create(
            {
                "name": "7 pv 2 %, 14 pv netto",
                "early_discount": True,
                "discount_percentage": 2,
                "discount_days": 7,
                "early_pay_discount_computation": "included",
                "line_ids": [
                    Command.create(
                        {"value": "percent", "value_amount": 100, "nb_days": 14}
                    )
                ],
            }
        )
        payment = self.sent(self.invoice(invoice_payment_term_id=term.id))
        self.assertEqual(
            payment["paymentInfo"]["cashDiscount"]["optionList"],
            [{"numberOfDays": 7, "discountPercentage": 2}],
        )

    def test_settings_of_the_connection_are_in_the_invoice(self):
        self.connection.write(
            {"procountor_penalty": 8, "procountor_invoice_date": "today"}
        )
        self.world.clear_calls()
        there = self.sent(self.invoice())
        self.assertEqual(there["penaltyPercent"], 8)
        self.assertNotEqual(there["date"], "2026-02-10")
        days = self.days(there)
        self.assertEqual(days, 14)

    @staticmethod
    def days(there):
        begin = date.fromisoformat(there["date"])
        return (date.fromisoformat(there["paymentInfo"]["dueDate"]) - begin).days

    # === ADDRESSES === #

    def test_other_addresses_are_sent_where_they_are_others(self):
        buyer = self.buyer()
        contact = {"parent_id": buyer.id, "company_id": self.company.id}
        bills = self.env["res.partner"].create(
            {
                **contact,
                "type": "invoice",
                "name": "Ostolaskut",
                "street": "PL 1",
                "zip": "00101",
                "city": "Helsinki",
                "email": "ostot@esimerkki.example",
            }
        )
        stock = self.env["res.partner"].create(
            {
                **contact,
                "type": "delivery",
                "name": "Varasto",
                "street": "Satamatie 2",
                "zip": "20100",
                "city": "Turku",
            }
        )
        move = self.invoice(bills, partner_shipping_id=stock.id)
        there = self.sent(move)
        party = there["counterParty"]
        self.assertEqual(party["counterPartyAddress"]["name"], "Esimerkki Oy")
        self.assertEqual(party["contactPersonName"], "Ostolaskut")
        self.assertEqual(party["email"], "ostot@esimerkki.example")
        self.assertEqual(there["billingAddress"]["street"], "PL 1")
        # Never without a country: it would be refused.
        self.assertEqual(there["billingAddress"]["country"], "FINLAND")
        self.assertEqual(there["deliveryAddress"]["name"], "Varasto")
        self.assertEqual(there["deliveryAddress"]["country"], "FINLAND")

    def test_the_same_addresses_are_left_out(self):
        move = self.invoice()
        self.push("invoice")
        [call] = self.world.calls(path=r"/invoices$", method="POST")
        body = call["body"]
        self.assertNotIn("billingAddress", body)
        self.assertNotIn("deliveryAddress", body)
        self.assertEqual(self.link_of(move, "invoice").state, "linked")

    def test_a_country_that_only_people_know_the_name_of_is_taken_from_them(self):
        odd = self.env["res.country"].create({"name": "Erehwon", "code": "ZQ"})
        move = self.invoice(self.buyer(country_id=odd.id, name="Erehwon Ltd"))
        self.push("invoice", expect="partial")
        partner = self.link_of(move.partner_id)
        self.assertEqual((partner.state, partner.owner), ("failed", "mapping"))
        self.assertIn("Erehwon", partner.error)
        self.assert_readable(partner.error)
        self.maps("country", "GREENLAND", odd)
        move.partner_id.action_ledger_push()
        self.run_lanes()
        self.run_lanes()
        self.assertEqual(partner.state, "linked", partner.error)
        there = self.sent(move)
        address = there["counterParty"]["counterPartyAddress"]
        self.assertEqual(address["country"], "GREENLAND")

    # === CREDIT NOTES === #

    def test_a_credit_note_is_an_invoice_turned_round_that_names_its_invoice(self):
        move = self.invoice()
        first = self.sent(move)
        note = self.sent(self.credit(move))
        self.assertEqual(note["type"], "SALES_INVOICE")
        self.assertEqual([row["quantity"] for row in note["invoiceRows"]], [-2])
        total = note["invoiceSumInfo"][0]["invoiceSumTotal"]
        self.assertEqual(total, -move.amount_total)
        number = str(first["invoiceNumber"])
        self.assertIn(number, note["additionalInformation"])
        self.assertEqual(note["orderReference"], number)

    # === CURRENCY === #

    def test_a_foreign_invoice_has_odoos_rate_of_the_day(self):
        crowns = self.env.ref("base.SEK")
        crowns.active = True
        self.env["res.currency.rate"].create(
            {
                "currency_id": crowns.id,
                "company_id": self.company.id,
                "name": "2026-02-01",
                "rate": 11.25,
            }
        )
        move = self.invoice(currency_id=crowns.id)
        there = self.sent(move)
        payment = there["paymentInfo"]
        self.assertEqual(payment["currency"], "SEK")
        self.assertEqual(payment["currencyRate"], 11.25)

    def test_a_currency_without_a_rate_is_held_for_it_would_be_booked_wrongly(self):
        crowns = self.env.ref("base.SEK")
        crowns.active = True
        crowns.rate_ids.unlink()
        self.held(self.invoice(currency_id=crowns.id), "SEK", "exchange rate")


@tagged("post_install", "-at_install")
class TestRowBodies(WritingCase):
    def test_a_row_names_the_product_of_the_register_and_says_everything_itself(self):
        product = self.product()
        move = self.invoice(
            lines=[("Kahvikuppi\nSininen", 2, 8.9, self.tax, product, 10.0)]
        )
        [row] = self.sent(move)["invoiceRows"]
        link = self.link_of(product, "product")
        self.assertEqual(str(row["productId"]), link.external_id)
        self.assertEqual(row["product"], "Kahvikuppi")
        self.assertEqual(row["comment"], "Sininen")
        self.assertEqual(row["productCode"], "KUPPI-1")
        self.assertEqual(row["unit"], "PIECE")
        self.assertEqual((row["quantity"], row["unitPrice"]), (2, 8.9))
        self.assertEqual(row["discountPercent"], 10)
        self.assertEqual((row["vatPercent"], row["vatStatus"]), (25.5, 1))

    def test_free_text_rows_name_no_product_whatever_is_linked(self):
        self.connection.procountor_products = "text"
        move = self.invoice(lines=[("Kuppi", 1, 8.9, self.tax, self.product())])
        [row] = self.sent(move)["invoiceRows"]
        self.assertNotIn("productId", row)
        self.assertEqual(row["productCode"], "KUPPI-1")

    def test_a_product_that_nobody_sends_makes_a_free_text_row(self):
        self.push_flow("product", active=False)
        flow = self.connection.with_context(active_test=False).flow_ids.filtered(
            lambda f: (f.entity, f.direction) == ("product", "push")
        )
        flow.active = False
        move = self.invoice(lines=[("Kuppi", 1, 8.9, self.tax, self.product())])
        [row] = self.sent(move)["invoiceRows"]
        self.assertNotIn("productId", row)
        self.assertEqual(self.world.objects("products"), [])

    def test_units_are_the_vendors_and_others_are_pieces(self):
        hour = self.env.ref("uom.product_uom_hour")
        own = self.env["uom.uom"].create({"name": "Rulla"})
        chosen = self.env["uom.uom"].create({"name": "Säkki"})
        self.maps("unit", "SACK", chosen)
        move = self.invoice(lines=[("Työ", 1, 10, self.tax)] * 3)
        move.button_draft()
        for line, unit in zip(move.invoice_line_ids, hour + own + chosen, strict=True):
            line.product_uom_id = unit
        move.action_post()
        units = [row["unit"] for row in self.sent(move)["invoiceRows"]]
        self.assertEqual(units, ["HOUR", "PIECE", "SACK"])

    def test_prices_with_vat_in_them_are_sent_so(self):
        gross = self.vat("1:13.5", 13.5, price_include_override="tax_included")
        move = self.invoice(lines=[("Kirja", 3, 11.35, gross)])
        there = self.sent(move)
        self.assertTrue(there["extraInfo"]["unitPricesIncludeVat"])
        self.assertEqual(there["invoiceRows"][0]["unitPrice"], 11.35)
        total = there["invoiceSumInfo"][0]["invoiceSumTotal"]
        self.assertEqual(total, move.amount_total)

    def test_among_prices_without_vat_one_with_it_loses_it_to_the_same_cent(self):
        gross = self.vat("1:13.5", 13.5, price_include_override="tax_included")
        lines = [("Kirja", 3, 9.99, gross), ("Kuppi", 1, 10.0, self.tax)]
        move = self.invoice(lines=lines)
        there = self.sent(move)
        self.assertFalse(there["extraInfo"]["unitPricesIncludeVat"])
        sums = there["invoiceSumInfo"][0]
        [first, *_others] = there["invoiceRows"]
        self.assertAlmostEqual(3 * first["unitPrice"], 26.41, 6)
        self.assertEqual(sums["invoiceSumTotal"], move.amount_total)

    def test_sections_stand_above_and_notes_below_and_long_texts_are_not_cut(self):
        long = "sana " * 150
        move = self.invoice(lines=[(f"Kuppi\n{long}", 1, 8.9, self.tax)])
        move.button_draft()
        move.invoice_line_ids.sequence = 20
        texts = [
            (10, "line_section", "Astiat"),
            (30, "line_note", "Käsinpesu"),
        ]
        move.write(
            {
                "invoice_line_ids": [
                    Command.create({"sequence": n, "display_type": kind, "name": text})
                    for n, kind, text in texts
                ]
            }
        )
        move.action_post()
        [row] = self.sent(move)["invoiceRows"]
        self.assertEqual(row["headerText"], "Astiat")
        below = row["explanationText"]
        self.assertTrue(below.endswith("Käsinpesu"))
        self.assertLessEqual(len(row["comment"]), 512)
        words = f"{row['comment']} {below}".split()
        self.assertEqual(words.count("sana"), 150)

    def test_a_text_that_no_field_holds_is_held_and_not_cut(self):
        move = self.invoice(lines=[("Kuppi\n" + "x" * 1100, 1, 8.9, self.tax)])
        self.held(move, "512", "line 1")

    def test_lines_without_a_quantity_are_left_out_and_negative_ones_are_not(self):
        lines = [
            ("Kuppi", 2, 100.0, self.tax),
            ("Ei nyt", 0, 50.0, self.tax),
            ("Ennakko", -1, 40.0, self.tax),
            ("Lahja", 1, 0.0, self.tax),
        ]
        move = self.invoice(lines=lines)
        rows = self.sent(move)["invoiceRows"]
        self.assertEqual([row["quantity"] for row in rows], [2, -1, 1])

    def test_a_surcharge_is_in_the_price_for_discounts_are_not_below_nought(self):
        move = self.invoice(lines=[("Kiire", 1, 100.0, self.tax, None, -10.0)])
        [row] = self.sent(move)["invoiceRows"]
        self.assertEqual((row["unitPrice"], row["discountPercent"]), (110, 0))

    def test_each_row_has_its_vat_status_and_the_invoice_the_one_of_most(self):
        abroad = self.vat("5:0", 0)
        lines = [("A", 1, 1, abroad), ("B", 1, 2, self.tax), ("C", 1, 3, abroad)]
        there = self.sent(self.invoice(lines=lines))
        self.assertEqual(there["vatStatus"], 5)
        rows = [(x["vatStatus"], x["vatPercent"]) for x in there["invoiceRows"]]
        self.assertEqual(rows, [(5, 0), (1, 25.5), (5, 0)])
