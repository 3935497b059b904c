# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Tokens and call budgets that all workers share."""

from datetime import datetime, timedelta, timezone

from odoo.tests import tagged

from ..models.ledger_budget import DatabaseBudget
from ..models.ledger_token import DatabaseTokenStore
from ..sync.contract import CallLimits
from ..transport.errors import LimitReached
from ..transport.tokens import Token
from .common import LedgerCase


@tagged("post_install", "-at_install")
class TestStores(LedgerCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Any system will do; the stores know none.
        cls.env.cr.execute(
            "INSERT INTO ledger_credential (name, system, environment, active,"
            " budget_share) VALUES ('Key', 'any', 'custom', true, 100) RETURNING id"
        )
        cls.credential_id = cls.env.cr.fetchone()[0]

    def setUp(self):
        super().setUp()
        mode = self.enter_registry_test_mode()
        mode.__enter__()
        self.addCleanup(mode.__exit__, None, None, None)
        self.credential = self.env["ledger.credential"].browse(self.credential_id)

    def budget(self, urgent=False, share=100, **limits):
        self.credential.budget_share = share
        self.env.flush_all()
        return DatabaseBudget(self.credential, CallLimits(**limits), urgent)

    def calls(self, budget, most=100):
        """How many calls *budget* allows in a row."""
        for made in range(most):
            try:
                budget.take()
            except LimitReached as error:
                self.assertGreater(error.retry_after, 0)
                return made
        return most

    def test_calls_are_counted_across_workers_and_some_are_kept_for_people(self):
        made = self.calls(self.budget(per_day=10)) + self.calls(self.budget(per_day=10))
        self.assertEqual(made, 9)
        self.assertEqual(self.calls(self.budget(per_day=10, urgent=True)), 1)

    def test_a_share_leaves_room_for_other_software(self):
        self.assertEqual(self.calls(self.budget(per_day=10, share=50, urgent=True)), 5)

    def test_what_the_vendors_headers_say_is_kept(self):
        budget = self.budget(urgent=True)
        budget.learn(100, 2, 60.0)
        self.assertEqual(self.calls(self.budget(urgent=True), 3), 3)
        budget.learn(100, 0, 60.0)
        self.assertEqual(self.calls(self.budget(urgent=True)), 0)

    def test_after_a_refusal_nobody_calls_until_the_time_it_says(self):
        self.assertEqual(self.budget().refused(30.0), 30.0)
        self.assertEqual(self.calls(self.budget(urgent=True)), 0)

    def test_refusals_without_a_time_make_growing_pauses(self):
        pauses = [self.budget().refused(None) for _n in range(4)]
        self.assertGreater(pauses[3], pauses[0])

    def test_a_token_is_made_once_and_found_by_the_next_worker(self):
        ends = datetime(2030, 1, 1, tzinfo=timezone.utc)
        made = []

        def make(_stored):
            made.append(1)
            return Token({"session": f"secret-{len(made)}"}, ends)

        first = DatabaseTokenStore(self.credential).renew("session", None, make)
        other = DatabaseTokenStore(self.credential)
        self.assertEqual(other.get("session").values, first.values)
        self.assertEqual(other.get("session").expires_at, ends)
        self.assertEqual(other.renew("session", None, make).values, first.values)
        self.assertEqual(len(made), 1)
        second = other.renew("session", first, make)
        self.assertNotEqual(second.values, first.values)
        # A worker that still holds the first one gets the second, it makes none.
        self.assertEqual(other.renew("session", first, make).values, second.values)
        self.assertEqual(len(made), 2)
        other.forget("session")
        self.assertIsNone(other.get("session"))

    def test_a_token_is_encrypted_in_the_table(self):
        later = datetime.now(timezone.utc) + timedelta(hours=1)
        DatabaseTokenStore(self.credential).renew(
            "session", None, lambda _old: Token({"session": "in-the-clear"}, later)
        )
        self.env.cr.execute("SELECT secret_data FROM ledger_token")
        self.assertNotIn("in-the-clear", str(self.env.cr.fetchall()))
