# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""SmartAccounts books in the sandbox, in the words of the conformance suite."""

import json
from datetime import date

from odoo.addons.ledger_connector_base.tests.common import sandbox
from odoo.addons.ledger_connector_base.tests.stand_in import StandIn

#: Article of lines that name no product; the suite does not know of it.
ANYTHING = "MUU"
_SERVICES = {
    "customers": "clients",
    "products": "articles",
    "invoices": "clientinvoices",
}


class SmartAccountsBooks(StandIn):
    """A company of its own, whose pages are as small as the suite's."""

    system = "smartaccounts"
    customer = "client"
    product = "article"
    invoice = "client_invoice"
    customer_list = r"/clients:get$"
    product_list = r"/articles:get$"
    bad_field = {"errors": [{"code": "UNKNOWN", "message": "Unknown parameter x"}]}
    customer_writes = r"/clients:(add|edit)$"
    invoice_writes = r"/clientinvoices:add$"
    #: There are no sessions: each call is signed.
    login = r"/no-such-service$"
    tax_code = "24"
    batch = 1
    #: A 503 without a reason lets the calls themselves rest.
    down = 500
    #: The vendor has no name for a call.
    names_calls = False

    def __init__(self, **settings):
        known = {"limit_minute": 0, "limit_day": 0, "page_size": 20, **settings}
        self.world = sandbox().world("smartaccounts", **known)
        self.base_url = self.world.base_url
        self._given = set()
        self._note_credentials()
        self._anything = False

    def anything(self):
        """Return the code of the article that lines without a product have."""
        if not self._anything:
            self._anything = True
            self.world.add("articles", code=ANYTHING, description="Muu", type="SERVICE")
        return ANYTHING

    def _note_credentials(self):
        names = ("public_key", "secret_key")
        self.credentials = {name: self.world.credentials[name] for name in names}
        self._given |= set(self.credentials.values())

    def close(self):
        self.world.drop()

    # === BOOKS === #

    def seed(self, **counts):
        names = {"customers": "clients", "products": "articles"}
        names["invoices"] = "client_invoices"
        self.world.seed(**{names.get(key, key): x for key, x in counts.items()})

    @staticmethod
    def _client(values):
        names = {"business_id": "regCode", "description": "comment"}
        made = {names.get(key, key): value for key, value in values.items()}
        if "email" in made:
            made["contacts"] = [{"type": "EMAIL", "value": made.pop("email")}]
        if "zip" in made:
            made["address"] = {"city": "Tallinn", "postalCode": made.pop("zip")}
        return made

    def add_customer(self, name, **values):
        return self.world.add("clients", name=name, **self._client(values))["id"]

    def change_customer(self, external_id, **values):
        if values.get("name") == "":
            # No screen there lets it happen; a broken answer may.
            self._show_without_name(external_id)
            return
        self.world.clear_faults()
        self.world.update("clients", external_id, **self._client(values))

    def _show_without_name(self, external_id):
        shown = [
            {**one, "name": "" if one["id"] == external_id else one["name"]}
            for one in self.world.objects("clients")
        ]
        text = json.dumps({"clients": shown, "hasMoreEntries": False})
        self.world.fault(self.customer_list, text=text)

    def delete_customer(self, external_id):
        self.world.delete("clients", external_id)

    def add_product(self, name, **values):
        self._codes = getattr(self, "_codes", 0) + 1
        body = {
            "code": values.get("number") or f"T{self._codes:03}",
            "description": name,
            "type": "PRODUCT",
            "vatPc": values.get("tax") or self.tax_code,
            "priceSales": values.get("price", 0),
        }
        return self.world.add("articles", **body)["code"]

    def add_invoice(self, customer, lines, **values):
        return self.world.add(
            "clientinvoices",
            clientId=customer,
            date=self._day(values.get("date", "2026-01-15")),
            dueDate=self._day(values.get("due", "2026-01-29")),
            currency=values.get("currency", "NOK"),
            rows=[self._row(*line) for line in lines],
        )["id"]

    @staticmethod
    def _day(text):
        return date.fromisoformat(text).strftime("%d.%m.%Y")

    @staticmethod
    def _iso(text):
        day, month, year = text.split(".")
        return f"{year}-{month}-{day}"

    def _row(self, text, quantity, price, tax, product):
        return {
            "code": product or self.anything(),
            "description": text,
            "price": price,
            "quantity": quantity,
            "vatPc": tax,
        }

    def credit(self, invoice):
        found = self._invoice(invoice)
        names = ("code", "description", "price", "quantity", "vatPc", "discount")
        rows = [{name: row[name] for name in names} for row in found["rows"]]
        return self.world.add(
            "clientinvoices",
            clientId=found["clientId"],
            date=found["date"],
            currency=found["currency"],
            type="CRE",
            baseForCreditInvoiceId=invoice,
            rows=rows,
        )["id"]

    def _invoice(self, external_id):
        return self.world.object("clientinvoices", external_id)

    def pay(self, invoice, amount=None):
        self.world.pay_invoice(invoice, amount)

    def change_invoice(self, invoice):
        rows = self._invoice(invoice)["rows"]
        names = ("code", "description", "price", "quantity", "vatPc")
        rows = [{name: row[name] for name in names} for row in rows]
        rows[0]["quantity"] = 77
        self.world.update("clientinvoices", invoice, rows=rows)

    def hide_customer(self, customer):
        nothing = '{"clients": [], "hasMoreEntries": false, "deleted": []}'
        self.world.fault(self.customer_list, text=nothing)

    def totals(self, invoice):
        found = self._invoice(invoice)
        return abs(found["amount"]), abs(found["totalAmount"])

    def misstate_totals(self):
        self.world.fault(r"/clientinvoices:get$", set_fields={"totalAmount": 0.01})

    def count(self, what):
        return len(self._objects(what))

    def _objects(self, what):
        found = self.world.objects(_SERVICES[what])
        return [one for one in found if one.get("code") != ANYTHING]

    # === WHAT WAS WRITTEN THERE === #

    def find_customer(self, external_id):
        found = self.world.object("clients", external_id)
        if not found:
            # What is deleted in Odoo can only be deleted here.
            return {"active": False}
        address = found["address"] or {}
        mails = [
            one["value"] for one in found["contacts"] or () if one["type"] == "EMAIL"
        ]
        return {
            "name": found["name"],
            "email": next(iter(mails), None),
            "street": address.get("address1"),
            "business_id": found["regCode"],
            "active": True,
            "version": "",
        }

    def find_product(self, external_id):
        found = self.world.object("articles", external_id)
        return found and {
            "name": found["description"],
            "number": found["code"],
            "price": found["priceSales"],
            "active": found["activeSales"] is not False,
        }

    def find_invoice(self, external_id):
        found = self._invoice(external_id)
        untaxed, total = self.totals(external_id)
        return {
            "customer": found["clientId"],
            "date": self._iso(found["date"]),
            "due": self._iso(found["dueDate"]),
            "currency": found["currency"],
            "untaxed": untaxed,
            "total": total,
            "is_credit": found["type"] == "CRE",
            "credits": found["baseForCreditInvoiceId"] or "",
            "lines": [
                {
                    "text": row["description"],
                    "quantity": row["quantity"],
                    "price": row["price"],
                    "discount": row["discount"] or 0,
                    "product": row["code"],
                }
                for row in found["rows"]
            ],
        }

    def rounded(self, invoice):
        """Return what was booked as rounding of an invoice."""
        return self._invoice(invoice)["roundAmount"]

    def names(self, what):
        name = {"customers": "name", "products": "description"}[what]
        return sorted(one[name] for one in self._objects(what))

    def mails(self):
        found = self.world.objects("clientinvoices")
        return [one for one in found if one.get("emailLastSentTo")]

    def bill(self, invoice):
        return self._invoice(invoice)["invoiceNumber"]

    # === FAULTS === #

    def revoke(self):
        self.world.revoke_key()

    def new_credentials(self):
        self.world.change_keys()
        self._note_credentials()
        return self.credentials

    def expire_sessions(self):
        """There are none."""

    def remove_right(self, restore=False):
        self.world.remove_right("purchasesales/clients", restore=restore)

    def fault(self, path, **action):
        self.world.fault(path, **action)

    def stumble(self, name):
        self.world.fault(method="POST", contains=name, status=500)

    def refuse(self, text):
        body = {"errors": [{"code": "NOT-VALID", "message": "Kontrolli arvet"}]}
        self.world.fault(method="POST", contains=text, status=400, body=body)

    def clear_faults(self):
        self.world.clear_faults()

    def calls(self, path=""):
        return self.world.count_calls(path=path or None)

    def writes(self, path=""):
        return self.world.count_calls(path=path or None, method="POST")

    def forget_calls(self):
        self.world.clear_calls()

    def secret_values(self):
        return sorted(self._given)
