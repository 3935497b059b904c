# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The key login: an API key that the browser fetches (§2)."""

from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..models.ledger_credential_login import KEY_LOGIN
from ..wizards.ledger_procountor_login import LIFETIME
from .opening_case import OpeningCase


@tagged("post_install", "-at_install")
class TestOpeningLogin(OpeningCase):
    def test_the_key_comes_home_and_opens_the_books(self):
        page = self.come_back(self.log_in(self.begin()))
        self.assertEqual(page.status_code, 200)
        self.assertIn("is stored on Esimerkki Tukku", page.text)
        self.assertIn(str(self.found["company_id"]), page.text)
        self.assertIn(f"/odoo/ledger-credentials/{self.credential.id}", page.text)
        self.assertIn("api_key", self.keys())
        self.assertIn("client_secret", self.keys())
        action = self.connect().with_user(self.manager).action_test_connection()
        self.assertEqual(action["params"]["type"], "success", action["params"])
        self.assertIn("Esimerkki Tukku Oy", action["params"]["message"])

    def test_the_address_to_copy_is_the_one_that_is_sent(self):
        wizard = self.env["ledger.procountor.open"].create(
            {"credential_id": self.credential.id}
        )
        url = self.begin()
        self.assertEqual(wizard.redirect_address, self.address)
        self.assertEqual(self.query(url)["redirect_uri"], self.address)
        self.assertEqual(self.query(url)["client_id"], self.found["client_id"])
        self.come_back(self.log_in(url))
        self.assertIn("redirect_uri=http", self.key_calls()[0]["body"])
        self.assertEqual(self.credential.procountor_redirect_uri, self.address)

    def test_a_login_that_is_only_begun_changes_nothing(self):
        key = self.found["api_key"]
        credential = self.make_credential(api_key=key)
        credential.procountor_redirect_uri = "https://elsewhere.example/back"
        self.begin(credential)
        self.assertEqual(self.keys(credential)["api_key"], key)
        self.assertEqual(
            credential.procountor_redirect_uri, "https://elsewhere.example/back"
        )

    # === THE STATE === #

    def test_a_state_serves_once(self):
        back = self.log_in(self.begin())
        self.assertEqual(self.come_back(back).status_code, 200)
        key = self.keys()["api_key"]
        page = self.come_back(back)
        self.assertEqual(page.status_code, 400)
        self.assertIn("used already", page.text)
        self.assertEqual(self.keys()["api_key"], key)
        self.assertEqual(len(self.key_calls()), 1)

    def test_a_state_serves_once_even_if_the_login_failed(self):
        state = self.state(self.begin())
        self.come_back(f"{KEY_LOGIN}?code=wrong-code&state={state}")
        good = self.world.do("login_code")
        page = self.come_back(f"{KEY_LOGIN}?code={good}&state={state}")
        self.assert_refused(page, "used already")
        self.assertEqual(len(self.key_calls()), 1)

    def test_another_manager_cannot_use_it(self):
        back = self.log_in(self.begin())
        page = self.come_back(back, self.other_manager)
        self.assert_refused(page, "not begun by you")
        self.assertFalse(self.key_calls())
        # Nor is it spoilt by that.
        self.assertEqual(self.come_back(back).status_code, 200)

    def test_it_lives_for_a_quarter_of_an_hour(self):
        back = self.log_in(self.begin())
        login = self.env["ledger.procountor.login"].search([], order="id desc", limit=1)
        old = self.now() - LIFETIME - timedelta(seconds=5)
        self.env.cr.execute(
            "UPDATE ledger_procountor_login SET create_date = %s WHERE id = %s",
            (old, login.id),
        )
        self.env.invalidate_all()
        self.assert_refused(self.come_back(back), "more than 15 minutes")
        self.assertFalse(self.key_calls())

    def test_made_up_states_are_refused(self):
        number = self.state(self.begin()).partition(".")[0]
        code = self.world.do("login_code")
        states = (
            *("", ".", "x", f"{number}.", f"{number}.wrong", number, "0.a", "²1.a"),
            *("99999999999999999999.a", "-1.a", f"{number}.%00", "%C3%A4.%C3%A4"),
        )
        for state in states:
            with self.subTest(state):
                page = self.come_back(f"{KEY_LOGIN}?code={code}&state={state}")
                self.assert_refused(page, "not begun by you")
        self.assertFalse(self.key_calls())

    def test_states_are_kept_as_digests(self):
        secret = self.state(self.begin()).partition(".")[2]
        self.env.cr.execute("SELECT * FROM ledger_procountor_login")
        self.assertNotIn(secret, str(self.env.cr.fetchall()))
        logins = self.env["ledger.procountor.login"].with_user(self.manager)
        with self.assertRaises(AccessError):
            logins.search([])

    # === WHAT PROCOUNTOR SAYS === #

    def test_a_login_given_up_there_is_told(self):
        state = self.state(self.begin())
        page = self.come_back(f"{KEY_LOGIN}?error=access_denied&state={state}")
        self.assert_refused(page, "access_denied", "Nothing was changed")

    def test_an_error_with_markup_is_not_shown(self):
        state = self.state(self.begin())
        path = f"{KEY_LOGIN}?error=%3Cscript%3Ealert(1)%3C/script%3E&state={state}"
        page = self.come_back(path)
        self.assert_refused(page, "gave no API key")
        self.assertNotIn("alert(1)", page.text)

    def test_a_code_that_is_too_old_is_told(self):
        back = self.log_in(self.begin())
        self.world.clock(advance=301)
        page = self.come_back(back)
        self.assert_refused(page, "did not accept the log-in", self.address)

    def test_an_address_that_is_not_registered_is_told(self):
        back = self.log_in(self.begin())
        self.world.do("redirect_uri", address="https://elsewhere.example/back")
        self.assert_refused(self.come_back(back), "redirect address", self.address)

    def test_a_lost_answer_is_told_and_the_code_not_sent_again(self):
        back = self.log_in(self.begin())
        self.world.fault(path="/oauth/key", drop=True, when="after")
        page = self.come_back(back)
        self.assert_refused(page, "did not arrive")
        self.assertEqual(len(self.key_calls()), 1)

    def test_an_error_of_the_vendor_is_told(self):
        back = self.log_in(self.begin())
        self.world.fault(path="/oauth/key", status=503)
        page = self.come_back(back)
        self.assert_refused(page)
        self.assertIn("alert-danger", page.text)

    # === WHO MAY === #

    def test_a_user_who_is_no_manager_is_sent_away(self):
        state = self.state(self.begin())
        code = self.world.do("login_code")
        path = f"{KEY_LOGIN}?code={code}&state={state}"
        page = self.come_back(path, self.responsible)
        self.assert_refused(page, "Only managers", status=403)
        with self.assertRaises(AccessError):
            self.begin(user=self.responsible)
        self.assertFalse(self.key_calls())

    def test_who_is_not_logged_in_logs_in_first(self):
        back = self.log_in(self.begin())
        page = self.url_open(back, allow_redirects=False)
        self.assertEqual(page.status_code, 303)
        self.assertIn("/web/login", page.headers["Location"])
        self.assertFalse(self.key_calls())

    def test_only_a_browser_that_is_sent_here_is_answered(self):
        self.authenticate(self.manager.login, self.manager.login)
        page = self.url_open(KEY_LOGIN, data={"code": "x", "state": "1.x"})
        self.assertEqual(page.status_code, 405)

    # === WHAT MUST NOT HAPPEN === #

    def test_the_key_of_another_company_does_not_replace_the_stored_one(self):
        key = self.found["api_key"]
        credential = self.make_credential(api_key=key)
        self.connect(credential, remote_company_id="99999")
        page = self.come_back(self.log_in(self.begin(credential)))
        self.assertEqual(page.status_code, 400)
        self.assertIn("connected to company 99999", page.text)
        self.assertEqual(self.keys(credential)["api_key"], key)

    def test_a_copy_of_a_database_fetches_no_key(self):
        self.connect(live_database_uuid="another", live_url="https://live.example")
        with self.assertRaisesRegex(UserError, "copy"):
            self.begin()

    def test_without_an_application_no_browser_is_sent_anywhere(self):
        self.credential.set_secrets({"client_secret": ""})
        with self.assertRaisesRegex(UserError, "client ID and the client secret"):
            self.begin()

    def test_no_secret_is_logged_kept_or_shown(self):
        connection = self.connect()
        connection.action_debug()
        with self.keeping_lines() as lines:
            url = self.begin()
            back = self.log_in(url)
            anonymous = self.url_open(back)
            page = self.come_back(back)
        self.assertEqual(page.status_code, 200)
        exchanges = self.env["ledger.exchange"].search(
            [("connection_id", "=", connection.id)]
        )
        self.assertTrue(exchanges.filtered(lambda x: "/oauth/key" in x.url))
        self.assertEqual(len([x for x in lines if f"{KEY_LOGIN}?…" in x]), 3)
        self.assertTrue([x for x in lines if "/web/login?redirect=" in x])
        kept = "\n".join([*lines, str(exchanges.read()), page.text])
        brought = self.query(back)
        for secret in (
            self.keys()["api_key"],
            self.found["client_secret"],
            brought["code"],
            brought["state"],
        ):
            self.assertNotIn(secret, kept)
            self.assertNotIn(secret, str(self.key_calls()))
        self.assertNotIn(self.found["client_secret"], url + anonymous.text)
        self.assertEqual(page.headers["Referrer-Policy"], "no-referrer")
        self.assertIn("no-store", page.headers["Cache-Control"])
