# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Registers are sent: once, only what changed, and only what was asked for."""


class WritingConformance:
    """Customers and products go to the vendor."""

    def sent(self, *names, **values):
        """New customers in Odoo that have been sent."""
        self.push_flow("partner")
        partners = [self.customer(name, **values) for name in names]
        self.push()
        return partners

    # === NEW RECORDS === #

    def test_a_new_customer_is_sent_once(self):
        [partner] = self.sent("Bergen Bygg AS", email="post@bergen.example.org")
        link = self.link_of(partner)
        self.assertEqual(link.state, "linked")
        there = self.books.find_customer(link.external_id)
        self.assertEqual(there["name"], "Bergen Bygg AS")
        self.assertEqual(there["email"], "post@bergen.example.org")
        self.books.forget_calls()
        self.assertEqual(self.push().created, 0)
        self.assertEqual(self.books.calls(), 0)
        self.assertEqual(self.books.names("customers"), ["Bergen Bygg AS"])

    def test_names_go_there_to_the_letter(self):
        names = ["Æøå Õie & Sønner AS", "Łódź “Źródło” Sp. z o.o.", "O'Neill"]
        self.sent(*names)
        self.assertEqual(self.books.names("customers"), sorted(names))

    def test_many_new_customers_go_in_batches(self):
        self.push_flow("partner")
        names = [f"Kunde {number:03} AS" for number in range(230)]
        for name in names:
            self.customer(name)
        job = self.push()
        self.assertEqual(job.created, 230)
        self.assertEqual(self.books.names("customers"), names)
        batches = -(-230 // self.books.batch)
        self.assertEqual(self.books.writes(), batches)

    def test_a_product_is_sent_with_price_and_number(self):
        self.push_flow("product")
        product = self.env["product.product"].create(
            {
                "name": "Stol",
                "default_code": "ST-1",
                "list_price": 1234.5,
                "taxes_id": [(6, 0, self.tax.ids)],
                "company_id": self.company.id,
            }
        )
        self.push("product")
        there = self.books.find_product(
            self.link_of(product, self.books.product).external_id
        )
        self.assertEqual((there["name"], there["number"]), ("Stol", "ST-1"))
        self.assertEqual(there["price"], 1234.5)

    # === CHANGES === #

    def test_a_changed_customer_is_changed_there(self):
        [partner] = self.sent("Bergen Bygg AS")
        partner.name = "Bergen Bygg og Anlegg AS"
        job = self.push()
        self.assertEqual((job.created, job.updated), (0, 1))
        self.assertEqual(self.books.names("customers"), ["Bergen Bygg og Anlegg AS"])

    def test_many_edits_of_a_record_are_one_change(self):
        [partner] = self.sent("Bergen Bygg AS")
        for number in range(5):
            partner.name = f"Bergen Bygg {number} AS"
            self.env.cr.precommit.run()
        self.books.forget_calls()
        self.push()
        self.assertEqual(self.books.writes(), 1)
        self.assertEqual(self.books.names("customers"), ["Bergen Bygg 4 AS"])

    def test_a_field_that_is_not_mapped_sends_nothing(self):
        [partner] = self.sent("Bergen Bygg AS")
        partner.function = "Not mapped"
        self.env.cr.precommit.run()
        self.assertFalse(self.env["ledger.outbox"].search([]))

    def test_an_edit_that_is_taken_back_sends_nothing(self):
        [partner] = self.sent("Bergen Bygg AS")
        partner.name = "Other"
        partner.name = "Bergen Bygg AS"
        self.books.forget_calls()
        job = self.push()
        self.assertEqual((job.unchanged, job.updated), (1, 0))
        self.assertEqual(self.books.writes(), 0)

    def test_an_archived_customer_is_switched_off_there(self):
        [partner] = self.sent("Bergen Bygg AS")
        partner.active = False
        self.push()
        there = self.books.find_customer(self.link_of(partner).external_id)
        self.assertFalse(there["active"])

    def test_a_customer_deleted_in_odoo_stays_there_unless_the_flow_says_otherwise(
        self,
    ):
        for policy in ("keep", "archive"):
            with self.subTest(policy=policy):
                flow = self.push_flow("partner", deletion_policy=policy)
                [partner] = self.sent(f"Policy {policy} AS")
                external_id = self.link_of(partner).external_id
                partner.unlink()
                self.push()
                there = self.books.find_customer(external_id)
                self.assertEqual(there["active"], policy == "keep")
                self.assertEqual(flow.outbox_count, 0)

    def test_an_emptied_field_is_emptied_there(self):
        [partner] = self.sent("Bergen Bygg AS", email="old@example.org")
        partner.email = False
        self.push()
        there = self.books.find_customer(self.link_of(partner).external_id)
        self.assertFalse(there["email"])

    # === WHAT IS NOT SENT === #

    def test_records_outside_of_the_filter_stay_here_unless_a_person_sends_them(self):
        self.push_flow("partner", domain="[('customer_rank', '>', 0)]")
        other = self.customer("Nobody's customer", customer_rank=0)
        self.push()
        self.assertEqual(self.books.names("customers"), [])
        other.action_ledger_push()
        self.run_lanes()
        self.assertEqual(self.books.names("customers"), ["Nobody's customer"])

    def test_nothing_is_noted_while_no_flow_sends(self):
        self.customer("Silent AS")
        self.env.cr.precommit.run()
        self.assertFalse(self.env["ledger.outbox"].search([]))

    def test_a_flow_for_people_sends_what_they_choose_and_nothing_else(self):
        self.push_flow("partner", send_policy="manual")
        self.customer("Not chosen AS")
        chosen = self.customer("Chosen AS")
        self.push()
        chosen.action_ledger_push()
        self.run_lanes()
        self.assertEqual(self.books.names("customers"), ["Chosen AS"])

    def test_what_came_from_there_is_not_sent_back(self):
        self.push_flow("partner")
        self.push_flow("product")
        self.books.seed(customers=15)
        self.pull()
        self.books.forget_calls()
        job = self.push()
        self.assertEqual((job.created, job.updated, job.failed), (0, 0, 0))
        self.assertEqual(self.books.writes(), 0)

    def test_what_was_sent_comes_back_as_unchanged(self):
        [partner] = self.sent("Bergen Bygg AS", email="post@example.org")
        partner.email = "ny@example.org"
        self.push()
        written = partner.write_date
        for full in (False, True):
            job = self.pull(full=full)
            self.assertEqual((job.created, job.updated, job.linked), (0, 0, 0))
        self.assertEqual(partner.write_date, written)
        self.assertEqual(self.push().received, 0)

    def test_a_record_of_another_company_is_not_sent(self):
        self.push_flow("partner")
        other = self._make_company("Annen AS")
        self.customer("Theirs AS", company_id=other.id)
        self.push()
        self.assertEqual(self.books.names("customers"), [])

    # === MATCH BEFORE CREATE === #

    def test_what_is_there_already_is_linked_not_doubled(self):
        external_id = self.books.add_customer("Bergen Bygg AS", business_id="911222302")
        self.push_flow("partner")
        partner = self.customer("Bergen Bygg AS", company_registry="911222302")
        self.push()
        self.assertEqual(self.link_of(partner).external_id, external_id)
        self.assertEqual(self.books.names("customers"), ["Bergen Bygg AS"])

    def test_what_a_person_has_to_decide_is_not_sent_before(self):
        external_id = self.books.add_customer("K. Nordmann", email="kari@example.org")
        self.push_flow("partner")
        partner = self.customer("Kari Nordmann", email="kari@example.org")
        self.push()
        self.assertEqual(self.books.names("customers"), ["K. Nordmann"])
        link = self.link(external_id)
        self.assertEqual(link.state, "candidate")
        link.with_user(self.responsible).action_accept()
        self.run_lanes()
        self.assertEqual(len(self.link_of(partner)), 1)
        self.assertEqual(len(self.books.names("customers")), 1)

    # === REFUSED === #

    def test_a_refused_record_fails_alone_and_is_named(self):
        self.push_flow("partner")
        good = [f"Kunde {number:02} AS" for number in range(20)]
        for name in good[:7]:
            self.customer(name)
        bad = self.customer("x" * 300)
        for name in good[7:]:
            self.customer(name)
        job = self.push(expect="partial")
        self.assertEqual((job.created, job.failed), (20, 1))
        self.assertEqual(self.books.names("customers"), good)
        link = self.link_of(bad)
        self.assertEqual((link.state, link.owner), ("failed", "record"))
        self.assert_readable(link.error)
        bad.name = "Kort nok AS"
        self.push()
        self.assertEqual(self.link_of(bad).state, "linked")
        self.assertIn("Kort nok AS", self.books.names("customers"))

    def test_a_tax_without_a_code_is_named_and_goes_on_once_it_has_one(self):
        self.push_flow("product")
        self.env["ledger.value.mapping"].search([]).unlink()
        product = self.env["product.product"].create(
            {
                "name": "Stol",
                "taxes_id": [(6, 0, self.tax.ids)],
                "company_id": self.company.id,
            }
        )
        self.push("product", expect="partial")
        link = self.link_of(product, self.books.product)
        self.assertEqual((link.state, link.owner), ("failed", "mapping"))
        self.assertIn(self.tax.name, link.error)
        self.env["ledger.value.mapping"].create(
            {
                "connection_id": self.connection.id,
                "kind": "tax",
                "remote_code": self.books.tax_code,
                "res_id": self.tax.id,
            }
        )
        self.run_lanes()
        self.assertEqual(link.state, "linked")
        self.assertFalse(self.activities(self.connection))
