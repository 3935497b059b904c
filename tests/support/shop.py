# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A Finnish wholesaler in Odoo, whose books are kept in Procountor."""

from __future__ import annotations

from base64 import b64encode
from io import BytesIO
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from sandbox.control import World

from .client import OdooClient
from .database import Database
from .waiting import until

SELLER = ("seppo", "seppo-sells")
SELLER_NAME = "Seppo Seller"
GROUPS = (
    "base.group_user",
    "sales_team.group_sale_salesman_all_leads",
    "ledger_connector_base.group_ledger_user",
)
KEYS = ("client_id", "client_secret", "api_key")
SENT = ("partner", "product", "order")
#: Going live spreads the first runs over some seconds.
_LATER_ON = """
UPDATE ledger_flow SET next_run = now() AT TIME ZONE 'UTC' + interval '1 hour'
 WHERE next_run IS NOT NULL
"""
OPEN = [("state", "in", ("pending", "running", "waiting"))]


class Shop:
    """What is in Odoo before somebody connects it.

    :param odoo: a manager's session
    :param world: where Procountor is played
    """

    def __init__(self, odoo: OdooClient, world: World) -> None:
        self.odoo = odoo
        self.world = world
        self.database = Database(odoo.database)
        self._settle_company()
        self.tax = self.tax_of(25.5)
        self.seller = self._hire()
        self.customer = self.make_customer("Kahvila Kaisla Oy", ref="10025")
        self.cup = self.product("Kahvikuppi", "KUPPI-1", 8.9, self.tax)

    # === IN ODOO === #

    def _settle_company(self) -> None:
        euro = self.odoo.find(
            "res.currency", [("name", "=", "EUR"), ("active", "in", [True, False])]
        )
        self.odoo.write("res.currency", euro, active=True)
        companies = self.odoo.find("res.company", [])
        rounding = {"tax_calculation_rounding_method": "round_per_line"}
        self.odoo.write("res.company", companies, currency_id=euro[0], **rounding)
        # Odoo asks for a layout before the first invoice is sent, and looks the
        # company up on its own server by an address like this one.
        (layout,) = self.odoo.find(
            "ir.ui.view", [("key", "=", "web.external_layout_standard")]
        )
        asked = {"external_report_layout_id": layout, "iap_enrich_auto_done": True}
        self.odoo.write("res.company", companies, **asked)
        lists = self.odoo.find("product.pricelist", [])
        self.odoo.write("product.pricelist", lists, currency_id=euro[0])

    def tax_of(self, percent: float) -> int:
        """Return the sales tax of a percentage; make it where there is none."""
        sales = [("type_tax_use", "=", "sale"), ("amount_type", "=", "percent")]
        found = self.odoo.find("account.tax", [*sales, ("amount", "=", percent)])
        if found:
            return found[0]
        like = self.odoo.find("account.tax", [*sales, ("amount", ">", 0)], limit=1)
        names = {"name": f"ALV {percent:g} %", "amount": percent}
        label = {"invoice_label": f"ALV {percent:g} %", "description": ""}
        return self.odoo.call("account.tax", "copy", like, {**names, **label})[0]

    def _hire(self) -> tuple[str, str]:
        login, password = SELLER
        if not self.odoo.count("res.users", [("login", "=", login)]):
            groups = [self._ref(name) for name in GROUPS]
            names = {"name": SELLER_NAME, "login": login, "password": password}
            self.odoo.create("res.users", **names, group_ids=[(6, 0, groups)])
        return SELLER

    def _ref(self, name: str) -> int:
        module, xmlid = name.split(".")
        domain = [("module", "=", module), ("name", "=", xmlid)]
        return self.odoo.read("ir.model.data", domain, "res_id")[0]["res_id"]

    def make_customer(self, name: str, **values: Any) -> int:
        """Enter a customer in Helsinki."""
        finland = self.odoo.find("res.country", [("code", "=", "FI")])[0]
        address = {"street": "Rantakatu 1", "zip": "00100", "city": "Helsinki"}
        return self.odoo.create(
            "res.partner",
            **{"name": name, "is_company": True, "customer_rank": 1},
            **{"country_id": finland, "email": "laskut@example.org"},
            **{**address, **values},
        )

    def product(self, name: str, code: str, price: float, tax: int) -> int:
        """Enter a product and return the id of its variant."""
        return self.odoo.create(
            "product.product",
            name=name,
            default_code=code,
            list_price=price,
            taxes_id=[(6, 0, [tax])],
        )

    def quotation(self, product: int = 0, quantity: int = 2) -> int:
        """Let the seller write a quotation; return its id."""
        seller = OdooClient(self.odoo.url, self.odoo.database, *self.seller)
        line = {"product_id": product or self.cup, "product_uom_qty": quantity}
        return seller.create(
            "sale.order", partner_id=self.customer, order_line=[(0, 0, line)]
        )

    def invoice(self) -> int:
        """Post an invoice that has its PDF; return its id."""
        line = {"product_id": self.cup, "quantity": 3, "tax_ids": [(6, 0, [self.tax])]}
        move = self.odoo.create(
            "account.move",
            move_type="out_invoice",
            partner_id=self.customer,
            invoice_date="2026-03-02",
            invoice_line_ids=[(0, 0, line)],
        )
        self.odoo.call("account.move", "action_post", [move])
        paper = BytesIO()
        page = Canvas(paper)
        page.drawString(100, 700, "Lasku")
        page.save()
        file = b64encode(paper.getvalue()).decode()
        self.odoo.write("account.move", move, invoice_pdf_report_file=file)
        return move

    # === BY A SCRIPT === #

    def connect(self, *entities: str, **settings: Any) -> int:
        """Connect the books, go live and send these entities; return the connection."""
        credential = self.odoo.create(
            "ledger.credential",
            name="Tukku key",
            system="procountor",
            environment="custom",
            custom_url=self.world.base_url,
        )
        keys = {name: self.world.credentials[name] for name in KEYS}
        self.odoo.call("ledger.credential", "set_secrets", [credential], keys)
        connection = self.odoo.create(
            "ledger.connection", name="Tukku", credential_id=credential, **settings
        )
        for button in ("action_test_connection", "action_refresh_values"):
            self.odoo.call("ledger.connection", button, [connection])
        flows = self.odoo.find(
            "ledger.flow",
            [
                ("connection_id", "=", connection),
                ("direction", "=", "push"),
                ("entity", "in", entities),
                ("active", "in", [True, False]),
            ],
        )
        policy = {"active": True, "matching_policy": "none"}
        self.odoo.write("ledger.flow", flows, **policy)
        self.odoo.call("ledger.connection", "action_go_live", [connection])
        self.rest()
        return connection

    def close(self) -> None:
        """Delete the connections and all that they know."""
        found = self.odoo.find("ledger.connection", [("system", "=", "procountor")])
        for one in found:
            self.odoo.call("ledger.connection", "action_pause", [one])
        self.work()
        self.odoo.call("ledger.connection", "unlink", found)

    # === MEANWHILE === #

    def work(self) -> None:
        """Wait until no job is left."""

        def over() -> bool:
            self.database.wake_lanes()
            return not self.odoo.count("ledger.sync.job", OPEN)

        until("all jobs are over", over)

    def rest(self) -> None:
        """Let no flow begin by itself before an hour has passed.

        Who confirms an order is to see that it waits, and sends it by hand.
        """
        self.database.rows(_LATER_ON)
        self.work()

    def name_of(self, order: int) -> str:
        """Return the number of an order."""
        return self.odoo.read("sale.order", [("id", "=", order)], "name")[0]["name"]

    def change(self, order: int, quantity: int) -> None:
        """Let the customer of a confirmed order want another quantity."""
        lines = self.odoo.find("sale.order.line", [("order_id", "=", order)])
        self.odoo.write("sale.order.line", lines, product_uom_qty=quantity)

    def invoices_there(self) -> list[dict[str, Any]]:
        """Return the invoices in Procountor, oldest first."""
        found = self.world.objects("invoices")
        return sorted(found, key=lambda one: int(one["id"]))
