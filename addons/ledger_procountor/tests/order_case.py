# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A Finnish web shop, connected to Procountor's stand-in."""

from odoo.fields import Command

from odoo.addons.ledger_connector_base.tests.conformance_case import ConformanceCase

from .stand_in import ProcountorBooks


class ProcountorOrderCase(ConformanceCase):
    """Orders and invoices go to Procountor, customers and products before them."""

    stand_in = ProcountorBooks

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.responsible.group_ids += cls.env.ref("sales_team.group_sale_manager")
        cls.company.currency_id = cls.env.ref("base.EUR")
        cls.company.currency_id.active = True
        cls.company.tax_calculation_rounding_method = "round_per_line"
        cls.product = cls.env["product.product"].create(
            {
                "name": "Kahvikuppi",
                "default_code": "KUPPI-1",
                "list_price": 8.9,
                "taxes_id": [Command.set(cls.tax.ids)],
                "company_id": cls.company.id,
            }
        )

    def setUp(self):
        super().setUp()
        for entity in ("partner", "product"):
            self.push_flow(entity)
        self.orders = self.push_flow("order")
        self.asiakas = self.customer(
            "Esimerkki Oy",
            email="laskut@esimerkki.example",
            country_id=self.env.ref("base.fi").id,
            ref="10025",
        )

    def _connect(self, company=None, user=None):
        """Invoices are read where a test asks for it, and then all of them."""
        connection = super()._connect(company, user)
        flows = connection.flow_ids
        flows.filtered(
            lambda f: (f.entity, f.direction) == ("invoice", "pull")
        ).active = False
        return connection

    def order(self, **values):
        """A confirmed order of two cups."""
        rows = values.pop("lines", [self.line()])
        order = self.env["sale.order"].create(
            {
                "partner_id": self.asiakas.id,
                "company_id": self.company.id,
                "date_order": "2026-03-02 10:00:00",
                "order_line": [Command.create(row) for row in rows],
                **values,
            }
        )
        order.action_confirm()
        return order

    def line(self, **values):
        """A line of an order."""
        return {"product_id": self.product.id, "product_uom_qty": 2, **values}

    def sent(self, **values):
        """A confirmed order that has gone to Procountor."""
        order = self.order(**values)
        self.push("order")
        return order

    def order_link(self, order):
        """The link of an order that is in use."""
        links = self.link_of(order, "order")
        return links.filtered(lambda link: not link.withdrawn)[:1] or links[:1]

    def invoices_there(self):
        """All invoices of the books by their number of ours, oldest first."""
        found = self.books.world.objects("invoices")
        return sorted(found, key=lambda one: int(one["id"]))

    def statuses(self):
        """``(our number, status)`` of all invoices there, oldest first."""
        return [
            (one.get("originalInvoiceNumber"), one["status"])
            for one in self.invoices_there()
        ]

    def set_status(self, order, status):
        """Somebody in Procountor moves the order's invoice on."""
        there = self.order_link(order).external_id
        self.books.world.do("set_status", id=int(there), status=status)

    def settle(self):
        """Let the time pass in which a lost call could still be worked on."""
        self.env.cr.execute(
            "UPDATE ledger_binding SET sent_at = sent_at - interval '1 hour'"
        )
        self.connection.write({"set_aside_until": False, "failures": 0})
