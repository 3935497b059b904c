# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo.tests import tagged

from odoo.addons.ledger_connector_base.tests.conformance import Conformance

from .books_case import BooksCase


@tagged("post_install", "-at_install")
class TestProcountorConformance(Conformance, BooksCase):
    # === WHAT THIS VENDOR DOES OTHERWISE === #

    def test_calls_are_listed_with_the_vendors_request_id_and_forgotten_in_time(self):
        """The vendor has no name for a call (dossier §1, §8)."""
        self.pull()
        calls = self.env["ledger.exchange"].search(
            [("connection_id", "=", self.connection.id)]
        )
        self.assertTrue(calls)
        self.assertFalse(any(call.response_body for call in calls))
        calls.write({"at": "2020-01-01 00:00:00"})
        calls.flush_recordset()
        self.env["ledger.exchange"]._gc_exchanges()
        self.assertFalse(calls.exists())

    def test_a_vendor_that_is_down_is_tried_again_later(self):
        """By its error 500: 503 means "slow down" here (dossier §1)."""
        self.books.fault(self.books.customer_list, status=500, body="<html>Down</html>")
        job = self.run_flow(self.flow("partner"))
        self.assertEqual(job.owner, "retry", job.error)
        self.assert_readable(job.error)
        self.assertGreater(self.connection.set_aside_until, self.now())
        self.assertEqual(self.connection.state, "live")
        self.assertFalse(self.activities(self.connection))

    def test_a_vendor_that_is_down_is_set_aside_for_longer_and_longer(self):
        """By its error 500, as above."""
        flow = self.flow("partner")
        self.books.fault("", status=500)
        waits = []
        for _attempt in range(4):
            self.connection.set_aside_until = False
            job = flow._enqueue("schedule", wake=False)
            job.write({"state": "pending", "run_after": False})
            with self.committing() as env:
                job.with_env(env)._run()
            waits.append((self.connection.set_aside_until - self.now()).seconds)
        self.assertEqual(waits, sorted(waits))
        self.assertGreater(waits[-1], 2 * waits[0])
        self.books.forget_calls()
        self.run_lanes()
        self.assertEqual(self.books.calls(), 0)
        self.books.clear_faults()
        self.connection.set_aside_until = False
        self.pull()
        self.assertFalse(self.connection.failures)
        self.assertFalse(self.connection.set_aside_until)

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

    def cut(self, path=None, **action):
        """Customers are changed by PATCH (dossier §4)."""
        path = path or self.books.customer_writes
        methods = ["POST", "PUT", "PATCH"]
        self.books.fault(path, method=methods, times=1, **action)

    def change(self, move, quantity):
        move.button_draft()
        move.invoice_line_ids.quantity = quantity
        move.action_post()

    def test_an_invoice_changed_after_it_was_booked_is_not_booked_twice(self):
        """An unfinished one is changed there, one that was sent is not (dossier §3)."""
        self.sends_invoices()
        move = self.invoice()
        self.push("invoice")
        self.change(move, 5)
        self.push("invoice")
        self.assertEqual(self.there(move)["total"], move.amount_total)
        link = self.link_of(move, self.books.invoice)
        self.world.do("set_status", id=int(link.external_id), status="SENT")
        before = self.there(move)
        self.change(move, 7)
        self.push("invoice", expect="partial")
        self.assertEqual(self.there(move), before)
        self.assertEqual(self.books.count("invoices"), 1)
        self.assertEqual(link.state, "failed")
        self.assert_readable(link.error)

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
