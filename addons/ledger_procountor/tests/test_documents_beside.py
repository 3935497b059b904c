# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Documents and what goes on beside them: Odoo's dialogue, comparing, users' edits."""

from unittest.mock import patch

from odoo.fields import Command
from odoo.tests import tagged

from .order_case import ProcountorOrderCase


@tagged("post_install", "-at_install")
class TestDocumentsBeside(ProcountorOrderCase):
    # === ODOO'S SEND DIALOGUE === #

    def invoice(self):
        """A posted invoice in Odoo, not of an order."""
        move = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": self.asiakas.id,
                "company_id": self.company.id,
                "invoice_date": "2026-03-02",
                "currency_id": self.order().currency_id.id,
                "invoice_line_ids": [
                    Command.create(
                        {
                            "product_id": self.product.id,
                            "quantity": 2,
                            "tax_ids": [Command.set(self.tax.ids)],
                        }
                    )
                ],
            }
        )
        move.action_post()
        return move

    def send_now(self, move):
        """Send from Odoo's dialogue; returns what it says, if it is not there."""
        flow = self.push_flow("invoice")
        self.env.cr.precommit.run()
        with self.committing() as env:
            return flow.with_env(env)._push_now([move.id]).get(move.id)

    def test_the_dialogue_waits_for_an_invoice_that_is_not_finished(self):
        self.finish("approve")
        flow = self.push_flow("invoice")
        move = self.invoice()
        self.lose(r"/approve$")
        self.assert_readable(self.send_now(move))
        self.assertTrue(flow._takes(move))
        self.settle()
        self.assertFalse(self.send_now(move))
        self.assertEqual(self.statuses(), [(move.name, "NOT_SENT")])
        self.assertFalse(flow._takes(move))

    def test_the_dialogue_takes_an_invoice_that_was_posted_again(self):
        flow = self.push_flow("invoice")
        move = self.invoice()
        self.assertFalse(self.send_now(move))
        move.button_draft()
        move.button_cancel()
        self.push("invoice")
        self.assertEqual(self.statuses(), [(move.name, "INVALIDATED")])
        move.button_draft()
        move.action_post()
        self.assertTrue(flow._takes(move))
        self.assertFalse(self.send_now(move))
        self.assertEqual(self.statuses()[1:], [(f"{move.name}-2", "UNFINISHED")])

    # === COMPARING BOTH SIDES === #

    def compare(self):
        """Press *Compare both sides*; returns flow, kind and id there of each line."""
        self.connection.action_compare()
        self.run_lanes()
        lines = self.env["ledger.drift"].search(
            [("connection_id", "=", self.connection.id)]
        )
        return [(x.flow_id.entity, x.kind, x.external_id) for x in lines]

    def test_comparing_takes_orders_for_orders_and_leaves_out_what_is_not_ours(self):
        self.sent()
        self.flow("order").active = self.flow("invoice").active = True
        buyer = self.books.add_customer("Toinen Oy")
        row = ("Työ", 1, 10.0, self.books.tax_code, None)
        theirs = self.books.add_invoice(buyer, [row])
        found = [x for x in self.compare() if x[0] in ("order", "invoice")]
        self.assertEqual(found, [("invoice", "only_there", theirs)])

    # === WHILE THE VENDOR IS WORKING === #

    def test_an_order_cancelled_before_its_invoice_is_finished_is_not_sent(self):
        self.finish("send")
        orders = self.order() | self.order()
        connector = type(self.connection._connector())
        write, made = connector._write, []

        def cancelled_meanwhile(connector, client, flow, operations):
            results = write(connector, client, flow, operations)
            made.extend(one.name for one in operations if one.resource == "order")
            if len(made) == len(orders):
                early = orders.filtered(lambda order: order.name == made[0])
                early.with_env(connector.env(user=self.env.uid))._action_cancel()
                connector.env.cr.commit()
            return results

        with patch.object(connector, "_write", cancelled_meanwhile):
            self.push("order")
        self.assertEqual(self.statuses(), [(made[0], "INVALIDATED"), (made[1], "SENT")])
        self.assertEqual(len(self.books.mails()), 1)
