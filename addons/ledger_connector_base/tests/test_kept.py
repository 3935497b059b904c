# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What is kept about flows is never older than what was committed."""

from odoo.tests import tagged

from .vendor_case import VendorCase


@tagged("post_install", "-at_install")
class TestKept(VendorCase):
    def setUp(self):
        super().setUp()
        self.flow = self.connection.flow_ids[:1]
        self.flow.env.flush_all()
        self.env.cr.postcommit.clear()

    def is_kept(self):
        """Asked for again, which edits are noticed is not read again."""
        before = self.env.cr.sql_log_count
        self.env["ledger.flow"]._watched()
        return self.env.cr.sql_log_count == before

    def assert_read_after_commit(self):
        self.assertFalse(self.is_kept(), "it was let go of at once")
        # By now it is kept; in another thread that is what was there before.
        self.assertTrue(self.is_kept())
        self.env.cr.postcommit.run()
        self.assertFalse(self.is_kept())

    def test_a_flow_that_is_switched_counts_from_its_commit_on(self):
        self.is_kept()
        self.flow.active = False
        self.env.flush_all()
        self.assert_read_after_commit()

    def test_a_connection_that_goes_live_counts_from_its_commit_on(self):
        self.is_kept()
        self.connection.state = "paused"
        self.env.flush_all()
        self.assert_read_after_commit()

    def test_what_changes_nothing_of_it_costs_no_reading(self):
        self.is_kept()
        self.flow.interval_minutes = 17
        self.env.flush_all()
        self.assertTrue(self.is_kept())
        self.env.cr.postcommit.run()
        self.assertTrue(self.is_kept())
