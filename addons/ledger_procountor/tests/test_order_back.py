# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Odoo's own invoices, and what comes back to Odoo of them and of orders."""

from odoo.fields import Command
from odoo.tests import tagged

from .order_lines_case import OrderLinesCase


@tagged("post_install", "-at_install")
class TestInvoiceRows(OrderLinesCase):
    """Odoo's own invoices, with what orders do not have."""

    def setUp(self):
        super().setUp()
        self.orders.active = False
        self.push_flow("invoice")

    def invoice(self, order=None, **values):
        """A posted invoice, of *order* or of two cups."""
        if order:
            move = order._create_invoices(final=True)
        else:
            line = {
                "product_id": self.product.id,
                "quantity": 2,
                "tax_ids": [Command.set(self.tax.ids)],
            }
            move = (
                self.env["account.move"]
                .with_company(self.company)
                .create(
                    {
                        "move_type": "out_invoice",
                        "partner_id": self.asiakas.id,
                        "company_id": self.company.id,
                        "invoice_line_ids": [Command.create(line)],
                    }
                )
            )
        move.write({"invoice_date": "2026-03-02", **values})
        move.action_post()
        return move

    def invoiced(self, move):
        """The invoice there of an Odoo invoice, of the same total."""
        self.push("invoice")
        there = self.there(move, "invoice")
        self.assertEqual(self.total(there), move.amount_total)
        return there

    def down_payment(self, order):
        wizard = self.env["sale.advance.payment.inv"].create(
            {
                "advance_payment_method": "fixed",
                "fixed_amount": 10.0,
                "sale_order_ids": [Command.set(order.ids)],
            }
        )
        wizard.create_invoices()
        move = order.invoice_ids.filtered(lambda x: x.state == "draft")
        move.invoice_date = "2026-03-02"
        move.action_post()
        return move

    def test_a_down_payment_and_the_final_invoice_come_to_the_order(self):
        self.product.invoice_policy = "order"
        order = self.order(lines=[self.line(product_uom_qty=20)])
        total = order.amount_total
        first = self.invoiced(self.down_payment(order))
        last = self.invoiced(self.invoice(order))
        both = round(self.total(first) + self.total(last), 2)
        self.assertEqual(both, total)
        self.assertTrue(any(x["quantity"] < 0 for x in last["invoiceRows"]))

    def test_cash_rounding_as_a_line_is_a_row(self):
        income = self.env["account.account"].search(
            [
                ("company_ids", "in", self.company.ids),
                ("account_type", "=", "income"),
            ],
            limit=1,
        )
        rounding = (
            self.env["account.cash.rounding"]
            .with_company(self.company)
            .create(
                {
                    "name": "5 senttiä",
                    "rounding": 0.05,
                    "strategy": "add_invoice_line",
                    "rounding_method": "HALF-UP",
                    "profit_account_id": income.id,
                    "loss_account_id": income.id,
                }
            )
        )
        self.connection.procountor_finish = "approve"
        move = self.invoice(invoice_cash_rounding_id=rounding.id)
        self.assertNotEqual(move.amount_total, 22.34)
        there = self.invoiced(move)
        self.assertEqual(there["status"], "NOT_SENT")

    def test_the_incoterm_is_one_of_the_companys_list(self):
        dap = self.env.ref("account.incoterm_DAP")
        self.maps("delivery_term", "DAP - Delivered At Place", dap)
        move = self.invoice(invoice_incoterm_id=dap.id, incoterm_location="Turku")
        self.assertEqual(
            self.invoiced(move)["deliveryTermsInfo"],
            {"name": "DAP - Delivered At Place", "municipality": "Turku"},
        )

    def test_an_incoterm_without_counterpart_is_left_out(self):
        fob = self.env.ref("account.incoterm_FOB")
        move = self.invoice(invoice_incoterm_id=fob.id)
        self.assertNotIn("deliveryTermsInfo", self.invoiced(move))

    # === BACK TO ODOO === #

    def keep_payments(self):
        self.connection.payment_journal_id = self.env["account.journal"].search(
            [("type", "=", "bank"), ("company_id", "=", self.company.id)], limit=1
        )
        self.flow("payment").write({"active": True, "register_payments": True})

    def paid_there(self, move, amount=None):
        link = self.link_of(move, "invoice")
        self.books.pay(link.external_id, amount)
        self.pull("payment")
        move.invalidate_recordset()

    def test_what_is_paid_there_is_registered_on_the_invoice_here_once(self):
        self.keep_payments()
        move = self.invoice()
        self.invoiced(move)
        self.assertTrue(move.ledger_number)
        self.paid_there(move, 10.0)
        self.assertEqual(move.payment_state, "partial")
        self.assertEqual(move.amount_residual, round(move.amount_total - 10, 2))
        self.paid_there(move)
        self.assertIn(move.payment_state, ("paid", "in_payment"))
        self.assertEqual(len(move.matched_payment_ids), 2)
        self.pull("payment", full=True)
        self.assertEqual(len(move.matched_payment_ids), 2)

    def test_payments_of_invoices_that_odoo_did_not_send_are_nobodys_business(self):
        self.keep_payments()
        lines = [("Työ", 1, 10.0, self.books.tax_code, None)]
        other = self.books.add_invoice(self.books.add_customer("Toinen Oy"), lines)
        self.books.pay(other)
        self.paid_there(self.sent_invoice())
        self.assertEqual(len(self.bindings(self.connection, entity="payment")), 1)
        self.assertFalse(self.problems())

    def sent_invoice(self):
        move = self.invoice()
        self.invoiced(move)
        return move

    def test_how_far_it_is_comes_back_and_no_invoice_of_procountor_with_it(self):
        self.flow("invoice").write({"active": True, "create_policy": "known"})
        move = self.invoice()
        self.invoiced(move)
        lines = [("Työ", 1, 10.0, self.books.tax_code, None)]
        self.books.add_invoice(self.books.add_customer("Toinen Oy"), lines)
        self.books.pay(self.link_of(move, "invoice").external_id)
        self.run_flow(self.flow("invoice"))
        move.invalidate_recordset()
        self.assertEqual(move.ledger_stage, "paid")
        self.assertEqual(move.ledger_payment_state, "paid")
        moves = self.env["account.move"].search([("company_id", "=", self.company.id)])
        self.assertEqual(moves, move)
        self.assertFalse(self.problems())


