# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Jobs that are cut by their time, cancelled, or come back."""

from odoo.tests import tagged

from .engine_case import DUE, EngineCase


@tagged("post_install", "-at_install")
class TestTurns(EngineCase):
    """Jobs that are cut by their time, cancelled, or come back."""

    def test_counts_of_all_turns_add_up(self):
        self.books.seed(customers=45)
        job = self.run_turns(self.flow("partner"))
        self.assertEqual(job.state, "done")
        self.assertEqual(job.created, len(self.bindings(self.connection)))

    def test_a_full_comparison_in_turns_finds_deletions(self):
        self.books.seed(customers=45)
        customer = self.books.add_customer("Borte AS")
        self.pull()
        self.books.delete_customer(customer)
        self.run_turns(self.flow("partner"), full=True)
        self.assertEqual(self.link(customer).state, "gone")

    def test_a_failure_of_an_earlier_turn_is_not_forgotten(self):
        nameless = self.books.add_customer("Temporary")
        self.books.change_customer(nameless, name="")
        self.books.seed(customers=45)
        self.assertEqual(self.run_turns(self.flow("partner")).state, "partial")

    def test_a_cancelled_job_stops_after_its_page(self):
        self.books.seed(customers=50)
        flow = self.flow("partner")
        with self.committing() as env:
            job = flow.with_env(env)._enqueue("manual", wake=False)
            kind = type(env["ledger.sync.job"])
            original = kind._store_progress

            def store(this, job_id, counts, total):
                result = original(this, job_id, counts, total)
                this.env.cr.execute(
                    "UPDATE ledger_sync_job SET state = 'cancelled' WHERE id = %s",
                    [job_id],
                )
                return result

            self.patch(kind, "_store_progress", store)
            job._run()
            job_id = job.id
        job = self.env["ledger.sync.job"].browse(job_id)
        self.assertEqual(job.state, "cancelled")
        self.assertLess(len(self.bindings(self.connection, resource="customer")), 45)

    def test_cancelling_a_scheduled_job_does_not_end_the_schedule(self):
        flow = self.flow("partner")
        flow.next_run = DUE
        with self.committing() as env:
            env["ledger.lane"]._enqueue_due()
        job = self.env["ledger.sync.job"].search([("flow_id", "=", flow.id)])
        job.with_user(self.responsible).action_cancel()
        self.assertTrue(flow.next_run)

    def test_the_schedule_goes_on_after_a_new_key(self):
        flow = self.flow("partner")
        flow.next_run = DUE
        self.books.revoke()
        self.books.expire_sessions()
        self.run_lanes()
        self.assertEqual(self.connection.state, "reconnect")
        self.connection.credential_id.set_secrets(self.books.new_credentials())
        self.assertEqual(self.press_test(self.connection)["type"], "success")
        self.assertEqual(self.connection.state, "live")
        self.assertTrue(flow.next_run)

    def test_a_run_by_hand_that_succeeds_ends_the_need_to_reconnect(self):
        self.books.remove_right()
        self.run_flow(self.flow("partner"))
        self.assertEqual(self.connection.state, "reconnect")
        self.books.remove_right(restore=True)
        self.pull()
        self.assertEqual(self.connection.state, "live")
        self.assertFalse(self.activities(self.connection))

    def test_a_flow_switched_on_later_is_scheduled(self):
        flow = self.flow("payment")
        flow.active = True
        self.assertTrue(flow.next_run)

    def test_a_failed_scheduled_job_is_tried_again_by_one_job(self):
        self.books.fault(self.books.customer_list, status=503, body="<html>")
        self.flow("partner").next_run = DUE
        self.run_lanes()
        jobs = [("flow_id", "=", self.flow("partner").id)]
        self.env["ledger.sync.job"].search(jobs).write({"run_after": DUE})
        self.connection.set_aside_until = False
        self.flow("partner").next_run = DUE
        self.books.clear_faults()
        self.run_lanes()
        job = self.env["ledger.sync.job"].search(jobs)
        self.assertEqual(job.mapped("state"), ["done"])

    def test_a_connection_whose_connector_is_missing_does_not_stop_the_lane(self):
        broken = self.connection
        job = self.flow("partner")._enqueue("manual")
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE ledger_connection SET system = 'nothing' WHERE id = %s", [broken.id]
        )
        self.env.invalidate_all()
        self.run_lanes()
        self.assertEqual(job.state, "failed")
        self.assert_readable(job.error)


@tagged("post_install", "-at_install")
class TestFullComparison(EngineCase):
    def test_a_record_that_slipped_between_two_pages_is_not_archived(self):
        ids = [self.books.add_customer(f"Kunde {n} AS") for n in range(45)]
        self.pull()
        self.world.fault(
            self.books.customer_list,
            nth=2,
            query={"isInactive": "false"},
            shift=1,
        )
        self.pull(full=True)
        self.assertTrue(all(self.partner(one).active for one in ids))
        self.assertEqual(
            set(self.bindings(self.connection).mapped("state")), {"linked"}
        )
