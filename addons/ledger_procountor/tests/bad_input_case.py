# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Orders that fail, and what has to be true of them."""

from .order_case import ProcountorOrderCase
from .writing_case import FinnishBooks

CREATE = r"/invoices$"


class BadInputCase(ProcountorOrderCase):
    stand_in = FinnishBooks

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tax.write({"name": "ALV 25,5 %", "amount": 25.5})
        lists = cls.env["product.pricelist"].search(
            [("company_id", "=", cls.company.id)]
        )
        lists.currency_id = cls.company.currency_id
        cls.asiakas_values = {"street": "Katu 1", "zip": "00100", "city": "Helsinki"}

    def setUp(self):
        super().setUp()
        self.asiakas.write(self.asiakas_values)
        self.world = self.books.world

    # === WHAT IS CLAIMED === #

    def fails(self, order, *words, called=None):
        """Send *order*; it fails with a sentence for people that has these words."""
        self.world.clear_calls()
        self.push("order", expect="partial")
        link = self.order_link(order)
        self.assertEqual(link.state, "failed", link.error)
        self.assert_readable(order.ledger_problem)
        self.assertNotIn("HTTP", order.ledger_problem)
        for word in (order.name, *words):
            self.assertIn(word, order.ledger_problem)
        self.assertEqual(order.ledger_state, "attention")
        self.assertEqual(self.invoices_there(), [])
        if called is not None:
            posts = self.world.count_calls(path=CREATE, method="POST")
            self.assertEqual(posts, called, "calls that create an invoice")
        return link

    def retried(self, order):
        """Press *Retry*: the invoice is there, once, and the order is at peace."""
        order.action_ledger_retry()
        self.push("order")
        link = self.order_link(order)
        self.assertEqual(link.state, "linked", link.error)
        self.assertFalse(order.ledger_problem)
        self.assertNotEqual(order.ledger_state, "attention")
        self.push("order")
        [there] = self.invoices_there()
        self.assertEqual(there["originalInvoiceNumber"], order.name)
        self.assertEqual(str(there["id"]), link.external_id)
        return there

    def waits(self, order, *words):
        """Send *order*; it waits for its customer, and says what is wrong there."""
        self.env.cr.precommit.run()
        self.run_flow(self.orders)
        link = self.order_link(order)
        self.assertIn(link.state, ("failed", "waiting"), link.error)
        self.assert_readable(order.ledger_problem)
        for word in words:
            self.assertIn(word, order.ledger_problem)
        self.assertEqual(self.invoices_there(), [])

    def tax_of(self, code, percent):
        """A tax of Odoo that stands for a status and percentage there."""
        tax = self.tax.copy({"name": f"ALV {code}", "amount": percent})
        self.env["ledger.value.mapping"].create(
            {
                "connection_id": self.connection.id,
                "kind": "tax",
                "remote_code": code,
                "res_id": tax.id,
            }
        )
        return tax