@tagged("post_install", "-at_install")
class TestBackToOdoo(OrderLinesCase):
    def read_back(self):
        pull = self.flow("order")
        pull.active = True
        self.books.forget_calls()
        job = self.run_flow(pull)
        self.assertEqual(job.state, "done", job.error or self.problems())
        return self.books.calls(r"/invoices")

    def test_only_what_changed_is_read_again(self):
        orders = [self.order() for _n in range(6)]
        self.world.clock(advance=-6 * 3600)
        self.push("order")
        self.world.clock(advance=6 * 3600)
        self.read_back()
        self.assertEqual(self.read_back(), 1)
        for order in orders[:2]:
            self.set_status(order, "SENT")
        # The list of what changed, and those in one call.
        self.assertLessEqual(self.read_back(), 2)
        stages = [order.ledger_stage for order in orders]
        self.assertEqual(stages, ["sent"] * 2 + ["unfinished"] * 4)

    def test_an_order_says_how_far_it_is_paid(self):
        self.connection.procountor_finish = "send"
        order = self.sent()
        self.books.pay(self.order_link(order).external_id, 1.0)
        self.read_back()
        self.assertEqual(order.ledger_stage, "partial")
        self.books.pay(self.order_link(order).external_id)
        self.read_back()
        self.assertEqual(order.ledger_stage, "paid")
