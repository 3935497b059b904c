# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""States from which records, jobs and connections once did not come back."""

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from odoo.addons.ledger_connector_base.sync import deletions
from odoo.addons.ledger_connector_base.sync.run import Run
from odoo.addons.ledger_connector_base.tests.conformance import ConformanceCase

from .stand_in import NOTHING, TripletexBooks

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


@tagged("post_install", "-at_install")
class TestLinkStates(EngineCase):
    """Links that a person or a run moves from one state to another."""

    def twins(self):
        for _number in range(2):
            self.books.add_customer("Tvilling AS", business_id="911222333")
        self.pull()
        return self.bindings(self.connection, state="candidate")

    def test_a_second_record_of_one_partner_can_be_ignored(self):
        candidate = self.twins()
        candidate.with_user(self.responsible).action_ignore()
        self.pull(full=True)
        self.assertEqual(candidate.state, "ignored")

    def test_retrying_an_undecided_record_decides_nothing(self):
        local = self.env["res.partner"].create(
            {"name": "Kari", "email": "kari@example.org", "company_id": self.company.id}
        )
        customer = self.books.add_customer("Ola", email="kari@example.org")
        self.pull()
        self.link(customer).with_user(self.responsible).action_retry()
        self.run_lanes()
        self.assertEqual(self.link(customer).state, "candidate")
        self.assertEqual(self.link(customer).record_ref, local)
        self.assertEqual(local.name, "Kari")

    def test_retrying_a_second_record_of_one_partner_decides_nothing(self):
        candidate = self.twins()
        candidate.with_user(self.responsible).action_retry()
        self.run_lanes()
        self.assertEqual(candidate.state, "candidate")

    def test_a_record_that_comes_back_is_active_again(self):
        self.books.seed(customers=5)
        customer = self.books.add_customer("Borte AS")
        self.pull()
        partner = self.partner(customer)
        with self.committing() as env:
            flow = self.flow("partner").with_env(env)
            deletions.archive(Run(env, flow), self.link(customer).ids)
        self.assertFalse(partner.active)
        self.pull(full=True)
        self.assertEqual(self.link(customer).state, "linked")
        self.assertTrue(partner.active)

    def test_a_record_that_comes_back_after_its_partner_was_given_away_is_asked_about(
        self,
    ):
        self.world.clock(set="2026-03-01T12:00:00Z")
        self.books.seed(customers=5)
        first = self.books.add_customer("Hamar AS", business_id="911222333")
        self.world.clock(reset=True)
        self.pull()
        link = self.link(first)
        link.state = "gone"
        second = self.books.add_customer("Hamar AS", business_id="911222333")
        self.pull()
        self.assertEqual(self.link(second).res_id, link.res_id)
        self.pull(full=True)
        self.assertEqual(self.link(second).state, "linked")
        self.assertEqual(link.state, "candidate")

    def test_a_record_that_comes_back_together_with_its_double_keeps_its_partner(self):
        self.books.seed(customers=5)
        first = self.books.add_customer("Hamar AS", business_id="911222333")
        self.pull()
        link = self.link(first)
        link.state = "gone"
        second = self.books.add_customer("Hamar AS", business_id="911222333")
        self.pull(full=True)
        self.assertEqual(link.state, "linked")
        self.assertEqual(self.link(second).state, "candidate")

    def test_a_failed_record_that_is_deleted_there_is_forgotten_with_its_cause(self):
        self.books.seed(customers=5)
        nameless = self.books.add_customer("Temporary")
        self.books.change_customer(nameless, name="")
        self.pull(expect="partial")
        self.assertEqual(len(self.activities(self.connection)), 1)
        self.books.delete_customer(nameless)
        self.pull(full=True)
        self.assertEqual(self.link(nameless).state, "gone")
        self.assertFalse(self.link(nameless).error)
        self.assertFalse(self.connection.cause_ids)
        self.assertFalse(self.activities(self.connection))

    def test_records_not_found_by_their_ids_are_not_archived_past_the_brake(self):
        ids = [self.books.add_customer(f"Kunde {n} AS") for n in range(10)]
        self.pull()
        links = self.bindings(self.connection, resource="customer")
        links.action_retry()
        self.world.fault(r"^/customer$", text=NOTHING)
        self.run_lanes()
        self.assertTrue(all(self.partner(one).active for one in ids))
        self.books.clear_faults()
        self.pull(full=True)
        self.assertEqual(set(links.mapped("state")), {"linked"})

    def test_a_delivery_address_that_vanished_does_not_wait_for_ever(self):
        place = {"addressLine1": "Kaia 3", "postalCode": "5003", "city": "Bergen"}
        customer = self.books.add_customer("Kunde AS", deliveryAddress=place)
        self.pull()
        link = self.bindings(self.connection, resource="delivery_address")
        self.assertEqual(link.state, "linked")
        self.books.change_customer(customer, deliveryAddress=None)
        link.action_retry()
        self.run_lanes()
        self.assertNotEqual(link.state, "due")

    def test_a_payment_goes_on_once_its_invoice_is_posted(self):
        self.connection.payment_journal_id = self.env["account.journal"].search(
            [("type", "=", "bank"), ("company_id", "=", self.company.id)], limit=1
        )
        self.flow("payment").write({"active": True, "register_payments": True})
        line = ("Frakt", 1, 100.0, self.books.tax_code, None)
        customer = self.books.add_customer("Kunde AS")
        invoice = self.books.add_invoice(customer, [line])
        self.books.pay(invoice)
        self.pull("invoice", expect="partial")
        link = self.bindings(self.connection, resource="payment")
        self.assertEqual(link.state, "waiting")
        move = self.record_of(self.connection, "invoice", invoice)
        move.action_post()
        self.pull("partner")
        self.run_lanes()
        self.assertEqual(link.state, "linked", link.error)
        self.assertEqual(len(move.matched_payment_ids), 1)

    def test_a_chosen_payment_journal_lets_payments_go_on(self):
        self.flow("invoice").post_invoices = True
        self.flow("payment").write({"active": True, "register_payments": True})
        line = ("Frakt", 1, 100.0, self.books.tax_code, None)
        customer = self.books.add_customer("Kunde AS")
        invoice = self.books.add_invoice(customer, [line])
        self.books.pay(invoice)
        self.pull("invoice", expect="partial")
        self.connection.payment_journal_id = self.env["account.journal"].search(
            [("type", "=", "bank"), ("company_id", "=", self.company.id)], limit=1
        )
        self.run_lanes()
        link = self.bindings(self.connection, resource="payment")
        self.assertEqual(link.state, "linked", link.error)
        self.assertFalse(self.activities(self.connection))


