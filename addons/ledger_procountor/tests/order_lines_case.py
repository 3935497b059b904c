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
        # It was made with the company, when that had another currency.
        lists = cls.env["product.pricelist"].search(
            [("company_id", "=", cls.company.id)]
        )
        lists.currency_id = cls.company.currency_id

    def setUp(self):
        super().setUp()
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

    def taxed(self, tax, **values):
        """A line with this tax."""
        return self.line(tax_ids=[Command.set(tax.ids)], **values)

    def warehouse(self, **values):
        """Another address of the customer, to which goods are delivered."""
        return self.env["res.partner"].create(
            {
                "parent_id": self.asiakas.id,
                "type": "delivery",
                "name": "Varasto",
                "street": "Satamatie 2",
                "zip": "20100",
                "city": "Turku",
                "company_id": self.company.id,
                **values,
            }
        )

    def term(self, name, days, **values):
        """A payment term of so many days."""
        return self.env["account.payment.term"].create(
            {
                "name": name,
                "company_id": self.company.id,
                "line_ids": [Command.create({"value": "percent", "nb_days": days})],
                **values,
            }
        )

    def dollars(self, rate=None):
        """A price list in dollars, with a rate to the company's currency or none."""
        dollar = self.env.ref("base.USD")
        dollar.active = True
        dollar.rate_ids.unlink()
        if rate:
            self.env["res.currency.rate"].create(
                {
                    "currency_id": dollar.id,
                    "company_id": self.company.id,
                    "name": "2026-01-01",
                    "rate": rate,
                }
            )
        return self.env["product.pricelist"].create(
            {"name": "USD", "currency_id": dollar.id, "company_id": self.company.id}
        )
