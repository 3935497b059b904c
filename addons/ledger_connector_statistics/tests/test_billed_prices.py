# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What was billed at a price is corrected at it: prices do not change in place."""

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from .billing_case import BillingCase


@tagged("post_install", "-at_install")
class TestBilledPrices(BillingCase):
    """January was billed: five documents, at 10."""

    def setUp(self):
        super().setUp()
        tiers = [
            Command.create({"first": first, "price_unit": price})
            for first, price in ((1, 2), (6, 1.5))
        ]
        self.agreement = self.agree(
            self.line("entries", price_unit=10),
            self.line("sales_invoice", scheme="tier_sum", tier_ids=tiers),
        )
        self.price, self.tiered = self.agreement.line_ids
        self.count("2026-01", bank_payment=5)
        self.invoice = self.bill(self.period("2026-01"))

    def refused(self, change, *args):
        """A change that would price January anew, and the words of its refusal."""
        with self.assertRaises(UserError) as refusal:
            change(*args)
        self.assertIn(self.client.name, str(refusal.exception))
        self.assertIn("until 01/31/2026", str(refusal.exception))
        self.assert_readable(str(refusal.exception))

    def test_what_decides_the_price_is_not_changed_in_place(self):
        for values in (
            {"price_unit": 30},
            {"free_count": 1},
            {"minimum_count": 20},
            {"scheme": "base"},
            {"kind_ids": [Command.set(self.kind("rows").ids)]},
            {"date_to": "2026-01-30"},
            {"date_from": "2026-02-01"},
        ):
            with self.subTest(values):
                self.refused(self.price.write, values)
        self.assertEqual(self.price.price_unit, 10)

    def test_tiers_are_not_changed_in_place(self):
        tier = self.tiered.tier_ids[0]
        more = {"line_id": self.tiered.id, "first": 10, "price_unit": 1}
        self.refused(tier.write, {"price_unit": 3})
        self.refused(tier.create, [more])
        self.refused(self.tiered.tier_ids[1].unlink)
        self.assertEqual(self.tiered.tier_ids.mapped("price_unit"), [2, 1.5])

    def test_lines_that_hold_for_what_was_billed_come_and_go_no_more(self):
        line = self.line("rows", price_unit=1, agreement_id=self.agreement.id)
        self.refused(self.price.create, [line])
        self.refused(self.price.unlink)
        self.refused(self.agreement.unlink)
        self.refused(self.agreement.write, {"date_from": "2026-02-01"})
        self.refused(self.agreement.write, {"currency_id": self.env.ref("base.EUR").id})
        self.assertEqual(self.agreement.line_ids, self.price | self.tiered)

    def test_a_new_price_is_a_new_line_from_the_next_day(self):
        with Form(self.agreement.with_user(self.manager)) as form:
            with form.line_ids.edit(0) as line:
                line.date_to = "2026-01-31"
            with form.line_ids.new() as line:
                line.product_id = self.service
                line.kind_ids.add(self.kind("entries"))
                line.price_unit = 30
                line.date_from = "2026-02-01"
        self.books.delete("2026-01bank_payment0")
        self.import_months("2026-01")
        self.count("2026-02", bank_payment=3)
        invoice = self.bill()
        self.assertEqual([x[1:] for x in self.lines_of(invoice)], [(3, 30), (-1, 10)])

    def test_what_is_no_price_may_change(self):
        self.price.write({"name": "Papers", "agreed_count": 3, "price_unit": 10})
        self.agreement.write({"tolerance": 20, "with_corrections": False})
        self.agreement.date_to = "2026-12-31"
        self.assertEqual(self.price.name, "Papers")

    def test_prices_change_in_place_while_nothing_stands_on_them(self):
        self.invoice.button_cancel()
        self.price.price_unit = 30
        self.assertEqual(self.bill(self.period("2026-01")).amount_untaxed, 150)

    def test_the_copy_for_another_client_has_prices_of_its_own(self):
        client, _flow, _books = self.add_client("Kask AS")
        copy = self.agreement.with_user(self.manager).copy()
        copy.line_ids[0].price_unit = 30
        copy.partner_id = client
        copy.action_unarchive()
        copy.line_ids[0].price_unit = 40
        self.assertEqual(self.price.price_unit, 10)
        self.assertEqual(copy.line_ids[0].price_unit, 40)

    def test_an_agreement_that_is_replaced_prices_what_comes_after(self):
        self.agreement.action_archive()
        self.refused(self.agree, self.line("entries", price_unit=30))
        new = self.agree(self.line("entries", price_unit=30, date_from="2026-02-01"))
        self.assertTrue(new.active)
