# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The connection to the database that deliveries share."""

import psycopg2

from odoo.tests import TransactionCase, tagged

from ..controllers.line import Line


@tagged("post_install", "-at_install")
class TestWebhookLine(TransactionCase):
    def setUp(self):
        super().setUp()
        self.line = Line(self.env.cr.dbname)
        self.addCleanup(self.line._end)

    def ask(self, question):
        with self.line.cursor() as cr:
            cr.execute(question)
            return cr.fetchone()[0]

    def backend(self):
        return self.ask("SELECT pg_backend_pid()")

    def test_what_a_statement_did_is_committed_before_the_next(self):
        own = "SELECT pg_current_xact_id()::text"
        with self.line.cursor() as cr:
            cr.execute(own)
            [first] = cr.fetchone()
            cr.execute("SELECT pg_xact_status(%s::xid8)", [first])
            self.assertEqual(cr.fetchone(), ("committed",))
        self.assertNotEqual(self.ask(own), first)

    def test_the_connection_is_kept_from_one_delivery_to_the_next(self):
        self.assertEqual(self.backend(), self.backend())

    def test_after_a_failure_the_next_one_gets_a_working_connection(self):
        with self.assertRaises(psycopg2.Error), self.line.cursor() as cr:
            cr.execute("SELECT 1 / 0", log_exceptions=False)
        self.assertEqual(self.ask("SELECT 7"), 7)

    def test_a_connection_that_was_cut_is_replaced(self):
        with self.line.cursor() as cr:
            cr._cnx.close()
        with self.assertRaises(psycopg2.Error):
            self.backend()
        self.assertEqual(self.ask("SELECT 7"), 7)

    def test_the_pool_gets_an_ordinary_connection_back(self):
        with self.line.cursor() as cr:
            lent = cr._cnx
        self.line._end()
        self.assertFalse(lent._pool_in_use)
        with self.line.cursor() as cr:
            self.assertTrue(cr._cnx.autocommit)
        self.line._end()
        # Whoever takes it next has transactions again.
        lent.reset()
        self.assertFalse(lent.autocommit)
