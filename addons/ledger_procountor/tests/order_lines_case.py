# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A Finnish company and its customer in Helsinki, at Finnish percentages."""

from odoo.fields import Command

from .order_case import ProcountorOrderCase
from .writing_case import FinnishBooks


class OrderLinesCase(ProcountorOrderCase):
    stand_in = FinnishBooks

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tax.write({"name": "ALV 25,5 %", "amount": 25.5})
        lists = cls.env["product.pricelist"].search(
            [("company_id", "=", cls.company.id)]
        )
        lists.currency_id = cls.company.currency_id

    def setUp(self):
        super().setUp()
        self.world = self.books.world
        self.asiakas.write({"street": "Katu 1", "zip": "00100", "city": "Helsinki"})

    def there(self, record, resource="order"):
        """The invoice there of an order or invoice."""
        link = self.link_of(record, resource)
        self.assertEqual(link.state, "linked", link.error)
        self.assertFalse(link.error)
        return self.world.object("invoices", int(link.external_id))

    def total(self, there):
        """Its total in its own currency."""
        currency = there["paymentInfo"]["currency"]
        [sums] = [x for x in there["invoiceSumInfo"] if x["currency"] == currency][:1]
        return sums["invoiceSumTotal"]

    def maps(self, kind, code, record):
        """Choose a value of Procountor for *record*."""
        return self.env["ledger.value.mapping"].create(
            {
                "connection_id": self.connection.id,
                "kind": kind,
                "remote_code": code,
                "res_id": record.id,
            }
        )

    def vat(self, code, percent, **values):
        """A tax of Odoo that stands for a status and percentage there."""
        tax = self.tax.copy({"name": f"ALV {code}", "amount": percent, **values})
        self.maps("tax", code, tax)
        return tax

    def taxed(self, tax, **values):
        """A line with this tax."""
        return self.line(tax_ids=[Command.set(tax.ids)], **values)
