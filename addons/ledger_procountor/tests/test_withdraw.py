# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What is cancelled in Odoo is voided there, or credited once a person has agreed."""

from odoo.tests import tagged

from odoo.addons.ledger_connector_base.transport.errors import LedgerError

from .steps_case import StepsCase


@tagged("post_install", "-at_install")
class TestWithdraw(StepsCase):
    def notes(self, there):
        """The credit notes there."""
        return [
            one
            for one in self.world.objects("invoices")
            if one["id"] != there["id"] and one["status"] != "INVALIDATED"
        ]

    def sent(self, move):
        there = self.there(move)
        self.set_status(there, "SENT")
        return self.client.one("invoices", str(there["id"]))

    # === NOT SENT YET === #

    def test_what_was_not_sent_is_voided_from_any_status(self):
        for status in ("UNFINISHED", "APPROVED"):
            for wide in ("unfinished", "approved_too"):
                with self.subTest(status=status, invalidate_from=wide):
                    self.world.settings(invalidate_from=wide)
                    move, there = self.both()
                    if status == "APPROVED":
                        self.set_status(there, status)
                    result = self.perform("withdraw", move, there)
                    self.assertEqual(result.outcome, "done", result.error)
                    self.assertEqual(result.record["status"], "INVALIDATED")
                    self.assertEqual(self.notes(there), [])
                    self.world.delete("invoices", there["id"])

    def test_what_is_void_already_or_gone_is_done(self):
        move, there = self.both()
        self.set_status(there, "INVALIDATED")
        self.assertEqual(self.perform("withdraw", move, there).outcome, "done")
        self.world.delete("invoices", there["id"])
        self.assertEqual(self.perform("withdraw", move, there).outcome, "done")
        self.assertEqual(self.writes("/(unfinished|invalidate)$"), 0)

    def test_a_closed_period_is_told_in_plain_words(self):
        move, there = self.both()
        self.set_status(there, "APPROVED")
        self.world.lock_period("2026-02-28")
        result = self.perform("withdraw", move, there)
        self.assert_refused(result, move.name, "period", "closed")
        self.assertFalse(result.error.question)
        self.assertEqual(self.now_there(there)["status"], "NOT_SENT")

    def test_a_withdrawal_goes_on_after_any_lost_answer(self):
        for path in ("/unfinished$", "/invalidate$"):
            with self.subTest(path=path):
                move, there = self.both()
                self.set_status(there, "APPROVED")
                self.world.fault(path, times=1, cut=True)
                with self.assertRaises(LedgerError) as caught:
                    self.perform("withdraw", move, there)
                self.assertTrue(caught.exception.sent)
                self.assertEqual(self.perform("withdraw", move, there).outcome, "done")
                self.assertEqual(self.now_there(there)["status"], "INVALIDATED")

    # === SENT === #

    def test_what_was_sent_is_not_credited_before_a_person_agrees(self):
        move = self.move()
        there = self.sent(move)
        result = self.perform("withdraw", move, there)
        self.assert_refused(result, move.name, str(there["invoiceNumber"]), "credit")
        self.assertEqual(result.error.question, "credit")
        self.assertEqual(self.notes(there), [])
        self.assertEqual(self.now_there(there)["status"], "SENT")

    def test_a_credit_note_turns_the_invoice_round_and_names_it(self):
        self.wants("send")
        move = self.move((2, 100.0), (1, 12.35))
        there = self.sent(move)
        result = self.perform("withdraw", move, there, agreed=True)
        self.assertEqual(result.outcome, "done", result.error)
        (note,) = self.notes(there)
        self.assertEqual(note["originalInvoiceNumber"], f"{move.name}-C")
        self.assertIn(str(there["invoiceNumber"]), note["additionalInformation"])
        self.assertEqual([x["quantity"] for x in note["invoiceRows"]], [-2, -1])
        for name in ("unitPrice", "vatPercent", "product", "unit"):
            rows = (note["invoiceRows"], there["invoiceRows"])
            ours, theirs = ([row[name] for row in some] for some in rows)
            self.assertEqual(ours, theirs)
        sums = note["invoiceSumInfo"][0], there["invoiceSumInfo"][0]
        self.assertEqual(sums[0]["invoiceSumTotal"], -sums[1]["invoiceSumTotal"])
        self.assertEqual(note["counterParty"], there["counterParty"])
        self.assertEqual(note["status"], "SENT")
        self.assertNotEqual(
            note["paymentInfo"]["bankReferenceCode"],
            there["paymentInfo"]["bankReferenceCode"],
        )

    def test_a_credit_note_goes_no_further_than_invoices_go(self):
        for wanted, status in (("unfinished", "UNFINISHED"), ("approve", "NOT_SENT")):
            with self.subTest(finish=wanted):
                self.wants(wanted)
                move = self.move()
                there = self.sent(move)
                self.perform("withdraw", move, there, agreed=True)
                number = f"{move.name}-C"
                (note,) = self.client.invoices.find(number)
                self.assertEqual(note["status"], status)
        self.assertEqual(len(self.outbox()), 2)

    def test_one_credit_note_comes_of_any_lost_answer(self):
        self.wants("send")
        faults = (
            {"path": "/invoices$", "method": "POST"},
            {"path": "/approve$"},
            {"path": "/send$"},
        )
        for fault in faults:
            with self.subTest(**fault):
                move = self.move()
                there = self.sent(move)
                out = len(self.outbox())
                self.world.fault(**fault, times=1, cut=True)
                with self.assertRaises(LedgerError) as caught:
                    self.perform("withdraw", move, there, agreed=True)
                self.assertTrue(caught.exception.sent)
                for _time in range(2):
                    result = self.perform("withdraw", move, there, agreed=True)
                    self.assertEqual(result.outcome, "done")
                (note,) = self.client.invoices.find(f"{move.name}-C")
                self.assertEqual(note["status"], "SENT")
                self.assertEqual(len(self.outbox()), out + 1)

    def test_a_credit_note_that_was_voided_there_does_not_count(self):
        move = self.move()
        there = self.sent(move)
        self.perform("withdraw", move, there, agreed=True)
        (note,) = self.notes(there)
        self.set_status(note, "INVALIDATED")
        self.perform("withdraw", move, there, agreed=True)
        self.assertEqual(len(self.notes(there)), 1)

    def test_a_refused_credit_note_leaves_the_invoice_as_it_was(self):
        self.world.settings(negative_rows="refused")
        move = self.move()
        there = self.sent(move)
        with self.assertRaises(LedgerError) as caught:
            self.perform("withdraw", move, there, agreed=True)
        self.assertFalse(caught.exception.sent)
        sentence = self.connector._explain(caught.exception, move.name).sentence
        self.assert_readable(sentence)
        self.assertEqual(self.now_there(there)["status"], "SENT")

    def test_a_later_generation_is_credited_under_its_own_number(self):
        move = self.move()
        there = self.sent(move)
        self.perform("withdraw", move, there, agreed=True, generation=2)
        (note,) = self.notes(there)
        self.assertEqual(note["originalInvoiceNumber"], f"{move.name}-2-C")

    def test_what_is_sent_while_it_is_being_voided_is_not_credited_unasked(self):
        move, there = self.both()
        self.set_status(there, "APPROVED")
        stale = {"path": r"/invoices/\d+$", "method": "GET", "times": 1}
        self.world.fault(**stale, set_top={"status": "NOT_SENT"})
        self.set_status(there, "SENT")
        result = self.perform("withdraw", move, there)
        self.assert_refused(result, move.name)
        self.assertEqual(result.error.question, "credit")
        self.assertEqual(self.notes(there), [])
