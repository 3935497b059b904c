# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Invoices are sent: once, with everything they need, to the cent, and quietly."""

from odoo import Command, fields


class DocumentConformance:
    """Posted invoices and credit notes go to the vendor."""

    def setUp(self):
        super().setUp()
        self.company.tax_calculation_rounding_method = "round_per_line"

    def sends_invoices(self):
        for entity in ("partner", "product", "invoice"):
            self.push_flow(entity)

    def invoice(self, partner=None, lines=None, **values):
        """A posted customer invoice."""
        lines = lines or [("Konsulent", 3, 1200.0, self.tax)]
        move = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": (partner or self.customer()).id,
                "company_id": self.company.id,
                "invoice_date": "2026-02-10",
                "invoice_date_due": "2026-02-24",
                "invoice_payment_term_id": False,
                "invoice_line_ids": [self._line(*line) for line in lines],
                **values,
            }
        )
        move.action_post()
        return move

    def _line(self, text, quantity, price, tax, product=None, discount=0.0):
        return Command.create(
            {
                "name": text,
                "quantity": quantity,
                "price_unit": price,
                "discount": discount,
                "tax_ids": [Command.set(tax.ids)],
                "product_id": product.id if product else False,
            }
        )

    def there(self, move):
        """The vendor's invoice of an Odoo invoice."""
        link = self.link_of(move, self.books.invoice)
        return self.books.find_invoice(link.external_id)

    # === ONCE, AND RIGHT === #

    def test_an_invoice_brings_customer_and_products_along_once_each(self):
        self.sends_invoices()
        product = self.env["product.product"].create(
            {
                "name": "Stol",
                "default_code": "ST-1",
                "company_id": self.company.id,
                "taxes_id": [Command.set(self.tax.ids)],
            }
        )
        partner = self.customer()
        lines = [("Stol, blå", 2, 399.5, self.tax, product, 10.0)]
        moves = [self.invoice(partner, lines) for _number in range(3)]
        self.push("invoice")
        self.assertEqual(self.books.names("customers"), [partner.name])
        self.assertEqual(self.books.names("products"), ["Stol"])
        for move in moves:
            there = self.there(move)
            customer = self.link_of(partner).external_id
            self.assertEqual(there["customer"], customer)
            self.assertEqual(there["date"], "2026-02-10")
            self.assertEqual(there["due"], "2026-02-24")
            self.assertEqual(there["untaxed"], move.amount_untaxed)
            self.assertEqual(there["total"], move.amount_total)
            [line] = there["lines"]
            self.assertEqual((line["text"], line["quantity"]), ("Stol, blå", 2))
            self.assertEqual((line["price"], line["discount"]), (399.5, 10))
            link = self.link_of(product, self.books.product)
            self.assertEqual(line["product"], link.external_id)
        self.assertEqual(self.push("invoice").created, 0)
        self.assertEqual(self.books.count("invoices"), 3)

    def test_the_vendors_number_and_totals_come_to_odoo(self):
        self.sends_invoices()
        move = self.invoice()
        self.push("invoice")
        self.assertTrue(move.ledger_number)
        self.assertEqual(move.ledger_amount_total, move.amount_total)
        self.assertEqual(move.ledger_state, "linked")

    def test_odoos_number_is_kept_there(self):
        self.sends_invoices()
        move = self.invoice()
        self.push("invoice")
        external_id = self.link_of(move, self.books.invoice).external_id
        self.assertEqual(self.books.bill(external_id), move.name)

    def test_nobody_gets_mail_because_of_a_sending(self):
        self.sends_invoices()
        self.env["mail.mail"].search([]).unlink()
        partner = self.customer(email="kunde@example.org")
        move = self.invoice(partner)
        self.push("invoice")
        self.credit(move)
        self.push("invoice")
        self.assertEqual(self.books.mails(), [])
        self.assertFalse(self.env["mail.mail"].search([]))

    def test_a_draft_is_not_sent(self):
        self.sends_invoices()
        move = self.invoice()
        move.button_draft()
        self.push("invoice")
        self.assertEqual(self.books.count("invoices"), 0)

    def test_a_foreign_invoice_keeps_its_currency_there(self):
        self.sends_invoices()
        euro = self.env.ref("base.EUR")
        euro.active = True
        move = self.invoice(currency_id=euro.id)
        self.push("invoice")
        there = self.there(move)
        self.assertEqual((there["currency"], there["total"]), ("EUR", 4500.0))

    def test_what_was_sent_is_no_second_invoice_in_odoo(self):
        self.sends_invoices()
        move = self.invoice()
        self.push("invoice")
        job = self.pull("invoice", full=True)
        self.assertEqual((job.created, job.failed), (0, 0))
        self.assertEqual(
            self.env["account.move"].search_count(
                [
                    ("company_id", "=", self.company.id),
                    ("move_type", "=", "out_invoice"),
                ]
            ),
            1,
        )
        self.assertEqual(move.state, "posted")

    def test_a_payment_there_becomes_a_payment_here(self):
        self.sends_invoices()
        self.connection.payment_journal_id = self.env["account.journal"].search(
            [("type", "=", "bank"), ("company_id", "=", self.company.id)], limit=1
        )
        self.flow("payment").write({"active": True, "register_payments": True})
        move = self.invoice()
        self.push("invoice")
        self.books.pay(self.link_of(move, self.books.invoice).external_id)
        self.pull("invoice")
        self.pull("payment")
        self.assertIn(move.payment_state, ("paid", "in_payment"))
        [payment] = move.matched_payment_ids
        self.assertEqual(payment.amount, move.amount_total)

    # === CREDIT NOTES === #

    def credit(self, move):
        """A posted credit note of the whole invoice."""
        wizard = self.env["account.move.reversal"].with_context(
            active_model="account.move", active_ids=move.ids
        )
        wizard = wizard.create(
            {
                "journal_id": move.journal_id.id,
                "date": fields.Date.to_date("2026-02-12"),
            }
        )
        note = self.env["account.move"].browse(wizard.refund_moves()["res_id"])
        note.action_post()
        return note

    def test_a_credit_note_credits_its_invoice_once(self):
        self.sends_invoices()
        move = self.invoice()
        note = self.credit(move)
        self.push("invoice")
        there = self.there(note)
        self.assertTrue(there["is_credit"])
        link = self.link_of(move, self.books.invoice)
        self.assertEqual(there["credits"], link.external_id)
        self.assertEqual(there["total"], note.amount_total)
        self.push("invoice")
        self.assertEqual(self.books.count("invoices"), 2)

    # === BROKEN LINES === #

    def test_an_invoice_whose_answer_is_lost_is_booked_once(self):
        for action in ({"cut": True}, {"truncate": True}, {"drop": True}):
            with self.subTest(**action):
                self.sends_invoices()
                before = self.books.count("invoices")
                move = self.invoice()
                self.cut(self.books.invoice_writes, **action)
                self.push("invoice", expect="failed")
                link = self.link_of(move, self.books.invoice)
                self.assertEqual(link.state, "uncertain")
                self.settle()
                self.push("invoice")
                self.assertEqual(link.state, "linked")
                self.assertEqual(self.books.count("invoices"), before + 1)
                self.assertEqual(self.there(move)["total"], move.amount_total)

    def test_a_lost_credit_note_is_made_once(self):
        self.sends_invoices()
        move = self.invoice()
        self.push("invoice")
        note = self.credit(move)
        self.cut(self.books.invoice_writes, cut=True)
        self.push("invoice", expect="failed")
        self.settle()
        self.push("invoice")
        self.assertEqual(self.link_of(note, self.books.invoice).state, "linked")
        self.assertEqual(self.books.count("invoices"), 2)

    # === HELD === #

    def test_an_invoice_whose_totals_would_differ_is_held_with_a_sentence(self):
        self.sends_invoices()
        self.company.tax_calculation_rounding_method = "round_globally"
        lines = [(f"Skrue {n}", 1, 0.33, self.tax) for n in range(7)]
        move = self.invoice(lines=lines)
        good = self.invoice()
        self.push("invoice", expect="partial")
        self.assertEqual(self.books.count("invoices"), 1)
        link = self.link_of(move, self.books.invoice)
        self.assertEqual(link.state, "failed")
        self.assert_readable(link.error)
        self.assertEqual(self.link_of(good, self.books.invoice).state, "linked")

    def test_an_invoice_waits_for_a_customer_that_may_not_be_sent(self):
        self.push_flow("invoice")
        partner = self.customer()
        move = self.invoice(partner)
        self.push("invoice", expect="partial")
        link = self.link_of(move, self.books.invoice)
        self.assertEqual(link.state, "waiting")
        self.assertIn(partner.name, link.error)
        self.assertEqual(self.books.count("invoices"), 0)
        self.push_flow("partner")
        partner.action_ledger_push()
        self.run_lanes()
        self.run_lanes()
        self.assertEqual(link.state, "linked")

    def test_an_invoice_changed_after_it_was_booked_is_not_booked_twice(self):
        self.sends_invoices()
        move = self.invoice()
        self.push("invoice")
        move.button_draft()
        move.invoice_line_ids.quantity = 5
        move.action_post()
        self.push("invoice", expect="partial")
        self.assertEqual(self.books.count("invoices"), 1)
        link = self.link_of(move, self.books.invoice)
        self.assertEqual(link.state, "failed")
        self.assert_readable(link.error)

    def test_invoices_with_a_bad_one_among_them_are_all_booked_but_that_one(self):
        self.sends_invoices()
        moves = [self.invoice() for _number in range(5)]
        bad = moves[2]
        self.books.refuse(bad.name)
        self.push("invoice", expect="partial")
        self.assertEqual(self.books.count("invoices"), 4)
        link = self.link_of(bad, self.books.invoice)
        self.assertEqual(link.state, "failed")
        self.books.clear_faults()
        link.with_user(self.responsible).action_retry()
        self.run_lanes()
        self.assertEqual(self.books.count("invoices"), 5)
