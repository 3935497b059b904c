# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What Procountor would refuse is held before anything is sent, with a sentence."""

from odoo.tests import tagged

from .writing_case import WritingCase


@tagged("post_install", "-at_install")
class TestChecks(WritingCase):
    # === CHANNELS === #

    def test_the_channel_follows_what_is_known_of_the_customer(self):
        einvoice = {
            "procountor_einvoice_address": "003712345671",
            "procountor_einvoice_operator": "003721291126",
        }
        cases = [
            ("ELECTRONIC_INVOICE", einvoice),
            ("EMAIL", {}),
            ("MAIL", {"email": False}),
            ("NO_SENDING", {"email": False, "zip": False}),
        ]
        for channel, values in cases:
            with self.subTest(channel=channel):
                move = self.invoice(self.buyer(f"{channel} Oy", **values))
                self.assertEqual(self.sent(move)["invoiceChannel"], channel)

    def test_one_channel_for_all_and_another_for_a_customer(self):
        self.connection.procountor_channel = "NO_SENDING"
        usual = self.invoice(self.buyer("Kaikki Oy"))
        self.assertEqual(self.sent(usual)["invoiceChannel"], "NO_SENDING")
        own = self.invoice(self.buyer("Posti Oy", procountor_channel="MAIL"))
        self.assertEqual(self.sent(own)["invoiceChannel"], "MAIL")

    def test_what_a_channel_lacks_is_named_and_nothing_is_sent(self):
        cases = [
            ("EMAIL", {"email": False}, ["an e-mail", "e-mail address"]),
            ("MAIL", {"zip": False}, ["a letter", "postcode"]),
            (
                "ELECTRONIC_INVOICE",
                {"procountor_einvoice_address": "003712345671"},
                ["an e-invoice", "e-invoice operator"],
            ),
        ]
        for channel, values, words in cases:
            with self.subTest(channel=channel):
                buyer = self.buyer(f"{channel} Oy", **values)
                buyer.procountor_channel = channel
                self.held(self.invoice(buyer), *words)

    def test_a_held_invoice_goes_on_once_it_is_mended(self):
        buyer = self.buyer(email=False, procountor_channel="EMAIL")
        move = self.invoice(buyer)
        link = self.held(move, "e-mail address")
        buyer.email = "uusi@esimerkki.example"
        link.with_user(self.responsible).action_retry()
        self.run_lanes()
        self.assertEqual(link.state, "linked", link.error)

    def test_an_address_that_is_no_e_mail_address_is_named(self):
        buyer = self.buyer(email="ei-ole")
        self.push(expect="partial")
        link = self.link_of(buyer)
        self.assertEqual((link.state, link.owner), ("failed", "record"))
        self.assertIn("ei-ole", link.error)
        self.assert_readable(link.error)
        other = self.buyer("Toinen Oy")
        self.push()
        other.email = "ei-ole"
        self.held(self.invoice(other), "ei-ole")

    # === DATES, NUMBERS, ACCOUNTS === #

    def test_what_is_due_before_it_is_written_is_held(self):
        move = self.invoice()
        self.env.cr.precommit.run()
        self.env.cr.execute(
            "UPDATE account_move SET invoice_date_due = '2026-02-01' WHERE id = %s",
            [move.id],
        )
        move.invalidate_recordset()
        self.held(move, "2026-02-01", "before")

    def test_a_number_that_could_not_be_found_again_is_held(self):
        self.held(self.invoice(name=f"INV/{'9' * 40}"), "40")

    def test_without_a_bank_account_it_is_said_where_to_mark_one(self):
        self.world.bank_account(False)
        self.held(self.invoice(), "bank account")

    def test_an_account_that_people_chose_for_a_currency_is_used(self):
        iban = "FI2112345600000785"
        self.world.add("bankaccounts", iban=iban, status="ACTIVE")
        self.maps("bank_account", iban, self.env.ref("base.EUR"))
        payment = self.sent(self.invoice())["paymentInfo"]
        self.assertEqual(payment["bankAccount"]["accountNumber"], iban)

    # === ROWS === #

    def test_a_line_without_a_tax_is_named(self):
        lines = [("Kuppi", 1, 1, self.tax), ("Outo", 1, 1, self.tax.browse())]
        self.held(self.invoice(lines=lines), "Line 2", "Outo", "no tax")

    def test_a_tax_that_charges_another_percentage_than_its_code_is_held(self):
        wrong = self.vat("1:13.5", 14)
        link = self.held(
            self.invoice(lines=[("Leipä", 10, 10, wrong)]), "Leipä", "13.5"
        )
        self.assertEqual(link.owner, "mapping")

    def test_a_status_without_vat_and_a_percentage_are_held(self):
        wrong = self.vat("5:13.5", 13.5)
        link = self.held(self.invoice(lines=[("Leipä", 1, 10, wrong)]), "status 5")
        self.assertEqual(link.owner, "mapping")

    def test_an_invoice_of_nothing_is_held(self):
        move = self.invoice(lines=[("Ei mitään", 0, 10, self.tax)])
        self.held(move, "no line with a quantity")

    # === LETTERS === #

    def test_other_letters_are_spelled_and_it_is_told(self):
        move = self.invoice(
            self.buyer("Чайный дом Oy"), lines=[("Kuppi ☕", 1, 1, self.tax)]
        )
        there = self.sent(move)
        name = there["counterParty"]["counterPartyAddress"]["name"]
        self.assertTrue(name.isascii())
        self.assertIn("Oy", name)
        self.assertEqual(there["invoiceRows"][0]["product"], "Kuppi")
        self.assertIn(f"=> {name}", there["notes"])
        self.assertIn("replaced", there["notes"])

    def test_what_nothing_would_be_left_of_is_held_by_its_name(self):
        move = self.invoice(lines=[("北京", 1, 1, self.tax)])
        self.held(move, "北京", "line 1", "Latin letters")

    def test_letters_that_can_be_stored_are_not_told_of(self):
        there = self.sent(self.invoice(self.buyer("Ääkkönen & Š Öy €")))
        self.assertNotIn("notes", there)

    def test_names_that_are_too_long_are_held_with_their_length(self):
        partner = self.buyer("x" * 81)
        self.push(expect="partial")
        link = self.link_of(partner)
        self.assertIn("81", link.error)
        self.assertIn("80", link.error)
        self.assert_readable(link.error)
