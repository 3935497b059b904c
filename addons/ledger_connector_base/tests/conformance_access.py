# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Keys, rights, limits and broken lines: what every connector has to survive."""

from ..sync.problems import Problem


class AccessConformance:
    """The connection's way from entering keys to a run, and back after a failure."""

    def test_a_tested_connection_names_the_books_and_the_user(self):
        params = self.press_test(self.connection)
        self.assertEqual(params["type"], "success", params["message"])
        self.assertTrue(self.connection.remote_company_name)
        self.assertIn(self.connection.remote_company_name, params["message"])
        self.assertFalse(self.connection.missing_rights)

    def test_a_revoked_key_asks_to_reconnect_with_one_activity(self):
        self.books.revoke()
        self.books.expire_sessions()
        for _attempt in range(2):
            job = self.run_flow(self.flow("partner"))
        self.assertEqual((job.state, job.owner), ("failed", "reconnect"))
        self.assertEqual(self.connection.state, "reconnect")
        self.assert_readable(self.connection.error)
        self.assertEqual(len(self.activities(self.connection)), 1)

    def test_a_new_key_mends_the_connection_and_closes_the_activity(self):
        customer = self.books.add_customer("Fjellheim Bakeri AS")
        self.books.revoke()
        self.books.expire_sessions()
        self.run_flow(self.flow("partner"))
        self.connection.credential_id.set_secrets(self.books.new_credentials())
        params = self.press_test(self.connection)
        self.assertEqual(params["type"], "success", params["message"])
        self.assertEqual(self.connection.state, "live")
        self.assertFalse(self.activities(self.connection))
        self.pull()
        self.assertEqual(self.partner(customer).name, "Fjellheim Bakeri AS")

    def test_a_wrong_key_is_told_in_words_and_nothing_is_imported(self):
        name = next(iter(self.books.credentials))
        self.connection.credential_id.set_secrets({name: "test-not-a-key"})
        params = self.press_test(self.connection)
        self.assertEqual(params["type"], "danger")
        self.assert_readable(params["message"])
        self.assertFalse(self.bindings(self.connection))

    def test_a_missing_key_is_named(self):
        name = next(iter(self.books.credentials))
        self.connection.credential_id.set_secrets({name: ""})
        params = self.press_test(self.connection)
        self.assertEqual(params["type"], "danger")
        fields = self.connection._connector()._describe().credential_fields
        label = next(str(field.label) for field in fields if field.name == name)
        self.assertIn(label, params["message"])

    def test_an_expired_session_is_renewed_without_anybody_noticing(self):
        self.books.add_customer("Ålesund Fiskemottak AS")
        self.pull()
        self.books.expire_sessions()
        self.books.add_customer("Tromsø Båtbyggeri AS")
        self.assertEqual(self.pull().created, 1)

    def test_a_session_is_used_again_by_the_next_run(self):
        self.pull()
        self.books.forget_calls()
        self.pull()
        self.assertEqual(self.books.calls(self.books.login), 0)

    def test_a_missing_right_is_told_in_words(self):
        self.books.remove_right()
        job = self.run_flow(self.flow("partner"))
        self.assertEqual((job.state, job.owner), ("failed", "reconnect"), job.error)
        self.assert_readable(job.error)

    def test_a_vendor_that_is_down_is_tried_again_later(self):
        down = {"status": self.books.down, "body": "<html>Down</html>"}
        self.books.fault(self.books.customer_list, **down)
        job = self.run_flow(self.flow("partner"))
        self.assertEqual(job.owner, "retry", job.error)
        self.assert_readable(job.error)
        self.assertGreater(self.connection.set_aside_until, self.now())
        self.assertEqual(self.connection.state, "live")
        self.assertFalse(self.activities(self.connection))

    def test_pauses_grow_with_each_failure(self):
        self.books.fault(self.books.customer_list, status=500, body={"status": 500})
        pauses = []
        for _attempt in range(3):
            self.run_flow(self.flow("partner"))
            pause = self.connection.set_aside_until - self.now()
            pauses.append(pause.total_seconds())
        self.assertEqual(pauses, sorted(pauses))
        self.assertGreater(pauses[2], 2 * pauses[0])

    def test_a_page_that_is_no_answer_is_not_believed(self):
        for action in (
            {"text": "<html><body>Logg inn</body></html>"},
            {"truncate": True},
            {"text": '{"values": [,'},
        ):
            with self.subTest(**action):
                self.books.fault(self.books.customer_list, **action)
                job = self.run_flow(self.flow("partner"))
                self.assertEqual(job.owner, "retry", job.error)
                self.assert_readable(job.error)
                self.assertFalse(self.bindings(self.connection))
                self.books.clear_faults()

    def test_a_refusal_without_a_time_pauses_and_is_not_hammered(self):
        self.books.fault(self.books.customer_list, status=429, body={"status": 429})
        job = self.run_flow(self.flow("partner"))
        self.assertEqual((job.state, job.owner), ("waiting", "wait"), job.error)
        self.assertGreater(job.run_after, self.now())
        self.assertEqual(self.books.calls(self.books.customer_list), 1)
        self.connection.flow_ids.write({"next_run": "2020-01-01 00:00:00"})
        self.run_lanes()
        self.assertEqual(self.books.calls(self.books.customer_list), 1)

    def test_a_broken_connection_keeps_what_was_read_and_goes_on_from_there(self):
        self.books.seed(customers=50)
        self.books.fault(self.books.customer_list, nth=[2, 3, 4, 5], drop=True)
        self.run_flow(self.flow("partner"))
        linked = len(self.bindings(self.connection, resource=self.books.customer))
        self.assertEqual(linked, 20)
        self.books.clear_faults()
        self.pull()
        links = self.bindings(self.connection, resource=self.books.customer)
        self.assertEqual(len(links), self.books.count("customers"))
        self.assertEqual(len(set(links.mapped("res_id"))), len(links))

    def test_a_copied_database_stops_before_its_first_call(self):
        self.env["ir.config_parameter"].set_param("database.uuid", "a-copy")
        self.books.forget_calls()
        job = self.run_flow(self.flow("partner"))
        self.assertEqual(job.state, "failed")
        self.assertEqual(self.connection.state, "copy")
        self.assertEqual(self.books.calls(), 0)
        self.assert_readable(self.connection.error)
        with self.assertRaises(Problem):
            self.connection._check_copy()

    def test_the_encryption_key_being_another_is_told_in_words(self):
        credential = self.connection.credential_id
        other = (
            self.env["ledger.credential"]
            ._box()
            .__class__(["bm90LXRoZS1rZXktb2YtdGhpcy1zZXJ2ZXItYXQtYWw="])
        )
        credential.secret_data = other.encrypt(self.books.credentials)
        params = self.press_test(self.connection)
        self.assertEqual(params["type"], "danger")
        self.assert_readable(params["message"])
        credential.set_secrets(self.books.credentials)
        self.assertEqual(self.press_test(self.connection)["type"], "success")
