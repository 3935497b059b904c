# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Activation links: companies that ask for the connection, and the answers (§2)."""

from urllib.parse import urlsplit

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..models.ledger_credential_login import LANDING
from .opening_case import OpeningCase


@tagged("post_install", "-at_install")
class TestActivation(OpeningCase):
    def setUp(self):
        super().setUp()
        self.second = self.world.do("add_company", name="Saimaan Kahvi Oy")
        self.third = self.world.do(
            "add_company", name="Pohjolan Puu Oy", with_key=False
        )
        self.own = self.make_credential(api_key=self.found["integrator"]["api_key"])
        self.own.name = "Our own company"
        self.credential.unlink()

    # === HELPERS === #

    def asked(self, *companies):
        """A customer opens the link for these companies; id and landing."""
        wanted = [company["company_id"] for company in companies]
        return self.world.do("activation_request", companies=wanted)

    def form(self, *companies, credential=None):
        """The form with the companies of a new request, loaded."""
        wizard = (
            self.env["ledger.procountor.activation"]
            .with_user(self.manager)
            .create(
                {
                    "credential_id": (credential or self.own).id,
                    "request_id": self.asked(*companies)["request_id"],
                    "user_id": self.responsible.id,
                }
            )
        )
        wizard.action_read()
        # As the browser does, which reads the lines anew, in their order.
        self.env.flush_all()
        self.env.invalidate_all()
        return wizard

    def answers(self):
        """The calls that answered."""
        return self.world.calls(path="/integrations/", method="PUT")

    def request_there(self):
        """What the vendor knows of the newest request."""
        return self.world.do("activations")[-1]

    def land(self, path, user=None):
        """Come to our address as *user*; the page."""
        return self.come_back(path, user)

    # === THE LANDING === #

    def test_the_landing_leads_to_the_form_of_the_request(self):
        asked = self.asked(self.second)
        self.assertTrue(asked["landing"].startswith(f"{self.base_url()}{LANDING}?"))
        back = urlsplit(asked["landing"])
        page = self.land(f"{back.path}?{back.query}")
        self.assertEqual(page.status_code, 303)
        path, _slash, number = page.headers["Location"].rpartition("/")
        self.assertTrue(path.endswith("/odoo/ledger-procountor-activation"))
        wizard = self.env["ledger.procountor.activation"].browse(int(number))
        self.assertEqual(wizard.request_id, asked["request_id"])
        self.assertEqual(wizard.credential_id, self.own)
        self.assertFalse(self.world.calls(path="/integrations/"))

    def test_the_request_may_have_another_name_in_the_address(self):
        for name in ("request_id", "activationRequestId", "id", "anything"):
            with self.subTest(name):
                self.world.settings(callback_parameter=name)
                back = urlsplit(self.asked(self.second)["landing"])
                page = self.land(f"{back.path}?{back.query}")
                self.assertEqual(page.status_code, 303)

    def test_of_several_credentials_a_person_chooses(self):
        self.make_credential(api_key=self.found["api_key"])
        back = urlsplit(self.asked(self.second)["landing"])
        page = self.land(f"{back.path}?{back.query}")
        number = int(page.headers["Location"].rpartition("/")[2])
        wizard = self.env["ledger.procountor.activation"].browse(number)
        self.assertFalse(wizard.credential_id)
        with self.assertRaisesRegex(UserError, "Choose the credential of your own"):
            wizard.action_read()

    def test_an_address_without_a_request_is_told(self):
        for query in ("", "?requestId=", "?requestId=../companies", "?lang=fi"):
            with self.subTest(query):
                page = self.land(f"{LANDING}{query}")
                self.assertEqual(page.status_code, 400)
                self.assertIn("named no activation request", page.text)

    def test_only_managers_land(self):
        query = urlsplit(self.asked(self.second)["landing"]).query
        page = self.land(f"{LANDING}?{query}", self.responsible)
        self.assertEqual(page.status_code, 403)
        self.assertFalse(self.env["ledger.procountor.activation"].search([]))
        with self.assertRaises(AccessError):
            self.env["ledger.procountor.activation"].with_user(self.responsible).create(
                {"request_id": "abcd"}
            )

    def test_what_a_browser_comes_with_is_not_called_by_its_id(self):
        activations = self.env["ledger.procountor.activation"]
        wizard = activations.with_user(self.manager)._land("abcd")
        self.assertEqual(wizard.display_name, "Activation Request at Procountor")

    # === THE COMPANIES === #

    def test_the_companies_are_listed_with_their_client_in_odoo(self):
        partner = self.env["res.partner"].create(
            {
                "name": "Pohjolan Puu",
                "is_company": True,
                "company_registry": self.third["business_id"],
            }
        )
        wizard = self.form(self.second, self.third)
        self.assertEqual(wizard.initiator, "Maija Mallikas, maija@esimerkki.example")
        self.assertEqual(wizard.display_name, wizard.initiator)
        self.assertRecordValues(
            wizard.line_ids,
            [
                {
                    "remote_id": str(self.third["company_id"]),
                    "name": "Pohjolan Puu Oy",
                    "business_id": self.third["business_id"],
                    "partner_id": partner.id,
                    "answer": False,
                },
                {
                    "remote_id": str(self.second["company_id"]),
                    "name": "Saimaan Kahvi Oy",
                    "business_id": self.second["business_id"],
                    "partner_id": False,
                    "answer": False,
                },
            ],
        )

    def test_the_request_is_read_from_a_pasted_address(self):
        landing = self.asked(self.third)["landing"]
        opening = self.env["ledger.procountor.open"].with_user(self.manager)
        wizard = opening.create(
            {"credential_id": self.own.id, "way": "link", "request_text": landing}
        )
        action = wizard.action_companies()
        found = self.env[action["res_model"]].browse(action["res_id"])
        self.assertEqual(found.line_ids.mapped("name"), ["Pohjolan Puu Oy"])

    # === THE ANSWERS === #

    def test_each_approved_company_gets_a_connection_that_works(self):
        wizard = self.form(self.second, self.third)
        wizard.action_approve_all()
        wizard.action_answer()
        connections = wizard.line_ids.connection_id
        self.assertEqual(len(connections), 2)
        self.assertEqual(len(connections.credential_id), 2)
        self.assertFalse(connections.credential_id & self.own)
        self.assertEqual(connections.user_id, self.responsible)
        for connection in connections:
            action = connection.with_user(self.manager).action_test_connection()
            self.assertEqual(action["params"]["type"], "success", action["params"])
            self.assertEqual(connection.remote_company_name, connection.name)
        shown = wizard.action_connections()
        self.assertEqual(shown["domain"], [("id", "in", connections.ids)])

    def test_a_rejected_company_is_told_why_and_gets_nothing(self):
        wizard = self.form(self.second, self.third)
        second, third = wizard.line_ids.sorted("name", reverse=True)
        second.answer = "approve"
        third.write({"answer": "reject", "reason": "No contract yet."})
        wizard.action_answer()
        self.assertEqual(
            self.request_there()["rejected"],
            {str(self.third["company_id"]): "No contract yet."},
        )
        self.assertFalse(third.connection_id)
        self.assertEqual(second.connection_id.name, "Saimaan Kahvi Oy")
        credentials = self.env["ledger.credential"].search(
            [("system", "=", "procountor")]
        )
        self.assertEqual(
            set(credentials.mapped("name")), {"Our own company", "Saimaan Kahvi Oy"}
        )

    def test_every_company_has_to_be_answered(self):
        wizard = self.form(self.second, self.third)
        wizard.line_ids[0].answer = "approve"
        with self.assertRaisesRegex(UserError, "Approve or reject Saimaan Kahvi Oy"):
            wizard.action_answer()
        self.assertFalse(self.answers())

    def test_a_refusal_needs_a_reason(self):
        wizard = self.form(self.third)
        wizard.line_ids.write({"answer": "reject", "reason": "  "})
        with self.assertRaisesRegex(UserError, "why Pohjolan Puu Oy is rejected"):
            wizard.action_answer()
        self.assertFalse(self.answers())

    def test_a_long_reason_ends_where_procountor_stops_reading(self):
        wizard = self.form(self.third)
        wizard.line_ids.write({"answer": "reject", "reason": "ä" * 300})
        wizard.action_answer()
        reasons = self.request_there()["rejected"]
        self.assertEqual(list(reasons.values()), ["ä" * 255])

    def test_a_company_that_was_left_out_is_told_by_procountor(self):
        wizard = self.form(self.second, self.third)
        wizard.line_ids[0].unlink()
        wizard.action_approve_all()
        with self.assertRaisesRegex(UserError, "does not take the answers.*Load the"):
            wizard.action_answer()
        self.assertFalse(wizard.is_answered)
        self.assertFalse(self.request_there()["answered"])

    def test_a_request_is_answered_once(self):
        wizard = self.form(self.third)
        wizard.action_approve_all()
        wizard.action_answer()
        with self.assertRaisesRegex(UserError, "answered already"):
            wizard.action_answer()
        self.assertEqual(len(self.answers()), 1)

    def test_a_request_that_somebody_else_answered_meanwhile_is_told(self):
        for status in (410, 404, 400):
            with self.subTest(answered_request=status):
                self.world.settings(answered_request=status)
                first = self.form(self.third)
                second = first.copy({"request_id": first.request_id})
                second.action_read()
                first.action_approve_all()
                first.action_answer()
                second.action_approve_all()
                with self.assertRaises(UserError) as caught:
                    second.action_answer()
                self.assert_readable(str(caught.exception))
                self.assertNotIn("HTTP", str(caught.exception))
                if status == 410:
                    self.assertIn("answered already", str(caught.exception))
                self.assertFalse(second.is_answered)
                connected = first.line_ids.connection_id.credential_id.connection_ids
                self.assertEqual(len(connected), 1)

    def test_the_key_of_a_company_that_is_connected_is_renewed(self):
        self.world.revoke_key(company=self.second["company_id"])
        old = self.make_credential(api_key="a.b.c")
        connection = self.connect(old, remote_company_id=str(self.second["company_id"]))
        wizard = self.form(self.second)
        self.assertEqual(wizard.line_ids.connection_id, connection)
        wizard.action_approve_all()
        wizard.action_answer()
        self.assertEqual(wizard.line_ids.connection_id, connection)
        self.assertEqual(wizard.line_ids.told, "Connected.")
        self.assertNotEqual(self.keys(old)["api_key"], "a.b.c")
        action = connection.with_user(self.manager).action_test_connection()
        self.assertEqual(action["params"]["type"], "success", action["params"])

    # === WHAT GOES WRONG === #

    def test_a_link_that_has_expired_is_told(self):
        expired = (
            r"The activation link has expired \(3 hours\), or it was answered "
            r"already\. If a company is missing here, ask the customer to open the "
            r"link again\."
        )
        wizard = self.form(self.third)
        self.world.clock(advance=3 * 3600 + 1)
        with self.assertRaisesRegex(UserError, expired):
            wizard.action_read()
        wizard.action_approve_all()
        with self.assertRaisesRegex(UserError, expired):
            wizard.action_answer()
        self.assertFalse(self.env["ledger.connection"].search([("name", "=", "Poh")]))

    def test_a_request_that_nobody_knows_is_told(self):
        wizard = self.form(self.third)
        wizard.request_id = "0b0d7a36-2f6c-5b0e-9d3a-6f1f6a4e9c11"
        with self.assertRaisesRegex(UserError, "knows no activation request 0b0d7a36"):
            wizard.action_read()
        before = len(self.world.calls())
        wizard.request_id = "../../companies"
        with self.assertRaisesRegex(UserError, "is no request ID"):
            wizard.action_read()
        self.assertEqual(len(self.world.calls()), before)

    def test_the_keys_of_a_customer_may_not_answer(self):
        customer = self.make_credential(api_key=self.found["api_key"])
        with self.assertRaisesRegex(UserError, "may not answer activation requests"):
            self.form(self.third, credential=customer)

    def test_a_lost_answer_is_told_and_the_customer_can_ask_again(self):
        wizard = self.form(self.third)
        wizard.action_approve_all()
        self.world.fault(
            path="/integrations/", method="PUT", times=1, drop=True, when="after"
        )
        with self.assertRaisesRegex(UserError, "may have been done"):
            wizard.action_answer()
        self.assertEqual(len(self.answers()), 1)
        again = self.form(self.third)
        again.action_approve_all()
        again.action_answer()
        self.assertTrue(again.line_ids.connection_id)

    def test_a_key_is_kept_where_the_connection_cannot_be_made(self):
        wizard = self.form(self.third)
        elsewhere = self.env["res.company"].create({"name": "Elsewhere"})
        self.responsible.write(
            {"company_ids": [(6, 0, elsewhere.ids)], "company_id": elsewhere.id}
        )
        wizard.action_approve_all()
        wizard.action_answer()
        line = wizard.line_ids
        self.assertFalse(line.connection_id)
        self.assertIn("key is stored", line.told)
        self.assertIn("has no access", line.told)
        credential = self.env["ledger.credential"].search(
            [("name", "=", "Pohjolan Puu Oy")]
        )
        self.assertTrue(self.keys(credential)["api_key"])

    def test_no_key_is_logged_kept_or_shown(self):
        connection = self.connect(self.own)
        connection.action_debug()
        with self.keeping_lines() as lines:
            wizard = self.form(self.third)
            wizard.action_approve_all()
            wizard.action_answer()
            shown = wizard.line_ids.web_read({"told": {}, "connection_id": {}})
        credential = wizard.line_ids.connection_id.credential_id
        key = self.keys(credential)["api_key"]
        exchanges = self.env["ledger.exchange"].search(
            [("connection_id", "=", connection.id)]
        )
        answer = exchanges.filtered(lambda x: x.method == "PUT")
        self.assertTrue(answer.response_body)
        rows = [wizard.read(), wizard.line_ids.read(), exchanges.read(), shown]
        self.assertNotIn(key, "\n".join([*lines, str(rows)]))
        self.assertNotIn(key, str(self.world.calls()))
