# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Procountor books in the sandbox, in the words of the conformance suite."""

from odoo.addons.ledger_connector_base.tests.common import sandbox
from odoo.addons.ledger_connector_base.tests.stand_in import StandIn

NOTHING = '{"results": [], "meta": {"pageNumber": 0, "resultCount": 0}}'
NOT_FOUND = {"errors": [{"status": 404, "message": "Business partner not found."}]}
REFUSED = {"errors": [{"status": 400, "message": "Value is not allowed."}]}
_TABLES = {
    "customers": "businesspartners",
    "products": "products",
    "invoices": "invoices",
}
_SECRETS = ("client_id", "client_secret", "api_key")
_WRITING = ("POST", "PUT", "PATCH", "DELETE")
#: A rate to the books' currency; which one does not matter to the suite.
_FOREIGN = 0.1


class ProcountorBooks(StandIn):
    """A company of its own that keeps its books in the suite's currency."""

    system = "procountor"
    customer_list = r"/businesspartners$"
    product_list = r"/products$"
    bad_field = {"errors": [{"status": 400, "message": "Unknown parameter x."}]}
    customer_writes = r"/businesspartners(/\d+)?$"
    invoice_writes = r"/invoices$"
    login = r"/oauth/token$"
    tax_code = "1:25"
    batch = 1
    #: (§4) Customers are changed by PATCH.
    writing = ("POST", "PUT", "PATCH")
    #: (§1) 503 means "slow down" here.
    down = 500
    #: (§1, §8) The vendor has no name for a call.
    names_calls = False

    def __init__(self, **settings):
        self.world = sandbox().world("procountor", **{"limit_second": 0, **settings})
        self.base_url = self.world.base_url
        self._given = set()
        self._serial = 5000
        self.credentials = {name: self.world.credentials[name] for name in _SECRETS}
        self._note_secrets()
        values = {"currency": "NOK", "default_channel": "NO_SENDING"}
        self.world.do("company_settings", values=values)
        self.world.do("vat_percent", percent=25)

    def _note_secrets(self):
        # The client id is no secret: people have to enter it in Procountor.
        self._given |= {self.credentials[name] for name in _SECRETS[1:]}

    def close(self):
        self.world.drop()

    # === BOOKS === #

    def seed(self, **counts):
        names = {"customers": "partners"}
        self.world.seed(**{names.get(key, key): x for key, x in counts.items()})

    @staticmethod
    def _customer(values):
        """The vendor's fields of what the suite says of a customer."""
        info = {
            "identifier": values.get("business_id"),
            "email": values.get("email"),
        }
        made = {"invoicingInfo": {k: v for k, v in info.items() if v is not None}}
        if "name" in values:
            made["name"] = values["name"]
        if "zip" in values:
            made["address"] = {"zip": values["zip"]}
        if "description" in values:
            made["additionalInfo"] = {"comments1": values["description"]}
        return made

    def add_customer(self, name, **values):
        self._serial += 1
        customer = self.world.add(
            "businesspartners",
            name=f"Customer {self._serial}",
            type="CUSTOMER",
            address={"name": "Customer", "zip": "0150", "city": "Oslo"},
            invoicingInfo={"customerNumber": str(self._serial)},
            paymentInfo={"paymentMethod": "BANK_TRANSFER"},
        )
        # As a person would: the suite's names are no concern of the vendor's rules.
        self.change_customer(customer["id"], name=name, **values)
        return str(customer["id"])

    def change_customer(self, external_id, **values):
        self.world.do(
            "update",
            resource="businesspartners",
            id=int(external_id),
            values=self._customer(values),
        )

    def delete_customer(self, external_id):
        self.world.delete("businesspartners", int(external_id))

    def add_product(self, name, **values):
        self._serial += 1
        status, percent = (values.get("tax") or self.tax_code).split(":")
        product = {
            "type": "SALES",
            "name": name,
            "code": values.get("number") or f"T{self._serial}",
            "unit": "PIECE",
            "discount": 0,
            "price": values.get("price", 0),
            "vat": float(percent),
            "vatStatus": int(status),
            "active": True,
            "currency": "NOK",
        }
        added = self.world.do("add", resource="products", values=product)
        return str(added["id"])

    def add_invoice(self, customer, lines, **values):
        currency = values.get("currency", "NOK")
        name = self._object("customers", customer)["name"]
        return str(
            self.world.add(
                "invoices",
                type="SALES_INVOICE",
                date=values.get("date", "2026-01-15"),
                partnerId=int(customer),
                counterParty={
                    "counterPartyAddress": {"name": name, "country": "NORWAY"}
                },
                paymentInfo={
                    "paymentMethod": "BANK_TRANSFER",
                    "currency": currency,
                    "currencyRate": 1 if currency == "NOK" else _FOREIGN,
                    "bankAccount": {"accountNumber": self.world.credentials["iban"]},
                    "dueDate": values.get("due", "2026-01-29"),
                    "bankReferenceCode": "",
                },
                extraInfo={"accountingByRow": True, "unitPricesIncludeVat": False},
                discountPercent=0,
                invoiceRows=[self._row(*line) for line in lines],
                vatStatus=1,
                invoiceChannel="NO_SENDING",
                language="FINNISH",
            )["id"]
        )

    @staticmethod
    def _row(text, quantity, price, tax, product):
        status, percent = tax.split(":")
        row = {
            "product": text,
            "quantity": quantity,
            "unit": "PIECE",
            "unitPrice": price,
            "discountPercent": 0,
            "vatPercent": float(percent),
            "vatStatus": int(status),
        }
        return {**row, "productId": int(product)} if product else row

    def credit(self, invoice):
        return str(self.world.credit_invoice(int(invoice))["id"])

    def pay(self, invoice, amount=None):
        if self._object("invoices", invoice)["status"] == "UNFINISHED":
            self.world.do("set_status", id=int(invoice), status="APPROVED")
        self.world.pay_invoice(int(invoice), amount)

    def change_invoice(self, invoice):
        rows = self._object("invoices", invoice)["invoiceRows"]
        rows[0]["quantity"] = 77
        self.world.update("invoices", int(invoice), invoiceRows=rows)

    def hide_customer(self, customer):
        self.world.fault(self.customer_list, method="GET", text=NOTHING)
        path = rf"/businesspartners/(\d+,)*{customer}(,\d+)*$"
        self.world.fault(path, method="GET", status=404, body=NOT_FOUND)

    def totals(self, invoice):
        sums = self._object("invoices", invoice)["invoiceSumInfo"][-1]
        return abs(sums["excludingVatTotal"]), abs(sums["invoiceSumTotal"])

    def misstate_totals(self):
        sums = {"excludingVatTotal": 0.01, "vatSumTotal": 0, "invoiceSumTotal": 0.01}
        wrong = {"currency": "NOK", "inAccountingCurrency": True, **sums}
        path = r"/invoices/\d+$"
        self.world.fault(path, method="GET", set_top={"invoiceSumInfo": [wrong]})

    def count(self, what):
        found = self.world.objects(_TABLES[what])
        if what == "customers":
            found = [one for one in found if one["registryInfo"]["active"]]
        return len(found)

    def _object(self, what, external_id):
        return self.world.object(_TABLES[what], int(external_id))

    # === WHAT WAS WRITTEN THERE === #

    def find_customer(self, external_id):
        found = self._object("customers", external_id)
        return found and {
            "name": found["name"],
            "email": found["invoicingInfo"].get("email"),
            "street": found.get("address", {}).get("street"),
            "business_id": found["invoicingInfo"].get("identifier"),
            "active": found["registryInfo"]["active"],
            "version": found["version"],
        }

    def find_product(self, external_id):
        found = self._object("products", external_id)
        return found and {
            "name": found["name"],
            "number": found.get("code"),
            "price": found["price"],
            "active": found["active"],
        }

    def find_invoice(self, external_id):
        found = self._object("invoices", external_id)
        untaxed, total = self.totals(external_id)
        info = found["paymentInfo"]
        return {
            "customer": str(found.get("partnerId") or ""),
            "date": found["date"],
            "due": info["dueDate"],
            "currency": info["currency"],
            "untaxed": untaxed,
            "total": total,
            "is_credit": found["invoiceSumInfo"][-1]["invoiceSumTotal"] < 0,
            "credits": self._credited(found),
            "lines": [self._line(row) for row in found["invoiceRows"]],
        }

    @staticmethod
    def _line(row):
        return {
            "text": row["product"],
            "quantity": row["quantity"],
            "price": row["unitPrice"],
            "discount": row["discountPercent"],
            "product": str(row.get("productId") or ""),
        }

    def _credited(self, note):
        """Return the id of the invoice that a credit note names by its number."""
        text = f"{note.get('additionalInformation', '')} {note.get('orderReference')}"
        words = {word.strip(".,:;()") for word in text.split()}
        for one in self.world.objects("invoices"):
            numbers = {str(one["invoiceNumber"]), one.get("originalInvoiceNumber")}
            if one["id"] != note["id"] and numbers & words:
                return str(one["id"])
        return ""

    def names(self, what):
        return sorted(one["name"] for one in self.world.objects(_TABLES[what]))

    def mails(self):
        return self.world.outbox()

    def bill(self, invoice):
        return self._object("invoices", invoice)["originalInvoiceNumber"]

    # === FAULTS === #

    def revoke(self):
        self.world.revoke_key()

    def new_credentials(self):
        self.credentials = {**self.credentials, "api_key": self.world.do("new_key")}
        self._note_secrets()
        return self.credentials

    def expire_sessions(self):
        self.world.expire_sessions()

    def remove_right(self, restore=False):
        self.world.remove_right("customerRegister", restore=restore)

    def fault(self, path, **action):
        self.world.fault(path, **action)

    def stumble(self, name):
        self.world.fault(method=list(_WRITING), contains=name, status=500)

    def refuse(self, text):
        """The vendor has 400 for it, and no 422."""
        methods = list(_WRITING)
        self.world.fault(method=methods, contains=text, status=400, body=REFUSED)

    def clear_faults(self):
        self.world.clear_faults()

    def calls(self, path=""):
        return self.world.count_calls(path=path or None)

    def writes(self, path=""):
        called = [
            call
            for method in _WRITING
            for call in self.world.calls(path=path or None, method=method)
        ]
        return sum("/oauth/" not in call["path"] for call in called)

    def forget_calls(self):
        self.world.clear_calls()

    def secret_values(self):
        return sorted(self._given)
