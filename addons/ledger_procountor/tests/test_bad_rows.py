# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Rows, texts, dates and channels that Procountor cannot take: told and mended."""

from odoo.fields import Command
from odoo.tests import tagged

from .bad_input_case import BadInputCase


@tagged("post_install", "-at_install")
class TestBadRows(BadInputCase):
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
        term = self.term("Ennakkoon", -5)
        order = self.order(payment_term_id=term.id)
        self.fails(order, "due", "before its date", called=0)
        term.line_ids.nb_days = 14
        self.retried(order)

    def test_a_term_longer_than_procountor_takes_is_told(self):
        term = self.term("Kolme vuotta", 1095)
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
        self.mended(order)
