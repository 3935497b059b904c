# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Orders that fail, and what has to be true of them."""

from .order_lines_case import OrderLinesCase

CREATE = r"/invoices$"


class BadInputCase(OrderLinesCase):
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
        self.go()
        link = self.order_link(order)
        self.assertIn(link.state, ("failed", "waiting"), link.error)
        self.assert_readable(order.ledger_problem)
        for word in words:
            self.assertIn(word, order.ledger_problem)
        self.assertEqual(self.invoices_there(), [])

    def mended(self, order):
        """The customer goes there, then the order: once, and nothing is left to do."""
        self.push("partner")
        order.action_ledger_retry()
        self.push("order")
        [there] = self.invoices_there()
        self.assertFalse(order.ledger_problem)
        return there

    def other_customer(self, number, **values):
        """A customer there that has this number; its id."""
        other = self.books.add_customer("Toinen Oy", **values)
        self.world.do(
            "update",
            resource="businesspartners",
            id=int(other),
            values={"invoicingInfo": {"customerNumber": number}},
        )
        return other
