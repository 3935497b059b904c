# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the tests of clients share: an office, its clients, their keys."""

from odoo import fields
from odoo.tests import Form

from odoo.addons.ledger_connector_base.tests.common import LedgerCase

from . import books

KEYS = {"public_key": "public-of-nordvik-01", "secret_key": "secret-of-nordvik-01"}


class ClientCase(LedgerCase):
    """An office whose clients keep their books in a system of the tests."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        books.install(cls)
        cls.client_tag = cls.env["res.partner.category"].create({"name": "Client"})
        cls.client = cls._make_client("Nordvik OÜ", company_registry="10123456")
        cls.plan = cls.env["ledger.statistics.plan"].create(
            {
                "system": books.SYSTEM,
                "company_id": cls.company.id,
                "user_id": cls.manager.id,
                "title": "{client}: {month}, {sales_invoice} invoices",
            }
        )

    @classmethod
    def _make_client(cls, name, **values):
        return cls.env["res.partner"].create(
            {"name": name, "is_company": True, **values}
        )

    @classmethod
    def kind(cls, code):
        """The kind with this code."""
        return cls.env["ledger.statistics.kind"].search([("code", "=", code)])

    def connect(self, client=None, keys=None, user=None):
        """A live connection of a client."""
        client = client or self.client
        connection = self.env["ledger.connection"]._connect_client(
            client,
            {
                "system": books.SYSTEM,
                "environment": "production",
                "custom_url": False,
                "company_id": self.company.id,
                "user_id": (user or self.responsible).id,
            },
            keys or {name: f"{key}-{client.id}" for name, key in KEYS.items()},
        )
        connection._go_live_with(connection._ask_who()[0])
        return connection

    def count(self, connection, month="2026-01", **counts):
        """A period of a connection that was counted to its end."""
        first = fields.Date.to_date(f"{month}-01")
        last = fields.Date.end_of(first, "month")
        periods = self.env["ledger.statistics.period"]
        period = periods.search(
            [("connection_id", "=", connection.id), ("date_from", "=", first)]
        ) or periods.create(
            {
                "connection_id": connection.id,
                "plan_id": self.plan.id,
                "date_from": first,
                "date_to": last,
                "basis": "entry_date",
            }
        )
        period.figure_ids.unlink()
        self.env["ledger.statistics.figure"].create(
            [
                {"period_id": period.id, "kind_id": self.kind(code).id, "count": count}
                for code, count in counts.items()
            ]
        )
        period.complete = True
        return period

    def deliver(self, period, user=None):
        """Deliver as a run does: with the responsible user's rights."""
        period.plan_id.with_user(user or period.connection_id.user_id).with_company(
            self.company
        )._deliver(period.with_user(user or period.connection_id.user_id))
        self.env.invalidate_all()

    def open_keys(self, env, client=None):
        """The window behind the key of a client, as the manager sees it."""
        action = (client or self.client).with_env(env).action_ledger_keys()
        form = Form(env[action["res_model"]].browse(action["res_id"]))
        form.system = books.SYSTEM
        return form

    def type_keys(self, form, **keys):
        """Type keys into the window; returns its record."""
        for number in range(len(form.line_ids)):
            with form.line_ids.edit(number) as line:
                if line.technical_name in keys:
                    line.value = keys[line.technical_name]
        return form.save()
