# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What follows on the making of an invoice: each step once, whatever is lost."""

import base64

from odoo.tests import tagged

from odoo.addons.ledger_connector_base.transport.errors import LedgerError

from .steps_case import PDF, StepsCase


@tagged("post_install", "-at_install")
class TestSteps(StepsCase):
    # === AS FAR AS IS WANTED === #

    def test_nothing_follows_where_invoices_are_left_unfinished(self):
        move, there = self.both()
        self.world.clear_calls()
        result = self.finish(move, there, read=False)
        self.assertEqual(result.outcome, "done")
        self.assertEqual(self.world.count_calls(), 0)
        self.assertEqual(self.now_there(there)["status"], "UNFINISHED")

    def test_an_invoice_is_approved_and_not_sent_where_only_that_is_wanted(self):
        self.wants("approve")
        move, there = self.both()
        result = self.finish(move, there)
        self.assertEqual(result.outcome, "done")
        self.assertEqual(result.record["status"], "NOT_SENT")
        self.assertEqual(result.version, self.now_there(there)["version"])
        self.assertEqual(self.outbox(), [])

    def test_an_invoice_is_approved_and_sent_once(self):
        self.wants("send")
        for resend in ("allowed", "refused"):
            with self.subTest(resend=resend):
                self.world.settings(resend=resend)
                self.world.clear_calls()
                out = len(self.outbox())
                move, there = self.both()
                for _time in range(3):
                    result = self.finish(move, there)
                    self.assertEqual(result.outcome, "done")
                self.assertEqual(result.record["status"], "SENT")
                self.assertEqual(len(self.outbox()), out + 1)
                self.assertEqual(self.writes("/approve$"), 1)

    def test_what_a_colleague_sent_meanwhile_is_not_sent_again(self):
        self.wants("send")
        move, there = self.both()
        self.client.invoices.approve(str(there["id"]))
        there = self.client.one("invoices", str(there["id"]))
        self.set_status(there, "SENT")
        result = self.finish(move, there, read=False)
        self.assertEqual(result.outcome, "done")
        self.assertEqual(len(self.outbox()), 1)

    def test_what_a_colleague_approved_meanwhile_goes_on_from_there(self):
        self.wants("send")
        move, there = self.both()
        self.set_status(there, "APPROVED")
        result = self.finish(move, there, read=False)
        self.assertEqual(result.outcome, "done")
        self.assertEqual(self.now_there(there)["status"], "SENT")
        self.assertEqual(len(self.outbox()), 1)

    def test_an_invoice_without_a_channel_is_approved_and_never_sent(self):
        self.wants("send")
        move, there = self.both(invoiceChannel="NO_SENDING")
        result = self.finish(move, there)
        self.assertEqual(result.record["status"], "APPROVED")
        self.assertEqual(self.writes("/send$"), 0)

    def test_what_was_invalidated_there_is_left_alone_and_told(self):
        self.wants("send")
        move, there = self.both()
        self.set_status(there, "INVALIDATED")
        self.assert_refused(self.finish(move, there), "invalidated", move.name)
        self.assertEqual(self.now_there(there)["status"], "INVALIDATED")

    def test_many_documents_are_read_in_one_call(self):
        self.wants("approve")
        pairs = [self.both() for _number in range(4)]
        self.world.clear_calls()
        results = self.finish_all(pairs)
        self.assertEqual([x.outcome for x in results], ["done"] * 4)
        found = {str(one.record["id"]) for one in results}
        self.assertEqual(found, {str(there["id"]) for _move, there in pairs})
        # Once before, and once for what they are now.
        self.assertEqual(self.world.count_calls(method="GET"), 2)

    # === LOST ANSWERS === #

    def lose(self, path, **how):
        """The next call to *path* is worked on, and its answer is lost."""
        self.world.fault(path, times=1, cut=True, **how)

    def finish_after_a_loss(self, move, there):
        first = self.finish(move, there)
        self.assertEqual(first.outcome, "uncertain")
        self.assertTrue(first.error.sent)
        second = self.finish(move, there)
        self.assertEqual(second.outcome, "done")
        return second

    def test_a_lost_answer_to_the_approval_is_no_second_approval(self):
        self.wants("send")
        move, there = self.both()
        self.lose("/approve$")
        result = self.finish_after_a_loss(move, there)
        self.assertEqual(result.record["status"], "SENT")
        self.assertEqual(self.writes("/approve$"), 1)

    def test_a_lost_answer_to_the_sending_is_no_second_sending(self):
        self.wants("send")
        move, there = self.both()
        self.lose("/send$")
        self.finish_after_a_loss(move, there)
        self.assertEqual(len(self.outbox()), 1)

    def test_a_lost_answer_to_the_pdf_is_no_second_pdf(self):
        self.wants("send", attach_pdf=True)
        move, there = self.both()
        self.print_of(move)
        self.lose("/attachments$")
        self.finish_after_a_loss(move, there)
        name = f"{move.name.replace('/', '_')}.pdf"
        sent = [("EMAIL", "laskut@esimerkki.example", [name])]
        self.assertEqual(self.outbox(), sent)
        self.assertEqual(len(self.world.objects("attachments")), 1)

    def test_a_lost_answer_to_a_payment_is_no_second_payment(self):
        self.wants("approve", mark_paid="CHARGE_CARD")
        move, there = self.both()
        self.pay(move)
        self.lose("/markpaid$")
        self.finish_after_a_loss(move, there)
        self.assertEqual(self.events(), [(251.0, "2026-02-20", "CHARGECARD")])

    def test_a_lost_answer_to_the_rounding_is_no_second_row(self):
        move, there = self.both((3, 0.33), (7, 1.45))
        self.misstate(move, 0.01)
        self.lose(r"/invoices/\d+$", method="PUT")
        result = self.finish_after_a_loss(move, there)
        self.assertEqual(len(result.record["invoiceRows"]), 3)

    def test_finished_documents_are_told_again_after_a_lost_reading(self):
        self.wants("send")
        move, there = self.both()
        self.world.fault(r"/invoices/\d+$", method="GET", after=1, status=500)
        first = self.finish(move, there)
        self.assertEqual(first.outcome, "refused")
        # It concerns the vendor, so it is asked again by itself.
        self.assertEqual(self.connector._explain(first.error).owner, "retry")
        self.world.clear_faults()
        result = self.finish(move, there)
        self.assertEqual(result.record["status"], "SENT")
        self.assertEqual(len(self.outbox()), 1)

    # === REFUSED STEPS === #

    def test_a_refused_approval_says_that_the_invoice_is_there_and_why(self):
        self.wants("approve")
        move, there = self.both()
        self.world.lock_period("2026-02-28")
        result = self.finish(move, there)
        number = str(there["invoiceNumber"])
        self.assert_refused(result, move.name, number, "approved", "in Procountor")
        self.world.lock_period("")
        self.assertEqual(self.finish(move, there).outcome, "done")

    def test_a_refused_step_holds_up_none_of_the_others(self):
        self.wants("approve")
        pairs = [self.both() for _number in range(3)]
        body = {"errors": [{"status": 400, "message": "ERROR_OF_ITS_OWN"}]}
        self.world.fault("/approve$", nth=2, status=400, body=body)
        results = self.finish_all(pairs)
        outcomes = [one.outcome for one in results]
        self.assertEqual(outcomes, ["done", "refused", "done"])
        self.assertIn("ERROR_OF_ITS_OWN", results[1].error.sentence)

    def test_what_concerns_the_vendor_ends_the_work_and_is_told_for_the_rest(self):
        self.wants("approve")
        pairs = [self.both() for _number in range(3)]
        self.world.fault("/approve$", after=1, status=429)
        results = self.finish_all(pairs)
        self.assertEqual([x.outcome for x in results], ["refused"] * 3)
        self.assertTrue(all(isinstance(x.error, LedgerError) for x in results))
        statuses = [self.now_there(there)["status"] for _move, there in pairs]
        self.assertEqual(statuses, ["NOT_SENT", "UNFINISHED", "UNFINISHED"])
        self.assertEqual(self.writes("/approve$"), 2)

    # === THE TOTAL === #

    def misstate(self, move, by):
        """Let Odoo's total differ from what Procountor made of the rows."""
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE account_move SET amount_total = amount_total + %s WHERE id = %s",
            (by, move.id),
        )
        move.invalidate_recordset()

    def test_a_cent_of_rounding_gets_a_row_without_vat(self):
        self.wants("approve")
        move, there = self.both((3, 0.33), (7, 1.45))
        self.misstate(move, -0.02)
        result = self.finish(move, there)
        self.assertEqual(result.outcome, "done", result.error)
        row = result.record["invoiceRows"][-1]
        self.assertEqual(
            (row["product"], row["unitPrice"], row["vatPercent"], row["vatStatus"]),
            ("Pyöristys", -0.02, 0, 12),
        )
        self.assertEqual(result.record["^"]["total"], move.amount_total)
        self.assertEqual(result.record["status"], "NOT_SENT")

    def test_a_larger_difference_is_told_and_nothing_is_approved(self):
        self.wants("send")
        move, there = self.both()
        self.misstate(move, 1)
        result = self.finish(move, there)
        self.assert_refused(result, move.name, "251", "252")
        self.assertEqual(self.now_there(there)["status"], "UNFINISHED")
        self.assertEqual(len(self.now_there(there)["invoiceRows"]), 1)

    def test_a_version_that_grew_old_meanwhile_is_read_again(self):
        for status in (400, 409):
            with self.subTest(stale_status=status):
                self.world.settings(stale_status=status)
                move, there = self.both((3, 0.33), (7, 1.45))
                self.misstate(move, 0.01)
                self.world.clock(advance=60)
                values = {"notes": "Soita ensin"}
                self.world.update("invoices", there["id"], **values)
                result = self.finish(move, there, read=False)
                self.assertEqual(result.outcome, "done", result.error)
                self.assertEqual(len(result.record["invoiceRows"]), 3)
                self.assertEqual(result.record["notes"], "Soita ensin")

    # === THE PDF === #

    def test_the_legal_pdf_is_attached_before_the_invoice_is_sent(self):
        self.wants("send", attach_pdf=True)
        self.world.settings(attach_after_send="refused")
        move, there = self.both()
        self.print_of(move)
        for _time in range(2):
            self.assertEqual(self.finish(move, there).outcome, "done")
        (attached,) = self.world.objects("attachments")
        self.assertEqual(attached["content"].encode(), base64.b64encode(PDF))
        self.assertTrue(attached["sendWithInvoice"])
        self.assertEqual(self.outbox()[0][2], [attached["name"]])

    def test_a_pdf_that_is_too_large_is_told_and_nothing_is_sent(self):
        self.wants("send", attach_pdf=True)
        move, there = self.both()
        self.print_of(move, PDF + b" " * 10_000_000)
        result = self.finish(move, there)
        self.assert_refused(result, move.name, "10,000,000")
        self.assertEqual(self.now_there(there)["status"], "UNFINISHED")
        self.assertEqual(self.writes("/attachments$"), 0)

    def test_a_pdf_is_not_attached_to_what_was_sent_already(self):
        for late in ("allowed", "refused"):
            with self.subTest(attach_after_send=late):
                self.world.settings(attach_after_send=late)
                self.connection.procountor_attach_pdf = True
                move, there = self.both()
                self.print_of(move)
                self.set_status(there, "SENT")
                self.assertEqual(self.finish(move, there).outcome, "done")
                self.assertEqual(self.writes("/attachments$"), 0)

    def test_a_document_that_odoo_cannot_print_stops_with_odoos_reason(self):
        self.wants("send", attach_pdf=True)
        move, there = self.both()
        # Odoo's tests print no PDF: it makes HTML, which is none.
        result = self.finish(move, there)
        self.assert_refused(result, move.name, "PDF")
        self.assertEqual(self.outbox(), [])

    # === THE PAYMENT === #

    def test_a_paid_invoice_is_marked_as_paid_once(self):
        for touched in (True, False):
            with self.subTest(payment_touches_version=touched):
                self.world.settings(payment_touches_version=touched)
                self.wants("send", mark_paid="CASH")
                before = len(self.events())
                move, there = self.both()
                self.pay(move)
                for _time in range(2):
                    result = self.finish(move, there)
                    self.assertEqual(result.outcome, "done", result.error)
                self.assertEqual(len(self.events()), before + 1)
                self.assertEqual(self.events()[-1][:2], (251.0, "2026-02-20"))
                self.assertEqual(result.record["status"], "MARKED_PAID")

    def test_an_invoice_that_is_not_paid_is_not_marked(self):
        self.wants("approve", mark_paid="CASH")
        move, there = self.both()
        self.finish(move, there)
        self.pay(move, amount=51.0)
        self.finish(move, there)
        self.assertEqual(self.events(), [])

    def test_what_the_bank_brought_there_is_not_marked_again(self):
        self.wants("approve", mark_paid="CASH")
        for over in ("allowed", "refused"):
            for brought, marked in ((200.0, [51.0]), (251.0, [])):
                with self.subTest(overpayment=over, brought=brought):
                    self.world.settings(overpayment=over)
                    before = len(self.events())
                    move, there = self.both()
                    self.pay(move)
                    self.set_status(there, "APPROVED")
                    self.world.pay_invoice(there["id"], amount=brought)
                    result = self.finish(move, there)
                    self.assertEqual(result.outcome, "done", result.error)
                    amounts = [one[0] for one in self.events()[before:]]
                    self.assertEqual(amounts, [brought, *marked])

    def test_a_refused_payment_says_that_the_invoice_is_there(self):
        self.wants("approve", mark_paid="CASH")
        move, there = self.both()
        self.pay(move)
        self.set_status(there, "APPROVED")
        self.world.lock_period("2026-02-28")
        result = self.finish(move, there)
        self.assert_refused(result, move.name, "paid", str(there["invoiceNumber"]))

    def test_the_money_of_a_replaced_invoice_is_not_booked_a_second_time(self):
        self.wants("approve", mark_paid="CASH")
        move = self.move()
        self.pay(move)
        first = self.there(move)
        self.finish(move, first)
        second = self.there(move, originalInvoiceNumber=f"{move.name}-2")
        result = self.finish(move, second, generation=2)
        self.assertEqual(result.record["status"], "NOT_SENT")
        self.assertEqual(len(self.events()), 1)
