# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Records in: each once, unchanged ones untouched, odd ones alone."""


class ReadingConformance:
    """Pulling partners and products."""

    def test_the_first_run_brings_every_customer_once(self):
        self.books.seed(customers=45)
        job = self.pull()
        links = self.bindings(self.connection, resource=self.books.customer)
        self.assertEqual(len(links), self.books.count("customers"))
        self.assertEqual(len(set(links.mapped("res_id"))), len(links))
        self.assertEqual(set(links.mapped("state")), {"linked"})
        self.assertFalse(job.failed + job.waiting + job.candidate)

    def test_the_first_run_brings_every_product_once(self):
        self.books.seed(products=45)
        self.env["ledger.value.mapping"].search([]).write({"is_nothing": True})
        self.run_flow(self.flow("product"))
        self._map_all_values()
        self.pull("product")
        links = self.bindings(self.connection, resource=self.books.product)
        self.assertEqual(len(links), self.books.count("products"))

    def _map_all_values(self):
        lines = self.connection.value_mapping_ids.filtered(lambda x: not x.is_mapped)
        lines.write({"is_nothing": True})

    def test_empty_books_are_no_error(self):
        job = self.pull()
        self.assertEqual((job.created, job.failed), (0, 0))

    def test_an_unchanged_second_run_touches_no_record(self):
        self.books.seed(customers=25)
        self.pull()
        partners = self.env["res.partner"].browse(
            self.bindings(self.connection).mapped("res_id")
        )
        self.env.cr.execute("UPDATE res_partner SET write_date = '2001-01-01'")
        partners.invalidate_recordset()
        for full in (False, True):
            job = self.pull(full=full)
            self.assertEqual((job.created, job.updated), (0, 0))
        years = {date.year for date in partners.mapped("write_date")}
        self.assertEqual(years, {2001})

    def test_only_the_changed_record_is_written(self):
        self.books.seed(customers=25)
        customer = self.books.add_customer("Nordvik Rør AS")
        self.pull()
        self.books.change_customer(customer, name="Nordvik Rør og Sanitær AS")
        job = self.pull()
        self.assertEqual((job.created, job.updated), (0, 1))
        self.assertEqual(self.partner(customer).name, "Nordvik Rør og Sanitær AS")

    def test_names_arrive_to_the_letter(self):
        names = [
            "Æøå Õie & Sønner AS",
            "Łódź “Źródło” Sp. z o.o.",
            "東京 Trading",
            "O'Neill",
        ]
        ids = [self.books.add_customer(name) for name in names]
        self.pull()
        self.assertEqual([self.partner(one).name for one in ids], names)

    def test_a_record_that_comes_twice_is_one_record(self):
        self.books.seed(customers=30)
        self.books.fault(self.books.customer_list, duplicate=5)
        self.pull()
        self.books.clear_faults()
        self.books.fault(self.books.customer_list, shift=1)
        self.pull(full=True)
        links = self.bindings(self.connection, resource=self.books.customer)
        self.assertEqual(len(links), self.books.count("customers"))
        self.assertEqual(len(set(links.mapped("res_id"))), len(links))

    def test_unknown_fields_do_no_harm(self):
        self.books.seed(customers=5)
        extra = {"newField": {"deep": [1, None]}, "another": "x"}
        self.books.fault(self.books.customer_list, extra_fields=extra)
        self.assertEqual(self.pull().failed, 0)

    def test_a_customer_without_a_name_fails_alone_and_is_named(self):
        self.books.seed(customers=10)
        nameless = self.books.add_customer("Temporary")
        self.books.change_customer(nameless, name="")
        job = self.pull(expect="partial")
        self.assertEqual(job.failed, 1)
        link = self.link(nameless)
        self.assertEqual((link.state, link.owner), ("failed", "record"))
        self.assert_readable(link.error)
        self.assertFalse(link.res_id)
        self.books.change_customer(nameless, name="Has a name AS")
        self.pull()
        self.assertEqual(self.partner(nameless).name, "Has a name AS")
        self.assertFalse(self.link(nameless).error)

    def test_a_record_that_odoo_refuses_fails_alone(self):
        self.books.seed(customers=10)
        refused = self.books.add_customer("Refused AS", email="refused@example.org")
        self._refuse("Refused AS")
        job = self.pull(expect="partial")
        self.assertEqual(job.failed, 1)
        self.assertEqual(self.link(refused).state, "failed")
        self.assertGreaterEqual(job.created, 10)

    def _refuse(self, name):
        """Let the database refuse partners called *name*."""
        self.env.cr.execute(
            "ALTER TABLE res_partner ADD CONSTRAINT refuse_it CHECK (name != %s)",
            [name],
        )

    def test_an_edit_in_odoo_survives_an_unrelated_change_there(self):
        customer = self.books.add_customer("Bergen Bygg AS", email="a@example.org")
        self.pull()
        self.partner(customer).email = "ours@example.org"
        self.books.change_customer(customer, name="Bergen Bygg og Anlegg AS")
        self.pull()
        self.assertEqual(self.partner(customer).name, "Bergen Bygg og Anlegg AS")
        self.assertEqual(self.partner(customer).email, "ours@example.org")

    def test_a_line_for_creation_only_never_overwrites(self):
        self.flow("partner").mapping_ids.filtered(
            lambda x: x.resource == self.books.customer and x.field_path == "email"
        ).apply = "create"
        customer = self.books.add_customer("Bodø Mek AS", email="first@example.org")
        self.pull()
        self.assertEqual(self.partner(customer).email, "first@example.org")
        self.books.change_customer(customer, email="later@example.org")
        self.pull()
        self.assertEqual(self.partner(customer).email, "first@example.org")

    def test_a_changed_mapping_is_applied_to_unchanged_records(self):
        customer = self.books.add_customer("Hamar Hus AS", email="post@example.org")
        self.pull()
        self.env["ledger.field.mapping"].create(
            {
                "flow_id": self.flow("partner").id,
                "resource": self.books.customer,
                "remote_path": "name",
                "field_path": "function",
                "converter": "text",
            }
        )
        self.flow("partner").cursor = False
        job = self.pull()
        self.assertGreaterEqual(job.updated, 1)
        self.assertEqual(self.partner(customer).function, "Hamar Hus AS")

    def test_a_record_deleted_in_odoo_is_not_created_again_unasked(self):
        customer = self.books.add_customer("Gone AS")
        self.pull()
        self.partner(customer).unlink()
        self.pull(full=True)
        self.assertEqual(self.link(customer).state, "orphan")
        self.assertFalse(self.env["res.partner"].search([("name", "=", "Gone AS")]))

    def test_an_ignored_record_stays_out(self):
        customer = self.books.add_customer("Out AS")
        self.pull()
        self.link(customer).action_ignore()
        self.books.change_customer(customer, name="Still out AS")
        self.pull(full=True)
        self.assertEqual(self.link(customer).state, "ignored")
        self.assertEqual(self.partner(customer).name, "Out AS")

    def test_whose_number_wins_is_kept(self):
        flow = self.flow("partner")
        customer = self.books.add_customer("Number AS")
        flow.number_policy = "odoo"
        self.pull()
        self.assertFalse(self.partner(customer).ref)
        flow.number_policy = "system"
        self.pull(full=True)
        self.assertTrue(self.partner(customer).ref)

    def test_no_mail_no_follower_and_no_message_comes_of_a_pull(self):
        self.env["mail.mail"].search([]).unlink()
        self.books.seed(customers=5)
        self.pull()
        ids = self.bindings(self.connection).mapped("res_id")
        domain = [("model", "=", "res.partner"), ("res_id", "in", ids)]
        self.assertFalse(self.env["mail.message"].search(domain))
        self.assertFalse(self.env["mail.mail"].search([]))

    # === DELETIONS === #

    def test_a_deleted_customer_is_archived_never_deleted(self):
        self.books.seed(customers=10)
        customer = self.books.add_customer("Leaving AS")
        self.pull()
        partner = self.partner(customer)
        self.books.delete_customer(customer)
        self.pull(full=True)
        self.assertTrue(partner.exists())
        self.assertFalse(partner.active)
        self.assertEqual(self.link(customer).state, "gone")

    def test_many_deletions_stop_and_ask(self):
        ids = [self.books.add_customer(f"Customer {n} AS") for n in range(10)]
        self.pull()
        for one in ids[:6]:
            self.books.delete_customer(one)
        self.pull(full=True)
        self.assertTrue(all(self.partner(one).active for one in ids))
        flow = self.flow("partner")
        self.assertEqual(flow.deletion_pending, 6)
        self.assertEqual(len(self.activities(self.connection)), 1)
        flow.action_agree_deletions()
        self.run_lanes()
        self.assertFalse(any(self.partner(one).active for one in ids[:6]))
        self.assertTrue(all(self.partner(one).active for one in ids[6:]))
        self.assertFalse(self.activities(self.connection))

    def test_a_broken_run_archives_nothing(self):
        self.books.seed(customers=50)
        self.pull()
        self.books.fault(self.books.customer_list, nth=[2, 3, 4, 5], drop=True)
        self.run_flow(self.flow("partner"), full=True)
        links = self.bindings(self.connection, resource=self.books.customer)
        self.assertEqual(set(links.mapped("state")), {"linked"})
