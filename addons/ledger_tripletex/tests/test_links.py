# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""States from which links once did not come back, and matches that were none."""

from odoo.tests import tagged

from odoo.addons.ledger_connector_base.sync import deletions
from odoo.addons.ledger_connector_base.sync.run import Run

from .engine_case import EngineCase
from .stand_in import NOTHING


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
