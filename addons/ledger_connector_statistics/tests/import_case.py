# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the tests of imports share: two clients, and how somebody asks for figures."""

from odoo.tests import Form

from ..models.ledger_sync_job import TRIES
from .counting_case import Books, CountingCase


class ImportCase(CountingCase):
    """Two clients; January and February have documents, none is counted yet."""

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
