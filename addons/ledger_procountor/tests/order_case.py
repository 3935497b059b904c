# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A Finnish web shop, connected to Procountor's stand-in."""

from odoo.fields import Command

from odoo.addons.ledger_connector_base.tests.conformance_case import ConformanceCase
from odoo.addons.ledger_connector_base.tests.conformance_once import OnceConformance

from .mapping_case import MappingCase
from .stand_in import ProcountorBooks


class ProcountorOrderCase(MappingCase, ConformanceCase):
    """Orders and invoices go to Procountor, customers and products before them."""

    stand_in = ProcountorBooks
    # How the suite waits; its cases run elsewhere.
    settle = OnceConformance.settle

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
        self.world = self.books.world
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

    def reading(self, entity):
        """The flow that reads *entity*, switched on."""
        flow = self.flow(entity)
        flow.active = True
        return flow

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
        found = self.world.objects("invoices")
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
        self.world.do("set_status", id=int(there), status=status)

    def numbers(self):
        """Our numbers of all invoices there, oldest first."""
        return [number for number, _status in self.statuses()]

    def replaced(self, order):
        """Numbers of a sent invoice, of its credit note and of the one made anew."""
        return [order.name, f"{order.name}-C", f"{order.name}-2"]

    def sum_there(self):
        """What all invoices there come to, credit notes taken off."""
        sums = [one["invoiceSumInfo"][0] for one in self.invoices_there()]
        return sum(one["invoiceSumTotal"] for one in sums)

    # === WHAT PEOPLE DO === #

    def finish(self, how):
        """A manager sets how far Procountor is to go with an invoice."""
        self.connection.procountor_finish = how

    def change(self, order, quantity=5):
        """A seller changes the only line."""
        order.order_line.product_uom_qty = quantity

    def cancel(self, order):
        """A seller cancels the order."""
        order._action_cancel()

    def confirm_again(self, order):
        """A seller takes the cancelling back."""
        order.action_draft()
        order.action_confirm()

    def asked(self, edit):
        """An order that was edited after its invoice went out: a person is asked.

        :param edit: what is done to it, :meth:`change` or :meth:`cancel`
        """
        self.finish("send")
        order = self.sent()
        edit(order)
        self.push("order", expect="partial")
        self.assertTrue(order.ledger_question)
        return order

    def agreed_to(self, edit):
        """As :meth:`asked`; the person agreed, and nothing was sent since."""
        order = self.asked(edit)
        order.action_ledger_agree()
        return order

    # === WHAT GOES WRONG === #

    def lose(self, path, method="PUT", **how):
        """A call is worked on there and its answer is lost, the first one or *nth*."""
        how = how or {"times": 1}
        self.books.fault(path, method=[method], cut=True, **how)

    def forbid_approval(self):
        """The technical user may not approve."""
        body = {"errors": [{"status": 403, "message": "No right to approve"}]}
        self.books.fault(r"/approve$", method=["PUT"], status=403, body=body)

    def break_approval(self):
        """Procountor stumbles whenever it approves."""
        self.books.fault(r"/approve$", method=["PUT"], status=500, text="<html></html>")

    def go(self, flow=None):
        """Send what was noted, whatever comes of it."""
        self.env.cr.precommit.run()
        return self.run_flow(flow or self.orders)

    def go_on(self, times=2):
        """Send again and again, each time after a lost call is over."""
        for _attempt in range(times):
            self.settle()
            self.go()
