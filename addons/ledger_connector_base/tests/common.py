# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the tests of all connectors share: a sandbox, a connection, committing runs."""

import logging
import os
import sys
from contextlib import contextmanager
from pathlib import Path

from odoo import api, fields
from odoo.tests import TransactionCase, new_test_user, tagged

REPOSITORY = Path(__file__).resolve().parents[3]


def sandbox():
    """Return the control door of the running sandbox.

    ``scripts/test`` starts one and says where it is.

    :raises RuntimeError: the tests were started without it
    """
    if str(REPOSITORY) not in sys.path:
        sys.path.append(str(REPOSITORY))
    try:
        from sandbox.control import Sandbox

        return Sandbox(
            os.environ["LEDGER_SANDBOX_URL"], os.environ["LEDGER_SANDBOX_KEY"]
        )
    except (ImportError, KeyError) as error:
        raise RuntimeError(
            "These tests talk to the sandbox over HTTP: run them with scripts/test."
        ) from error


class LogKeeper(logging.Handler):
    """Keeps every line that is logged while it is installed."""

    def __init__(self):
        super().__init__(logging.DEBUG)
        self.lines = []

    def emit(self, record):
        self.lines.append(self.format(record))


@tagged("post_install", "-at_install")
class LedgerCase(TransactionCase):
    """A company with a chart of accounts, a manager and a responsible user."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.cron"].search([]).active = False
        cls.company = cls._make_company("Fjordlys Test AS")
        cls.manager = cls._make_user("ledger_manager", "group_ledger_manager")
        cls.responsible = cls._make_user("ledger_responsible", "group_ledger_user")

    @classmethod
    def _make_company(cls, name):
        company = cls.env["res.company"].create(
            {"name": name, "country_id": cls.env.ref("base.no").id}
        )
        cls.env.user.company_ids += company
        cls.env["account.chart.template"].try_loading(
            "generic_coa", company=company, install_demo=False
        )
        company.currency_id = cls.env.ref("base.NOK")
        company.currency_id.active = True
        return company

    @classmethod
    def _make_user(cls, login, group, company=None):
        company = company or cls.company
        return new_test_user(
            cls.env,
            login,
            groups=f"ledger_connector_base.{group},account.group_account_manager,"
            "base.group_allow_export,"
            "product.group_product_manager,base.group_partner_manager",
            company_id=company.id,
            company_ids=[(6, 0, company.ids)],
        )

    @classmethod
    def _request_handler(cls, s, r, /, **kw):
        """Override of `odoo` whose guard compares time-outs as single numbers.

        Ours are pairs (connecting, reading); the guard sees the longer one.
        """
        timeout = kw.get("timeout")
        if isinstance(timeout, tuple):
            kw["timeout"] = max(timeout)
        return super()._request_handler(s, r, **kw)

    # === RUNNING === #

    @contextmanager
    def committing(self, user=None):
        """An environment in which commits are real savepoints, as in a worker."""
        with self.enter_registry_test_mode(), self.registry.cursor() as cr:
            uid = (user or self.env.user).id
            yield api.Environment(cr, uid, {"allowed_company_ids": self.company.ids})
            cr.commit()  # pylint: disable=invalid-commit

    def run_flow(self, flow, full=False):
        """Run *flow* and return its job."""
        with self.committing() as env:
            job_id = flow.with_env(env).run(full=full).id
        return self.env["ledger.sync.job"].browse(job_id)

    def run_lanes(self):
        """Let the scheduled lane work off what is due."""
        with self.committing() as env:
            env["ledger.lane"]._cron()

    def press_test(self, connection):
        """Press *Test connection*; returns the notification's parameters."""
        with self.committing(self.manager) as env:
            action = connection.with_env(env).action_test_connection()
        return action["params"]

    @contextmanager
    def keeping_logs(self):
        """All lines logged meanwhile, of every logger and level."""
        keeper = LogKeeper()
        root = logging.getLogger()
        level = root.level
        root.addHandler(keeper)
        root.setLevel(logging.DEBUG)
        try:
            yield keeper.lines
        finally:
            root.removeHandler(keeper)
            root.setLevel(level)

    # === CLAIMS === #

    def bindings(self, connection, **values):
        """Links of *connection* whose fields have these values."""
        domain = [(name, "=", value) for name, value in values.items()]
        return self.env["ledger.binding"].search(
            [("connection_id", "=", connection.id), *domain]
        )

    def record_of(self, connection, resource, external_id):
        """The Odoo record linked to a remote one."""
        link = self.bindings(
            connection, resource=resource, external_id=str(external_id)
        )
        return self.env[link.res_model].browse(link.res_id) if link.res_id else None

    def activities(self, connection):
        """Open activities on *connection*."""
        return self.env["mail.activity"].search(
            [
                ("res_model", "=", "ledger.connection"),
                ("res_id", "=", connection.id),
            ]
        )

    def assert_readable(self, sentence):
        """A sentence for people: no traceback, no object, and it ends as one."""
        self.assertTrue(sentence)
        for word in ("Traceback", "object at 0x", "Error(", "%(", "None", "odoo."):
            self.assertNotIn(word, sentence)
        self.assertIn(sentence.strip()[-1], ".!?)", sentence)

    @staticmethod
    def now():
        """Now, as Odoo keeps it: UTC without a zone."""
        return fields.Datetime.now()
