# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from unittest.mock import patch

from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.ledger_connector_base.models import ledger_flow_send
from odoo.addons.ledger_connector_base.models.ledger_sync_job import LEASE
from odoo.addons.ledger_connector_base.sync.lease import lease

from .send_case import SendCase


@tagged("post_install", "-at_install")
class TestSendDialogue(SendCase):
    def test_the_dialogue_sends_the_invoice_and_its_customer(self):
        move = self.invoice()
        labels, alerts = self.offered(move)
        self.assertEqual((labels, alerts), (["Send to Tripletex (Books)"], []))
        self.send(move)
        self.assert_booked(move)
        self.assertEqual(self.books.names("customers"), ["Kunde AS"])
        there = self.books.find_invoice(
            self.link_of(move, self.books.invoice).external_id
        )
        self.assertEqual((there["untaxed"], there["total"]), (100.0, 125.0))
        self.assertTrue(move.ledger_number)
        self.assertTrue(move.is_move_sent)

    def test_an_invoice_noted_at_posting_is_sent_once(self):
        move = self.invoice()
        self.assertEqual(self.sender.outbox_count, 1)
        self.send(move)
        self.assertEqual(self.sender.outbox_count, 0)
        self.run_flow(self.sender)
        self.assert_booked(move)

    def test_pressing_send_twice_makes_one_invoice(self):
        move = self.invoice()
        with self.committing(self.clerk) as env:
            first, second = (self.dialogue(env, move) for _time in range(2))
            first.action_send_and_print()
            second.action_send_and_print()
        self.assert_booked(move)
        self.assertEqual(self.offered(move)[0], [])

    def test_an_invoice_of_a_manual_flow_is_sent_by_the_dialogue_only(self):
        self.sender.send_policy = "manual"
        chosen, other = self.invoice(), self.invoice()
        self.send(chosen)
        self.run_flow(self.sender)
        self.assert_booked(chosen)
        self.assertFalse(self.link_of(other, self.books.invoice))

    def test_an_unticked_ledger_gets_nothing(self):
        self.sender.send_policy = "manual"
        move = self.invoice()
        with self.committing(self.clerk) as env:
            wizard = self.dialogue(env, move)
            wizard.extra_edis = []
            wizard.action_send_and_print()
        self.assertEqual(self.books.count("invoices"), 0)
        self.assertEqual(self.sender.outbox_count, 0)

    def test_a_credit_note_is_sent_after_its_invoice(self):
        move = self.invoice()
        self.send(move)
        note = move._reverse_moves([{"invoice_date": "2026-03-03"}], cancel=True)
        self.env.cr.precommit.run()
        self.send(note)
        link = self.link_of(note, self.books.invoice)
        self.assertTrue(self.books.find_invoice(link.external_id)["is_credit"])
        self.assertEqual(self.books.count("invoices"), 2)

    def test_a_vendor_bill_is_not_offered(self):
        bill = self.invoice(move_type="in_invoice")
        self.assertFalse(self.sender._takes(bill))

    def test_the_customer_gets_odoo_s_mail_and_none_from_the_vendor(self):
        move = self.invoice()
        self.send(move, methods=["email"])
        self.assert_booked(move)
        self.assert_mailed(move)


