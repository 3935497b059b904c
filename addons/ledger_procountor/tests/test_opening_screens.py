# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The guided opening: three ways to an API key, on one screen."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..opening import request_id_in, request_id_of
from .opening_case import OpeningCase

UUID = "0b0d7a36-2f6c-5b0e-9d3a-6f1f6a4e9c11"


@tagged("post_install", "-at_install")
class TestOpeningScreens(OpeningCase):
    def open(self, user=None, **values):
        """The screen, as a manager opens it from the credential."""
        credential = self.credential.with_user(user or self.manager)
        action = credential.action_open_procountor()
        wizards = self.env[action["res_model"]].with_user(user or self.manager)
        return wizards.with_context(**action["context"]).create(values)

    def test_the_client_id_stands_there_to_be_copied(self):
        self.assertEqual(self.open().shown_client_id, self.found["client_id"])

    def test_a_key_that_is_entered_goes_to_the_credential_and_is_not_read_back(self):
        wizard = self.open()
        key = self.found["api_key"]
        shown = wizard.web_save(
            {"api_key": f" {key} "}, {"api_key": {}, "has_api_key": {}}
        )
        self.assertEqual(shown[0]["api_key"], False)
        self.assertTrue(shown[0]["has_api_key"])
        self.assertEqual(self.keys()["api_key"], key)
        self.env.cr.execute("SELECT * FROM ledger_procountor_open")
        self.assertNotIn(key, str(self.env.cr.fetchall()))

    def test_the_keys_lead_to_a_new_connection(self):
        wizard = self.open(api_key=self.found["api_key"])
        action = wizard.action_save_keys()
        self.assertEqual(action["res_model"], "ledger.connection")
        self.assertEqual(action["context"]["default_credential_id"], self.credential.id)

    def test_where_there_is_a_connection_it_is_tested(self):
        connection = self.connect()
        wizard = self.open(api_key=self.found["api_key"])
        params = wizard.action_save_keys()["params"]
        self.assertEqual(params["type"], "success", params)
        self.assertEqual(params["next"]["type"], "ir.actions.act_window_close")
        self.assertEqual(connection.remote_company_name, "Esimerkki Tukku Oy")

    def test_a_missing_key_is_asked_for(self):
        with self.assertRaisesRegex(UserError, "Enter the API key of Esimerkki Tukku"):
            self.open().action_save_keys()

    def test_the_application_is_entered_here_too(self):
        self.credential.set_secrets({"client_id": "", "client_secret": ""})
        wizard = self.open()
        self.assertFalse(wizard.has_client)
        with self.assertRaisesRegex(UserError, "client ID and the client secret"):
            wizard.action_log_in()
        wizard.write({"client_id": "testClient", "client_secret": "s-1234567"})
        self.assertTrue(wizard.has_client)
        self.assertEqual(self.keys()["client_secret"], "s-1234567")

    def test_the_way_by_login_leads_to_the_vendor(self):
        url = self.open(way="login").action_log_in()["url"]
        host = self.world.base_url.removesuffix("/api")
        self.assertTrue(url.startswith(f"{host}/keylogin?response_type=code&"))

    def test_only_managers_see_it(self):
        with self.assertRaises(AccessError):
            self.open(self.responsible)

    def test_what_names_no_request_is_refused(self):
        for text in ("", "https://odoo.example/landing", "https://x.example/?a=b"):
            with self.subTest(text), self.assertRaisesRegex(UserError, "names no"):
                self.open(way="link", request_text=text).action_companies()

    def test_the_request_is_found_in_what_is_pasted(self):
        base = "https://odoo.example/ledger/procountor/activation"
        for text in (
            UUID,
            f" {UUID}\n",
            f"{base}?requestId={UUID}",
            f"{base}?request_id={UUID}&lang=fi",
            f"{base}?activationRequestId={UUID}",
            f"{base}?whatever={UUID}",
            f"{base}/{UUID}/",
        ):
            with self.subTest(text):
                self.assertEqual(request_id_in(text), UUID)

    def test_what_could_lead_elsewhere_is_no_request(self):
        for value in ("../companies", "a/b", "a?b", "", "x" * 200):
            with self.subTest(value):
                self.assertEqual(request_id_of({"requestId": value}), "")
        two = {"a": UUID, "b": UUID.replace("0", "1")}
        self.assertEqual(request_id_of(two), "")
