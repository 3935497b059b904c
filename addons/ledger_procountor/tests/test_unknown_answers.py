# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What is not known of Procountor, either way: keys open, and lists are read whole."""

from itertools import product

from odoo.tests import tagged

from ..reading import Reader
from .books_case import BooksCase

TABLES = {"customer": "businesspartners", "product": "products"}


@tagged("post_install", "-at_install")
class TestUnknownAccess(BooksCase):
    """Dossier §1, §2, §13."""

    def press(self, expect):
        """Press *Test connection* with a new token; returns the sentence."""
        self.books.expire_sessions()
        params = self.press_test(self.connection)
        self.assertEqual(params["type"], expect, params["message"])
        return params["message"]

    def test_a_key_opens_whatever_the_token_call_takes_and_tells(self):
        for charset, kind in product((400, 415, 0), (True, False)):
            with self.subTest(token_charset=charset, token_type=kind):
                self.world.settings(token_charset=charset, token_type=kind)
                self.press("success")

    def test_tokens_are_fetched_as_often_as_their_life_asks_for(self):
        self.books.seed(customers=45)
        for seconds in (3600, 30):
            with self.subTest(token_seconds=seconds):
                self.books.expire_sessions()
                self.world.settings(token_seconds=seconds)
                self.pull(full=True)
                self.assertEqual(len(self.bindings(self.connection)), 45)
                self.books.forget_calls()
                self.pull(full=True)
                logins, calls = self.books.calls(self.books.login), self.books.calls()
                self.assertEqual(logins, 0 if seconds == 3600 else calls - logins)

    def test_a_revoked_key_is_told_alike_however_it_is_refused(self):
        self.books.revoke()
        told = set()
        for shape in ("errors", "oauth"):
            with self.subTest(token_errors=shape):
                self.world.settings(token_errors=shape)
                told.add(self.press("danger"))
        [sentence] = told
        self.assert_readable(sentence)
        self.assertIn("API key", sentence)

    def test_a_company_that_lets_no_application_in_is_told(self):
        self.world.api_service(False)
        for status in (401, 403):
            with self.subTest(api_off_status=status):
                self.world.settings(api_off_status=status)
                self.assert_readable(self.press("danger"))
        self.world.api_service(True)
        self.press("success")

    def test_an_address_with_a_version_works_while_there_are_versions(self):
        credential = self.connection.credential_id
        plain = self.books.base_url
        versioned = plain.removesuffix("/api") + "/latest/api"
        credential.custom_url = versioned
        self.press("success")
        self.world.settings(versioned_paths=False)
        credential.custom_url = plain
        self.press("success")
        credential.custom_url = versioned
        sentence = self.press("danger")
        self.assert_readable(sentence)
        self.assertIn("address", sentence)

    def test_an_application_that_was_suspended_stops_and_is_told(self):
        self.books.seed(customers=3)
        self.world.settings(limit_minute=1, suspend_after=1)
        self.run_flow(self.flow("partner"))
        self.connection.set_aside_until = False
        job = self.run_flow(self.flow("partner"))
        self.assertEqual((job.state, job.owner), ("failed", "reconnect"), job.error)
        self.assert_readable(job.error)
        self.assertIn("suspended", job.error)
        self.books.forget_calls()
        self.run_lanes()
        self.assertEqual(self.books.calls(), 0)


@tagged("post_install", "-at_install")
class TestUnknownLists(BooksCase):
    """Dossier §5, §7."""

    def ids_read(self, resource):
        """Ids of a kind of record, in the order in which they are read."""
        with self.committing() as env:
            connection = self.connection.with_env(env)
            client = connection._connector()._client(connection)
            pages = Reader(client, (resource,), None, "mapping", None).pages()
            return [one["id"] for page in pages for one in page.records]

    def test_each_list_is_read_to_its_end_and_once_whatever_is_told_of_it(self):
        # Pages of 20: one, one that is full, and more than one.
        for count in (3, 17, 25):
            self.books.seed(customers=count, products=count)
            for meta, order in product(
                ("whole", "without_total", "absent"), ("ASC", "DESC")
            ):
                with self.subTest(count=count, meta=meta, product_order=order):
                    self.world.settings(meta=meta, product_order=order)
                    for resource, table in TABLES.items():
                        wanted = [one["id"] for one in self.world.objects(table)]
                        self.assertCountEqual(self.ids_read(resource), wanted)

    def test_a_change_within_the_second_of_the_last_reading_is_not_missed(self):
        customer = self.books.add_customer("Kunde AS")
        names = (f"Kunde {number} AS" for number in range(9))
        for step, ends in product(("clock", "unique"), ("inclusive", "exclusive")):
            with self.subTest(version_step=step, version_range=ends):
                self.world.settings(version_step=step, version_range=ends)
                self.world.clock(set=f"{self.now():%Y-%m-%dT%H:%M:%S}Z", frozen=True)
                for name in (next(names), next(names)):
                    self.books.change_customer(customer, name=name)
                    self.pull()
                    self.assertEqual(self.partner(customer).name, name)
