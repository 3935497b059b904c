# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What is deleted, cancelled or reversed may be billed anew, and never twice."""

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from .billing_case import BillingCase


@tagged("post_install", "-at_install")
class TestBillingAgain(BillingCase):
    """February was counted with five documents."""

    def setUp(self):
        super().setUp()
        self.agree(self.line("entries", price_unit=1))
        self.count("2026-02", bank_payment=5)

    def assert_billed(self):
        """The table says that the month was billed already."""
        [line] = self.table(self.period("2026-02")).line_ids
        self.assertFalse(line.include)
        self.assertIn("Billed already", line.reason)

    def test_a_deleted_draft_makes_the_period_billable_and_leaves_it_frozen(self):
        self.bill().with_user(self.manager).unlink()
        period = self.period("2026-02")
        self.assertTrue(period.frozen)
        self.assertFalse(period.billed)
        self.assertFalse(period.figure_ids.invoice_line_ids)
        self.assertTrue(self.bill())
        self.assertTrue(period.billed)

    def test_a_cancelled_invoice_makes_the_period_billable_and_stays_cancelled(self):
        old = self.bill()
        old.button_cancel()
        self.assertFalse(self.period("2026-02").billed)
        new = self.bill()
        self.assertEqual(self.period("2026-02").invoice_id, new)
        with self.assertRaisesRegex(UserError, "stays as it is"):
            old.with_user(self.plain).button_draft()
        new.button_cancel()
        old.button_draft()
        self.assertEqual(old.state, "draft")

    def test_an_open_cancelled_invoice_bills_its_period_again(self):
        invoice = self.bill()
        invoice.button_cancel()
        invoice.button_draft()
        self.assertTrue(self.period("2026-02").billed)

    def reverse(self, invoice, is_modify):
        invoice.action_post()
        wizard = self.env["account.move.reversal"].with_user(self.plain)
        wizard = wizard.with_context(
            active_model="account.move", active_ids=invoice.ids
        ).create({"journal_id": invoice.journal_id.id})
        wizard.reverse_moves(is_modify=is_modify)
        return wizard.new_move_ids

    def test_a_reversed_invoice_makes_the_period_billable(self):
        invoice = self.bill()
        credit = self.reverse(invoice, is_modify=False)
        self.assertTrue(self.period("2026-02").billed)
        credit.action_post()
        self.assertEqual(invoice.payment_state, "reversed")
        self.assertFalse(self.period("2026-02").billed)

    def test_a_reversal_cannot_be_undone_after_its_periods_were_billed_anew(self):
        old = self.bill()
        credit = self.reverse(old, is_modify=False)
        credit.action_post()
        new = self.bill()
        for move in (credit, old):
            mine = move.with_user(self.plain)
            for undo in (mine.button_draft, mine.button_cancel):
                with self.assertRaisesRegex(UserError, "stays as it is") as error:
                    undo()
                self.assert_readable(str(error.exception))
                self.assertIn(old.display_name, str(error.exception))
        self.assertEqual(old.payment_state, "reversed")
        self.assertEqual(self.period("2026-02").invoice_id, new)

    def test_a_reversal_in_draft_stays_if_the_periods_were_billed_meanwhile(self):
        old = self.bill()
        credit = self.reverse(old, is_modify=False)
        credit.action_post()
        credit.button_draft()
        self.assertFalse(self.period("2026-02").billed)
        new = self.bill()
        for undo in (credit.button_cancel, credit.unlink):
            with self.assertRaisesRegex(UserError, "stays as it is"):
                undo()
        new.unlink()
        credit.with_user(self.plain).button_cancel()
        self.assertEqual(old.payment_state, "not_paid")

    def test_a_reversal_that_is_undone_first_bills_the_old_invoice_again(self):
        old = self.bill()
        credit = self.reverse(old, is_modify=False)
        credit.action_post()
        credit.button_cancel()
        self.assertEqual(self.period("2026-02").invoice_id, old)
        self.assertTrue(self.period("2026-02").billed)
        self.assert_billed()

    def test_credit_notes_of_what_was_not_counted_can_be_undone(self):
        invoice = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": self.client.id,
                "company_id": self.company.id,
                "invoice_line_ids": [Command.create({"name": "x", "price_unit": 5})],
            }
        )
        credit = self.reverse(invoice, is_modify=False)
        credit.action_post()
        credit.button_draft()
        credit.unlink()
        self.assertFalse(credit.exists())

    def test_the_reversal_of_a_replaced_invoice_stays(self):
        old = self.bill()
        self.reverse(old, is_modify=True)
        with self.assertRaisesRegex(UserError, "stays as it is"):
            old.reversal_move_ids.button_draft()
        self.assertEqual(old.payment_state, "reversed")

    def test_a_replaced_invoice_hands_its_period_to_the_new_one(self):
        invoice = self.bill()
        new = self.reverse(invoice, is_modify=True)
        self.assertEqual(new.move_type, "out_invoice")
        period = self.period("2026-02")
        self.assertEqual(period.invoice_id, new)
        self.assertTrue(period.billed)
        self.assertEqual(invoice.payment_state, "reversed")
        figures = invoice.invoice_line_ids.statistics_figure_ids
        self.assertTrue(figures)
        self.assertEqual(new.invoice_line_ids.statistics_figure_ids, figures)
        self.assert_billed()

    def test_a_copied_invoice_bills_nothing_that_was_counted(self):
        invoice = self.bill()
        copy = invoice.copy()
        self.assertFalse(copy.invoice_line_ids.statistics_figure_ids)
        self.assertEqual(self.period("2026-02").invoice_id, invoice)

    # === BACK TO LIFE === #

    def test_a_cancelled_invoice_bills_again_once_its_successor_is_deleted(self):
        old = self.bill()
        old.button_cancel()
        self.bill().unlink()
        self.assertEqual(self.period("2026-02").invoice_id, old)
        self.assertFalse(self.period("2026-02").billed)
        old.with_user(self.plain).button_draft()
        self.assertEqual(self.period("2026-02").invoice_id, old)
        self.assert_billed()

    def test_an_undone_reversal_bills_again_once_the_new_draft_is_deleted(self):
        old = self.bill()
        self.reverse(old, is_modify=True).unlink()
        self.assertFalse(self.period("2026-02").billed)
        credit = old.reversal_move_ids.with_user(self.plain)
        credit.button_draft()
        credit.button_cancel()
        self.assertEqual(self.period("2026-02").invoice_id, old)
        self.assert_billed()

    def test_an_invoice_whose_period_was_unfrozen_since_stays_cancelled(self):
        old = self.bill()
        old.button_cancel()
        period = self.period("2026-02").with_user(self.manager)
        period.action_unfreeze()
        self.books.add("late", "bank_payment", "2026-02-20")
        self.import_months("2026-02")
        period.action_freeze()
        name = "Tamm Ehitus OÜ, February 2026 stays as it is.*unfrozen since"
        with self.assertRaisesRegex(UserError, name) as error:
            old.with_user(self.plain).button_draft()
        self.assert_readable(str(error.exception))
        self.assertEqual(old.state, "cancel")
        self.assertEqual(self.lines_of(self.bill())[0][1], 6)

    def test_an_invoice_whose_period_was_deleted_since_stays_cancelled(self):
        old = self.bill()
        old.button_cancel()
        period = self.period("2026-02").with_user(self.manager)
        period.action_unfreeze()
        period.unlink()
        with self.assertRaisesRegex(UserError, "unfrozen since"):
            old.button_draft()

    def test_the_reversal_of_what_was_unfrozen_since_is_not_undone(self):
        old = self.bill()
        credit = self.reverse(old, is_modify=False)
        credit.action_post()
        self.period("2026-02").with_user(self.manager).action_unfreeze()
        for undo in (credit.button_draft, credit.button_cancel):
            with self.assertRaisesRegex(UserError, "unfrozen since"):
                undo()
        self.assertEqual(old.payment_state, "reversed")

    def test_a_credit_note_that_never_held_is_deleted_whatever_was_unfrozen(self):
        old = self.bill()
        credit = self.reverse(old, is_modify=False)
        old.button_cancel()
        self.period("2026-02").with_user(self.manager).action_unfreeze()
        credit.with_user(self.plain).unlink()
        self.assertFalse(credit.exists())
        self.assertEqual(old.state, "cancel")

    def test_who_bills_a_frozen_period_writes_its_row_so_that_two_collide(self):
        period = self.period("2026-02")
        self.freeze("2026-02")

        def row():
            self.env.flush_all()
            self.env.cr.execute(
                "SELECT ctid::text, invoice_id FROM ledger_statistics_period"
                " WHERE id = %s",
                (period.id,),
            )
            return self.env.cr.fetchone()

        before = row()
        invoice = self.bill(period)
        self.assertNotEqual(row()[0], before[0])
        self.assertEqual(row()[1], invoice.id)