@tagged("post_install", "-at_install")
class TestMatchingMistakes(EngineCase):
    def test_a_supplier_with_a_customers_number_is_another_party(self):
        self.world.add(
            "customer",
            name="Kunde AS",
            customerNumber=555,
            organizationNumber="911222333",
        )
        supplier = self.world.add(
            "supplier",
            name="Leverandør AS",
            supplierNumber=555,
            organizationNumber="922333444",
        )
        person = self.world.add("supplier", name="Ola Nordmann", supplierNumber=556)
        self.world.add("customer", name="Kari Nordmann", customerNumber=556)
        self.pull()
        names = [
            self.record_of(self.connection, "supplier", one["id"]).name
            for one in (supplier, person)
        ]
        self.assertEqual(names, ["Leverandør AS", "Ola Nordmann"])
        partners = self.bindings(self.connection).mapped("res_id")
        self.assertEqual(len(set(partners)), 4)

    def test_a_private_person_who_is_customer_and_supplier_is_one_partner(self):
        self.flow("partner").number_policy = "odoo"
        party = self.world.add(
            "customer", name="Kari Nordmann", isCustomer=True, isSupplier=True
        )
        self.pull()
        customer = self.record_of(self.connection, "customer", party["id"])
        supplier = self.record_of(self.connection, "supplier", party["id"])
        self.assertEqual(customer, supplier)

    def test_a_business_id_without_a_letter_or_digit_says_nothing(self):
        for name in ("Lokal AS", "Annen AS"):
            self.env["res.partner"].create(
                {"name": name, "company_id": self.company.id, "is_company": True}
            )
        customer = self.books.add_customer("Fremmed AS", business_id="-")
        job = self.pull()
        self.assertEqual((job.created, job.candidate), (1, 0))
        self.assertEqual(self.partner(customer).name, "Fremmed AS")

    def test_the_number_of_a_local_partner_with_another_name_is_asked_about(self):
        local = self.env["res.partner"].create(
            {"name": "Lokal AS", "ref": "4711", "company_id": self.company.id}
        )
        self.world.add("customer", name="Fremmed AS", customerNumber=4711)
        job = self.pull()
        self.assertEqual((job.linked, job.candidate), (0, 1))
        self.assertEqual(local.name, "Lokal AS")


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
class TestOddValues(EngineCase):
    def test_a_character_that_no_database_takes_stops_nobody(self):
        self.books.seed(customers=3)
        for name in ("Null\x00byte AS", "Another\x00 AS"):
            self.books.add_customer(name, email="a\x00b@example.org")
        self.pull()
        ids = self.bindings(self.connection).mapped("res_id")
        names = self.env["res.partner"].browse(ids).mapped("name")
        self.assertIn("Nullbyte AS", names)

    def test_a_value_too_large_for_its_converter_fails_alone(self):
        self.env["ledger.field.mapping"].create(
            {
                "flow_id": self.flow("partner").id,
                "resource": "customer",
                "remote_path": "description",
                "field_path": "color",
                "converter": "integer",
            }
        )
        self.books.seed(customers=3)
        customer = self.books.add_customer("Stor AS")
        self.books.fault(self.books.customer_list, set_fields={"description": "4"})
        self.pull(full=True)
        self.books.clear_faults()
        self.books.change_customer(customer, description="9" * 30)
        self.pull(full=True, expect="partial")
        self.assertEqual(self.link(customer).state, "failed")

    def test_a_removed_mapping_line_is_told_and_stops_nobody_else(self):
        self.connection.payment_journal_id = self.env["account.journal"].search(
            [("type", "=", "bank"), ("company_id", "=", self.company.id)], limit=1
        )
        self.flow("invoice").post_invoices = True
        payments = self.flow("payment")
        payments.write({"active": True, "register_payments": True})
        payments.mapping_ids.filtered(lambda x: x.field_path == "amount").unlink()
        line = ("Frakt", 1, 100.0, self.books.tax_code, None)
        customer = self.books.add_customer("Kunde AS")
        invoice = self.books.add_invoice(customer, [line])
        self.books.pay(invoice)
        self.pull("invoice", expect="partial")
        move = self.record_of(self.connection, "invoice", invoice)
        self.assertEqual(move.state, "posted")
        link = self.bindings(self.connection, resource="payment")
        self.assertEqual(link.state, "failed")
        self.assert_readable(link.error)


