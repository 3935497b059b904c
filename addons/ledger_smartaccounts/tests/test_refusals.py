# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What SmartAccounts refuses, over HTTP, and what people read of it."""

from datetime import datetime, timedelta, timezone

from odoo.tests import tagged

from odoo.addons.ledger_connector_base.sync.contract import CallLimits
from odoo.addons.ledger_connector_base.transport.errors import (
    LimitReached,
    VendorError,
)

from ..client import DAY_PARTS, TALLINN
from ..description import LIMITS
from ..errors import RULES
from .counting_case import CountingCase

#: (code, status, a word of the sentence, owner), dossier §5.
ANSWERS = [
    ("clock", 401, "clock", "retry"),
    ("auth", 401, "Connected services", "reconnect"),
    ("service_off", 401, "Starter", "reconnect"),
    ("billing", 503, "bill", "reconnect"),
    ("rights", 400, "User groups", "reconnect"),
    ("unavailable", 503, "not available", "retry"),
    ("server", 500, "internal error", "retry"),
    ("period_locked", 400, "locked", "record"),
    ("credit_too_early", 400, "earlier", "record"),
    ("exists", 400, "already", "record"),
    ("not_found", 400, "not in SmartAccounts", "record"),
    ("rules", 400, "does not accept", "record"),
    ("malformed", 400, "cannot read", "record"),
    ("unknown_path", 404, "support", "bug"),
]


@tagged("post_install", "-at_install")
class TestRefusals(CountingCase):
    def refused(self):
        """The sentence of a refused connection test."""
        params = self.press_test(self.connection)
        self.assertEqual(params["type"], "danger", params["message"])
        self.assert_readable(params["message"])
        return params["message"]

    def explain(self, error):
        return self.connector._explain(error, "Invoice 12")

    # === KEYS === #

    def test_the_test_shows_the_bank_account_whose_books_they_are(self):
        params = self.press_test(self.connection)
        self.assertEqual(params["type"], "success", params["message"])
        iban = self.world.credentials["iban"]
        self.assertEqual(
            params["message"],
            f"Connected. Bank account {iban}: please check that it is this company's.",
        )
        self.assertEqual(self.connection.remote_company_name, f"Bank account {iban}")

    def test_a_company_number_of_ours_is_not_compared_with_a_bank_account(self):
        self.connection.remote_company_id = "12345678"
        params = self.press_test(self.connection)
        self.assertEqual(params["type"], "success", params["message"])

    def test_a_wrong_key_says_where_the_keys_are_found(self):
        self.world.revoke_key()
        self.assertIn("Connected services", self.refused())
        self.assertEqual(self.connection.error_owner, "reconnect")

    def test_no_sentence_about_keys_points_to_a_place_the_reader_may_not_be_at(self):
        for rule in RULES:
            if rule.owner == "reconnect":
                self.assertNotIn("credential", str(rule.sentence))

    def test_a_service_that_is_off_and_a_package_without_it_are_told(self):
        self.world.api_service(False)
        self.assertIn("switched off", self.refused())
        self.world.api_service(True)
        self.world.package("STARTER")
        self.assertIn("Starter", self.refused())

    def test_a_missing_right_is_named_by_what_it_is_needed_for(self):
        for status in (400, 401, 403):
            with self.subTest(status=status):
                self.world.settings(missing_right_status=status)
                self.world.remove_right("general/entries")
                params = self.press_test(self.connection)
                self.assertIn("Figures", params["message"])
                self.assertIn(self.world.credentials["iban"], params["message"])
                self.assert_readable(params["message"])
                self.world.remove_right("general/entries", restore=True)

    def test_books_whose_bank_accounts_may_not_be_seen_are_tested_all_the_same(self):
        self.world.remove_right("settings/bankaccounts")
        params = self.press_test(self.connection)
        self.assertEqual(params["type"], "success", params["message"])
        self.assertIn("without a bank account", params["message"])
        self.assert_readable(params["message"])

    # === TIME === #

    def test_a_clock_that_is_off_is_told_which_way_and_how_far(self):
        for status in (400, 401, 403):
            for hours, word in ((1, "behind"), (-1, "ahead")):
                with self.subTest(status=status, hours=hours):
                    self.world.settings(stale_status=status)
                    moment = datetime.now(timezone.utc) + timedelta(hours=hours)
                    self.world.clock(set=moment.isoformat())
                    sentence = self.refused()
                    self.assertIn(word, sentence)
                    self.assertRegex(sentence, r"\b3(59\d|60\d)\b")
                    self.assertEqual(self.connection.error_owner, "retry")

    def test_the_hour_that_comes_twice_says_until_when(self):
        error = VendorError("stale", code="doubled_hour", status=401, retry_after=900)
        error.facts["until"] = datetime(2026, 10, 25, 2, 0, tzinfo=timezone.utc)
        problem = self.explain(error)
        self.assertEqual((problem.owner, problem.retry_after), ("wait", 900))
        self.assertIn("4:00", problem.sentence)

    # === 503 AND 503 === #

    def test_a_limit_waits_and_a_bill_asks_a_person(self):
        self.world.settings(limit_minute=1)
        message = self.refused()
        self.assertIn("60 calls a minute", message)
        self.assertEqual(self.connection.error_owner, "wait")
        self.world.settings(limit_minute=0)
        self.env["ledger.budget"].search([]).unlink()
        self.world.unpaid_bill()
        self.assertIn("unpaid bill", self.refused())
        self.assertEqual(self.connection.error_owner, "reconnect")

    def test_a_wait_is_told_in_estonian_time(self):
        until = datetime(2026, 1, 15, 21, 59, tzinfo=timezone.utc)
        error = LimitReached("used up", retry_after=60)
        error.facts["until"] = until
        sentence = self.explain(error).sentence
        self.assertIn("11:59", sentence.replace("23:59", "11:59"))
        self.assertEqual(until.astimezone(TALLINN).hour, 23)

    # === THE TABLE === #

    def test_every_code_has_an_owner_and_a_sentence(self):
        for code, status, word, owner in ANSWERS:
            with self.subTest(code=code):
                error = VendorError("Põhjus", code=code, status=status)
                problem = self.explain(error)
                self.assertEqual(problem.owner, owner)
                self.assertIn(word, problem.sentence)
                self.assert_readable(problem.sentence)

    def test_no_code_of_the_client_is_without_a_rule(self):
        ways = ("clock_ahead", "clock_behind", "doubled_hour", "limit")
        known = {rule.code for rule in RULES}
        self.assertEqual(known, {*ways, *(code for code, *_rest in ANSWERS)})

    def test_a_missing_vat_code_of_a_client_says_where_to_enter_it(self):
        error = VendorError("Field vatPc is mandatory", code="malformed", status=400)
        self.assertIn("line vatPc", self.explain(error).sentence)


