# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Fills a company's books with believable data."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from ..seed import nordic, numbers
from . import money
from .books import Books
from .fields import Record
from .invoicing import Invoicing
from .parties import Parties

# how often an outgoing VAT type is met; 25 % most of all
VAT_MIX = (3,) * 12 + (31,) * 3 + (32, 5, 6)
CURRENCY_IDS = {"NOK": 1, "SEK": 2, "DKK": 3, "EUR": 5}


class Seeder:
    """Makes data in one company's books; the same seed gives the same data."""

    def __init__(
        self, books: Books, settings: dict[str, Any], today: date, seed: int
    ) -> None:
        self._books = books
        self._random = Random(f"{seed}/{books.id}")
        self._today = today
        self._parties = Parties(books, settings, strict=False)
        self._invoicing = Invoicing(books, settings)
        self._countries = {
            record["isoAlpha2Code"]: record["id"]
            for record in books.table("Country").values()
        }

    def customers(self, count: int, also_suppliers: int, inactive: int) -> None:
        """Add customers; the first `also_suppliers` of them are suppliers too."""
        for place in range(count + inactive):
            values = self._party(place)
            values["isSupplier"] = place < also_suppliers
            values["isInactive"] = place >= count
            values["invoicesDueIn"] = self._random.choice((10, 14, 14, 14, 30))
            self._parties.add("Customer", _without_blanks(values))

    def suppliers(self, count: int) -> None:
        """Add suppliers that are no customers."""
        for place in range(count):
            values = self._party(100_000 + place)
            account = numbers.norwegian_account(self._random)
            country = {"id": self._countries["NO"]}
            bank = {"bban": account, "iban": "", "bic": "", "country": country}
            values["bankAccountPresentation"] = [bank]
            self._parties.add("Supplier", _without_blanks(values))

    def _party(self, place: int) -> Record:
        party = nordic.make_party(self._random, place)
        address = {
            "addressLine1": party.street,
            "postalCode": party.zip,
            "city": party.city,
            "country": {"id": self._countries[party.land.code]},
        }
        return {
            "name": party.name,
            "organizationNumber": party.org_number,
            "email": party.email,
            "invoiceEmail": party.email if self._random.random() < 0.3 else "",
            "phoneNumber": party.phone,
            "phoneNumberMobile": party.mobile,
            "isPrivateIndividual": party.private,
            "language": "NO" if party.land.code == "NO" else "EN",
            "currency": CURRENCY_IDS[party.land.currency],
            "postalAddress": address,
            "physicalAddress": dict(address) if self._random.random() < 0.5 else None,
        }

    def contacts(self, count: int) -> None:
        """Add contact persons of companies among the customers."""
        customers = [
            record["id"]
            for record in self._books.table("Customer").values()
            if not record.get("isPrivateIndividual")
        ]
        for place in range(count if customers else 0):
            first, last = nordic.person_name(self._random)
            land = nordic.LANDS["NO"]
            values = {
                "firstName": first,
                "lastName": last,
                "email": nordic.mail_address(f"{first} {last}", place),
                "phoneNumberMobile": nordic.phone(self._random, land),
                "customer": self._random.choice(customers),
            }
            self._books.add("Contact", values)

    def products(self, count: int) -> None:
        """Add goods and services with prices, units, VAT types and EANs."""
        units = [record["id"] for record in self._books.table("ProductUnit").values()]
        first = len(self._books.table("Product")) + 1
        for place in range(first, first + count):
            service = self._random.random() < 0.15
            name = nordic.product_name(self._random, place)
            if service:
                name = f"{self._random.choice(nordic.SERVICES)} {place}"
            vat = 3 if service else self._random.choice(VAT_MIX)
            price = money.cents(Decimal(self._random.randrange(900, 900_000)) / 100)
            share = 1 + money.decimal(self._invoicing.percentage(vat)) / 100
            cost = money.cents(price * Decimal(self._random.randrange(40, 80)) / 100)
            values = {
                "name": name,
                "number": f"P-{10_000 + place}" if self._random.random() < 0.95 else "",
                "ean": "" if service else numbers.ean13(self._random),
                "priceExcludingVatCurrency": money.number(price),
                "priceIncludingVatCurrency": money.number(money.cents(price * share)),
                "costExcludingVatCurrency": money.number(cost),
                "vatType": vat,
                "currency": 1,
                "productUnit": units[1] if service else self._random.choice(units),
                "isStockItem": not service and self._random.random() < 0.6,
                "weight": 0 if service else self._random.randrange(1, 400) / 10,
                "weightUnit": None if service else "kg",
            }
            self._books.add("Product", _without_blanks(values))

    def invoices(self, count: int, credit_notes: int | None = None) -> None:
        """Add charged invoices over the last year, credit notes among them.

        :param count: of invoices and credit notes together
        :param credit_notes: of those; by default one in twenty
        """
        notes = count // 20 if credit_notes is None else credit_notes
        customers = list(self._books.table("Customer").values())
        products = list(self._books.table("Product").values())
        made = []
        for place in range(count - notes):
            age = 365 - 365 * place // max(1, count - notes)
            day = self._today - timedelta(days=age)
            customer = self._random.choice(customers)
            made.append(self._invoice(customer, products, day))
        for invoice in self._random.sample(made, min(notes, len(made))):
            day = date.fromisoformat(invoice["invoiceDate"]) + timedelta(days=3)
            values = {"invoiceDate": min(day, self._today).isoformat()}
            self._invoicing.credit(invoice, {**values, "comment": "Kreditert"})
        for invoice in made:
            if not invoice.get("isCredited"):
                self._maybe_pay(invoice)

    def _invoice(self, customer: Record, products: list[Record], day: date) -> Record:
        currency = customer.get("currency", 1)
        if currency == 1 and self._random.random() < 0.04:
            currency = self._random.choice((CURRENCY_IDS["EUR"], CURRENCY_IDS["SEK"]))
        days = customer.get("invoicesDueIn", 14)
        values = {
            "customer": customer["id"],
            "currency": currency,
            "orderDate": day.isoformat(),
            "deliveryDate": day.isoformat(),
            "invoicesDueIn": days,
        }
        lines = [
            self._line(products, currency) for _n in range(self._random.randrange(1, 6))
        ]
        order = self._invoicing.order(values, lines)
        due = (day + timedelta(days=days)).isoformat()
        dates = {"invoiceDate": day.isoformat(), "invoiceDueDate": due}
        return self._invoicing.invoice([order], dates)

    def _line(self, products: list[Record], currency: int) -> Record:
        abroad = currency != 1
        line: Record = {
            "count": self._random.choice((1, 1, 2, 3, 5, 10, 0.5, 2.25)),
            "discount": self._random.choice((0, 0, 0, 0, 10, 12.5)),
        }
        if products and self._random.random() < 0.85:
            product = self._random.choice(products)
            line["product"] = product["id"]
            # people leave the product's name or write their own text
            line["description"] = self._random.choice((product["name"], "", "Tilbud"))
            line["vatType"] = 52 if abroad else product["vatType"]
            price = money.decimal(product["priceExcludingVatCurrency"])
        else:
            line["description"] = self._random.choice(nordic.SERVICES)
            line["vatType"] = 52 if abroad else 3
            price = money.cents(Decimal(self._random.randrange(5_000, 150_000)) / 100)
        if currency == CURRENCY_IDS["EUR"]:
            price = money.cents(price / 11)
        line["unitPriceExcludingVatCurrency"] = money.number(price)
        return line

    def supplier_invoices(self, count: int) -> None:
        """Add bills of suppliers, half of them open."""
        suppliers = list(self._books.table("Supplier").values())
        for place in range(count if suppliers else 0):
            day = self._today - timedelta(days=self._random.randrange(1, 365))
            net = money.cents(Decimal(self._random.randrange(5_000, 900_000)) / 100)
            gross = money.cents(net * Decimal("1.25"))
            amounts = {"amount": gross, "amountExcludingVat": net}
            values = {name: money.number(-value) for name, value in amounts.items()}
            values |= {f"{k}Currency": v for k, v in list(values.items())}
            bill = {
                "invoiceNumber": str(20_000 + place),
                "invoiceDate": day.isoformat(),
                "invoiceDueDate": (day + timedelta(days=14)).isoformat(),
                "supplier": self._random.choice(suppliers)["id"],
                "kidOrReceiverReference": numbers.kid(place, 20_000 + place),
                "currency": 1,
                "outstandingAmount": values["amount"] if place % 2 else 0,
            }
            self._books.add("SupplierInvoice", {**values, **bill})

    def _maybe_pay(self, invoice: Record) -> None:
        chance = self._random.random()
        if chance > 0.7:
            return
        bank = list(self._books.table("PaymentType").values())[-1]
        amount = money.decimal(invoice["amountCurrencyOutstanding"])
        if chance > 0.6:
            amount = money.cents(amount / 2)
        day = date.fromisoformat(invoice["invoiceDueDate"])
        self._invoicing.pay(invoice, min(day, self._today).isoformat(), bank, amount)


def _without_blanks(values: Record) -> Record:
    """Return only what differs from a blank: sparse records keep memory small."""
    return {key: value for key, value in values.items() if value or value == 0}
