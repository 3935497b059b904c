# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Comparing both sides, cancelling, pausing, and vendors that fail."""

from unittest.mock import patch


class DriftConformance:
    """Where both sides differ is found, shown and decided."""

    def compare(self):
        """Press *Compare both sides* and return the report."""
        self.connection.action_compare()
        self.run_lanes()
        return self.env["ledger.drift"].search(
            [("connection_id", "=", self.connection.id)]
        )

    def test_sides_in_step_have_an_empty_report(self):
        self.push_flow("partner")
        self.books.seed(customers=10)
        self.pull()
        self.assertFalse(self.compare())

    def test_every_kind_of_difference_is_reported_and_nothing_is_written(self):
        self.push_flow("partner")
        self.flow("invoice").active = self.flow("product").active = False
        ids = [self.books.add_customer(f"Kunde {n} AS") for n in range(4)]
        self.pull()
        # Behind the engine's back, as by a restored backup.
        self.env.cr.execute(
            "UPDATE res_partner SET email = 'gammel@example.org' WHERE id = %s",
            [self.partner(ids[0]).id],
        )
        self.env.invalidate_all()
        self.books.delete_customer(ids[1])
        self.books.add_customer("Ny der AS")
        here = self.customer("Ny her AS")
        self.books.forget_calls()
        report = self.compare()
        found = {line.kind: line for line in report}
        self.assertEqual(set(found), {"differs", "gone", "only_there", "only_here"})
        self.assertIn("gammel@example.org", found["differs"].details)
        self.assertEqual(found["gone"].external_id, ids[1])
        self.assertIn("Ny der AS", found["only_there"].label)
        self.assertEqual(found["only_here"].record_ref, here)
        self.assertEqual(self.books.writes(), 0)
        self.assertTrue(self.partner(ids[1]).active)
        self.assertFalse(self.env["res.partner"].search([("name", "=", "Ny der AS")]))

    def test_a_difference_is_decided_either_way(self):
        self.push_flow("partner")
        for decision, winner in (
            ("action_take_system", "felles@example.org"),
            ("action_send_odoo", "gammel@example.org"),
        ):
            with self.subTest(decision=decision):
                external_id = self.books.add_customer(
                    f"Kunde {decision} AS", email="felles@example.org"
                )
                self.pull()
                partner = self.partner(external_id)
                self.env.cr.execute(
                    "UPDATE res_partner SET email = 'gammel@example.org' WHERE id = %s",
                    [partner.id],
                )
                self.env.invalidate_all()
                [line] = self.compare()
                getattr(line.with_user(self.responsible), decision)()
                self.run_lanes()
                self.assertEqual(partner.email, winner)
                there = self.books.find_customer(external_id)
                self.assertEqual(there["email"], winner)
                self.assertFalse(self.compare())

    # === CANCEL, PAUSE, RESUME === #

    def stop_after_the_first_batch(self, stop):
        """Send 250 customers and *stop* once the first batch is there."""
        flow = self.push_flow("partner")
        for number in range(250):
            self.customer(f"Kunde {number:03} AS")
        self.env.cr.precommit.run()
        jobs = type(self.env["ledger.sync.job"])
        original = jobs._is_stopped

        def asked(this, job_id):
            if self.books.names("customers"):
                stop(this.env["ledger.sync.job"].browse(job_id).sudo())
                this.env.flush_all()
            return original(this, job_id)

        job = flow._enqueue("schedule", wake=False)
        with patch.object(jobs, "_is_stopped", asked), self.committing() as env:
            job.with_env(env)._run()
        job.invalidate_recordset()
        return job

    def test_a_cancelled_sending_stops_and_the_rest_is_not_lost(self):
        job = self.stop_after_the_first_batch(lambda job: job.action_cancel())
        self.assertEqual(job.state, "cancelled")
        there = len(self.books.names("customers"))
        self.assertTrue(0 < there < 250)
        self.push()
        self.assertEqual(len(self.books.names("customers")), 250)

    def test_a_paused_connection_sends_nothing_until_it_is_resumed(self):
        self.stop_after_the_first_batch(lambda job: job.connection_id.action_pause())
        there = len(self.books.names("customers"))
        self.assertTrue(0 < there < 250)
        self.customer("Under pausen AS")
        self.env.cr.precommit.run()
        self.run_lanes()
        self.assertEqual(len(self.books.names("customers")), there)
        self.connection.action_resume()
        self.run_lanes()
        self.assertEqual(len(self.books.names("customers")), 251)

    # === THE CIRCUIT BREAKER === #

    def test_a_vendor_that_is_down_is_set_aside_for_longer_and_longer(self):
        flow = self.flow("partner")
        self.books.fault("", status=self.books.down)
        waits = []
        for _attempt in range(4):
            self.connection.set_aside_until = False
            job = flow._enqueue("schedule", wake=False)
            job.write({"state": "pending", "run_after": False})
            with self.committing() as env:
                job.with_env(env)._run()
            waits.append((self.connection.set_aside_until - self.now()).seconds)
        self.assertEqual(waits, sorted(waits))
        self.assertGreater(waits[-1], 2 * waits[0])
        self.books.forget_calls()
        self.run_lanes()
        self.assertEqual(self.books.calls(), 0)
        self.books.clear_faults()
        self.connection.set_aside_until = False
        self.pull()
        self.assertFalse(self.connection.failures)
        self.assertFalse(self.connection.set_aside_until)

    def test_a_flow_that_fails_does_not_hold_the_others_up(self):
        self.books.seed(customers=3)
        broken = self.flow("product")
        self.books.fault(self.books.product_list, status=400, body=self.books.bad_field)
        for _attempt in range(2):
            job = self.run_flow(broken)
            self.assertEqual(job.state, "failed")
            self.pull()
        self.assertEqual(broken.failures, 2)
        self.assertFalse(self.connection.failures)
        [activity] = self.activities(self.connection)
        self.assert_readable(activity.note.striptags())
        self.books.clear_faults()
        self.run_flow(broken)
        self.assertFalse(broken.failures)
        self.assertFalse(self.activities(self.connection))