@tagged("post_install", "-at_install")
class TestSendFaults(SendCase):
    def test_an_answer_cut_after_the_booking_leaves_one_invoice(self):
        move = self.invoice()
        self.books.fault(self.books.invoice_writes, method="POST", times=1, cut=True)
        sentence = self.refused(move, methods=["email"])
        self.assertIn("the answer was lost", sentence)
        self.assertEqual(self.books.count("invoices"), 1)
        self.assertEqual(self.state_of(move), "uncertain")
        self.assert_mailed(move, mailed=False)
        self.settle()
        self.run_lanes()
        self.assert_booked(move)
        self.assertTrue(move.ledger_number)

    def test_pressing_send_again_after_a_lost_answer_links_it(self):
        move = self.invoice()
        self.books.fault(self.books.invoice_writes, method="POST", times=1, cut=True)
        self.refused(move)
        self.send(move, methods=["email"])
        self.assert_booked(move)
        self.assert_mailed(move)

    def test_an_invoice_that_never_arrived_is_sent_later_by_itself(self):
        move = self.invoice()
        self.books.fault(self.books.invoice_writes, method="POST", times=1, drop=True)
        self.refused(move)
        self.assertEqual(self.books.count("invoices"), 0)
        self.settle()
        self.run_lanes()
        self.assert_booked(move)

    def test_a_vendor_that_is_down_is_named_and_tried_again_by_itself(self):
        move = self.invoice()
        self.books.fault("", status=503)
        self.assertIn("sent by itself", self.refused(move))
        self.books.clear_faults()
        self.settle()
        self.run_lanes()
        self.assert_booked(move)

    def test_a_refusal_is_shown_and_the_mended_invoice_is_sent(self):
        self.books.world.bank_account(False)
        move = self.invoice()
        sentence = self.refused(move, methods=["email"])
        self.assertIn("bank account", sentence)
        link = self.link_of(move, self.books.invoice)
        self.assertEqual((link.state, link.owner), ("failed", "record"))
        self.assert_mailed(move, mailed=False)
        self.books.world.bank_account(True)
        self.send(move)
        self.assert_booked(move)

    def test_a_line_without_tax_is_refused_before_the_vendor_is_asked(self):
        move = self.invoice()
        move.button_draft()
        move.invoice_line_ids.tax_ids = False
        move.action_post()
        self.assertIn("has no tax", self.refused(move))
        self.assertEqual(self.invoice_calls(), 0)
        move.button_draft()
        move.invoice_line_ids.tax_ids = self.tax
        move.action_post()
        self.send(move)
        self.assert_booked(move)

    def test_a_busy_connection_is_waited_for_and_then_left_to_the_lanes(self):
        move = self.invoice()
        with (
            lease(self.env.cr.dbname, LEASE, self.connection.id),
            patch.object(ledger_flow_send, "PATIENCE", 0),
        ):
            self.assertIn("Another run is under way", self.refused(move))
        self.assertEqual(self.books.count("invoices"), 0)
        self.run_lanes()
        self.assert_booked(move)

    def test_a_revoked_key_is_said_and_the_invoice_goes_with_the_new_one(self):
        move = self.invoice()
        self.books.revoke()
        sentence = self.refused(move)
        self.assertIn("when that is mended", sentence)
        self.assertEqual(self.connection.state, "reconnect")
        for secret in self.books.secret_values():
            self.assertNotIn(secret, sentence)
        self.assertIn("needs new keys", "".join(self.offered(move)[1]))
        self.connection.credential_id.set_secrets(self.books.new_credentials())
        self.press_test(self.connection)
        self.send(move)
        self.assert_booked(move)


@tagged("post_install", "-at_install")
class TestSendMany(SendCase):
    def test_thirty_invoices_are_one_call(self):
        moves = self.env["account.move"].union(*(self.invoice() for _n in range(30)))
        self.send_many(moves)
        self.assert_booked(moves)
        self.assertEqual(self.invoice_calls(), 1)
        self.assertFalse(any(moves.mapped("sending_data")))

    def test_one_bad_invoice_does_not_stop_the_others(self):
        good = self.env["account.move"].union(*(self.invoice() for _n in range(3)))
        bad = self.invoice()
        bad.button_draft()
        bad.invoice_line_ids.tax_ids = False
        bad.action_post()
        self.send_many(good + bad)
        self.assert_booked(good)
        self.assertEqual(self.state_of(bad), "failed")
        self.assertIn("has no tax", bad.message_ids[0].body)
        self.assert_mailed(bad, mailed=False)
        for move in good:
            self.assert_mailed(move)

    def test_invoices_of_the_queue_that_lost_their_answer_are_not_sent_again(self):
        moves = self.env["account.move"].union(*(self.invoice() for _n in range(15)))
        self.books.fault(self.books.invoice_writes, method="POST", times=1, cut=True)
        self.send_many(moves)
        self.settle()
        self.run_lanes()
        self.assert_booked(moves)

    def test_who_sends_without_waiting_is_not_held_up(self):
        move = self.invoice()
        self.env["account.move.send"]._generate_and_send_invoices(
            move, allow_raising=False, sending_methods=["manual"]
        )
        self.assertEqual(self.books.calls(), 0)
        self.run_lanes()
        self.assert_booked(move)


