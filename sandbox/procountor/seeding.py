# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Data of a Finnish wholesaler: customers, products, invoices."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import Any

from ..seed.numbers import finnish_business_id
from .books import Record
from .checks import remainder
from .company import Company

STEMS = "Kuusi Mänty Järvi Ranta Pohja Kivi Lumi Karhu Hirvi Koski Niitty Sampo".split()
ENDS = "tukku kauppa rakennus kuljetus myynti huolto varasto paja kahvila".split()
FORMS = ("Oy", "Oy", "Oy", "Tmi", "Ky", "Oyj")
STREETS = "Satamatie Hämeentie Kirkkokatu Työpajankatu Mäkelänkatu Puistokatu".split()
PLACES = (
    *(("00100", "Helsinki"), ("20100", "Turku"), ("33100", "Tampere")),
    *(("90100", "Oulu"), ("40100", "Jyväskylä"), ("70100", "Kuopio")),
)
GOODS = "Kahvikuppi Lautanen Pöytäliina Lyhty Tuoli Hylly Matto Viltti Veitsi".split()
COLOURS = "sininen punainen vihreä harmaa valkoinen musta".split()


def finnish_iban(random: Random) -> str:
    """Return a Finnish account number with right check digits."""
    body = f"2{random.randrange(10**12):012d}0"
    return f"FI{98 - remainder(f'{body}FI00'):02d}{body}"


class Seeder:
    """Makes bodies as a client would send them.

    :param random: what chance is drawn from
    """

    def __init__(self, random: Random) -> None:
        self._random = random

    def address(self, name: str) -> Record:
        """Return an address in Finland."""
        place, city = self._random.choice(PLACES)
        street = f"{self._random.choice(STREETS)} {self._random.randrange(1, 90)}"
        known = {"name": name, "street": street, "zip": place, "city": city}
        return {**known, "country": "FINLAND"}

    def company_name(self, serial: int) -> str:
        """Return a name that no other serial has."""
        stem = STEMS[serial % len(STEMS)]
        end = ENDS[serial // len(STEMS) % len(ENDS)]
        again = serial // (len(STEMS) * len(ENDS))
        more = f" {again + 1}" if again else ""
        return f"{stem}{end}{more} {FORMS[serial % len(FORMS)]}"

    def partner(self, serial: int, kind: str = "CUSTOMER") -> Record:
        """Return a customer or supplier; its number is 1000 and the serial."""
        name = self.company_name(serial)
        info = {
            "customerNumber": str(1000 + serial),
            "identifierType": "FI",
            "identifier": finnish_business_id(self._random),
            "invoiceChannel": "EMAIL",
            "email": f"laskut{serial}@esimerkki.example",
            "language": "FINNISH",
        }
        payment = {
            "paymentMethod": "BANK_TRANSFER",
            "paymentTermDays": "14",
            "currency": "EUR",
        }
        return {
            "name": name,
            "type": kind,
            "address": self.address(name),
            "billingAddress": self.address(name),
            "invoicingInfo": info,
            "paymentInfo": payment,
        }

    def product(self, serial: int) -> Record:
        """Return a product that is sold; its code is KUPPI-1 and so on."""
        goods = GOODS[serial % len(GOODS)]
        colour = COLOURS[serial // len(GOODS) % len(COLOURS)]
        return {
            "type": "SALES",
            "name": f"{goods}, {colour}",
            "code": f"{goods[:5].upper()}-{serial + 1}",
            "unit": "PIECE",
            "discount": 0,
            "price": self._random.randrange(100, 20_000) / 100,
            "vat": 25.5,
            "vatStatus": 1,
            "active": True,
            "currency": "EUR",
        }

    def row(self, product: Record) -> Record:
        """Return a row of a product in the register."""
        found = {"productId": product["id"], "product": product["name"]}
        if "code" in product:
            found["productCode"] = product["code"]
        price = {"unitPrice": product["price"], "discountPercent": 0}
        amount = {"quantity": self._random.randrange(1, 9), "unit": "PIECE"}
        return {**found, **amount, **price, "vatPercent": 25.5}

    def invoice(self, company: Company, serial: int, today: Any) -> Record:
        """Return an invoice of a customer and some products of the register."""
        books = company.books
        day = today - timedelta(days=self._random.randrange(1, 300))
        partner = self._random.choice(
            [
                p
                for p in books.table("businesspartners").values()
                if p["type"] != "PERSON"
            ]
        )
        goods = list(books.table("products").values())
        chosen = [self._random.choice(goods) for _n in range(1 + serial % 3)]
        account = next(iter(books.table("bankaccounts").values()))
        info = partner["invoicingInfo"]
        names = ("identifier", "customerNumber", "email")
        party = {name: info[name] for name in names if name in info}
        return {
            "type": "SALES_INVOICE",
            "date": day.isoformat(),
            "partnerId": partner["id"],
            "counterParty": {**party, "counterPartyAddress": dict(partner["address"])},
            "paymentInfo": {
                "paymentMethod": "BANK_TRANSFER",
                "currency": company.currency,
                "currencyRate": 1,
                "bankAccount": {"accountNumber": account["iban"]},
                "dueDate": (day + timedelta(days=14)).isoformat(),
                "bankReferenceCode": "",
            },
            "extraInfo": {"accountingByRow": True, "unitPricesIncludeVat": False},
            "discountPercent": 0,
            "originalInvoiceNumber": f"OLD{serial + 1:05d}",
            "invoiceRows": [self.row(product) for product in chosen],
            "vatStatus": 1,
            "invoiceChannel": "EMAIL",
            "language": "FINNISH",
        }
