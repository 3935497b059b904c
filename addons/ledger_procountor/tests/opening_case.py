# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the tests of opening the API share: a vendor's world, and a browser in it."""

import logging
from contextlib import contextmanager
from urllib.parse import parse_qs, parse_qsl, urlsplit

import requests

from odoo.tests import HttpCase, tagged

from odoo.addons.ledger_connector_base.tests.common import LedgerCase, sandbox

from ..models.ledger_credential_login import KEY_LOGIN


class LineKeeper(logging.Handler):
    """Keeps every line but those of the test's own browser."""

    def __init__(self):
        super().__init__(logging.DEBUG)
        self.lines = []

    def emit(self, record):
        """Override of `logging`."""
        line = self.format(record)
        own = "/keylogin?" in line or "/activation?" in line or "/web/login" in line
        if not (own and record.name.startswith("urllib3")):
            self.lines.append(line)


@tagged("post_install", "-at_install")
class OpeningCase(HttpCase, LedgerCase):
    """A manager with a credential that lacks its API key."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other_manager = cls._make_user("ledger_manager_two", "group_ledger_manager")

    def setUp(self):
        super().setUp()
        self.world = sandbox().world("procountor", keylogin="instant", limit_second=0)
        self.addCleanup(self.world.drop)
        self.found = self.world.credentials
        parameters = self.env["ir.config_parameter"]
        parameters.set_param("web.base.url", self.base_url())
        self.address = f"{self.base_url()}{KEY_LOGIN}"
        self.landing = self.world.do("redirect_uri", address=self.address)
        self.credential = self.make_credential()

    def make_credential(self, **secrets):
        """A credential of the application, as a manager enters it."""
        credential = self.env["ledger.credential"].create(
            {
                "name": "Esimerkki Tukku",
                "system": "procountor",
                "environment": "custom",
                "custom_url": self.world.base_url,
                "company_id": self.company.id,
            }
        )
        names = ("client_id", "client_secret")
        credential.set_secrets({name: self.found[name] for name in names} | secrets)
        return credential

    def connect(self, credential=None, **values):
        """A connection with that credential."""
        return self.env["ledger.connection"].create(
            {
                "name": "Own books",
                "credential_id": (credential or self.credential).id,
                "company_id": self.company.id,
                "user_id": self.responsible.id,
                **values,
            }
        )

    # === THE BROWSER === #

    def begin(self, credential=None, user=None):
        """Press *Log in at Procountor*; the address that the browser is sent to."""
        credential = (credential or self.credential).with_user(user or self.manager)
        action = credential.action_procountor_log_in()
        self.env.flush_all()
        self.assertEqual(action["type"], "ir.actions.act_url")
        return action["url"]

    def log_in(self, url):
        """Log in at Procountor; the path and query that the browser comes back to."""
        answer = requests.get(url, allow_redirects=False, timeout=30)
        self.assertEqual(answer.status_code, 302, answer.text)
        back = urlsplit(answer.headers["Location"])
        self.assertEqual(f"{back.scheme}://{back.netloc}{back.path}", self.address)
        return f"{back.path}?{back.query}"

    def come_back(self, path, user=None):
        """Follow the way back as *user*; the page."""
        login = (user or self.manager).login
        self.authenticate(login, login)
        page = self.url_open(path, allow_redirects=False)
        self.env.invalidate_all()
        return page

    @staticmethod
    def query(url):
        """The parameters of an address."""
        return dict(parse_qsl(urlsplit(url).query))

    def state(self, url):
        """The state in the vendor's address."""
        return parse_qs(urlsplit(url).query)["state"][0]

    # === CLAIMS === #

    def keys(self, credential=None):
        """The stored secrets, as the engine reads them."""
        credential = credential or self.credential
        credential.invalidate_recordset()
        return credential._read_secrets()

    def key_calls(self):
        """What was asked for API keys."""
        return self.world.calls(path="/oauth/key")

    def assert_refused(self, page, *words, status=400):
        """A page with a plain sentence, and no key on the credential."""
        self.assertEqual(page.status_code, status)
        self.assertNotIn("Traceback", page.text)
        for word in words:
            self.assertIn(word, page.text)
        self.assertNotIn("api_key", self.keys())

    @contextmanager
    def keeping_lines(self):
        """All lines logged meanwhile, but the test's own browser's."""
        keeper = LineKeeper()
        server = logging.getLogger("werkzeug")
        self.addCleanup(server.setLevel, server.level)
        server.setLevel(logging.INFO)
        root = logging.getLogger()
        level = root.level
        root.addHandler(keeper)
        root.setLevel(logging.DEBUG)
        try:
            yield keeper.lines
        finally:
            root.removeHandler(keeper)
            root.setLevel(level)
