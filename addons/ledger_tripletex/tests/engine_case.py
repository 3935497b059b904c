# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What tests of odd states share: a connection, and jobs that take several turns."""

from odoo.addons.ledger_connector_base.tests.conformance_case import ConformanceCase

from .stand_in import TripletexBooks

DUE = "2020-01-01 00:00:00"


class EngineCase(ConformanceCase):
    stand_in = TripletexBooks

    def setUp(self):
        super().setUp()
        self.world = self.books.world

    def run_turn(self, flow, full=False):
        """One turn of a job whose time is up after every page."""
        with self.committing() as env:
            own = flow.with_env(env)
            if full:
                own.cursor = False
            job = own._enqueue("schedule", wake=False)
            job._run(seconds=0)
            job_id = job.id
        return self.env["ledger.sync.job"].browse(job_id)

    def run_turns(self, flow, full=False):
        """Turns until the job is over."""
        for _turn in range(20):
            job = self.run_turn(flow, full)
            full = False
            if job.state != "pending":
                return job
        self.fail("The job does not come to an end")
