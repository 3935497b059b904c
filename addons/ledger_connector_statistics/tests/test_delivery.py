# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import fields

from .client_case import ClientCase


class TestDelivery(ClientCase):
    """What people get to know when a period was counted."""

    def setUp(self):
        super().setUp()
        self.connection = self.connect()

    def activities(self, client=None):
        """Open activities on a client."""
        return (client or self.client).activity_ids

    def test_a_period_makes_one_activity_dated_its_last_day(self):
        period = self.count(self.connection, sales_invoice=7, entries=9)
        self.deliver(period)
        activity = self.activities()
        self.assertEqual(len(activity), 1)
        self.assertEqual(activity.summary, "Nordvik OÜ: January 2026, 7 invoices")
        self.assertEqual(activity.date_deadline, fields.Date.to_date("2026-01-31"))
        self.assertIn("Sales invoices", activity.note)
        self.assertIn(f"/{period.id}", activity.note)

    def test_a_second_run_updates_the_open_activity_and_keeps_notes(self):
        self.deliver(self.count(self.connection, sales_invoice=7))
        activity = self.activities()
        activity.note += "<p>Asked for papers</p>"
        self.deliver(self.count(self.connection, sales_invoice=8))
        self.assertEqual(self.activities(), activity)
        self.assertIn("8 invoices", activity.summary)
        self.assertIn("Asked for papers", activity.note)
        self.assertNotIn("<td>7</td>", activity.note)

    def test_an_activity_that_people_renamed_keeps_their_name(self):
        self.deliver(self.count(self.connection, sales_invoice=7))
        activity = self.activities()
        activity.summary = "Call them"
        self.deliver(self.count(self.connection, sales_invoice=8))
        self.assertEqual(activity.summary, "Call them")
        self.assertIn("<td>8</td>", activity.note)

    def test_a_finished_activity_is_left_alone_and_changes_are_noted(self):
        period = self.count(self.connection, sales_invoice=7)
        self.deliver(period)
        self.activities().action_feedback()
        before = self.client.message_ids
        self.deliver(period)
        self.assertEqual(self.client.message_ids, before, "nothing changed")
        self.deliver(self.count(self.connection, sales_invoice=8))
        self.assertFalse(self.activities())
        self.assertIn("8", (self.client.message_ids - before).body)

    def test_warnings_and_corrections_stand_in_the_note(self):
        period = self.count(self.connection, sales_invoice=7)
        period.warning = "No <document> was found."
        period.figure_ids.correction = -2
        self.deliver(period)
        note = self.activities().note
        self.assertIn("No &lt;document&gt; was found.", note)
        self.assertIn("-2", note)
        self.assertIn("<td>5</td>", note)

    def test_no_mail_goes_out(self):
        period = self.count(self.connection, sales_invoice=7)
        self.client.user_id = self.manager
        mails = self.env["mail.mail"].search_count([])
        self.deliver(period)
        self.assertEqual(self.env["mail.mail"].search_count([]), mails)

    # === WHO === #

    def test_the_clients_own_user_comes_first(self):
        self.client.user_id = self.manager
        self.deliver(self.count(self.connection, entries=1))
        self.assertEqual(self.activities().user_id, self.manager)

    def test_else_the_connections_responsible_gets_it(self):
        self.deliver(self.count(self.connection, entries=1))
        self.assertEqual(self.activities().user_id, self.responsible)

    def test_people_who_left_are_passed_over(self):
        period = self.count(self.connection, entries=1)
        self.client.user_id = self._make_user("gone", "group_ledger_user")
        self.client.user_id.active = False
        self.connection.user_id.active = False
        self.deliver(period, user=self.manager)
        self.assertEqual(self.activities().user_id, self.manager)

    # === FIELDS OF THE CLIENT === #

    def map_to_client(self):
        """Write sales invoices to a field of the client; returns its name."""
        measure = self.plan.measure_ids.filtered(lambda x: x.code == "sales_invoice")
        measure.destination = "client:partner_latitude"
        return "partner_latitude"

    def test_a_figure_is_written_to_its_field_on_the_client(self):
        name = self.map_to_client()
        period = self.count(self.connection, sales_invoice=7)
        period.figure_ids.correction = 1
        self.deliver(period)
        self.assertEqual(self.client[name], 8)

    def test_an_old_period_counted_again_leaves_the_newer_figures_alone(self):
        name = self.map_to_client()
        self.deliver(self.count(self.connection, "2026-02", sales_invoice=9))
        self.deliver(self.count(self.connection, "2026-01", sales_invoice=7))
        self.assertEqual(self.client[name], 9)

    def test_books_of_the_same_client_are_added_up_on_the_client(self):
        name = self.map_to_client()
        credential = self.connection.credential_id.copy()
        second = self.connection.copy({"credential_id": credential.id})
        self.deliver(self.count(self.connection, sales_invoice=7))
        self.deliver(self.count(second, sales_invoice=5))
        self.assertEqual(self.client[name], 12)
        self.deliver(self.count(self.connection, sales_invoice=8))
        self.assertEqual(self.client[name], 13)
        self.deliver(self.count(second, "2026-02", sales_invoice=2))
        self.deliver(self.count(self.connection, sales_invoice=9))
        self.assertEqual(self.client[name], 2, "January is over")

    def test_a_kind_that_was_not_met_becomes_nought(self):
        name = self.map_to_client()
        self.client[name] = 5
        self.deliver(self.count(self.connection, entries=7))
        self.assertEqual(self.client[name], 0)

    def test_a_set_up_that_makes_nothing_still_writes_fields(self):
        name = self.map_to_client()
        self.plan.delivery = "none"
        self.deliver(self.count(self.connection, sales_invoice=7))
        self.assertEqual(self.client[name], 7)
        self.assertFalse(self.activities())
