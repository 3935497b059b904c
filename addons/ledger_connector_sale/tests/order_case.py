# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A company that sells, connected to books that take orders."""

from contextlib import contextmanager
from unittest.mock import patch

from odoo.fields import Command
from odoo.sql_db import Cursor
from odoo.tools import SQL

from odoo.addons.ledger_connector_base.tests.conformance_case import ConformanceCase
from odoo.addons.ledger_tripletex.tests.stand_in import TripletexBooks


class OrderCase(ConformanceCase):
    """Orders go to Tripletex: of the vendors that take them the one at hand."""

    stand_in = TripletexBooks

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.responsible.group_ids += cls.env.ref("sales_team.group_sale_manager")
        cls.product = cls.env["product.product"].create(
            {
                "name": "Stol",
                "default_code": "ST-1",
                "list_price": 400.0,
                "taxes_id": [Command.set(cls.tax.ids)],
                "type": "service",
                "invoice_policy": "order",
                "company_id": cls.company.id,
            }
        )

    def setUp(self):
        super().setUp()
        for entity in ("partner", "product"):
            self.push_flow(entity)
        self.orders = self.push_flow("order")
        self.kunde = self.customer("Kunde AS")

    def tearDown(self):
        # Whatever was done, the vendor wrote to nobody.
        self.assertEqual(self.books.mails(), [])
        super().tearDown()

    def quotation(self, lines=None, **values):
        """A quotation of two chairs."""
        rows = lines or [self.line()]
        return self.env["sale.order"].create(
            {
                "partner_id": self.kunde.id,
                "company_id": self.company.id,
                "date_order": "2026-03-02 10:00:00",
                "order_line": [Command.create(row) for row in rows],
                **values,
            }
        )

    def line(self, **values):
        """A line of a quotation."""
        return {"product_id": self.product.id, "product_uom_qty": 2, **values}

    def order(self, **values):
        """A confirmed order."""
        order = self.quotation(**values)
        order.action_confirm()
        return order

    def pay(self, order, amount=None, state="done"):
        """A payment transaction of *order*, in full unless *amount* says otherwise."""
        method = self.env.ref("payment.payment_method_unknown")
        provider = self.env["payment.provider"].create(
            {"name": "Kort", "code": "none", "company_id": self.company.id}
        )
        return self.env["payment.transaction"].create(
            {
                "provider_id": provider.id,
                "payment_method_id": method.id,
                "amount": order.amount_total if amount is None else amount,
                "currency_id": order.currency_id.id,
                "partner_id": order.partner_id.id,
                "reference": f"{order.name}-{provider.id}",
                "sale_order_ids": [Command.set(order.ids)],
                "state": state,
            }
        )

    def invoice(self, order, method="delivered", **values):
        """A posted invoice of *order*."""
        wizard = self.env["sale.advance.payment.inv"].with_context(
            active_model="sale.order", active_ids=order.ids
        )
        before = order.invoice_ids
        wizard.create({"advance_payment_method": method, **values}).create_invoices()
        invoice = order.invoice_ids - before
        invoice.invoice_date = "2026-03-03"
        invoice.action_post()
        return invoice

    def sent(self, **values):
        """A confirmed order that has been sent, and nothing else has."""
        order = self.order(**values)
        self.push("order")
        return order

    @contextmanager
    def keeping_queries(self):
        """The text of all queries that are made meanwhile."""
        queries, execute = [], Cursor.execute

        def keeping(cursor, query, *arguments, **options):
            queries.append(query.code if isinstance(query, SQL) else query)
            return execute(cursor, query, *arguments, **options)

        with patch.object(Cursor, "execute", keeping):
            yield queries

    def order_link(self, order):
        return self.link_of(order, "order")

    def there(self, order):
        """The order as the vendor has it; lines in their order."""
        fields = (
            "*,customer(name),"
            "orderLines(description,count,unitPriceExcludingVatCurrency,sortIndex)"
        )
        link = self.order_link(order)
        return self.books.world.object("order", int(link.external_id), fields=fields)

    def lines_there(self, order):
        """Text and count of the vendor's lines."""
        return [(x["description"], x["count"]) for x in self.there(order)["orderLines"]]

    def orders_there(self):
        return self.books.world.counts()["order"]
