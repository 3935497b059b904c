# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Invoices: complete, to the cent, draft, and nothing sent to anybody."""


class InvoiceConformance:
    """Pulling invoices with what they depend on."""

    def _invoice(self, **values):
        customer = self.books.add_customer("Kunde AS")
        lines = [
            ("Rådgivning", 3, 1200.0, self.books.tax_code, None),
            ("Reise", 1, 333.33, self.books.tax_code, None),
        ]
        return customer, self.books.add_invoice(customer, lines, **values)

    def _move(self, external_id):
        return self.record_of(self.connection, self.books.invoice, external_id)

    def test_an_invoice_brings_its_customer_and_products(self):
        customer = self.books.add_customer("Kunde AS")
        product = self.books.add_product("Ting", price=100.0, tax=self.books.tax_code)
        line = ("Ting", 2, 100.0, self.books.tax_code, product)
        invoice = self.books.add_invoice(customer, [line])
        self.pull("invoice")
        move = self._move(invoice)
        self.assertEqual(move.partner_id, self.partner(customer))
        self.assertEqual(move.invoice_line_ids.product_id.name, "Ting")
        self.pull("partner")
        self.pull("product")
        partners = self.env["res.partner"].search([("name", "=", "Kunde AS")])
        self.assertEqual(len(partners), 1)

    def test_totals_agree_to_the_cent_and_the_invoice_is_a_draft(self):
        _customer, invoice = self._invoice(date="2026-02-03", due="2026-02-17")
        self.pull("invoice")
        move = self._move(invoice)
        self.assertEqual((move.move_type, move.state), ("out_invoice", "draft"))
        self.assertFalse(move.name and move.name != "/")
        untaxed, total = self.books.totals(invoice)
        self.assertAlmostEqual(move.amount_untaxed, untaxed, 2)
        self.assertAlmostEqual(move.amount_total, total, 2)
        self.assertEqual(str(move.invoice_date), "2026-02-03")
        self.assertEqual(str(move.invoice_date_due), "2026-02-17")
        self.assertEqual(move.company_id, self.company)

    def test_a_second_run_makes_no_second_invoice(self):
        _customer, invoice = self._invoice()
        self.pull("invoice")
        self.pull("invoice")
        self.pull("invoice", full=True)
        self.assertEqual(len(self.bindings(self.connection, entity="invoice")), 1)
        domain = [("partner_id", "=", self._move(invoice).partner_id.id)]
        self.assertEqual(self.env["account.move"].search_count(domain), 1)

    def test_a_credit_note_is_a_credit_note(self):
        _customer, invoice = self._invoice()
        note = self.books.credit(invoice)
        self.pull("invoice")
        move = self._move(note)
        self.assertEqual(move.move_type, "out_refund")
        self.assertAlmostEqual(move.amount_total, self.books.totals(note)[1], 2)
        self.assertGreater(move.amount_total, 0)

    def test_posting_is_done_when_the_flow_says_so_and_nobody_gets_mail(self):
        self.flow("invoice").post_invoices = True
        _customer, invoice = self._invoice()
        mails = self.env["mail.mail"].search_count([])
        self.pull("invoice")
        self.assertEqual(self._move(invoice).state, "posted")
        self.assertFalse(self._move(invoice).is_move_sent)
        self.assertEqual(self.env["mail.mail"].search_count([]), mails)

    def test_a_foreign_invoice_keeps_its_currency(self):
        self.env.ref("base.EUR").active = True
        _customer, invoice = self._invoice(currency="EUR")
        self.pull("invoice")
        move = self._move(invoice)
        self.assertEqual(move.currency_id.name, "EUR")
        self.assertAlmostEqual(move.amount_total, self.books.totals(invoice)[1], 2)

    def test_an_inactive_currency_is_named_and_mended(self):
        self.env.ref("base.SEK").active = False
        _customer, invoice = self._invoice(currency="SEK")
        self.pull("invoice", expect="partial")
        link = self.link(invoice, self.books.invoice)
        self.assertEqual((link.state, link.owner), ("failed", "mapping"))
        self.assertIn("SEK", link.error)
        self.assert_readable(link.error)
        self.env.ref("base.SEK").active = True
        link.with_user(self.responsible).action_retry()
        self.run_lanes()
        self.assertEqual(self._move(invoice).currency_id.name, "SEK")

    def test_an_unmapped_tax_is_listed_and_its_records_go_on_once_it_is_mapped(self):
        line = self.connection.value_mapping_ids.filtered(lambda x: x.kind == "tax")
        line.unlink()
        invoices = [self._invoice()[1] for _n in range(3)]
        self.pull("invoice", expect="partial")
        self.assertEqual(self.connection.unmapped_count, 1)
        self.assertEqual(len(self.activities(self.connection)), 1)
        link = self.link(invoices[0], self.books.invoice)
        self.assertEqual((link.state, link.owner), ("failed", "mapping"))
        self.assert_readable(link.error)
        unmapped = self.connection.value_mapping_ids.filtered(lambda x: not x.is_mapped)
        self.assertEqual(unmapped.remote_code, self.books.tax_code)
        unmapped.with_user(self.responsible).target_ref = self.tax
        self.run_lanes()
        self.assertTrue(all(self._move(one) for one in invoices))
        self.assertFalse(self.activities(self.connection))
        self.assertFalse(self.connection.cause_ids)

    def test_a_difference_is_shown_to_the_cent_and_never_posted(self):
        self.flow("invoice").post_invoices = True
        _customer, invoice = self._invoice()
        self.books.misstate_totals()
        self.pull("invoice", expect="partial")
        link = self.link(invoice, self.books.invoice)
        self.assertEqual((link.state, link.owner), ("failed", "record"))
        self.assert_readable(link.error)
        self.assertEqual(self._move(invoice).state, "draft")

    def test_rounding_is_taken_over_from_the_vendor(self):
        self.company.tax_calculation_rounding_method = "round_globally"
        customer = self.books.add_customer("Øre AS")
        line = ("Skrue", 1, 0.1, self.books.tax_code, None)
        invoice = self.books.add_invoice(customer, [line] * 5)
        untaxed, total = self.books.totals(invoice)
        self.pull("invoice")
        move = self._move(invoice)
        self.assertAlmostEqual(move.amount_untaxed, untaxed, 2)
        self.assertAlmostEqual(move.amount_total, total, 2)
        self.assertAlmostEqual(sum(move.line_ids.mapped("balance")), 0.0, 2)
        move.action_post()
        self.assertAlmostEqual(move.amount_total, total, 2)

    def test_a_company_that_rounds_otherwise_is_told_which_setting_to_change(self):
        self.company.tax_calculation_rounding_method = "round_globally"
        customer = self.books.add_customer("Øre AS")
        line = ("Time", 0.5, 474.85, self.books.tax_code, None)
        invoice = self.books.add_invoice(customer, [line] * 3)
        self.pull("invoice", expect="partial")
        link = self.link(invoice, self.books.invoice)
        self.assertEqual((link.state, link.owner), ("failed", "mapping"))
        self.assertIn("per line", link.error)
        self.assert_readable(link.error)
        self.company.tax_calculation_rounding_method = "round_per_line"
        link.action_retry()
        self.run_lanes()
        self.assertEqual(link.state, "linked", link.error)
        move = self._move(invoice)
        self.assertAlmostEqual(move.amount_total, self.books.totals(invoice)[1], 2)
        self.assertEqual(len(move.invoice_line_ids), 3)

    def test_a_payment_waits_until_its_invoice_is_posted(self):
        self.connection.payment_journal_id = self._bank()
        self.flow("payment").write({"active": True, "register_payments": True})
        _customer, invoice = self._invoice()
        self.books.pay(invoice)
        self.pull("invoice", expect="partial")
        payment = self.bindings(self.connection, entity="payment")
        self.assertEqual(payment.state, "waiting")
        self._move(invoice).action_post()
        self.pull("invoice")
        self.run_lanes()
        self.assertEqual(payment.state, "linked", payment.error)
        self.assertIn(self._move(invoice).payment_state, ("paid", "in_payment"))

    def _bank(self):
        return self.env["account.journal"].search(
            [("type", "=", "bank"), ("company_id", "=", self.company.id)], limit=1
        )

    def test_payment_there_is_seen_here(self):
        _customer, invoice = self._invoice()
        self.pull("invoice")
        self.assertEqual(self._move(invoice).ledger_payment_state, "not_paid")
        self.books.pay(invoice, 100.0)
        self.pull("invoice")
        self._move(invoice).invalidate_recordset()
        self.assertEqual(self._move(invoice).ledger_payment_state, "partial")
        self.books.pay(invoice)
        self.pull("invoice")
        self._move(invoice).invalidate_recordset()
        self.assertEqual(self._move(invoice).ledger_payment_state, "paid")
        self.assertEqual(self._move(invoice).payment_state, "not_paid")

    def test_payments_are_registered_when_the_flow_says_so_once(self):
        self.connection.payment_journal_id = self._bank()
        self.flow("invoice").post_invoices = True
        self.flow("payment").write({"active": True, "register_payments": True})
        _customer, invoice = self._invoice()
        self.books.pay(invoice)
        self.pull("invoice")
        move = self._move(invoice)
        self.assertIn(move.payment_state, ("paid", "in_payment"))
        self.pull("invoice", full=True)
        self.assertEqual(len(move.matched_payment_ids), 1)

    def test_a_posted_invoice_is_not_changed_behind_anybodys_back(self):
        self.flow("invoice").post_invoices = True
        _customer, invoice = self._invoice()
        self.pull("invoice")
        move = self._move(invoice)
        lines = move.invoice_line_ids.ids
        self.books.change_invoice(invoice)
        self.pull("invoice", expect="partial")
        self.assertEqual(move.invoice_line_ids.ids, lines)
        self.assert_readable(self.link(invoice, self.books.invoice).error)
        self.assertEqual(move.state, "posted")

    def test_an_invoice_whose_customer_is_nowhere_waits_by_name(self):
        customer, invoice = self._invoice()
        self.books.hide_customer(customer)
        self.pull("invoice", expect="partial")
        link = self.link(invoice, self.books.invoice)
        self.assertEqual(link.state, "waiting")
        self.assertIn(customer, link.error)
        self.assertFalse(self.activities(self.connection))
        self.books.clear_faults()
        self.pull("partner", full=True)
        self.run_lanes()
        self.assertEqual(self._move(invoice).partner_id, self.partner(customer))
