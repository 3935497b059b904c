# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A run whose time is up leaves documents to the next one, and loses no answer."""

from contextlib import contextmanager
from unittest.mock import patch

from odoo.tests import tagged

from odoo.addons.ledger_connector_base.sync.run import Run

from .left_case import LeftCase

CREATE = r"/invoices$"
#: Seconds in which no call that writes is begun any more.
LITTLE = 5.0


@tagged("post_install", "-at_install")
class TestDocumentsTime(LeftCase):
    @contextmanager
    def time_until(self, is_over):
        """Runs have time until *is_over* says that there is little left."""

        def left(_run):
            return LITTLE if is_over() else 60.0

        def out(_run):
            return is_over()

        with patch.object(Run, "seconds_left", left):
            with patch.object(Run, "out_of_time", out):
                yield

    def test_no_further_step_is_begun_when_time_is_up(self):
        orders = self.unfinished(3)
        with self.time_until(lambda: self.approvals() >= 1):
            job = self.run_flow(self.orders)
        self.assertCountEqual(self.stages(), ["NOT_SENT", "UNFINISHED", "UNFINISHED"])
        self.assertEqual(self.approvals(), 1)
        self.assertEqual(job.state, "pending", job.error)
        self.assertFalse(job.error)
        self.assertEqual(job.failed, 0)
        self.assertEqual(self.connection.failures, 0)
        self.assertFalse(self.connection.set_aside_until)
        # What was finished is stored, the rest is left as it was.
        left = [order for order in orders if self.order_link(order).unfinished]
        self.assertEqual(len(left), 2)
        for order in left:
            self.assert_untouched(order)
            self.assertEqual(self.status_of(order), "UNFINISHED")

    def test_the_next_run_goes_on_where_time_was_up(self):
        orders = self.unfinished(3)
        with self.time_until(lambda: self.approvals() >= 1):
            self.run_flow(self.orders)
        self.books.forget_calls()
        job = self.run_flow(self.orders)
        self.assertEqual(job.state, "done", job.error)
        self.assertEqual(self.stages(), ["NOT_SENT"] * 3)
        self.assertEqual(self.approvals(), 2)
        self.assertFalse(any(self.order_link(order).unfinished for order in orders))

    def test_a_new_document_that_there_is_no_time_for_is_not_taken_for_lost(self):
        orders = [self.order() for _number in range(3)]

        def made():
            return self.books.world.count_calls(path=CREATE, method="POST")

        self.env.cr.precommit.run()
        with self.time_until(lambda: made() >= 1):
            job = self.run_flow(self.orders)
        self.assertEqual(job.state, "pending", job.error)
        self.assertEqual(made(), 1)
        states = [self.order_link(order).state for order in orders]
        self.assertCountEqual(states, ["linked", "to_push", "to_push"])
        self.push("order")
        numbers = [order.name for order in orders]
        self.assertCountEqual(self.statuses(), [(name, "NOT_SENT") for name in numbers])

    def test_however_short_the_turns_are_all_is_finished_once(self):
        orders = self.unfinished(2) + [self.order()]
        self.env.cr.precommit.run()
        with self.committing() as env:
            job = self.orders.with_env(env)._enqueue("schedule", wake=False)
            for _turn in range(10):
                job._run(seconds=0)
                if job.state != "pending":
                    break
            job_id = job.id
        job = self.env["ledger.sync.job"].browse(job_id)
        self.assertEqual(job.state, "done", job.error)
        self.assertEqual(self.stages(), ["NOT_SENT"] * 3)
        self.assertEqual(self.approvals(), 3)
        for order in orders:
            self.assertFalse(self.order_link(order).tries)

    def test_a_run_that_had_no_time_for_anything_fails_and_sends_nothing(self):
        orders = self.unfinished(1)
        with self.time_until(lambda: True):
            job = self.run_flow(self.orders)
        self.assertEqual((job.state, job.owner), ("failed", "retry"))
        self.assert_readable(job.error)
        self.assertEqual(self.books.writes(), 0)
        self.assert_untouched(orders[0])
