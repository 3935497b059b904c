# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the windows and the screen of an import tell who asked."""

from odoo.tests import tagged

from .import_case import ImportCase


@tagged("post_install", "-at_install")
class TestImportScreen(ImportCase):
    def test_the_months_that_are_chosen_are_told_in_words(self):
        request = self.env["ledger.statistics.request"].with_context(lang="en_US")
        months = {"month_from": "2026-09-01", "month_to": "2026-10-01"}
        self.assertEqual(request.new(months).months, "September 2026 to October 2026")
        months["month_to"] = "2026-09-30"
        self.assertEqual(request.new(months).months, "September 2026")
        months["month_to"] = False
        self.assertEqual(request.new(months).months, "September 2026")
        bill = self.env["ledger.statistics.bill"].with_context(lang="en_US")
        months["month_to"] = "2026-10-01"
        self.assertEqual(bill.new(months).months, "September 2026 to October 2026")

    def test_refresh_shows_how_far_the_import_has_come_and_changes_nothing(self):
        one = self.ask(self.client).with_user(self.responsible)
        self.assertFalse(one.action_refresh())
        self.assertEqual((one.state, one.progress), ("running", 0))
        self.work()
        self.assertFalse(one.action_refresh())
        self.assertEqual((one.state, one.progress), ("done", 100))

    def test_the_card_of_a_client_who_is_only_counted_speaks_of_no_records(self):
        self.assertTrue(self.connection.flow_ids)
        self.assertFalse(self.connection.dashboard["records"])
