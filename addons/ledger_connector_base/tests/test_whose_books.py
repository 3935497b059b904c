# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Whose books a key opens is compared for every vendor, before any are read."""

from odoo.tests import tagged

from .vendor_case import VendorCase


@tagged("post_install", "-at_install")
class TestWhoseBooks(VendorCase):
    def assert_taken(self):
        params = self.press_test(self.connection)
        self.assertEqual(params["type"], "success", params["message"])

    def assert_refused(self, *words):
        params = self.press_test(self.connection)
        self.assertEqual(params["type"], "danger", params["message"])
        self.assert_readable(params["message"])
        for word in ("Anybody", "Books", *words):
            self.assertIn(word, params["message"])
        self.assertEqual(self.connection.state, "reconnect")
        self.assertEqual(self.connection.error, params["message"])
        self.assertFalse(self.connection.remote_company_name, "nothing is noted")
        self.assertFalse(self.connection.tested_at)
        [cause] = self.connection.cause_ids
        self.assertEqual((cause.key, cause.owner), ("company", "reconnect"))

    # === THE COMPANY THAT THE CONNECTION NAMES === #

    def test_without_a_number_the_company_of_the_key_is_meant(self):
        self.answer("4711")
        self.assert_taken()
        self.assertEqual(self.connection.remote_company_name, "Fjordlys Test AS")

    def test_the_company_that_is_named_is_accepted(self):
        self.connection.remote_company_id = " 4711 "
        self.answer("4711")
        self.assert_taken()

    def test_another_company_than_the_named_one_is_refused(self):
        self.connection.remote_company_id = "4711"
        self.answer("4712", "Fremmed AS")
        self.assert_refused("4711", "Fremmed AS (4712)")

    def test_another_company_without_a_name_is_refused_by_its_number(self):
        self.connection.remote_company_id = "4711"
        self.answer("4712", "")
        self.assert_refused("4711", " 4712.")

    def test_the_key_of_one_company_may_keep_silent_about_its_number(self):
        self.connection.remote_company_id = "4711"
        self.answer("")
        self.assert_taken()

    def test_a_key_of_several_companies_has_to_say_which_one_opened(self):
        self.vendor.many_companies = True
        self.connection.remote_company_id = "4711"
        self.answer("", "")
        self.assert_refused("4711", "does not tell")

    def test_a_key_of_several_companies_may_open_its_own_without_a_number(self):
        self.vendor.many_companies = True
        self.answer("")
        self.assert_taken()

    # === THE COMPANY WHOSE RECORDS ARE LINKED === #

    def test_books_of_another_company_are_not_mixed_with_records_that_are_linked(self):
        self.connection.remote_organisation_number = "912345678"
        self.add_binding("1")
        self.answer(number="987654325")
        self.assert_refused("987654325", "912345678")
        self.assertEqual(self.connection.remote_organisation_number, "912345678")

    def test_as_long_as_nothing_is_linked_the_key_may_be_another_company_s(self):
        self.connection.remote_organisation_number = "912345678"
        self.answer(number="987654325")
        self.assert_taken()
        self.assertEqual(self.connection.remote_organisation_number, "987654325")

    def test_records_of_another_connection_hold_up_nothing(self):
        self.connection.remote_organisation_number = "912345678"
        more = self._insert(
            "ledger.connection",
            name="More",
            system="any",
            state="live",
            active=True,
            credential_id=self.credential.id,
            remote_company_id="2",
            company_id=self.company.id,
            user_id=self.responsible.id,
        )
        self.add_binding("1", connection_id=more.id)
        self.answer(number="987654325")
        self.assert_taken()

    def test_the_same_company_or_a_silent_vendor_passes(self):
        self.connection.remote_organisation_number = "912345678"
        self.add_binding("1")
        self.assert_taken()
        self.answer(number="")
        self.assert_taken()

    # === A RUN === #

    def test_a_run_with_an_untested_key_reads_nothing_of_other_books(self):
        self.connection.remote_organisation_number = "912345678"
        self.add_binding("1")
        self.answer(number="987654325")
        job = self.run_flow(self.flow)
        self.assertEqual((job.state, job.owner), ("failed", "reconnect"), job.error)
        self.assertIn("987654325", job.error)
        self.assertFalse(self.vendor.read)
        self.answer()
        job = self.run_flow(self.flow)
        self.assertEqual(job.state, "done", job.error)
        self.assertEqual(self.vendor.read, ["partner"])
