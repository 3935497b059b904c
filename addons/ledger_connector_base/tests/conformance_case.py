# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The set-up of the conformance suite: a live connection to a vendor's stand-in."""

import json
import os
from pathlib import Path

from .common import LedgerCase


class ConformanceCase(LedgerCase):
    """A vendor's addon inherits the suite and says how to open its stand-in."""

    #: Odoo's own runner leaves inherited tests out otherwise.
    allow_inherited_tests_method = True
    #: Whether the class has all cases, not some rules of its own only.
    whole_suite = False
    #: Class of the vendor's stand-in, called without arguments.
    stand_in = None

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if cls.stand_in is None:
            return
        cls._note_abilities()
        # Taxes that value mappings can be mapped to.
        cls.tax = cls.env["account.tax"].create(
            {
                "name": "Sales 25 %",
                "amount": 25.0,
                "type_tax_use": "sale",
                "company_id": cls.company.id,
                "country_id": cls.company.account_fiscal_country_id.id,
                "price_include_override": "tax_excluded",
            }
        )

    @classmethod
    def _note_abilities(cls):
        """Note what the connector declares; the README's table is printed from it."""
        folder = os.environ.get("LEDGER_CONFORMANCE_DIR")
        if not folder or not cls.whole_suite:
            return
        system = cls.env["ledger.connector"]._for(cls.stand_in.system)._describe()
        abilities = {
            "system": system.code,
            "class": cls.__name__,
            "label": str(system.label),
            "flows": [[flow.entity, flow.direction] for flow in system.flows],
            "many_companies": system.many_companies,
            "webhooks": system.webhooks,
            "cases": sum(
                name.startswith("test_") and callable(getattr(cls, name))
                for name in dir(cls)
            ),
        }
        Path(folder, f"{system.code}.json").write_text(json.dumps(abilities))

    def setUp(self):
        super().setUp()
        self.books = self.stand_in()
        self.addCleanup(self.books.close)
        self.connection = self._connect()

    def _connect(self, company=None, user=None):
        """A tested, live connection whose customers are read by small pages."""
        company = company or self.company
        credential = self.env["ledger.credential"].create(
            {
                "name": "Sandbox",
                "system": self.books.system,
                "environment": "custom",
                "custom_url": self.books.base_url,
                "company_id": company.id,
            }
        )
        credential.set_secrets(self.books.credentials)
        connection = self.env["ledger.connection"].create(
            {
                "name": "Books",
                "credential_id": credential.id,
                "company_id": company.id,
                "user_id": (user or self.responsible).id,
                "page_size": 20,
            }
        )
        self.env["ledger.value.mapping"].create(
            {
                "connection_id": connection.id,
                "kind": "tax",
                "remote_code": self.books.tax_code,
                "res_id": self.tax.id,
            }
        )
        connection.write({"state": "ready", "tested_at": self.now()})
        connection.action_go_live()
        connection.flow_ids.write({"start_date": "2026-01-01", "next_run": False})
        # Whatever the vendor's default is: the suite is about what comes in.
        flows = connection.with_context(active_test=False).flow_ids
        flows.create_policy = "create"
        return connection

    def flow(self, entity, connection=None):
        """The flow that reads *entity*, archived or not."""
        flows = (connection or self.connection).with_context(active_test=False).flow_ids
        return flows.filtered(lambda f: (f.entity, f.direction) == (entity, "pull"))

    def push_flow(self, entity, **values):
        """The flow that sends *entity*, switched on."""
        flows = self.connection.with_context(active_test=False).flow_ids
        flow = flows.filtered(lambda f: (f.entity, f.direction) == (entity, "push"))
        flow.write({"active": True, **values})
        flow.next_run = False
        return flow

    def push(self, entity="partner", expect="done"):
        """Send what was noted; the job must end in state *expect*."""
        self.env.cr.precommit.run()
        job = self.run_flow(self.push_flow(entity))
        self.assertEqual(job.state, expect, job.error or self.problems())
        return job

    def customer(self, name="Bergen Bygg AS", **values):
        """A new customer in Odoo."""
        return self.env["res.partner"].create(
            {
                "name": name,
                "is_company": True,
                "customer_rank": 1,
                "company_id": self.company.id,
                "street": "Bryggen 1",
                "zip": "5003",
                "city": "Bergen",
                "country_id": self.env.ref("base.no").id,
                **values,
            }
        )

    def link_of(self, record, resource=None):
        """The link of an Odoo record."""
        return self.bindings(
            self.connection,
            res_model=record._name,
            res_id=record.id,
            resource=resource or self.books.customer,
        )

    def pull(self, entity="partner", full=False, expect="done"):
        """Run the flow of *entity*; the job must end in state *expect*."""
        job = self.run_flow(self.flow(entity), full=full)
        self.assertEqual(job.state, expect, job.error or self.problems())
        return job

    def problems(self):
        """Sentences of all links that need attention."""
        return self.bindings(self.connection).filtered("error").mapped("error")

    def partner(self, external_id):
        """The Odoo partner of a remote customer."""
        return self.record_of(self.connection, self.books.customer, external_id)

    def link(self, external_id, resource=None):
        """The link of a remote record."""
        return self.bindings(
            self.connection,
            resource=resource or self.books.customer,
            external_id=external_id,
        )
