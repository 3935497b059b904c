# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the tests of the screens share: books of no vendor, and who looks at them."""

from odoo import fields
from odoo.tests import new_test_user

from .common import LedgerCase


class ScreenCase(LedgerCase):
    """Books without a vendor, and people of each group."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.plain = new_test_user(
            cls.env,
            "ledger_plain",
            groups="base.group_user,account.group_account_invoice,"
            "product.group_product_manager",
            company_id=cls.company.id,
            company_ids=[(6, 0, cls.company.ids)],
        )
        cls.credential = cls._insert(
            "ledger.credential",
            name="Key",
            system="any",
            environment="custom",
            active=True,
            budget_share=100,
        )
        cls.connection = cls._insert(
            "ledger.connection",
            name="Books",
            system="any",
            state="live",
            active=True,
            credential_id=cls.credential.id,
            company_id=cls.company.id,
            user_id=cls.responsible.id,
            sequence=1,
        )
        cls.flow = cls._insert_flow("pull")

    @classmethod
    def _insert_flow(cls, direction, **values):
        """A flow of partners."""
        usual = {
            "connection_id": cls.connection.id,
            "system": "any",
            "active": True,
            "company_id": cls.company.id,
            "entity": "partner",
            "res_model": "res.partner",
            "direction": direction,
            "interval_minutes": 60,
            "full_every_days": 1,
            "create_policy": "create",
            "matching_policy": "sure",
            "conflict_policy": "system",
            "number_policy": "system",
            "deletion_policy": "archive",
            "send_policy": "auto",
            "webhook_delay": 5,
        }
        return cls._insert("ledger.flow", **{**usual, **values})

    @classmethod
    def _insert(cls, model, **values):
        """Insert past the ORM, which would ask a connector; none need be installed."""
        names = ", ".join(values)
        places = ", ".join(["%s"] * len(values))
        cls.env.flush_all()
        cls.env.cr.execute(
            f"INSERT INTO {model.replace('.', '_')} ({names}) VALUES ({places})"
            " RETURNING id",
            list(values.values()),
        )
        return cls.env[model].browse(cls.env.cr.fetchone()[0])

    def add_binding(self, external_id, state="linked", record=None, **values):
        """A link of the test's connection."""
        return self.env["ledger.binding"].create(
            {
                "connection_id": self.connection.id,
                "company_id": self.company.id,
                "entity": "partner",
                "resource": "customer",
                "external_id": external_id,
                "label": f"Customer {external_id}",
                "res_model": record._name if record else "res.partner",
                "res_id": record.id if record else False,
                "state": state,
                **values,
            }
        )

    def add_cause(self, key, owner="mapping", sentence="Something is wrong."):
        """A cause of the test's connection."""
        return self.env["ledger.cause"].create(
            {
                "connection_id": self.connection.id,
                "key": key,
                "owner": owner,
                "sentence": sentence,
            }
        )

    def add_conflict(self, binding, field_name="email", **values):
        """A field of *binding*'s record that was changed on both sides."""
        return self.env["ledger.conflict"].create(
            {
                "binding_id": binding.id,
                "field_name": field_name,
                "base_value": "old@example.com",
                "odoo_value": "odoo@example.com",
                "system_value": "there@example.com",
                "base_text": "old@example.com",
                "odoo_text": "odoo@example.com",
                "system_text": "there@example.com",
                **values,
            }
        )

    def add_job(self, state="done", **values):
        """A job of the test's connection that has ended."""
        return self.env["ledger.sync.job"].create(
            {
                "connection_id": self.connection.id,
                "flow_id": self.flow.id,
                "state": state,
                "ended_at": fields.Datetime.now(),
                **values,
            }
        )