@tagged("post_install", "-at_install")
class TestOwnLimits(CountingCase):
    """The connector stays below what the vendor allows, by itself."""

    limits = CallLimits(per_day=100, day_parts=DAY_PARTS)

    def test_half_of_the_days_calls_are_left_to_other_software(self):
        """Half of 100 for four parts of a day, and for the one that they overlap."""
        credential = self.connection.credential_id
        self.assertEqual(credential.budget_share, 50)
        with self.assertRaises(LimitReached) as caught, self.committing() as env:
            connection = self.connection.with_env(env)
            client = connection._connector()._client(connection)
            for _call in range(20):
                client.check_keys()
        self.assertEqual(self.world.count_calls(), 9)
        wait = caught.exception.facts["until"] - datetime.now(timezone.utc)
        self.assertLessEqual(wait, timedelta(hours=6))
        self.assertGreater(wait, timedelta(hours=5))
        self.assertFalse(self.world.refused())

    def test_what_the_connector_declares_fits_into_any_24_hours(self):
        self.assertFalse(LIMITS.day_zone, "the vendor counts no calendar days")
        self.assertGreater(LIMITS.day_parts, 1)

    def test_a_share_that_a_person_chose_is_kept(self):
        other = self.env["ledger.credential"].create(
            {"name": "Other", "system": "smartaccounts", "budget_share": 80}
        )
        self.assertEqual(other.budget_share, 80)
