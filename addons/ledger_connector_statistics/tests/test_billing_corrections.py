# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What changes in a frozen month costs what it would have cost in that month."""

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from .billing_case import BillingCase

JANUARY = "Bookkeeping, January 2026, correction"


@tagged("post_install", "-at_install")
class TestBillingCorrections(BillingCase):
    """January was billed or frozen; its books change, and February carries that."""

    def january(self, count):
        """January was counted and billed; returns its invoice."""
        self.count("2026-01", bank_payment=count)
        return self.bill(self.period("2026-01"))

    def late(self, count, name="late"):
        """So many documents come late to January."""
        self.books.add_many("bank_payment", "2026-01-20", count, name)
        self.import_months("2026-01")

    def lose(self, count, first=0):
        """So many documents of January are deleted."""
        for number in range(first, first + count):
            self.books.delete(f"2026-01bank_payment{number}")
        self.import_months("2026-01")

    def corrected(self, january, february, lost):
        """January was frozen and lost documents; February carries that."""
        self.count("2026-01", bank_payment=january)
        self.freeze("2026-01")
        self.lose(lost)
        self.count("2026-02", bank_payment=february)

    # === THE TERMS OF THE MONTH === #

    def test_corrections_are_lines_of_their_own_with_the_month_they_belong_to(self):
        self.agree(self.line("entries", price_unit=1))
        self.corrected(5, 4, lost=1)
        self.assertEqual(
            self.lines_of(self.bill()),
            [("Bookkeeping, February 2026", 4, 1), (JANUARY, -1, 1)],
        )

    def test_the_month_of_a_correction_is_in_the_clients_language(self):
        self.env["res.lang"]._activate_lang("et_EE")
        self.client.lang = "et_EE"
        self.agree(self.line("entries", price_unit=1))
        self.corrected(5, 4, lost=1)
        self.assertIn(", jaanuar 2026, ", self.lines_of(self.bill())[1][0])

    def test_a_correction_below_the_included_pieces_costs_nothing(self):
        base = {
            "scheme": "base",
            "base_fee": 100,
            "included_count": 10,
            "price_unit": 1,
        }
        self.agree(self.line("entries", **base))
        self.january(5)
        self.late(3)
        self.count("2026-02", bank_payment=9)
        self.assertEqual(self.bill().amount_untaxed, 100)

    def test_a_correction_above_the_included_pieces_costs_what_is_above(self):
        base = {
            "scheme": "base",
            "base_fee": 100,
            "included_count": 10,
            "price_unit": 1,
        }
        self.agree(self.line("entries", **base))
        self.january(8)
        self.late(5)
        self.count("2026-02", bank_payment=2)
        self.assertEqual(
            [x[1:] for x in self.lines_of(self.bill())], [(1, 100), (3, 1)]
        )

    def test_a_minimum_does_not_swallow_what_is_taken_back(self):
        self.agree(self.line("entries", price_unit=1, minimum_count=10))
        january = self.january(30)
        self.lose(25)
        self.count("2026-02", bank_payment=5)
        table = self.table(self.period("2026-02"))
        self.assertEqual(january.amount_untaxed + table.line_ids.amount, 10 + 10)
        self.assertIn("30 counted before, 5 now: -20", table.line_ids.details)

    def test_free_pieces_of_a_month_are_free_once(self):
        self.agree(self.line("entries", price_unit=1, free_count=3))
        self.january(5)
        self.late(2)
        self.count("2026-02", bank_payment=4)
        self.assertEqual([x[1] for x in self.lines_of(self.bill())], [1, 2])

    def test_a_tier_that_is_reached_late_prices_the_whole_month_anew(self):
        tiers = [
            Command.create({"first": first, "price_unit": price})
            for first, price in ((1, 2), (6, 1.5))
        ]
        self.agree(self.line("entries", scheme="tier_all", tier_ids=tiers))
        self.january(5)
        self.late(3)
        self.count("2026-02", bank_payment=1)
        why = f"{JANUARY}: 5 counted before, 8 now"
        self.assertEqual(
            self.lines_of(self.bill()),
            [("Bookkeeping, February 2026", 1, 2), (why, 8, 1.5), (why, -5, 2)],
        )

    def test_late_pieces_have_the_price_of_their_own_tier(self):
        tiers = [
            Command.create({"first": first, "price_unit": price})
            for first, price in ((1, 2), (6, 1.5))
        ]
        self.agree(self.line("entries", scheme="tier_sum", tier_ids=tiers))
        self.january(4)
        self.late(3)
        self.count("2026-02", bank_payment=1)
        self.assertEqual(
            self.lines_of(self.bill())[1:],
            [
                (f"{JANUARY}: pieces 1 to 5", 1, 2),
                (f"{JANUARY}: pieces from 6 on", 2, 1.5),
            ],
        )

    def test_a_new_price_does_not_hold_for_corrections_of_the_old_one(self):
        self.agree(
            self.line("entries", price_unit=1, date_to="2026-01-31"),
            self.line("entries", price_unit=2, date_from="2026-02-01"),
        )
        self.january(3)
        self.late(2)
        self.count("2026-02", bank_payment=1)
        self.assertEqual([x[1:] for x in self.lines_of(self.bill())], [(1, 2), (2, 1)])

    def test_all_books_of_a_client_are_corrected_together(self):
        base = {
            "scheme": "base",
            "base_fee": 100,
            "included_count": 10,
            "price_unit": 1,
        }
        self.agree(self.line("entries", **base))
        flow, books = self.add_books(self.client)
        books.add_many("bank_payment", "2026-01-10", 8)
        self.at("2026-02-05 03:00:00")
        self.scheduled(flow)
        self.january(4)
        self.at(self.now)
        self.late(3)
        self.scheduled(flow)
        self.count("2026-02", bank_payment=1)
        self.assertEqual(
            [x[1:] for x in self.lines_of(self.bill())], [(1, 100), (3, 1)]
        )

    def two_books(self):
        """January of one of two books was frozen, and has changed since."""
        base = {
            "scheme": "base",
            "base_fee": 100,
            "included_count": 100,
            "price_unit": 1,
        }
        agreement = self.agree(self.line("entries", **base))
        flow, books = self.add_books(self.client)
        books.add_many("bank_payment", "2026-01-10", 10)
        self.at("2026-02-05 03:00:00")
        self.scheduled(flow)
        self.count("2026-01", bank_payment=50)
        self.freeze("2026-01")
        self.at(self.now)
        self.late(30)
        books.add_many("bank_payment", "2026-01-20", 90, "more")
        return agreement, flow

    def test_corrections_wait_until_all_books_of_their_month_are_settled(self):
        agreement, flow = self.two_books()
        self.scheduled()
        self.scheduled(flow)
        february, january = self.period("2026-02"), self.period("2026-01")
        other = self.period("2026-01", flow.connection_id)
        self.assertEqual((january.frozen, other.frozen), (True, False))
        [line] = self.table(february).line_ids
        self.assertFalse(line.include)
        self.assertIn("corrections of January 2026", line.reason)
        self.assert_readable(line.reason)
        # 50 and 100 above 100 included ones, then 30 more; and the fee of February.
        self.assertEqual(self.bill(january).amount_untaxed, 150)
        self.assertEqual(self.bill(february).amount_untaxed, 130)

    def test_books_that_priced_a_billed_correction_are_not_unfrozen(self):
        _agreement, flow = self.two_books()
        other = self.period("2026-01", flow.connection_id).with_user(self.manager)
        other.action_freeze()
        self.scheduled()
        invoice = self.bill(self.period("2026-02"))
        with self.assertRaisesRegex(UserError, "Corrections stand in"):
            other.action_unfreeze()
        invoice.button_cancel()
        other.action_unfreeze()
        self.assertFalse(other.frozen)

    def test_corrections_wait_for_books_that_were_not_counted_at_all(self):
        _agreement, flow = self.two_books()
        self.scheduled(flow)
        self.scheduled()
        other = self.period("2026-01", flow.connection_id)
        self.env.cr.execute(
            "UPDATE ledger_connection SET create_date = '2026-01-01' WHERE id = %s",
            (flow.connection_id.id,),
        )
        self.env.invalidate_all()
        other.with_user(self.manager).unlink()
        [line] = self.table(self.period("2026-02")).line_ids
        self.assertIn("corrections of January 2026", line.reason)

    def test_open_books_of_a_month_that_nobody_pays_are_not_waited_for(self):
        agreement, flow = self.two_books()
        agreement.date_from = "2026-02-01"
        self.scheduled()
        self.scheduled(flow)
        self.assertEqual(self.bill(self.period("2026-02")).amount_untaxed, 100)

    # === MORE THAN ONE CORRECTION === #

    def test_a_correction_goes_on_where_the_one_before_has_ended(self):
        base = {
            "scheme": "base",
            "base_fee": 100,
            "included_count": 10,
            "price_unit": 1,
        }
        self.agree(self.line("entries", **base))
        self.january(8)
        self.late(3)
        self.count("2026-02", bank_payment=1)
        self.assertEqual([x[1] for x in self.lines_of(self.bill())], [1, 1])
        self.at("2026-04-05 03:00:00")
        self.late(3, "later")
        self.count("2026-03", bank_payment=1)
        self.assertEqual([x[1] for x in self.lines_of(self.bill())], [1, 3])

    def test_an_invoice_made_anew_takes_its_own_corrections_only(self):
        self.agree(self.line("entries", price_unit=1, free_count=10))
        self.count("2026-01", bank_payment=8)
        self.freeze("2026-01")
        self.late(3)
        self.count("2026-02", bank_payment=12)
        february = self.bill(self.period("2026-02"))
        lines = self.lines_of(february)
        self.assertEqual([x[1] for x in lines], [2, 1])
        self.at("2026-04-05 03:00:00")
        self.late(3, "later")
        self.count("2026-03", bank_payment=12)
        march = self.bill(self.period("2026-03"))
        self.assertEqual([x[1] for x in self.lines_of(march)], [2, 3])
        february.button_cancel()
        self.assertEqual(self.lines_of(self.bill(self.period("2026-02"))), lines)

    def test_what_was_found_twice_before_billing_is_one_line(self):
        self.agree(self.line("entries", price_unit=1))
        self.january(5)
        self.late(2)
        self.lose(1)
        self.count("2026-02", bank_payment=1)
        self.assertEqual([x[1] for x in self.lines_of(self.bill())], [1, 1])

    # === NOT BILLED === #

    def test_corrections_are_left_out_where_it_was_agreed(self):
        self.agree(self.line("entries", price_unit=1), with_corrections=False)
        self.corrected(5, 4, lost=1)
        self.assertEqual([x[1] for x in self.lines_of(self.bill())], [4])

    def test_corrections_of_a_month_before_the_agreement_are_not_billed(self):
        self.agree(self.line("entries", price_unit=1), date_from="2026-02-01")
        self.corrected(5, 4, lost=1)
        self.assertEqual([x[1] for x in self.lines_of(self.bill())], [4])

    def test_a_billed_month_whose_price_is_gone_is_left_to_a_person(self):
        old = self.agree(self.line("entries", price_unit=1), date_to="2026-01-31")
        new = self.agree(self.line("entries", price_unit=1), date_from="2026-02-01")
        self.january(5)
        self.lose(1)
        self.count("2026-02", bank_payment=4)
        old.action_archive()
        [line] = self.table().line_ids
        self.assertFalse(line.include)
        self.assertIn("corrections of January 2026", line.reason)
        self.assert_readable(line.reason)
        new.with_corrections = False
        self.assertEqual([x[1] for x in self.lines_of(self.bill())], [4])

    def test_corrections_in_another_currency_are_left_to_a_person(self):
        euro = self.env.ref("base.EUR")
        euro.active = True
        price = self.line("entries", price_unit=1)
        self.agree(price, date_to="2026-01-31", currency_id=euro.id)
        self.agree(price, date_from="2026-02-01")
        self.january(5)
        self.lose(1)
        self.count("2026-02", bank_payment=4)
        [line] = self.table().line_ids
        self.assertFalse(line.include)
        self.assertIn("agreed in EUR", line.reason)
        self.assert_readable(line.reason)

    # === BELOW ZERO === #

    def test_a_negative_line_is_taken_off_the_others(self):
        self.agree(
            self.line("bank_payment", price_unit=1),
            self.line("sales_invoice", price_unit=10),
        )
        self.books.add_many("sales_invoice", "2026-02-10", 1)
        self.corrected(5, 0, lost=2)
        invoice = self.bill()
        self.assertEqual([x[1] for x in self.lines_of(invoice)], [1, -2])
        self.assertEqual(invoice.amount_untaxed, 8)

    def test_a_negative_invoice_is_left_to_a_person(self):
        self.agree(self.line("entries", price_unit=1))
        self.corrected(5, 1, lost=3)
        table = self.table()
        self.assertFalse(table.line_ids.include)
        self.assertIn("2.00, because corrections exceed", table.line_ids.reason)
        self.assert_readable(table.line_ids.reason)
        self.assertFalse(self.period("2026-02").frozen)

    def test_a_negative_month_is_billed_with_another_one(self):
        self.agree(self.line("entries", price_unit=1))
        self.corrected(5, 1, lost=3)
        invoice = self.bill(self.period("2026-01"), self.period("2026-02"))
        self.assertEqual([x[1] for x in self.lines_of(invoice)], [5, 1, -3])
        self.assertEqual(invoice.amount_untaxed, 3)

    # === LINKED === #

    def test_the_line_of_a_correction_is_linked_with_what_carries_it(self):
        self.agree(self.line("entries", price_unit=1))
        old = self.january(5)
        self.lose(1)
        self.count("2026-02", bank_payment=4)
        invoice = self.bill()
        figures = invoice.invoice_line_ids.statistics_figure_ids
        self.assertEqual(figures.period_id, self.period("2026-02"))
        self.assertEqual(self.period("2026-01").invoice_id, old)
        invoice.button_cancel()
        invoice.button_draft()
        self.assertTrue(self.period("2026-02").billed)
