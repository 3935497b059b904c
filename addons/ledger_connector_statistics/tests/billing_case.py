# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the tests of billing share: clients with agreements and counted months."""

from odoo import Command

from .counting_case import Books, CountingCase


class BillingCase(CountingCase):
    """January and February were counted; the manager bills."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(
            context={**cls.env.context, "allowed_company_ids": cls.company.ids}
        )
        cls.tax = cls.env["account.tax"].create(
            {
                "name": "KM 24",
                "amount": 24,
                "type_tax_use": "sale",
                "company_id": cls.company.id,
                "price_include_override": "tax_excluded",
            }
        )
        cls.service = cls.env["product.product"].create(
            {
                "name": "Bookkeeping",
                "type": "service",
                "list_price": 99,
                "taxes_id": [Command.set(cls.tax.ids)],
            }
        )

    def kind(self, code):
        """The kind of documents with this code."""
        kinds = self.env["ledger.statistics.kind"]
        return kinds.browse(kinds._by_code(code))

    def line(self, *codes, **values):
        """Values of an agreement's line that counts these kinds."""
        kinds = [self.kind(code).id for code in codes]
        return {
            "product_id": self.service.id,
            "kind_ids": [Command.set(kinds)],
            **values,
        }

    def agree(self, *lines, client=None, **values):
        """An agreement that the manager makes."""
        agreements = self.env["ledger.statistics.agreement"].with_user(self.manager)
        return agreements.create(
            {
                "partner_id": (client or self.client).id,
                "company_id": self.company.id,
                "date_from": "2026-01-01",
                "line_ids": [Command.create(line) for line in lines],
                **values,
            }
        )

    def count(self, month, **counts):
        """Count a month in which so many documents of each kind were booked."""
        for kind, number in counts.items():
            self.books.add_many(kind, f"{month}-10", number, month)
        self.import_months(month)

    def add_client(self, name):
        """Another client with books of their own; returns it, its flow and books."""
        client = self.env["res.partner"].create({"name": name})
        connection, flow = self._add_connection(client)
        books = self.vendor.books[connection.id] = Books()
        return client, flow, books

    def add_books(self, client):
        """More books of a client; returns their flow and themselves."""
        _name, flow, books = self.add_client("More books")
        flow.connection_id.partner_id = client
        return flow, books

    def table(self, *periods):
        """The table of what is billed: of these periods, or of the last month."""
        chosen = self.env["ledger.statistics.period"].union(*periods)
        bills = self.env["ledger.statistics.bill"].with_user(self.manager)
        action = chosen.with_env(bills.env).action_bill() if periods else None
        action = action or bills.action_begin()
        return bills.browse(action["res_id"])

    def bill(self, *periods):
        """Make the invoices of the table, and return them."""
        table = self.table(*periods)
        table.action_create_invoices()
        return table.invoice_ids

    def lines_of(self, invoice):
        """(text, quantity, price) of an invoice's lines."""
        return [
            (line.name, line.quantity, line.price_unit)
            for line in invoice.invoice_line_ids.sorted(lambda x: (x.sequence, x.id))
        ]
