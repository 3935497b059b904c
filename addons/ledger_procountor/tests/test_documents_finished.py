# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What follows after an invoice was made there is done once, whatever breaks."""

from odoo.tests import tagged

from .order_case import ProcountorOrderCase

CREATE = r"/invoices$"


@tagged("post_install", "-at_install")
class TestDocumentsFinished(ProcountorOrderCase):
    def test_a_new_invoice_is_left_unfinished_unless_a_person_says_otherwise(self):
        order = self.sent()
        self.assertEqual(self.statuses(), [(order.name, "UNFINISHED")])
        self.assertFalse(self.order_link(order).unfinished)
        self.assertTrue(order.ledger_number)
        self.assertEqual(order.ledger_stage, "unfinished")

    def test_it_is_approved_and_sent_once_as_set(self):
        self.finish("send")
        order = self.sent()
        self.assertEqual(self.statuses(), [(order.name, "SENT")])
        self.assertEqual(order.ledger_stage, "sent")
        self.assertEqual(len(self.books.mails()), 1)
        self.books.forget_calls()
        self.push("order")
        self.assertEqual(self.books.writes(), 0)

    def test_a_create_whose_answer_was_lost_is_found_and_then_finished(self):
        self.finish("approve")
        order = self.order()
        self.lose(CREATE, "POST")
        self.push("order", expect="failed")
        self.settle()
        self.push("order")
        self.push("order")
        self.assertEqual(self.statuses(), [(order.name, "NOT_SENT")])
        self.assertFalse(self.order_link(order).unfinished)

    def test_a_step_that_is_refused_stands_on_the_order_and_is_retried(self):
        self.finish("approve")
        order = self.order()
        self.forbid_approval()
        self.push("order", expect="partial")
        self.assertEqual(self.statuses(), [(order.name, "UNFINISHED")])
        self.assertEqual(self.order_link(order).state, "failed")
        self.assert_readable(order.ledger_problem)
        self.assertTrue(order.ledger_number)
        self.books.clear_faults()
        order.action_ledger_retry()
        self.push("order")
        self.assertEqual(self.statuses(), [(order.name, "NOT_SENT")])
        self.assertFalse(order.ledger_problem)

    def test_a_lost_answer_of_sending_sends_no_second_time(self):
        self.finish("send")
        order = self.order()
        self.lose(r"/send$")
        self.push("order", expect="failed")
        self.assertTrue(self.order_link(order).unfinished)
        self.settle()
        self.push("order")
        self.assertEqual(self.statuses(), [(order.name, "SENT")])
        self.assertEqual(len(self.books.mails()), 1)
        self.assertEqual(self.order_link(order).state, "linked")

    def test_an_invoice_that_the_vendor_stumbles_over_stops_for_a_person(self):
        self.finish("approve")
        order = self.order()
        self.break_approval()
        self.env.cr.precommit.run()
        for _attempt in range(3):
            job = self.run_flow(self.orders)
            self.settle()
        self.assertEqual(job.state, "partial")
        self.assertEqual(self.order_link(order).state, "failed")
        self.assert_readable(order.ledger_problem)
        self.assertEqual(len(self.invoices_there()), 1)

    # === CHANGED === #

    def test_a_changed_order_changes_its_unfinished_invoice(self):
        order = self.sent()
        self.change(order)
        self.push("order")
        [there] = self.invoices_there()
        self.assertEqual(there["invoiceRows"][0]["quantity"], 5)

    def test_a_changed_order_whose_invoice_is_approved_is_approved_again(self):
        self.finish("approve")
        order = self.sent()
        self.change(order)
        self.push("order")
        [there] = self.invoices_there()
        self.assertEqual(there["invoiceRows"][0]["quantity"], 5)
        self.assertEqual(there["status"], "NOT_SENT")

    def test_a_changed_order_whose_invoice_went_out_asks_before_it_credits(self):
        order = self.asked(self.change)
        self.assertEqual(self.statuses(), [(order.name, "SENT")])
        self.assert_readable(order.ledger_problem)
        self.run_flow(self.orders)
        self.assertEqual(len(self.invoices_there()), 1)
        order.action_ledger_agree()
        self.push("order")
        self.assertEqual(self.numbers(), self.replaced(order))
        first, credit, second = self.invoices_there()
        self.assertEqual(second["invoiceRows"][0]["quantity"], 5)
        total = [x["invoiceSumInfo"][0]["invoiceSumTotal"] for x in (first, credit)]
        self.assertAlmostEqual(sum(total), 0)
        link = self.order_link(order)
        self.assertEqual(link.external_id, str(second["id"]))
        self.assertFalse(order.ledger_question)
        self.assertFalse(order.ledger_problem)
        self.push("order")
        self.assertEqual(len(self.invoices_there()), 3)

    def test_a_buyer_who_moves_later_is_no_reason_to_credit(self):
        self.finish("send")
        order = self.sent()
        self.asiakas.write({"street": "Uusi katu 2", "email": "uusi@esimerkki.example"})
        order.action_ledger_push()
        self.push("order")
        self.assertEqual(self.statuses(), [(order.name, "SENT")])
        self.assertFalse(order.ledger_problem)
        self.assertFalse(order.ledger_question)

    def test_a_note_of_the_bookkeepers_does_not_keep_a_change_back(self):
        order = self.sent()
        there = int(self.order_link(order).external_id)
        self.world.clock(advance=60)
        self.world.update("invoices", there, notes="Soitettu asiakkaalle")
        self.change(order)
        self.push("order")
        [invoice] = self.invoices_there()
        self.assertEqual(invoice["invoiceRows"][0]["quantity"], 5)
        self.assertEqual(invoice["notes"], "Soitettu asiakkaalle")

    # === EDITED ON BOTH SIDES === #

    def edit_there(self, order, **values):
        """A bookkeeper edits the order's invoice."""
        self.world.clock(advance=60)
        there = int(self.order_link(order).external_id)
        self.world.update("invoices", there, **values)

    def test_what_a_bookkeeper_changed_stays_where_odoo_changed_something_else(self):
        order = self.sent()
        [there] = self.invoices_there()
        payment = {**there["paymentInfo"], "dueDate": "2026-12-31"}
        self.edit_there(order, paymentInfo=payment, penaltyPercent=7)
        self.change(order)
        self.push("order")
        [there] = self.invoices_there()
        self.assertEqual(there["invoiceRows"][0]["quantity"], 5)
        self.assertEqual(there["paymentInfo"]["dueDate"], "2026-12-31")
        self.assertEqual(there["penaltyPercent"], 7)

    def test_rows_that_a_bookkeeper_edited_stay_where_odoo_changed_others(self):
        order = self.sent()
        [there] = self.invoices_there()
        rows = [{**there["invoiceRows"][0], "unitPrice": 7.5}]
        self.edit_there(order, invoiceRows=rows)
        order.client_order_ref = "PO 17"
        self.go()
        [there] = self.invoices_there()
        self.assertEqual(there["orderReference"], "PO 17")
        self.assertEqual(there["invoiceRows"][0]["unitPrice"], 7.5)

    def test_rows_that_both_sides_changed_are_a_persons_to_decide(self):
        order = self.sent()
        [there] = self.invoices_there()
        rows = [{**there["invoiceRows"][0], "unitPrice": 7.5}]
        self.edit_there(order, invoiceRows=rows)
        self.change(order)
        self.go()
        [there] = self.invoices_there()
        row = there["invoiceRows"][0]
        self.assertEqual((row["quantity"], row["unitPrice"]), (2, 7.5))
        self.assert_readable(order.ledger_problem)
        self.orders.conflict_policy = "odoo"
        order.action_ledger_retry()
        self.go()
        [there] = self.invoices_there()
        row = there["invoiceRows"][0]
        self.assertEqual((row["quantity"], row["unitPrice"]), (5, 8.9))
        self.assertFalse(order.ledger_problem)

    def test_a_lost_answer_in_the_middle_of_replacing_makes_one_of_each(self):
        order = self.agreed_to(self.change)
        self.lose(CREATE, "POST")
        self.push("order", expect="failed")
        for _attempt in range(3):
            self.settle()
            self.run_flow(self.orders)
        self.assertEqual(self.numbers(), self.replaced(order))
        self.assertEqual(self.order_link(order).state, "linked")

    # === CANCELLED === #

    def test_a_cancelled_order_voids_its_unfinished_invoice(self):
        order = self.sent()
        self.cancel(order)
        self.push("order")
        self.assertEqual(self.statuses(), [(order.name, "INVALIDATED")])
        self.assertFalse(order.ledger_problem)
        self.assertNotEqual(order.ledger_state, "attention")

    def test_a_cancelled_order_whose_invoice_went_out_is_credited_if_agreed(self):
        order = self.asked(self.cancel)
        self.assertEqual(len(self.invoices_there()), 1)
        order.action_ledger_agree()
        self.push("order")
        self.assertEqual(self.numbers(), self.replaced(order)[:2])
        self.push("order")
        self.assertEqual(len(self.invoices_there()), 2)

    def test_an_order_that_is_confirmed_anew_gets_a_new_invoice(self):
        order = self.sent()
        self.cancel(order)
        self.push("order")
        self.confirm_again(order)
        self.push("order")
        self.assertEqual(
            self.statuses(),
            [(order.name, "INVALIDATED"), (f"{order.name}-2", "UNFINISHED")],
        )
        self.push("order")
        self.assertEqual(len(self.invoices_there()), 2)

    def test_a_quotation_that_was_cancelled_was_never_there(self):
        order = self.order()
        self.cancel(order)
        self.push("order")
        self.assertEqual(self.statuses(), [])

    # === BACK TO ODOO === #

    def test_number_status_and_reference_come_back_to_the_order(self):
        self.finish("approve")
        order = self.sent()
        self.set_status(order, "SENT")
        self.run_flow(self.reading("order"))
        self.assertEqual(order.ledger_stage, "sent")
        [there] = self.invoices_there()
        self.assertEqual(order.ledger_number, str(there["invoiceNumber"]))
        self.assertEqual(
            order.ledger_reference, there["paymentInfo"]["bankReferenceCode"]
        )

    def test_reading_invoices_makes_no_odoo_invoice_of_an_order(self):
        self.sent()
        job = self.run_flow(self.reading("invoice"))
        self.assertEqual(job.created, 0)
        moves = self.env["account.move"].search([("company_id", "=", self.company.id)])
        self.assertFalse(moves)

    def test_reading_orders_links_nothing_that_odoo_did_not_send(self):
        customer = self.books.add_customer("Toinen Oy")
        lines = [("Työ", 1, 10.0, self.books.tax_code, None)]
        self.books.add_invoice(customer, lines)
        job = self.run_flow(self.reading("order"))
        self.assertEqual((job.created, job.failed), (0, 0))
        self.assertFalse(self.bindings(self.connection, resource="order"))
