# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Exactly once: whatever breaks on the way, there is one record there."""

from odoo.addons.ledger_connector_base.models.ledger_sync_job import LEASE
from odoo.addons.ledger_connector_base.sync.lease import lease


class OnceConformance:
    """Cut lines, dead processes, vendors that stumble."""

    def settle(self):
        """Let the time pass in which a lost call could still be worked on."""
        self.env.cr.execute(
            "UPDATE ledger_binding SET sent_at = sent_at - interval '1 hour'"
        )
        self.connection.write({"set_aside_until": False, "failures": 0})

    def cut(self, path=None, **action):
        """Arm a fault on the next writing call."""
        path = path or self.books.customer_writes
        self.books.fault(path, method=list(self.books.writing), times=1, **action)

    # === NEW RECORDS === #

    def test_a_lost_answer_makes_no_second_record(self):
        self.push_flow("partner")
        partners = [self.customer(f"Kunde {n} AS") for n in range(5)]
        self.cut(cut=True)
        job = self.push(expect="failed")
        self.assert_readable(job.error)
        states = [self.link_of(p).state for p in partners]
        # Where a call takes one record, the others have not been tried.
        arrived = min(5, self.books.batch)
        self.assertEqual(states.count("uncertain"), arrived)
        self.books.forget_calls()
        job = self.push()
        self.assertEqual(job.linked, arrived)
        self.assertEqual(self.books.writes(), 5 - arrived)
        self.assertEqual(len(self.books.names("customers")), 5)
        self.assertEqual({self.link_of(p).state for p in partners}, {"linked"})

    def test_an_answer_cut_in_the_middle_makes_no_second_record(self):
        self.push_flow("partner")
        partner = self.customer()
        self.cut(truncate=True)
        self.push(expect="failed")
        self.push()
        self.assertEqual(len(self.books.names("customers")), 1)
        self.assertEqual(self.link_of(partner).state, "linked")

    def test_what_never_arrived_is_sent_again_once_that_is_certain(self):
        self.push_flow("partner")
        partner = self.customer()
        self.cut(drop=True)
        self.push(expect="failed")
        self.books.forget_calls()
        # Just now it might still be worked on there.
        self.push()
        self.assertEqual(self.books.writes(), 0)
        self.assertEqual(self.link_of(partner).state, "uncertain")
        self.settle()
        self.push()
        self.assertEqual(self.books.names("customers"), ["Bergen Bygg AS"])
        self.assertEqual(self.link_of(partner).state, "linked")

    def test_while_it_is_uncertain_an_edit_is_not_sent_but_not_lost(self):
        self.push_flow("partner")
        partner = self.customer("Før AS")
        self.cut(drop=True)
        self.push(expect="failed")
        partner.name = "Etter AS"
        self.push()
        self.assertEqual(self.books.names("customers"), [])
        self.settle()
        self.push()
        self.assertEqual(self.books.names("customers"), ["Etter AS"])

    def test_an_edit_after_a_lost_answer_becomes_a_change(self):
        self.push_flow("partner")
        partner = self.customer("Før AS")
        self.cut(cut=True)
        self.push(expect="failed")
        partner.name = "Etter AS"
        self.push()
        self.assertEqual(self.books.names("customers"), ["Etter AS"])
        self.assertEqual(self.link_of(partner).state, "linked")

    def test_a_vendor_that_is_down_before_the_call_loses_nothing(self):
        self.push_flow("partner")
        self.customer()
        self.cut(status=503)
        self.push(expect="failed")
        self.settle()
        self.push()
        self.assertEqual(self.books.names("customers"), ["Bergen Bygg AS"])

    def test_a_limit_puts_the_rest_off_and_nothing_is_lost(self):
        self.push_flow("partner")
        for number in range(3):
            self.customer(f"Kunde {number} AS")
        self.cut(status=429)
        job = self.push(expect="waiting")
        self.assertEqual(job.owner, "wait")
        self.connection.set_aside_until = False
        self.env["ledger.budget"].search([]).unlink()
        self.push()
        self.assertEqual(len(self.books.names("customers")), 3)

    def test_a_record_that_the_vendor_stumbles_over_stands_alone_in_the_end(self):
        self.push_flow("partner")
        for number in range(4):
            self.customer(f"Kunde {number} AS")
        bad = self.customer("Stumbling AS")
        self.books.stumble("Stumbling AS")
        for _attempt in range(6):
            self.env.cr.precommit.run()
            self.run_flow(self.push_flow("partner"))
            self.settle()
        self.assertEqual(len(self.books.names("customers")), 4)
        link = self.link_of(bad)
        self.assertEqual((link.state, link.owner), ("failed", "record"))
        self.assert_readable(link.error)

    # === CHANGES === #

    def test_a_change_whose_answer_is_lost_is_neither_lost_nor_sent_twice(self):
        for action in ({"cut": True}, {"drop": True}, {"truncate": True}):
            with self.subTest(**action):
                name = f"Kunde {next(iter(action))} AS"
                [partner] = self.sent(name)
                partner.email = "ny@example.org"
                self.cut(**action)
                self.push(expect="failed")
                self.assertEqual(self.link_of(partner).state, "uncertain")
                self.settle()
                self.push()
                there = self.books.find_customer(self.link_of(partner).external_id)
                self.assertEqual(there["email"], "ny@example.org")
                self.assertEqual(self.link_of(partner).state, "linked")
                self.assertFalse(self.link_of(partner).conflict_ids)

    def test_a_record_deleted_there_is_not_made_again_unasked(self):
        [partner] = self.sent("Bergen Bygg AS")
        self.books.delete_customer(self.link_of(partner).external_id)
        partner.email = "ny@example.org"
        self.push(expect="partial")
        self.assertEqual(self.books.names("customers"), [])
        link = self.link_of(partner)
        self.assert_readable(link.error)
        link.with_user(self.responsible).action_create_new()
        self.run_lanes()
        self.assertEqual(self.books.names("customers"), ["Bergen Bygg AS"])
        self.assertEqual(self.link_of(partner).state, "linked")

    def test_a_record_deleted_in_odoo_before_it_was_sent_is_not_sent(self):
        self.push_flow("partner")
        partner = self.customer()
        self.env.cr.precommit.run()
        partner.unlink()
        self.push()
        self.assertEqual(self.books.names("customers"), [])

    # === BOTH DIRECTIONS AT ONCE === #

    def test_a_pull_after_a_lost_answer_makes_no_second_record_in_odoo(self):
        self.push_flow("partner")
        partner = self.customer("Bergen Bygg AS")
        self.cut(cut=True)
        self.push(expect="failed")
        self.pull()
        self.assertEqual(
            self.env["res.partner"].search([("name", "=", "Bergen Bygg AS")]), partner
        )
        self.assertEqual(len(self.link_of(partner)), 1)
        self.assertEqual(self.link_of(partner).state, "linked")

    def test_two_workers_send_a_record_once(self):
        flow = self.push_flow("partner")
        self.customer()
        self.env.cr.precommit.run()
        jobs = flow._enqueue("manual", wake=False)
        with lease(self.env.cr.dbname, LEASE, self.connection.id):
            with self.committing() as env:
                self.assertFalse(jobs.with_env(env)._run())
        self.assertEqual(self.books.names("customers"), [])
        self.push()
        self.assertEqual(self.books.names("customers"), ["Bergen Bygg AS"])
