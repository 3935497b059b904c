# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Tripletex books in the sandbox, in the words of the conformance suite."""

from odoo.addons.ledger_connector_base.tests.common import sandbox
from odoo.addons.ledger_connector_base.tests.stand_in import StandIn

#: The answer of a list that finds nothing.
NOTHING = (
    '{"fullResultSize": 0, "from": 0, "count": 0, "versionDigest": null, "values": []}'
)
CURRENCIES = {"NOK": 1, "SEK": 2, "EUR": 5}


class TripletexBooks(StandIn):
    """A world of its own; given out tokens are found in ``secret_values``."""

    system = "tripletex"
    customer_list = r"^/customer$"
    product_list = r"^/product$"
    bad_field = {"status": 400, "code": 11000, "message": "Illegal field: noSuchField"}
    customer_writes = r"^/customer(/list|/\d+)?$"
    invoice_writes = r"^/invoice(/list)?$|createCreditNote"
    login = r"^/token/session/"
    tax_code = "3"

    def __init__(self, **settings):
        self.world = sandbox().world("tripletex", **settings)
        self.base_url = self.world.base_url
        self._given = set()
        self._note_credentials()

    def _note_credentials(self):
        keys = ("consumer_token", "employee_token")
        self.credentials = {key: self.world.credentials[key] for key in keys}
        self._given |= set(self.credentials.values())

    def close(self):
        self.world.drop()

    # === BOOKS === #

    def seed(self, **counts):
        self.world.seed(**counts)

    @staticmethod
    def _customer(values):
        names = {"business_id": "organizationNumber"}
        address = {"city": "Oslo", "postalCode": values.pop("zip", "0150")}
        renamed = {names.get(key, key): value for key, value in values.items()}
        return {"postalAddress": address, **renamed}

    def add_customer(self, name, **values):
        return str(
            self.world.add("customer", name=name, **self._customer(values))["id"]
        )

    def change_customer(self, external_id, **values):
        names = {"business_id": "organizationNumber"}
        renamed = {names.get(key, key): value for key, value in values.items()}
        self.world.update("customer", int(external_id), **renamed)

    def delete_customer(self, external_id):
        self.world.delete("customer", int(external_id))

    def add_product(self, name, **values):
        body = {"name": name, "priceExcludingVatCurrency": values.get("price", 0)}
        if "number" in values:
            body["number"] = values["number"]
        if "tax" in values:
            body["vatType"] = {"id": int(values["tax"])}
        return str(self.world.add("product", **body)["id"])

    def add_invoice(self, customer, lines, **values):
        day = values.get("date", "2026-01-15")
        invoice = self.world.add(
            "invoice",
            customer={"id": int(customer)},
            invoiceDate=day,
            invoiceDueDate=values.get("due", "2026-01-29"),
            currency={"id": CURRENCIES[values.get("currency", "NOK")]},
            orderLines=[self._line(*line) for line in lines],
        )
        return str(invoice["id"])

    @staticmethod
    def _line(text, quantity, price, tax, product):
        line = {
            "description": text,
            "count": quantity,
            "unitPriceExcludingVatCurrency": price,
            "vatType": {"id": int(tax)},
        }
        return {**line, "product": {"id": int(product)}} if product else line

    def credit(self, invoice):
        return str(self.world.credit_invoice(int(invoice))["id"])

    def pay(self, invoice, amount=None):
        self.world.pay_invoice(int(invoice), amount)

    def change_invoice(self, invoice):
        found = self.world.object("invoice", int(invoice), fields="orderLines(id)")
        line = found["orderLines"][0]["id"]
        self.world.update("order/orderline", line, count=77)

    def hide_customer(self, customer):
        self.world.fault(r"^/customer$", text=NOTHING)
        self.world.fault(rf"^/customer/{customer}$", status=404, body={"status": 404})

    def totals(self, invoice):
        found = self.world.object("invoice", int(invoice))
        names = ("amountExcludingVatCurrency", "amountCurrency")
        return tuple(abs(found[name]) for name in names)

    def misstate_totals(self):
        self.world.fault(r"^/invoice$", set_fields={"amountCurrency": 0.01})

    def count(self, what):
        counts = self.world.counts()
        names = {"customers": "customer_active", "products": "product"}
        return counts[names.get(what, what.removesuffix("s"))]

    # === WHAT WAS WRITTEN THERE === #

    def find_customer(self, external_id):
        fields = "*,postalAddress(*)"
        found = self.world.object("customer", int(external_id), fields=fields)
        return found and {
            "name": found["name"],
            "email": found["email"],
            "street": (found["postalAddress"] or {}).get("addressLine1"),
            "business_id": found["organizationNumber"],
            "active": not found["isInactive"],
            "version": str(found["version"]),
        }

    def find_product(self, external_id):
        found = self.world.object("product", int(external_id))
        return found and {
            "name": found["name"],
            "number": found["number"],
            "price": found["priceExcludingVatCurrency"],
            "active": not found["isInactive"],
        }

    def find_invoice(self, external_id):
        fields = (
            "*,customer(id),currency(code),orderLines(*,product(id)),orders(number)"
        )
        found = self.world.object("invoice", int(external_id), fields=fields)
        untaxed, total = self.totals(external_id)
        return found and {
            "customer": str(found["customer"]["id"]),
            "date": found["invoiceDate"],
            "due": found["invoiceDueDate"],
            "currency": found["currency"]["code"],
            "untaxed": untaxed,
            "total": total,
            "is_credit": found["isCreditNote"],
            "credits": str(found["creditedInvoice"] or ""),
            "lines": [
                {
                    "text": line["description"],
                    "quantity": line["count"],
                    "price": line["unitPriceExcludingVatCurrency"],
                    "discount": line["discount"],
                    "product": str((line["product"] or {}).get("id") or ""),
                }
                for line in found["orderLines"]
            ],
        }

    def orders(self):
        """Return the numbers of all orders, sorted."""
        return sorted(one["number"] for one in self.world.objects("order"))

    def names(self, what):
        found = self.world.objects(what.removesuffix("s"), fields="name")
        return sorted(one["name"] for one in found)

    def mails(self):
        return self.world.outbox()

    def bill(self, invoice):
        found = self.world.object("invoice", int(invoice), fields="orders(number)")
        return found["orders"][0]["number"]

    # === FAULTS === #

    def revoke(self):
        self.world.revoke_key()

    def new_credentials(self):
        self.world.revoke_key(restore=True)
        self.world.recover_key()
        self._note_credentials()
        return self.credentials

    def expire_sessions(self):
        self.world.expire_sessions()

    def remove_right(self, restore=False):
        self.world.remove_right("AUTH_CUSTOMER_ADMIN", restore=restore)

    def fault(self, path, **action):
        self.world.fault(path, **action)

    def stumble(self, name):
        self.world.fault(method=["POST", "PUT"], contains=name, status=500)

    def refuse(self, text):
        body = {"status": 422, "code": 18000, "message": "Validering feilet."}
        methods = ["POST", "PUT"]
        self.world.fault(method=methods, contains=text, status=422, body=body)

    def clear_faults(self):
        self.world.clear_faults()

    def calls(self, path=""):
        return self.world.count_calls(path=path or None)

    def writes(self, path=""):
        methods = ("POST", "PUT", "DELETE")
        called = [
            call
            for method in methods
            for call in self.world.calls(path=path or None, method=method)
        ]
        return sum("/token/" not in call["path"] for call in called)

    def forget_calls(self):
        self.world.clear_calls()

    def secret_values(self):
        return sorted(self._given)