@tagged("post_install", "-at_install")
class TestSendOffers(SendCase):
    def test_a_clerk_without_connector_rights_sees_labels_and_no_secrets(self):
        move = self.invoice()
        with self.committing(self.clerk) as env:
            self.assertFalse(env["ledger.connection"].has_access("read"))
            wizard = self.dialogue(env, move)
            shown = repr(wizard.read())
            for secret in self.books.secret_values():
                self.assertNotIn(secret, shown)
            wizard.action_send_and_print()
        self.assert_booked(move)
        job = self.env["ledger.sync.job"].search([], order="id desc", limit=1)
        self.assertEqual((job.user_id, job.trigger), (self.clerk, "send"))

    def test_a_paused_connection_is_said_and_the_invoice_goes_when_it_is_resumed(self):
        self.sender.send_policy = "manual"
        self.connection.action_pause()
        move = self.invoice()
        labels, alerts = self.offered(move)
        self.assertEqual(len(labels), 1)
        self.assertIn("is paused", "".join(alerts))
        self.send(move)
        self.run_lanes()
        self.assertEqual(self.books.count("invoices"), 0)
        self.connection.action_resume()
        self.run_lanes()
        self.assert_booked(move)

    def test_a_connection_that_is_not_live_offers_nothing_and_says_so(self):
        self.connection.state = "ready"
        move = self.invoice()
        labels, alerts = self.offered(move)
        self.assertEqual(labels, [])
        self.assertIn("not live yet", "".join(alerts))

    def test_a_flow_that_is_off_is_not_mentioned(self):
        self.sender.active = False
        self.assertEqual(self.offered(self.invoice()), ([], []))

    def test_a_customer_whom_nothing_sends_is_named_before(self):
        self.push_flow("partner").active = False
        move = self.invoice()
        self.assertIn("Kunde AS", "".join(self.offered(move)[1]))
        self.assertIn("Kunde AS", self.refused(move))
        self.assertEqual(self.state_of(move), "waiting")
        self.push_flow("partner")
        self.send(move)
        self.assert_booked(move)

    def test_a_connection_of_another_company_gets_nothing(self):
        other = self._make_company("Annet Selskap AS")
        self.clerk.company_ids += other
        partner = self.env["res.partner"].create({"name": "Deres kunde"})
        line = {"name": "Frakt", "price_unit": 10.0, "tax_ids": False}
        theirs = (
            self.env["account.move"]
            .with_company(other)
            .create(
                {
                    "move_type": "out_invoice",
                    "company_id": other.id,
                    "partner_id": partner.id,
                    "invoice_date": "2026-03-02",
                    "invoice_line_ids": [Command.create(line)],
                }
            )
        )
        theirs.action_post()
        mine = self.invoice()
        with self.committing(self.clerk) as env:
            both = env(context={"allowed_company_ids": (self.company + other).ids})
            wizard = self.dialogue(both, theirs)
            self.assertFalse(wizard.extra_edi_checkboxes)
            # Even where the browser says otherwise.
            wizard.extra_edis = [self.sender._edi_key()]
            wizard.action_send_and_print()
        self.assertEqual(self.books.count("invoices"), 0)
        self.send(mine)
        self.assert_booked(mine)
