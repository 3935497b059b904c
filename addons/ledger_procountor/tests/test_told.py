# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What people are told without asking: spelled names, the fate of what was sent."""

from odoo.tests import tagged

from .order_case import ProcountorOrderCase


@tagged("post_install", "-at_install")
class TestTold(ProcountorOrderCase):
    def test_a_name_that_is_spelled_otherwise_there_is_told_on_the_customer(self):
        self.asiakas.name = "Кофе ☕ Oy"
        order = self.sent()
        self.assertIn("Кофе", self.asiakas.ledger_note)
        self.assertIn("Кофе", order.ledger_note)
        [link] = self.link_of(self.asiakas)
        self.assertEqual((link.state, link.note), ("linked", self.asiakas.ledger_note))
        self.assertFalse(self.asiakas.ledger_problem)

    def test_plain_names_are_not_spoken_of(self):
        order = self.sent()
        self.assertFalse(self.asiakas.ledger_note)
        self.assertFalse(order.ledger_note)

    def test_the_note_goes_once_the_name_is_mended(self):
        self.push_flow("partner", sends_changes=True)
        self.asiakas.name = "Кофе Oy"
        self.sent()
        self.assertTrue(self.asiakas.ledger_note)
        self.asiakas.name = "Kofe Oy"
        self.push("partner")
        self.assertFalse(self.asiakas.ledger_note)

    def test_by_default_what_was_sent_is_read_back_and_nothing_else(self):
        kind = self.connection._connector()._describe().flow("invoice", "pull")
        self.assertTrue(kind.active)
        flow = self.flow("invoice")
        flow.write({"active": True, "create_policy": kind.create_policy})
        customer = self.books.add_customer("Toinen Oy")
        lines = [("Työ", 1, 10.0, self.books.tax_code, None)]
        self.books.add_invoice(customer, lines)
        self.books.forget_calls()
        self.assertEqual(self.run_flow(flow).state, "done")
        # Nothing was sent yet: there is nothing to be asked.
        self.assertEqual(self.books.calls(), 0)
        self.push_flow("invoice")
        move = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": self.asiakas.id,
                "company_id": self.company.id,
                "invoice_date": "2026-03-02",
                "currency_id": self.env.ref("base.NOK").id,
                "invoice_line_ids": [
                    (0, 0, {"product_id": self.product.id, "quantity": 2})
                ],
            }
        )
        move.action_post()
        self.push("invoice")
        there = int(self.link_of(move, "invoice").external_id)
        self.world.do("set_status", id=there, status="SENT")
        job = self.run_flow(flow)
        self.assertEqual((job.created, job.failed), (0, 0))
        self.assertEqual(move.ledger_stage, "sent")
        moves = self.env["account.move"].search([("company_id", "=", self.company.id)])
        self.assertEqual(moves, move)
