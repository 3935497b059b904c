# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Invoices that stand in Procountor, and the connector that goes on with them."""

import base64

from odoo import Command

from odoo.addons.ledger_connector_base.sync.contract import FollowUp, Operation
from odoo.addons.ledger_connector_base.tests.common import LedgerCase, sandbox

from ..client import ProcountorClient

PDF = b"%PDF-1.4\n% of a test\n%%EOF\n"


class StepsCase(LedgerCase):
    """A company in Finland, its books in the sandbox, and a flow of invoices."""

    #: Settings of the world.
    world_settings = {}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.currency_id = cls.env.ref("base.EUR")
        cls.company.currency_id.active = True
        cls.tax = cls.env["account.tax"].create(
            {
                "name": "ALV 25,5 %",
                "amount": 25.5,
                "type_tax_use": "sale",
                "company_id": cls.company.id,
                "country_id": cls.company.account_fiscal_country_id.id,
                "price_include_override": "tax_excluded",
            }
        )
        cls.buyer = cls.env["res.partner"].create(
            {
                "name": "Esimerkki Oy",
                "is_company": True,
                "customer_rank": 1,
                "email": "laskut@esimerkki.example",
                "street": "Katu 1",
                "zip": "00100",
                "city": "Helsinki",
                "country_id": cls.env.ref("base.fi").id,
                "company_id": cls.company.id,
            }
        )

    def setUp(self):
        super().setUp()
        settings = {"limit_second": 0, **self.world_settings}
        self.world = sandbox().world("procountor", **settings)
        self.addCleanup(self.world.drop)
        self.connection = self._connect()
        flows = self.connection.with_context(active_test=False).flow_ids
        self.flow = flows.filtered(
            lambda f: (f.entity, f.direction) == ("invoice", "push")
        )
        # Tokens are kept by cursors of their own.
        self.env.flush_all()
        self.registry_enter_test_mode()
        self.connector = self.env["ledger.connector"]._for("procountor")
        self.client: ProcountorClient = self.connector._client(self.connection)

    def _connect(self):
        credential = self.env["ledger.credential"].create(
            {
                "name": "Sandbox",
                "system": "procountor",
                "environment": "custom",
                "custom_url": self.world.base_url,
                "company_id": self.company.id,
            }
        )
        names = ("client_id", "client_secret", "api_key")
        credential.set_secrets({x: self.world.credentials[x] for x in names})
        connection = self.env["ledger.connection"].create(
            {
                "name": "Books",
                "credential_id": credential.id,
                "company_id": self.company.id,
                "user_id": self.responsible.id,
            }
        )
        self.env["ledger.value.mapping"].create(
            {
                "connection_id": connection.id,
                "kind": "tax",
                "remote_code": "1:25.5",
                "res_id": self.tax.id,
            }
        )
        connection.write({"state": "ready", "tested_at": self.now()})
        connection.action_go_live()
        return connection

    # === IN ODOO === #

    def move(self, *lines, **values):
        """A posted invoice; lines are quantity and price."""
        move = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": self.buyer.id,
                "company_id": self.company.id,
                "invoice_date": "2026-02-10",
                "invoice_date_due": "2026-02-24",
                "invoice_payment_term_id": False,
                "invoice_line_ids": [
                    Command.create(
                        {
                            "name": "Kahvikuppi",
                            "quantity": quantity,
                            "price_unit": price,
                            "tax_ids": [Command.set(self.tax.ids)],
                        }
                    )
                    for quantity, price in lines or [(2, 100.0)]
                ],
                **values,
            }
        )
        move.action_post()
        return move

    def print_of(self, move, content=PDF):
        """Give *move* its legal PDF, as Odoo's sending does."""
        self.env["ir.attachment"].create(
            {
                "name": f"{move.name.replace('/', '_')}.pdf",
                "datas": base64.b64encode(content),
                "mimetype": "application/pdf",
                "res_model": "account.move",
                "res_id": move.id,
                "res_field": "invoice_pdf_report_file",
            }
        )
        move.invalidate_recordset()

    def pay(self, move, amount=None, day="2026-02-20"):
        """Register a payment in Odoo."""
        wizard = self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=move.ids
        )
        values = {"payment_date": day}
        if amount:
            values["amount"] = amount
        wizard.create(values).action_create_payments()

    # === THERE === #

    def there(self, move, **values):
        """An unfinished invoice there, made of *move*; returns the vendor's record."""
        address = {
            "name": "Esimerkki Oy",
            "street": "Katu 1",
            "zip": "00100",
            "city": "Helsinki",
            "country": "FINLAND",
        }
        body = {
            "type": "SALES_INVOICE",
            "date": "2026-02-10",
            "counterParty": {
                "email": "laskut@esimerkki.example",
                "counterPartyAddress": address,
            },
            "paymentInfo": {
                "paymentMethod": "BANK_TRANSFER",
                "currency": "EUR",
                "currencyRate": 1,
                "bankAccount": {"accountNumber": self.world.credentials["iban"]},
                "dueDate": "2026-02-24",
                "bankReferenceCode": "",
            },
            "extraInfo": {"accountingByRow": True, "unitPricesIncludeVat": False},
            "discountPercent": 0,
            "originalInvoiceNumber": move.name,
            "invoiceRows": [
                {
                    "product": line.name,
                    "quantity": line.quantity,
                    "unit": "PIECE",
                    "unitPrice": line.price_unit,
                    "discountPercent": 0,
                    "vatPercent": 25.5,
                }
                for line in move.invoice_line_ids
            ],
            "vatStatus": 1,
            "invoiceChannel": "EMAIL",
            "language": "FINNISH",
            **values,
        }
        made = self.client.invoices.add(body)
        return self.client.one("invoices", made.id)

    def both(self, *lines, **values):
        """A posted invoice and the same there, unfinished.

        :param lines: as of :meth:`move`
        :param values: as of :meth:`there`
        """
        move = self.move(*lines)
        return move, self.there(move, **values)

    def set_status(self, there, status):
        """Somebody in Procountor moves the invoice on."""
        self.world.do("set_status", id=there["id"], status=status)

    def now_there(self, there):
        """The same invoice as it is now."""
        return self.world.object("invoices", there["id"])

    def outbox(self):
        """What went out: channel, receiver, names of attachments."""
        return [
            (one["channel"], one["to"], one["attachments"])
            for one in self.world.outbox()
        ]

    def events(self):
        """Payments there: amount, day and kind."""
        return [
            (one["paidAmount"], one["paymentDate"], one["type"])
            for one in self.world.objects("paymentevents")
        ]

    def writes(self, path):
        """How often something was written at *path*."""
        methods = ("PUT", "POST")
        return sum(self.world.count_calls(path=path, method=x) for x in methods)

    # === THE CONNECTOR === #

    def wants(self, finish, **settings):
        """A manager sets how far Procountor is to go, and other settings of it."""
        settings = {"finish": finish, **settings}
        self.connection.write({f"procountor_{x}": y for x, y in settings.items()})

    def operation(self, kind, move, there, **values):
        """What the engine hands over."""
        return Operation(
            kind=kind,
            resource="invoice",
            key="0" * 32,
            name=move.name,
            number=move.name,
            values=values.pop("values", {}),
            whole=values.pop("whole", {}),
            external_id=str(there["id"]),
            **{"version": there["version"], **values},
        )

    def finish(self, move, there, read=True, **values):
        """Finish one document; returns its result.

        :param read: the connector has to read it; else it is handed over
        """
        one = FollowUp(
            self.operation("create", move, there, **values),
            move,
            None if read else there,
        )
        return self.connector._follow_up(self.client, self.flow, [one])[0]

    def finish_all(self, pairs):
        """Finish many documents at once; a result for each of them."""
        asked = [FollowUp(self.operation("create", *pair), pair[0]) for pair in pairs]
        return self.connector._follow_up(self.client, self.flow, asked)

    def perform(self, kind, move, there, **values):
        """Write one operation; returns its result."""
        operation = self.operation(kind, move, there, **values)
        return self.connector._write(self.client, self.flow, [operation])[0]

    def assert_refused(self, result, *words):
        """Refused, with a sentence for people that holds these words."""
        self.assertEqual(result.outcome, "refused")
        self.assert_readable(result.error.sentence)
        for word in words:
            self.assertIn(word, result.error.sentence)
