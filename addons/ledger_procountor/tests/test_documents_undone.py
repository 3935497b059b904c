# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What was begun in Procountor and then undone, or given up, in Odoo ends well."""

from odoo.tests import tagged

from .order_case import ProcountorOrderCase

INVALID = {"errors": [{"status": 400, "message": "ERROR_OF_ITS_OWN"}]}


@tagged("post_install", "-at_install")
class TestDocumentsUndone(ProcountorOrderCase):
    def refuse(self, path, method, nth=1):
        """The vendor refuses one call, for a reason of its own."""
        self.books.fault(path, method=[method], nth=nth, status=400, body=INVALID)

    def lose_the_new_invoice(self):
        """Send a replacing; the answer to the second document made of it is lost."""
        self.lose(r"/invoices$", "POST", nth=2)
        self.push("order", expect="failed")
        self.books.clear_faults()

    def read_invoices(self):
        """Read invoices as a shop does that wants them in Odoo."""
        self.run_flow(self.reading("invoice"))

    def moves(self):
        return self.env["account.move"].search([("company_id", "=", self.company.id)])

    # === AN EDIT THAT WAS UNDONE === #

    def test_an_edit_that_was_refused_and_undone_leaves_the_invoice_approved(self):
        self.finish("approve")
        order = self.sent()
        self.change(order)
        self.refuse(r"/invoices/\d+$", "PUT")
        self.push("order", expect="partial")
        self.assertEqual(self.statuses(), [(order.name, "UNFINISHED")])
        self.books.clear_faults()
        self.change(order, quantity=2)
        self.push("order")
        self.assertEqual(self.statuses(), [(order.name, "NOT_SENT")])
        self.assertFalse(order.ledger_problem)

    def test_an_edit_of_the_head_whose_answer_was_lost_is_approved_again(self):
        self.finish("approve")
        order = self.sent()
        order.client_order_ref = "PO-77"
        self.lose(r"/invoices/\d+$")
        self.push("order", expect="failed")
        self.go_on()
        self.assertEqual(self.statuses(), [(order.name, "NOT_SENT")])
        self.assertFalse(self.order_link(order).unfinished)

    def test_a_cancelling_that_stopped_half_way_and_was_undone_approves_again(self):
        self.finish("approve")
        order = self.sent()
        self.cancel(order)
        self.refuse(r"/invalidate$", "PUT")
        self.push("order", expect="partial")
        self.assertEqual(self.statuses(), [(order.name, "UNFINISHED")])
        self.books.clear_faults()
        self.confirm_again(order)
        self.push("order")
        self.assertEqual(self.statuses(), [(order.name, "NOT_SENT")])

    def test_a_credited_invoice_is_made_anew_even_if_the_edit_was_undone(self):
        order = self.agreed_to(self.change)
        self.refuse(r"/invoices$", "POST", nth=2)
        self.push("order", expect="partial")
        self.assertEqual(self.numbers(), self.replaced(order)[:2])
        self.books.clear_faults()
        self.change(order, quantity=2)
        self.push("order")
        self.assertEqual(self.numbers(), self.replaced(order))
        self.assertAlmostEqual(self.sum_there(), order.amount_total)

    def test_a_replacing_that_had_to_wait_is_ended_even_if_the_edit_was_undone(self):
        order = self.agreed_to(self.change)
        self.lose_the_new_invoice()
        self.change(order, quantity=2)
        self.go_on()
        self.assertCountEqual(self.numbers(), self.replaced(order))
        self.assertAlmostEqual(self.sum_there(), order.amount_total)
        self.assertFalse(order.ledger_problem)

    def test_a_credited_invoice_whose_order_is_confirmed_again_is_made_anew(self):
        order = self.agreed_to(self.cancel)
        self.forbid_approval()
        self.go()
        self.assertEqual(len(self.invoices_there()), 2)
        self.books.clear_faults()
        self.connection.write({"state": "live", "set_aside_until": False})
        self.confirm_again(order)
        self.go()
        self.assertCountEqual(self.numbers(), self.replaced(order))

    def test_an_order_cancelled_while_it_is_replaced_leaves_nothing_to_pay(self):
        order = self.agreed_to(self.change)
        self.lose_the_new_invoice()
        self.cancel(order)
        self.go_on()
        self.assertEqual(
            self.statuses(),
            [
                (order.name, "SENT"),
                (f"{order.name}-C", "SENT"),
                (f"{order.name}-2", "INVALIDATED"),
            ],
        )
        self.assertFalse(order.ledger_problem)
        self.confirm_again(order)
        self.go()
        self.assertEqual(self.statuses()[3:], [(f"{order.name}-3", "SENT")])

    # === AGREEMENTS === #

    def test_who_agreed_to_credit_a_cancelled_order_agreed_to_nothing_else(self):
        order = self.agreed_to(self.cancel)
        order.action_draft()
        self.change(order)
        order.action_confirm()
        self.push("order", expect="partial")
        self.assertEqual(self.statuses(), [(order.name, "SENT")])
        self.assertTrue(order.ledger_question)
        self.assertIn("changed", order.ledger_problem)
        order.action_ledger_agree()
        self.push("order")
        self.assertEqual(len(self.invoices_there()), 3)

    def test_an_agreement_does_not_outlive_another_failure(self):
        order = self.agreed_to(self.change)
        other = self.tax.copy({"name": "ALV of nobody"})
        before = order.order_line.tax_ids
        order.order_line.tax_ids = other
        self.push("order", expect="partial")
        self.assertFalse(order.ledger_question)
        order.order_line.tax_ids = before
        self.change(order, quantity=9)
        self.push("order", expect="partial")
        self.assertEqual(self.statuses(), [(order.name, "SENT")])
        self.assertTrue(order.ledger_question)

    def test_what_is_only_proposed_is_not_voided_with_its_cancelled_order(self):
        order = self.sent()
        theirs = self.order_link(order)
        other = self.order()
        self.push("order")
        link = self.order_link(other)
        link.sudo().write({"state": "candidate"})
        self.cancel(other)
        self.push("order")
        statuses = dict(self.statuses())
        self.assertEqual(statuses[other.name], "UNFINISHED")
        self.assertEqual(theirs.state, "linked")

    # === READING === #

    def test_reading_invoices_brings_no_voided_order_back(self):
        order = self.sent()
        self.cancel(order)
        self.push("order")
        self.assertEqual(self.statuses(), [(order.name, "INVALIDATED")])
        self.read_invoices()
        self.assertFalse(self.moves())

    def test_reading_invoices_brings_no_credited_order_back(self):
        order = self.agreed_to(self.cancel)
        self.push("order")
        self.assertEqual(self.numbers(), self.replaced(order)[:2])
        self.read_invoices()
        self.assertFalse(self.moves())

    def test_reading_invoices_brings_no_replaced_order_back(self):
        order = self.agreed_to(self.change)
        self.push("order")
        self.assertEqual(self.numbers(), self.replaced(order))
        self.read_invoices()
        self.assertFalse(self.moves())

    # === DELETED === #

    def test_an_order_that_is_cancelled_and_deleted_is_voided_there(self):
        order = self.sent()
        name = order.name
        self.cancel(order)
        order.unlink()
        self.push("order")
        self.assertEqual(self.statuses(), [(name, "INVALIDATED")])
        self.books.forget_calls()
        self.push("order")
        self.assertEqual(self.books.writes(), 0)

    def test_a_voided_order_that_is_deleted_later_stays_as_it_is(self):
        order = self.sent()
        self.cancel(order)
        self.push("order")
        order.unlink()
        self.books.forget_calls()
        self.push("order")
        self.assertEqual(self.books.writes(), 0)

    # === SENTENCES === #

    def test_what_says_so_can_be_created_there_again(self):
        order = self.sent()
        self.set_status(order, "INVALIDATED")
        self.change(order)
        self.push("order", expect="partial")
        self.assertIn("created there again", order.ledger_problem)
        link = self.order_link(order)
        self.assertTrue(link.can_create_there)
        link.action_create_new()
        self.push("order")
        self.assertEqual(
            self.statuses(), [(order.name, "INVALIDATED"), (order.name, "UNFINISHED")]
        )

    def test_three_lost_answers_are_counted_anew_once_a_person_has_looked(self):
        self.finish("approve")
        order = self.order()
        self.break_approval()
        self.env.cr.precommit.run()
        for _attempt in range(3):
            self.run_flow(self.orders)
            self.settle()
        self.assertEqual(self.order_link(order).state, "failed")
        order.action_ledger_retry()
        self.run_flow(self.orders)
        self.assertNotEqual(self.order_link(order).state, "failed")
        self.assertTrue(self.order_link(order).unfinished)

    def test_one_invoice_that_cannot_be_finished_does_not_hold_up_the_others(self):
        self.finish("approve")
        self.forbid_approval()
        first, second = self.order(), self.order()
        self.push("order", expect="partial")
        self.books.clear_faults()
        there = self.order_link(first).external_id
        path = rf"/invoices/(\d+,)*{there}(,\d+)*$"
        self.books.fault(path, method=["GET"], status=400, body=INVALID)
        (first | second).action_ledger_retry()
        self.go()
        self.assertEqual(dict(self.statuses())[second.name], "NOT_SENT")
        self.assertFalse(self.order_link(second).unfinished)
        self.assertEqual(self.order_link(first).state, "failed")
        self.assert_readable(first.ledger_problem)