@tagged("post_install", "-at_install")
class TestInvoicesAgain(EngineCase):
    def add(self, **values):
        line = ("Frakt", 1, 100.0, self.books.tax_code, None)
        return self.books.add_invoice(self.customer, [line], **values)

    def move(self, invoice):
        return self.record_of(self.connection, "invoice", invoice)

    def setUp(self):
        super().setUp()
        self.customer = self.books.add_customer("Kunde AS")

    def test_a_payment_term_of_the_partner_does_not_move_the_due_date(self):
        self.pull()
        term = self.env.ref("account.account_payment_term_30days")
        self.partner(self.customer).with_company(
            self.company
        ).property_payment_term_id = term
        self.flow("invoice").post_invoices = True
        invoice = self.add(date="2026-02-03", due="2026-02-10")
        self.pull("invoice")
        move = self.move(invoice)
        self.assertEqual(str(move.invoice_date_due), "2026-02-10")
        lines = move.line_ids.filtered(lambda x: x.display_type == "payment_term")
        self.assertEqual([str(x.date_maturity) for x in lines], ["2026-02-10"])

    def test_many_posted_invoices_that_changed_are_one_activity(self):
        self.flow("invoice").post_invoices = True
        invoices = [self.add() for _number in range(3)]
        self.pull("invoice")
        for invoice in invoices:
            self.books.change_invoice(invoice)
        self.pull("invoice", expect="partial")
        self.assertEqual(len(self.activities(self.connection)), 1)
        self.assertEqual(self.connection.cause_ids.binding_count, 3)

    def test_many_differences_are_one_activity(self):
        for _number in range(3):
            self.add()
        self.books.misstate_totals()
        self.pull("invoice", expect="partial")
        self.assertEqual(len(self.activities(self.connection)), 1)

    def test_another_tax_for_a_code_leaves_posted_invoices_alone(self):
        self.flow("invoice").post_invoices = True
        invoice = self.add()
        self.pull("invoice")
        other = self.tax.copy({"name": "Another 25 %"})
        self.connection.value_mapping_ids.target_ref = other
        self.pull("invoice")
        self.assertEqual(self.move(invoice).invoice_line_ids.tax_ids, self.tax)


@tagged("post_install", "-at_install")
class TestConnectionGuards(EngineCase):
    def test_a_copy_is_told_in_words_by_every_button(self):
        self.env["ir.config_parameter"].set_param("database.uuid", "a-copy")
        with self.assertRaises(UserError):
            self.connection.with_user(self.responsible).action_sync_now()
        with self.assertRaises(UserError):
            self.connection.with_user(self.manager).action_resume()

    def test_a_connection_with_records_does_not_move_to_another_company(self):
        self.books.add_customer("Kunde AS")
        self.pull()
        other = self._make_company("Annet AS")
        with self.assertRaises(ValidationError):
            self.connection.write({"company_id": other.id, "user_id": self.env.user.id})

    def test_books_with_records_are_not_exchanged_for_others(self):
        self.books.add_customer("Kunde AS")
        self.pull()
        with self.assertRaises(ValidationError):
            self.connection.remote_company_id = "4711"

    def test_the_connector_can_be_uninstalled_although_connections_use_it(self):
        self.books.add_customer("Kunde AS")
        self.pull()
        partner = self.partner(self.bindings(self.connection).external_id)
        value = self.env["ir.model.fields.selection"].search(
            [("value", "=", "tripletex"), ("field_id.model", "=", "ledger.credential")]
        )
        value.with_context(_force_unlink=True)._process_ondelete()
        self.assertFalse(self.connection.exists())
        self.assertTrue(partner.exists())

    def test_a_key_of_another_company_does_not_mix_its_books_in(self):
        self.books.add_customer("Kunde AS")
        self.press_test(self.connection)
        self.pull()
        other = TripletexBooks()
        self.addCleanup(other.close)
        other.world.fault(
            "whoAmI", set_fields={"company": {"organizationNumber": "987654325"}}
        )
        other.add_customer("Fremmed AS")
        credential = self.connection.credential_id
        credential.custom_url = other.base_url
        credential.set_secrets(other.credentials)
        job = self.run_flow(self.flow("partner"), full=True)
        self.assertEqual((job.state, job.owner), ("failed", "reconnect"), job.error)
        self.assertFalse(self.env["res.partner"].search([("name", "=", "Fremmed AS")]))


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
