# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""How stored events become jobs, and what people can do with them."""

from datetime import timedelta

from odoo.tests import tagged

from .webhook_case import WebhookCase

BOTH = ("customer", "contact")


@tagged("post_install", "-at_install")
class TestWebhookEvents(WebhookCase):
    # === HELPERS === #

    def jobs(self):
        """Jobs that notices made."""
        return self.env["ledger.sync.job"].search([("trigger", "=", "webhook")])

    def enqueue(self, **options):
        """What a lane does at its turn; the flows that now have a job."""
        self.env["ledger.event"]._enqueue_webhook_jobs(**options)
        return self.jobs().flow_id

    def take(self, limit=10, resources=BOTH):
        """What an engine reads again."""
        events = self.env["ledger.event"]
        return events._take(self.connection.id, resources, limit)

    # === WHAT IS READ AGAIN === #

    def test_many_events_of_a_record_are_one_record_to_read(self):
        first, second = self.add_event("7"), self.add_event("7")
        other = self.add_event("8")
        contact = self.add_event("7", "contact")
        self.assertEqual(
            self.take(),
            [
                ([first.id, second.id], "customer", "7", False),
                ([other.id], "customer", "8", False),
                ([contact.id], "contact", "7", False),
            ],
        )

    def test_the_newest_event_says_whether_a_record_is_gone(self):
        self.add_event("7", deleted=True)
        self.add_event("7", deleted=False)
        self.add_event("8", deleted=False)
        self.add_event("8", deleted=True)
        gone = [(external_id, gone) for _ids, _kind, external_id, gone in self.take()]
        self.assertEqual(gone, [("7", False), ("8", True)])

    def test_only_what_the_flow_reads_of_this_connection_is_taken(self):
        self.add_event("7", "product")
        self.add_event("8", state="done")
        other = self.add_connection()
        self.add_event("9").connection_id = other
        self.env.flush_all()
        self.assertEqual(self.take(), [])
        self.assertEqual(len(self.take(resources=["product"])), 1)

    def test_a_turn_takes_no_more_than_it_can_do(self):
        for number in range(5):
            self.add_event(str(number))
        self.assertEqual([taken[2] for taken in self.take(limit=2)], ["0", "1"])

    def test_what_was_followed_is_done_and_names_its_job(self):
        event, job = self.add_event("7"), self.add_job(trigger="webhook")
        self.env["ledger.event"]._done([event.id], job.id)
        self.assertRecordValues(event, [{"state": "done", "job_id": job.id}])
        self.assertEqual(self.take(), [])

    def test_what_could_not_be_followed_says_why(self):
        event, job = self.add_event("7"), self.add_job(trigger="webhook")
        self.env["ledger.event"]._failed([event.id], job.id, "Nobody answers.")
        self.assertRecordValues(
            event, [{"state": "failed", "error": "Nobody answers.", "job_id": job.id}]
        )

    # === JOBS === #

    def test_events_become_a_job_when_the_coalescing_window_is_over(self):
        self.flow.webhook_delay = 30
        event = self.add_event("7", age=20)
        self.assertFalse(self.enqueue())
        event.received_at = self.seconds_ago(31)
        self.env.flush_all()
        self.assertEqual(self.enqueue(), self.flow)

    def test_the_oldest_event_counts_so_a_busy_record_does_not_wait_for_ever(self):
        self.flow.webhook_delay = 30
        self.add_event("7", age=31)
        self.add_event("7", age=0)
        self.assertEqual(self.enqueue(), self.flow)

    def test_only_flows_that_read_the_kind_get_a_job(self):
        products = self.add_flow(self.connection, "product")
        self.add_event("7", "product")
        self.assertEqual(self.enqueue(), products)

    def test_a_job_that_waits_already_is_enough(self):
        self.add_event("7")
        self.enqueue()
        self.add_event("8")
        self.enqueue()
        self.assertEqual(len(self.jobs()), 1)

    def test_events_that_nobody_reads_any_more_are_ignored(self):
        event = self.add_event("7", "product")
        self.assertFalse(self.enqueue())
        self.assertEqual(event.state, "ignored")

    def test_a_connection_that_is_not_live_gets_no_job(self):
        for state in ("paused", "reconnect", "copy", "draft"):
            with self.subTest(state=state):
                self.add_event("7")
                self.connection.state = state
                self.assertFalse(self.enqueue())

    def test_a_vendor_that_needs_a_pause_is_left_alone_and_nothing_is_lost(self):
        event = self.add_event("7")
        self.connection.set_aside_until = self.now() + timedelta(hours=1)
        self.assertFalse(self.enqueue())
        self.assertEqual(event.state, "new")
        self.connection.set_aside_until = False
        self.assertEqual(self.enqueue(), self.flow)

    def test_without_events_a_lane_asks_one_question(self):
        self.env["ledger.event"].search([]).unlink()
        self.env.flush_all()
        with self.assertQueryCount(1):
            self.env["ledger.event"]._enqueue_webhook_jobs()

    # === PEOPLE === #

    def test_a_replayed_event_is_read_again_at_once(self):
        job = self.add_job(trigger="webhook")
        events = self.add_event("7", age=1) + self.add_event("8", state="ignored")
        self.env["ledger.event"]._failed(events[0].ids, job.id, "Nobody answers.")
        said = events.with_user(self.responsible).action_replay()
        self.assert_readable(said["params"]["message"])
        self.assertEqual(events.mapped("state"), ["new", "new"])
        self.assertFalse(events[0].error or events[0].job_id)
        waiting = self.jobs() - job
        self.assertEqual((waiting.flow_id, waiting.state), (self.flow, "pending"))

    def test_a_replayed_event_that_nobody_reads_stays_ignored_and_says_so(self):
        event = self.add_event("7", "product", state="ignored")
        said = event.with_user(self.responsible).action_replay()["params"]["message"]
        self.assertEqual(event.state, "ignored")
        self.assertIn("1 stay ignored", said)

    def test_users_see_events_and_cannot_change_them(self):
        event = self.add_event("7").with_user(self.responsible)
        self.assertTrue(event.has_access("read"))
        self.assertFalse(event.has_access("write"))

    def test_old_events_are_removed_and_young_ones_stay(self):
        days = self.env["ledger.lane"]._retention_days()
        old = self.add_event("7", age=(days + 1) * 86400, state="done")
        young = self.add_event("8", age=(days - 1) * 86400, state="done")
        done, left = self.env["ledger.event"]._gc_events()
        self.assertEqual((done, left), (1, False))
        self.assertEqual((old + young).exists(), young)
