# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Figures that somebody asks for: many clients, several months, one answer."""

from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from ..models.ledger_sync_job import TRIES
from .counting_case import Books, CountingCase


@tagged("post_install", "-at_install")
class TestImport(CountingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls.env["res.partner"].create({"name": "Kask Kaubandus OÜ"})
        cls.other_connection, cls.other_flow = cls._add_connection(cls.other)

    def setUp(self):
        super().setUp()
        self.other_books = Books()
        self.vendor.books[self.other_connection.id] = self.other_books
        self.books.add_many("sales_invoice", "2026-01-10", 3)
        self.books.add_many("sales_invoice", "2026-02-10", 4, "feb")
        self.other_books.add_many("bank_payment", "2026-02-10", 2)

    def ask(self, *clients, compare=False, **months):
        """Tick clients, press Import data, and return the import."""
        ids = [client.id for client in clients]
        wizard = Form(
            self.env["ledger.statistics.request"]
            .with_user(self.responsible)
            .with_context(
                active_model="res.partner",
                active_ids=ids,
                default_compare=compare,
                allowed_company_ids=self.company.ids,
            )
        )
        for name, value in months.items():
            setattr(wizard, name, value)
        action = wizard.save().action_import()
        return self.env[action["res_model"]].browse(action["res_id"])

    def work(self):
        """Let the lanes run; return what people were told."""
        self.env["bus.bus"].search([]).unlink()
        self.run_lanes()
        self.env.invalidate_all()
        messages = self.env["bus.bus"].search([]).mapped("message")
        return [message for message in messages if "simple_notification" in message]

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

    def fail_for_good(self, books):
        """Ask again and again, until the import gives these books up."""
        for hour in range(4, 4 + TRIES):
            self.at(f"2026-03-06 {hour:02}:00:00")
            books.fails_at = books.pages + 1
            told = self.work()
            if told:
                break
        books.fails_at = None
        return told

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

    # === DIFFERENCES FIRST === #

    def test_a_reload_looks_at_twelve_months_and_changes_nothing(self):
        self.import_months("2026-01", "2026-02")
        self.books.add("new", "sales_invoice", "2026-02-11")
        one = self.ask(self.client, compare=True)
        self.assertEqual(str(one.date_from), "2025-03-01")
        told = self.work()
        self.assertIn("1 differences", told[0])
        self.assertEqual(one.state, "waiting")
        line = one.difference_ids
        self.assertEqual(
            (line.before, line.after, line.added, line.removed), (4, 5, 1, 0)
        )
        self.assertEqual(self.figures("2026-02")["sales_invoice"], 4)
        self.assertFalse(self.period("2025-12"))

    def test_applied_differences_change_open_periods_and_correct_frozen_ones(self):
        self.import_months("2026-01", "2026-02")
        self.freeze("2026-01")
        self.books.add("new", "sales_invoice", "2026-01-11")
        self.books.add("newer", "sales_invoice", "2026-02-11")
        self.at("2026-03-05 05:00:00")
        one = self.ask(self.client, compare=True)
        self.work()
        self.assertEqual(one.difference_ids.mapped("frozen"), [True, False])
        pages = self.books.pages
        one.with_user(self.responsible).action_apply()
        told = self.work()
        self.assertEqual(len(told), 1)
        self.assertEqual(one.state, "done")
        self.assertEqual(self.books.pages, pages, "read a second time")
        self.assertEqual(self.figures("2026-01")["sales_invoice"], 3)
        self.assertEqual(self.figures("2026-02")["sales_invoice"], 5)
        self.assertEqual(self.figures("2026-02", "total")["sales_invoice"], 6)
        self.env.cr.execute("SELECT count(*) FROM ledger_statistics_read")
        self.assertEqual(self.env.cr.fetchone()[0], 0)

    def test_discarded_differences_leave_all_as_it_is(self):
        self.import_months("2026-02")
        self.books.add("new", "sales_invoice", "2026-02-11")
        one = self.ask(self.client, compare=True)
        self.work()
        one.with_user(self.responsible).action_discard()
        self.work()
        self.assertEqual(one.state, "done")
        self.assertEqual(self.figures("2026-02")["sales_invoice"], 4)
        self.env.cr.execute("SELECT count(*) FROM ledger_statistics_read")
        self.assertEqual(self.env.cr.fetchone()[0], 0)

    def test_differences_that_a_run_has_overtaken_are_not_applied(self):
        self.import_months("2026-02")
        self.books.add("new", "sales_invoice", "2026-02-11")
        self.at("2026-03-05 05:00:00")
        one = self.ask(self.client, compare=True)
        self.work()
        self.books.add("newer", "sales_invoice", "2026-02-12")
        self.at("2026-03-05 06:00:00")
        self.scheduled()
        one.action_apply()
        self.work()
        self.assertEqual(self.figures("2026-02")["sales_invoice"], 6)
        line = one.difference_ids.filtered(lambda x: x.date_from.month == 2)
        self.assertEqual((line.applied, line.overtaken), (False, True))
        self.assertTrue((one.difference_ids - line).applied)
        self.assertEqual((one.difference_count, one.state), (0, "done"))
