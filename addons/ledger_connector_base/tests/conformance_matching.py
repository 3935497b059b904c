# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What is in Odoo already is linked, doubtful cases are asked about."""


class MatchingConformance:
    """Matching before creating, and the preview of both."""

    def _local(self, **values):
        return self.env["res.partner"].create(
            {"is_company": True, "company_id": self.company.id, **values}
        )

    def test_the_same_business_id_is_linked_not_doubled(self):
        local = self._local(name="Old name", company_registry="911 222 333")
        customer = self.books.add_customer("New name AS", business_id="911222333")
        job = self.pull()
        self.assertEqual((job.linked, job.created), (1, 0))
        self.assertEqual(self.partner(customer), local)
        self.assertEqual(local.name, "New name AS")

    def test_a_link_keeps_what_is_only_for_new_records(self):
        self.flow("partner").mapping_ids.filtered(
            lambda x: x.resource == self.books.customer and x.field_path == "email"
        ).apply = "create"
        values = {"company_registry": "911222333", "email": "ours@example.org"}
        local = self._local(name="Old name", **values)
        theirs = {"business_id": "911222333", "email": "theirs@example.org"}
        self.books.add_customer("New name AS", **theirs)
        self.pull()
        self.assertEqual(local.email, "ours@example.org")

    def test_matching_alone_writes_nothing_but_links(self):
        local = self._local(name="Old name", company_registry="911222333")
        customer = self.books.add_customer("New name AS", business_id="911222333")
        self.books.add_customer("Unknown AS")
        self.flow("partner").action_match()
        self.run_lanes()
        self.assertEqual(self.partner(customer), local)
        self.assertEqual(local.name, "Old name")
        self.assertFalse(self.env["res.partner"].search([("name", "=", "Unknown AS")]))

    def test_a_doubtful_match_waits_for_a_person(self):
        local = self._local(name="Kari Nordmann", email="kari@example.org")
        customer = self.books.add_customer("K. Nordmann", email="kari@example.org")
        job = self.pull()
        self.assertEqual((job.created, job.candidate), (0, 1))
        link = self.link(customer)
        self.assertEqual((link.state, link.record_ref), ("candidate", local))
        self.assertTrue(link.match_reason)
        link.with_user(self.responsible).action_accept()
        self.run_lanes()
        self.assertEqual(self.partner(customer), local)
        self.assertEqual(link.state, "linked")

    def test_the_same_name_with_another_business_id_is_another_business(self):
        local = self._local(name="Tvilling AS", company_registry="999888777")
        customer = self.books.add_customer("Tvilling AS", business_id="911222333")
        job = self.pull()
        self.assertEqual((job.created, job.candidate), (1, 0))
        self.assertNotEqual(self.partner(customer), local)

    def test_a_person_may_say_that_it_is_a_new_one(self):
        local = self._local(name="Kari Nordmann", email="kari@example.org")
        customer = self.books.add_customer("K. Nordmann", email="kari@example.org")
        self.pull()
        self.link(customer).with_user(self.responsible).action_create_new()
        self.run_lanes()
        self.assertNotEqual(self.partner(customer), local)
        self.assertEqual(self.partner(customer).name, "K. Nordmann")
        self.pull(full=True)
        self.assertEqual(self.link(customer).state, "linked")

    def test_two_remote_records_of_one_business_are_asked_about(self):
        first = self.books.add_customer("Tvilling AS", business_id="911222333")
        second = self.books.add_customer("Tvilling AS", business_id="911222333")
        job = self.pull()
        self.assertEqual((job.created, job.candidate), (1, 1))
        candidate = self.bindings(self.connection, state="candidate")
        self.assertIn(candidate.external_id, (first, second))
        candidate.action_accept()
        self.assertTrue(candidate.alias)
        self.pull(full=True)
        partners = self.env["res.partner"].search([("name", "=", "Tvilling AS")])
        self.assertEqual(len(partners), 1)

    def test_a_flow_that_only_links_creates_nothing(self):
        self.flow("partner").create_policy = "link"
        customer = self.books.add_customer("Nobody AS")
        self.pull(expect="partial")
        self.assertFalse(self.link(customer).res_id)
        self.assert_readable(self.link(customer).error)

    def test_a_preview_says_what_the_run_then_does(self):
        self.books.seed(customers=5)
        known = self.books.add_customer("Known AS", email="a@example.org")
        self.pull()
        self.books.change_customer(known, email="b@example.org")
        self.books.add_customer("Fresh AS")
        before = self.env["res.partner"].search_count([])
        with self.committing() as env:
            changes = self.flow("partner").with_env(env).preview()
        self.assertEqual(self.env["res.partner"].search_count([]), before)
        self.assertEqual(self.partner(known).email, "a@example.org")
        actions = {x["name"].split(" ", 1)[1]: x["action"] for x in changes}
        self.assertEqual(actions, {"Known AS": "updated", "Fresh AS": "created"})
        change = next(x for x in changes if x["action"] == "updated")
        self.assertEqual(change["changes"]["email"], ("a@example.org", "b@example.org"))
        job = self.pull()
        self.assertEqual((job.created, job.updated), (1, 1))
