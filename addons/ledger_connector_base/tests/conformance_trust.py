# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Secrets, companies, rights, copies, and one worker at a time."""

from odoo.exceptions import AccessError
from odoo.modules.neutralize import get_neutralization_queries

from ..models.ledger_sync_job import LEASE
from ..sync.lease import lease


class TrustConformance:
    """What a company that trusts us with its books takes for granted."""

    def _everywhere(self):
        """All text of the database that people or exports may see."""
        texts = []
        for name, model in self.env.registry.items():
            if name.startswith(
                ("ledger.", "mail.message", "mail.tracking", "ir.logging")
            ):
                if not model._abstract and model._auto:
                    self.env.cr.execute(f'SELECT t::text FROM "{model._table}" t')
                    texts += [row[0] for row in self.env.cr.fetchall()]
        return "\n".join(texts)

    def test_secrets_are_nowhere_to_be_seen(self):
        credential = self.connection.credential_id
        self.connection.action_debug()
        with self.keeping_logs() as lines:
            credential.set_secrets(self.books.credentials)
            self.books.seed(customers=3)
            self.pull()
            self.press_test(self.connection)
            self.books.fault(self.books.customer_list, status=500, body="<html>")
            self.run_flow(self.flow("partner"))
            self.books.revoke()
            self.books.expire_sessions()
            self.run_flow(self.flow("partner"))
        self.env.flush_all()
        seen = "\n".join([*lines, self._everywhere()])
        for secret in self.books.secret_values():
            self.assertNotIn(secret, seen)

    def test_secrets_are_read_by_nobody(self):
        credential = self.connection.credential_id.with_user(self.manager)
        with self.assertRaises(AccessError):
            credential.read(["secret_data"])
        shown = str(credential.read()) + str(credential.copy().read())
        names = [name for name in credential._fields if name != "secret_data"]
        exported = str(credential.export_data(names))
        for secret in self.books.credentials.values():
            self.assertNotIn(secret, shown)
            self.assertNotIn(secret, exported)

    def test_a_copy_for_tests_is_harmless(self):
        self.pull()
        queries = get_neutralization_queries(
            ["ledger_connector_base", f"ledger_{self.books.system}"]
        )
        self.env.flush_all()
        for query in queries:
            self.env.cr.execute(query)
        self.env.invalidate_all()
        self.assertEqual(self.connection.state, "paused")
        self.assertFalse(self.connection.credential_id._read_secrets())
        self.assertFalse(self.connection.credential_id.token_ids)
        self.books.forget_calls()
        self.run_flow(self.flow("partner"))
        self.assertEqual(self.books.calls(), 0)

    def test_companies_do_not_see_each_other(self):
        self.books.seed(customers=3)
        self.pull()
        other = self._make_company("Annet Regnskap AS")
        stranger = self._make_user("stranger", "group_ledger_manager", other)
        for model in (
            "ledger.connection",
            "ledger.flow",
            "ledger.binding",
            "ledger.sync.job",
            "ledger.exchange",
            "ledger.value.mapping",
            "ledger.field.mapping",
            "ledger.credential",
        ):
            found = self.env[model].with_user(stranger).search([])
            self.assertFalse(found, model)
        partners = self.bindings(self.connection).mapped("record_ref")
        self.assertEqual({p.company_id for p in partners}, {self.company})

    def test_a_run_has_the_rights_of_its_responsible_user_and_no_more(self):
        group = self.env.ref("base.group_partner_manager")
        self.responsible.group_ids -= group
        accounting = self.env.ref("account.group_account_manager")
        self.responsible.group_ids -= accounting
        self.books.add_customer("Locked out AS")
        job = self.run_flow(self.flow("partner"))
        self.assertEqual(job.state, "failed")
        self.assertIn(self.responsible.name, job.error)
        self.assertFalse(
            self.env["res.partner"].search([("name", "=", "Locked out AS")])
        )

    def test_what_a_run_creates_is_created_by_its_responsible_user(self):
        customer = self.books.add_customer("By AS")
        self.pull()
        self.assertEqual(self.partner(customer).create_uid, self.responsible)

    def test_a_second_worker_leaves_a_running_connection_alone(self):
        self.books.seed(customers=3)
        with lease(self.env.cr.dbname, LEASE, self.connection.id) as held:
            self.assertTrue(held)
            self.flow("partner").action_run()
            self.run_lanes()
            self.assertFalse(self.bindings(self.connection))
        self.run_lanes()
        self.assertTrue(self.bindings(self.connection))

    def test_a_job_whose_process_died_is_taken_over(self):
        self.books.seed(customers=3)
        job = self.flow("partner")._enqueue("schedule")
        job.state = "running"
        self.run_lanes()
        self.assertEqual(job.state, "done")

    def test_a_paused_connection_makes_no_scheduled_call(self):
        self.connection.action_pause()
        self.connection.flow_ids.write({"next_run": "2020-01-01 00:00:00"})
        self.books.forget_calls()
        self.run_lanes()
        self.assertEqual(self.books.calls(), 0)
        self.connection.action_resume()
        self.connection.flow_ids.write({"next_run": "2020-01-01 00:00:00"})
        self.run_lanes()
        self.assertGreater(self.books.calls(), 0)

    def test_calls_are_listed_with_the_vendors_request_id_and_forgotten_in_time(self):
        self.pull()
        calls = self.env["ledger.exchange"].search(
            [("connection_id", "=", self.connection.id)]
        )
        self.assertTrue(calls)
        named = calls.filtered("request_id")
        self.assertEqual(named, calls if self.books.names_calls else named.browse())
        self.assertFalse(any(call.response_body for call in calls))
        calls.write({"at": "2020-01-01 00:00:00"})
        calls.flush_recordset()
        self.env["ledger.exchange"]._gc_exchanges()
        self.assertFalse(calls.exists())

    def test_a_scheduled_run_sets_the_next_one(self):
        flow = self.flow("partner")
        flow.next_run = "2020-01-01 00:00:00"
        self.run_lanes()
        self.assertGreater(flow.next_run, self.now())
        self.assertTrue(flow.last_run)
