# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Figures that somebody asks for: many clients, several months, one answer."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from .counting_case import Books
from .import_case import ImportCase


@tagged("post_install", "-at_install")
class TestImport(ImportCase):
    def test_months_of_ticked_clients_are_imported_and_told_of_once(self):
        one = self.ask(
            self.client, self.other, month_from="2026-01-15", month_to="2026-02-01"
        )
        self.assertEqual(one.state, "running")
        self.assertEqual(one.user_id, self.responsible)
        told = self.work()
        self.assertEqual(one.state, "done")
        self.assertEqual(one.progress, 100)
        self.assertEqual(one.received, 9)
        self.assertEqual(len(told), 1)
        self.assertIn("2 clients", told[0])
        self.assertEqual(self.figures("2026-01")["entries"], 3)
        self.assertEqual(self.figures("2026-02")["entries"], 4)
        self.assertEqual(self.period("2026-02", self.other_connection).entry_count, 2)

    def test_last_month_is_what_the_window_offers(self):
        one = self.ask(self.client)
        self.assertEqual(str(one.date_from), "2026-02-01")
        self.assertEqual(str(one.date_to), "2026-02-28")
        self.assertEqual(one.system, "counted")

    def test_what_failed_is_told_by_client_and_reason(self):
        without = self.env["res.partner"].create({"name": "Mänd OÜ"})
        one = self.ask(self.client, self.other, without)
        told = self.fail_for_good(self.other_books)
        self.assertEqual(one.state, "partial")
        self.assertEqual(len(told), 1)
        self.assertIn("Figures of 1 clients", told[0])
        self.assertIn("Kask Kaubandus OÜ: ", one.failures)
        self.assertNotIn("Tamm", one.failures)
        self.assertIn("Mänd OÜ: there are no keys", one.refused)
        self.assertEqual(self.figures("2026-02")["entries"], 4)

    def test_a_hiccup_does_not_cost_a_client_the_import(self):
        self.other_books.fails_at = 1
        one = self.ask(self.client, self.other)
        self.assertFalse(self.work(), "it is not over")
        self.assertEqual(one.state, "running")
        self.assertFalse(one.can_retry)
        job = one.job_ids.filtered(lambda x: x.connection_id == self.other_connection)
        self.assertEqual(job.state, "waiting")
        self.at("2026-03-05 12:00:00")
        told = self.work()
        self.assertEqual((one.state, len(told)), ("done", 1))
        self.assertIn("2 clients", told[0])

    def test_failed_clients_are_tried_again_and_go_on_where_they_stopped(self):
        self.other_books.page_size = 1
        one = self.ask(self.client, self.other)
        self.other_books.fails_at = 2
        self.work()
        self.fail_for_good(self.other_books)
        self.assertEqual(one.state, "partial")
        self.assertTrue(one.can_retry)
        pages, asked = self.books.pages, len(self.other_books.asked)
        one.with_user(self.responsible).action_retry()
        self.assertEqual((one.state, one.failures), ("running", False))
        told = self.work()
        self.assertEqual((one.state, one.can_retry), ("done", False))
        self.assertIn("2 clients", told[0])
        self.assertEqual(self.books.pages, pages, "was not among the failed ones")
        again = self.other_books.asked[asked:]
        self.assertEqual([cursor for *_window, cursor in again], [1])
        self.assertEqual(self.period("2026-02", self.other_connection).entry_count, 2)

    def test_a_client_who_got_keys_meanwhile_is_tried_with_the_failed_ones(self):
        late = self.env["res.partner"].create({"name": "Mänd OÜ"})
        one = self.ask(self.client, late)
        self.work()
        self.assertEqual(one.state, "partial")
        one.action_retry()
        self.assertEqual(one.state, "partial", "nothing has changed")
        self.assertTrue(one.ended_at)
        connection, _flow = self._add_connection(late)
        self.vendor.books[connection.id] = Books()
        one.action_retry()
        self.work()
        self.assertEqual((one.state, one.refused), ("done", False))
        self.assertEqual(len(one.job_ids), 2)
        self.assertTrue(self.period("2026-02", connection))

    def test_nobody_told_is_not_called_a_failed_client(self):
        one = self.ask(self.client)
        self.client.company_id = self._make_company("Elsewhere OÜ")
        self.work()
        self.assertEqual((one.job_ids.state, one.state), ("partial", "untold"))
        self.assertIn("nobody could be told", one.failures)
        self.client.company_id = False
        one.with_user(self.responsible).action_retry()
        self.work()
        self.assertEqual(one.state, "done")
        self.assertTrue(self.period("2026-02").activity_id)

    def test_cancelling_ends_the_import(self):
        one = self.ask(self.client, self.other)
        one.with_user(self.responsible).action_cancel()
        self.assertEqual(set(one.job_ids.mapped("state")), {"cancelled"})
        self.assertTrue(one.ended_at)

    def test_paused_clients_are_imported_if_somebody_asks(self):
        self.connection.state = "paused"
        one = self.ask(self.client)
        self.work()
        self.assertEqual(one.state, "done", one.failures)
        self.assertEqual(self.connection.state, "paused")

    def test_future_months_and_turned_months_are_refused(self):
        with self.assertRaisesRegex(UserError, "not begun"):
            self.ask(self.client, month_from="2026-04-01", month_to="2026-04-01")
        with self.assertRaisesRegex(UserError, "Swap"):
            self.ask(self.client, month_from="2026-02-01", month_to="2026-01-01")
