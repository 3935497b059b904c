# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo.tests import tagged

from odoo.addons.ledger_connector_base.tests.conformance import Conformance

from .books_case import BooksCase
from .stand_in import ProcountorBooks


@tagged("post_install", "-at_install")
class TestProcountorConformance(Conformance, BooksCase):
    stand_in = ProcountorBooks

    # === WHAT THIS VENDOR DOES OTHERWISE === #

    def test_names_go_there_to_the_letter(self):
        """Letters outside of Windows-1252 are told by others (dossier §1)."""
        self.sent("Æøå Õie & Sønner AS", "O'Neill “Žofín”", "Łódź Źródło")
        names = ["Æøå Õie & Sønner AS", "O'Neill “Žofín”", "Lódz Zródlo"]
        self.assertEqual(sorted(self.books.names("customers")), sorted(names))

    def test_a_company_that_rounds_otherwise_is_told_which_setting_to_change(self):
        """Where the vendor rounds each row, which nobody knows (dossier §11)."""
        # pylint: disable=missing-return
        self.world.settings(sum_rounding="row")
        super().test_a_company_that_rounds_otherwise_is_told_which_setting_to_change()

    def test_a_foreign_invoice_keeps_its_currency_there(self):
        """The vendor wants the rate with it (dossier §3), so Odoo has to have one."""
        self.env["res.currency.rate"].create(
            {
                "name": "2026-01-01",
                "currency_id": self.env.ref("base.EUR").id,
                "company_id": self.company.id,
                "rate": 0.1,
            }
        )
        return super().test_a_foreign_invoice_keeps_its_currency_there()

    def test_an_invoice_changed_after_it_was_booked_is_not_booked_twice(self):
        """What went out is not changed any more (dossier §3)."""
        # pylint: disable=missing-return
        self.connection.write(
            {"procountor_finish": "send", "procountor_channel": "MAIL"}
        )
        super().test_an_invoice_changed_after_it_was_booked_is_not_booked_twice()
        [there] = self.world.objects("invoices")
        self.assertEqual(there["status"], "SENT")
        self.assertEqual(there["invoiceRows"][0]["quantity"], 3)

    def test_an_invoice_changed_while_it_is_unfinished_there_is_changed_there(self):
        """Such a one can still be changed (dossier §3)."""
        self.sends_invoices()
        move = self.invoice()
        self.push("invoice")
        move.button_draft()
        move.invoice_line_ids.quantity = 5
        move.action_post()
        self.push("invoice")
        self.assertEqual(self.there(move)["total"], move.amount_total)
        self.assertEqual(self.books.count("invoices"), 1)

    def test_an_invoice_whose_totals_would_differ_is_held_with_a_sentence(self):
        """How it rounds is seen once it is there (dossier §11): cents get a row."""
        self.world.settings(sum_rounding="row")
        self.sends_invoices()
        self.company.tax_calculation_rounding_method = "round_globally"
        lines = [(f"Skrue {n}", 1, 0.33, self.tax) for n in range(7)]
        move = self.invoice(lines=lines)
        self.push("invoice")
        there = self.there(move)
        self.assertEqual(there["total"], move.amount_total)
        self.assertEqual(len(there["lines"]), len(lines) + 1)
        self.assertEqual(self.books.count("invoices"), 1)
