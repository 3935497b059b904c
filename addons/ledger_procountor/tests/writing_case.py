# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A Finnish company that sends to its Procountor books, over the real engine."""

from contextlib import contextmanager

from odoo import Command

from odoo.addons.ledger_connector_base.sync.contract import Operation
from odoo.addons.ledger_connector_base.tests.conformance_documents import (
    DocumentConformance,
)
from odoo.addons.ledger_connector_base.tests.conformance_once import OnceConformance

from .books_case import BooksCase
from .stand_in import ProcountorBooks


class FinnishBooks(ProcountorBooks):
    """Books in euro, at Finnish percentages."""

    tax_code = "1:25.5"

    def __init__(self, **settings):
        super().__init__(**settings)
        self.world.do("company_settings", values={"currency": "EUR"})


class WritingCase(BooksCase):
    stand_in = FinnishBooks

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        euro = cls.env.ref("base.EUR")
        euro.active = True
        cls.company.currency_id = euro
        cls.tax.write({"name": "ALV 25,5 %", "amount": 25.5})

    def setUp(self):
        super().setUp()
        self.company.tax_calculation_rounding_method = "round_per_line"
        for entity in ("partner", "product", "invoice"):
            self.push_flow(entity)

    # How the suite makes documents and waits; its cases run elsewhere.
    credit = DocumentConformance.credit
    _line = DocumentConformance._line
    _invoice_of_suite = DocumentConformance.invoice
    settle = OnceConformance.settle

    def invoice(self, partner=None, lines=None, **values):
        """A posted invoice of a buyer in Helsinki."""
        lines = lines or [("Kahvikuppi", 2, 8.9, self.tax)]
        return self._invoice_of_suite(partner or self.buyer(), lines, **values)

    def buyer(self, name="Esimerkki Oy", **values):
        """A customer in Helsinki with an e-mail address."""
        return self.customer(
            name,
            **{
                "email": "laskut@esimerkki.example",
                "street": "Katu 1",
                "zip": "00100",
                "city": "Helsinki",
                "country_id": self.env.ref("base.fi").id,
                "lang": False,
                **values,
            },
        )

    def product(self, **values):
        return self.env["product.product"].create(
            {
                "name": "Kahvikuppi",
                "default_code": "KUPPI-1",
                "list_price": 8.9,
                "taxes_id": [Command.set(self.tax.ids)],
                "company_id": self.company.id,
                **values,
            }
        )

    def maps(self, kind, code, record):
        """One that was chosen for another record before is chosen for *record* now."""
        known = self.env["ledger.value.mapping"].search(
            [
                ("connection_id", "=", self.connection.id),
                ("kind", "=", kind),
                ("remote_code", "=", code),
            ]
        )
        known.res_id = record.id
        return known or super().maps(kind, code, record)

    # === THE CONNECTOR === #

    @contextmanager
    def connected(self):
        """The connector and its client, at work for the responsible user."""
        with self.committing(self.responsible) as env:
            connector = env["ledger.connector"]._for("procountor")
            yield connector, connector._client(self.connection.with_env(env))

    @staticmethod
    def creation(resource, whole, name="X", number=""):
        """What the engine hands over of a record that is to be created."""
        return Operation(
            kind="create",
            resource=resource,
            key="0" * 32,
            name=name,
            number=number,
            values=whole,
            whole=whole,
        )

    # === SENDING === #

    def sent(self, move):
        """Send *move*; the invoice as it is there."""
        self.push("invoice")
        link = self.link_of(move, "invoice")
        self.assertEqual(link.state, "linked", link.error)
        return self.world.object("invoices", int(link.external_id))

    def held(self, move, *words):
        """Send *move*, which is held; the sentence has these words."""
        self.world.clear_calls()
        self.push("invoice", expect="partial")
        link = self.link_of(move, "invoice")
        self.assertEqual(link.state, "failed")
        self.assert_readable(link.error)
        for word in words:
            self.assertIn(word, link.error)
        posts = self.world.count_calls(path=r"/invoices$", method="POST")
        self.assertEqual(posts, 0)
        return link
