# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Parties that are customer and supplier at once: two records there, one in Odoo."""

from odoo.tests import tagged

from odoo.addons.ledger_connector_base.sync import recovery
from odoo.addons.ledger_connector_base.sync.run import Run

from .engine_case import EngineCase


@tagged("post_install", "-at_install")
class TestTwins(EngineCase):
    def setUp(self):
        super().setUp()
        self.push_flow("partner")

    def party(self, **values):
        """A party that is both, read from there; its partner in Odoo."""
        found = self.world.add(
            "customer",
            name="Begge AS",
            organizationNumber="911222302",
            isCustomer=True,
            isSupplier=True,
            **values,
        )
        self.pull()
        partner = self.record_of(self.connection, "customer", found["id"])
        self.books.forget_calls()
        return partner

    def links(self, partner):
        """The links of both records."""
        return self.bindings(
            self.connection, res_id=partner.id, res_model=partner._name
        )

    def read_again(self, link):
        """Read one of the two only, as after a notice by webhook."""
        with self.committing(self.responsible) as env:
            run = Run(env, self.flow("partner").with_env(env))
            client = run.connector._client(run.connection, run)
            found = recovery.read(run, client, link.resource, [link.external_id])
            recovery.refresh(run, client, link.resource, found)

    def test_a_party_that_was_read_twice_is_not_sent_back(self):
        partner = self.party()
        self.assertEqual(len(self.links(partner)), 2)
        self.assertTrue(partner.customer_rank and partner.supplier_rank)
        job = self.push()
        self.assertEqual((job.updated, self.books.writes()), (0, 0))

    def test_two_records_of_one_party_are_not_sent_back_either(self):
        self.world.settings(party_ids="two")
        partner = self.party()
        ids = self.links(partner).mapped("external_id")
        self.assertEqual(len(set(ids)), 2)
        self.push()
        self.assertEqual(self.books.writes(), 0)

    def test_what_changed_there_is_not_sent_to_the_partys_other_record(self):
        partner = self.party()
        self.push()
        customer = self.link_of(partner)
        self.books.change_customer(customer.external_id, phoneNumber="22334455")
        self.read_again(customer)
        self.books.forget_calls()
        self.assertEqual(partner.phone, "22334455")
        self.push()
        self.assertEqual(self.books.writes(), 0)

    def test_an_edit_in_odoo_reaches_both_records(self):
        self.world.settings(party_ids="two")
        partner = self.party()
        partner.phone = "22334455"
        self.push()
        for link in self.links(partner):
            there = self.world.object(link.resource, int(link.external_id))
            self.assertEqual(there["phoneNumber"], "22334455", link.resource)

    def test_an_unsent_edit_survives_the_reading_of_the_other_record(self):
        self.world.settings(party_ids="two")
        partner = self.party()
        partner.phone = "22334455"
        self.env.cr.precommit.run()
        supplier = self.link_of(partner, "supplier")
        self.world.update("supplier", int(supplier.external_id), email="ny@example.org")
        self.pull()
        self.assertEqual(partner.email, "ny@example.org")
        self.books.forget_calls()
        self.push()
        for resource in ("customer", "supplier"):
            (call,) = self.world.calls(path=f"^/{resource}", method="PUT")
            changed = set(call["body"]) - {"id", "version"}
            self.assertEqual(changed, {"phoneNumber"}, resource)

    def test_becoming_a_supplier_in_odoo_is_sent(self):
        partner = self.customer()
        self.push()
        partner.supplier_rank = 1
        self.push()
        there = self.world.object("customer", int(self.link_of(partner).external_id))
        self.assertTrue(there["isSupplier"])
