# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Agreements refuse what nobody could bill, and say why."""

from psycopg2.errors import CheckViolation, UniqueViolation

from odoo import Command
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .billing_case import BillingCase


@tagged("post_install", "-at_install")
class TestAgreement(BillingCase):
    def tiers(self, *steps):
        return [
            Command.create({"first": first, "price_unit": price})
            for first, price in steps
        ]

    def refused(self, *lines, **values):
        with self.assertRaises(ValidationError) as refusal:
            self.agree(*lines, **values)
        self.assert_readable(str(refusal.exception))
        return str(refusal.exception)

    # === PRICES === #

    def test_tiers_that_do_not_begin_at_the_first_piece_are_refused(self):
        line = self.line(
            "entries", scheme="tier_sum", tier_ids=self.tiers((10, 2), (50, 1))
        )
        reason = self.refused(line)
        self.assertIn("Bookkeeping", reason)
        self.assertIn("piece 10", reason)

    def test_a_tiered_line_without_tiers_is_refused(self):
        self.assertIn("add them", self.refused(self.line("entries", scheme="tier_all")))

    def test_the_first_tier_cannot_be_taken_away_later(self):
        tiers = self.tiers((1, 2), (50, 1))
        agreement = self.agree(self.line("entries", scheme="tier_sum", tier_ids=tiers))
        line = agreement.line_ids
        with self.assertRaisesRegex(ValidationError, "piece 50"):
            line.tier_ids = [Command.delete(line.tier_ids.sorted("first")[0].id)]

    @mute_logger("odoo.sql_db")
    def test_two_tiers_from_the_same_piece_are_refused(self):
        tiers = self.tiers((1, 2), (50, 1), (50, 3))
        with self.assertRaises(UniqueViolation):
            self.agree(self.line("entries", scheme="tier_sum", tier_ids=tiers))

    @mute_logger("odoo.sql_db")
    def test_negative_prices_and_numbers_are_refused(self):
        for name in ("price_unit", "free_count", "minimum_count", "agreed_count"):
            with self.subTest(name), self.assertRaises(CheckViolation):
                self.agree(self.line("entries", **{name: -1}))

    def test_a_total_and_one_of_its_kinds_would_be_charged_twice(self):
        reason = self.refused(self.line("entries", "sales_invoice"))
        self.assertIn("Entries", reason)
        self.assertIn("twice", reason)

    def test_a_line_that_counts_nothing_is_refused(self):
        self.assertIn("which kinds", self.refused({"product_id": self.service.id}))

    def test_the_price_is_shown_in_words(self):
        fine = {"price_unit": 1.235, "free_count": 5}
        self.env["decimal.precision"].search(
            [("name", "=", "Product Price")]
        ).digits = 4
        agreement = self.agree(
            self.line("entries", **fine),
            self.line(
                "entries",
                scheme="base",
                base_fee=50,
                included_count=100,
                price_unit=1.5,
            ),
            self.line(
                "entries", scheme="tier_all", tier_ids=self.tiers((1, 2), (101, 1.5))
            ),
        )
        self.assertEqual(
            agreement.line_ids.mapped("price_text"),
            [
                "1.235 NOK",
                "50.00 NOK with 100 included, then 1.50 NOK",
                "from 1: 2.00 NOK; from 101: 1.50 NOK",
            ],
        )

    # === DATES === #

    def test_two_agreements_of_a_client_cannot_cover_the_same_days(self):
        self.agree(self.line("entries"), date_to="2026-06-30")
        reason = self.refused(self.line("entries"), date_from="2026-06-30")
        self.assertIn(self.client.name, reason)
        later = self.agree(self.line("entries"), date_from="2026-07-01")
        self.assertTrue(later)

    def test_other_clients_and_archived_agreements_are_not_in_the_way(self):
        old = self.agree(self.line("entries"))
        client, _flow, _books = self.add_client("Kask AS")
        self.assertTrue(self.agree(self.line("entries"), client=client))
        old.action_archive()
        self.assertTrue(self.agree(self.line("entries")))
        with self.assertRaises(ValidationError):
            old.action_unarchive()

    def test_a_copy_is_archived_until_it_names_another_client(self):
        tiers = self.tiers((1, 2), (50, 1))
        old = self.agree(self.line("entries", scheme="tier_sum", tier_ids=tiers))
        copy = old.copy()
        self.assertFalse(copy.active)
        self.assertEqual(copy.line_ids.tier_ids.mapped("first"), [1, 50])
        copy.partner_id = self.add_client("Kask AS")[0]
        copy.action_unarchive()
        self.assertTrue(copy.active)

    # === WHO MAY === #

    def test_users_read_agreements_and_managers_write_them(self):
        agreement = self.agree(self.line("entries"))
        mine = agreement.with_user(self.responsible)
        self.assertEqual(mine.line_ids.kind_ids.mapped("code"), ["entries"])
        with self.assertRaises(AccessError):
            mine.date_to = "2026-12-31"
        with self.assertRaises(AccessError):
            mine.line_ids.price_unit = 3
        with self.assertRaises(AccessError):
            agreement.with_user(self.plain).read(["partner_id"])

    def test_agreements_of_other_companies_are_not_seen(self):
        agreement = self.agree(self.line("entries"))
        other = self._make_company("Other Office AS")
        stranger = self._make_user("ledger_other", "group_ledger_manager", other)
        mine = agreement.with_user(stranger).with_context(allowed_company_ids=other.ids)
        self.assertFalse(mine.search([]) & agreement)
        with self.assertRaises(AccessError):
            mine.read(["partner_id"])

    def test_the_form_makes_an_agreement_with_tiers(self):
        agreements = self.env["ledger.statistics.agreement"].with_user(self.manager)
        with Form(agreements) as form:
            form.partner_id = self.client
            with form.line_ids.new() as line:
                line.name = "Invoices"
                line.kind_ids.add(self.kind("sales_invoice"))
                line.scheme = "tier_sum"
                for first, price in ((1, 2), (101, 1.5)):
                    with line.tier_ids.new() as tier:
                        tier.first = first
                        tier.price_unit = price
        line = form.record.line_ids
        self.assertEqual(line.display_name, "Invoices")
        self.assertEqual(line.tier_ids.mapped("price_unit"), [2, 1.5])
