# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A document that the vendor fails to show holds up none of the others."""

from odoo.tests import tagged

from .left_case import LeftCase
from .steps_case import StepsCase
from .writing_case import WritingCase

PAGE = "<html><body>Palvelu ei vastaa</body></html>"
#: Whichever invoices are asked for.
ANY = r"/invoices/[\d,]+$"


@tagged("post_install", "-at_install")
class TestDocumentsUnread(LeftCase):
    def hide(self, order, status=500):
        """The vendor stumbles whenever the order's invoice is asked for."""
        there = self.order_link(order).external_id
        path = rf"/invoices/(\d+,)*{there}(,\d+)*$"
        self.books.fault(path, method=["GET"], status=status, text=PAGE)

    def assert_waits(self, order):
        """The record says why it is not finished, and that it is tried again."""
        link = self.order_link(order)
        self.assertTrue(link.unfinished)
        self.assertEqual((link.state, link.owner), ("failed", "retry"))
        self.assert_readable(link.error)
        self.assertIn(order.name, link.error)

    def test_the_others_go_on_and_its_record_says_why_it_does_not(self):
        for status, reason in ((500, "HTTP 500"), (200, "not JSON")):
            with self.subTest(status=status):
                first, bad, last = self.unfinished(3)
                self.hide(bad, status)
                job = self.run_flow(self.orders)
                self.assertEqual(job.state, "partial", job.error)
                self.assertEqual(
                    [self.status_of(order) for order in (first, bad, last)],
                    ["NOT_SENT", "UNFINISHED", "NOT_SENT"],
                )
                self.assertEqual(self.connection.failures, 0)
                self.assert_waits(bad)
                self.assertIn(reason, self.order_link(bad).error)
                for order in (first, last):
                    self.assertFalse(self.order_link(order).unfinished)
                    self.assertFalse(order.ledger_problem)
                self.books.clear_faults()
                self.assertEqual(self.run_again().state, "done")
                self.assertEqual(self.status_of(bad), "NOT_SENT")
                self.assertEqual(self.approvals(), 3)
                self.assertFalse(self.order_link(bad).unfinished)
                self.assertFalse(bad.ledger_problem)

    def test_what_comes_behind_it_is_still_sent(self):
        [bad] = self.unfinished(1)
        self.hide(bad)
        self.sent_beside()
        self.assertEqual(self.stages(), ["UNFINISHED", "NOT_SENT"])
        self.assert_waits(bad)

    def sent_beside(self):
        """A new order that is sent while another one cannot be finished."""
        self.order()
        self.push("order", expect="partial")

    def test_what_cannot_be_read_again_and_again_is_a_persons(self):
        [bad] = self.unfinished(1)
        self.hide(bad)
        for _attempt in range(2):
            self.run_again()
            self.assert_waits(bad)
        self.run_again()
        link = self.order_link(bad)
        self.assertEqual((link.state, link.owner), ("failed", "record"))
        self.assert_readable(link.error)
        self.books.forget_calls()
        self.run_again()
        self.assertEqual(self.books.calls(), 0)
        self.books.clear_faults()
        bad.action_ledger_retry()
        self.push("order")
        self.assertEqual(self.stages(), ["NOT_SENT"])
        self.assertFalse(bad.ledger_problem)

    def test_known_ones_do_not_make_the_vendor_look_down(self):
        first, refused, last = self.unfinished(3)
        there = self.order_link(refused).external_id
        self.books.fault(rf"/invoices/{there}/approve$", method=["PUT"], status=400)
        self.hide(first)
        self.hide(last)
        self.run_again()
        # With what cannot be read since then they are three in a row.
        self.hide(refused)
        refused.action_ledger_retry()
        self.env.cr.precommit.run()
        job = self.run_again()
        self.assertEqual(job.state, "partial", job.error)
        for order in (first, refused, last):
            self.assert_waits(order)

    def test_a_vendor_that_shows_none_stops_the_run_and_no_record_is_blamed(self):
        orders = self.unfinished(5)
        self.books.fault(ANY, method=["GET"], status=500, text=PAGE)
        job = self.run_flow(self.orders)
        self.assertEqual((job.state, job.owner), ("failed", "retry"))
        self.assertEqual(self.connection.failures, 1)
        for order in orders:
            self.assert_untouched(order)
        self.books.clear_faults()
        self.run_again()
        self.assertEqual(self.stages(), ["NOT_SENT"] * 5)
        self.assertEqual(self.approvals(), 5)

    def test_what_was_done_before_an_unreadable_answer_is_not_done_again(self):
        self.connection.procountor_finish = "send"
        self.books.fault(r"/invoices/(\d+,)+\d+$", method=["GET"], status=500)
        orders = [self.order() for _number in range(3)]
        self.push("order")
        self.assertEqual(self.stages(), ["SENT"] * 3)
        self.assertEqual(len(self.books.mails()), 3)
        self.assertEqual(self.approvals(), 3)
        self.assertFalse(any(self.order_link(order).unfinished for order in orders))


@tagged("post_install", "-at_install")
class TestDocumentsUnreadInvoices(WritingCase):
    def test_a_pdf_is_not_attached_again_after_an_unreadable_answer(self):
        self.connection.write(
            {"procountor_finish": "send", "procountor_attach_pdf": True}
        )
        moves = [self.invoice() for _number in range(2)]
        for move in moves:
            StepsCase.print_of(self, move)
        self.world.fault(r"/invoices/\d+,\d+$", method="GET", status=500, text=PAGE)
        self.push("invoice")
        names = {f"{move.name.replace('/', '_')}.pdf" for move in moves}
        attached = [one["name"] for one in self.world.objects("attachments")]
        self.assertCountEqual(attached, names)
        self.assertEqual(len(self.world.outbox()), 2)
        for move in moves:
            self.assertFalse(self.link_of(move, "invoice").unfinished)
