# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Fills the books of a company with believable data."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from . import chart, estonia, tallinn
from .access import Company
from .books import API_USER, Record
from .fields import Resource
from .intake import Intake
from .model import (
    ARTICLES,
    CLIENT_INVOICES,
    CLIENTS,
    PAYMENTS,
    VENDOR_INVOICES,
    VENDORS,
)
from .posting import Ledger
from .writing import Author, Writer

# how often a kind of entry is met, of a hundred
MIX = {
    "CLIENT_INVOICE": 30,
    "VENDOR_INVOICE": 25,
    "BANK_PAYMENT": 30,
    "CASH_PAYMENT": 4,
    "LEDGER_ENTRY": 7,
    "WAREHOUSE_MOVEMENT": 1,
    "VAT_RETURN": 1,
    "PERIOD_DEPRECIATION": 1,
    "PERIOD_SALARY": 1,
}
USERS = ("mari", "mari", "jüri", API_USER)


class Seeder:
    """Makes data in one company's books; the same seed gives the same data."""

    def __init__(self, company: Company, settings: dict[str, Any], seed: int) -> None:
        self._company = company
        self._books = company.books
        # books are filled by the rules of today, whatever the API refuses
        self._settings = {**settings, "unknown_fields": "ignored"}
        self._random = Random(f"{seed}/{company.id}")

    def add(self, resource: Resource, body: Record, moment: datetime) -> Record:
        """Enter an object as a person at the vendor's screens would.

        :param body: as it would be sent
        :param moment: when it is entered, UTC
        """
        user = self._random.choice(USERS)
        author = Author(moment, user, "en", ("PERIOD-LOCKED",))
        writer = Writer(self._company, self._settings, author)
        values = Intake(self._settings).read(resource, "add", body)
        return writer.add(resource, values)

    def parties(self, resource: Resource, count: int, moment: datetime) -> None:
        """Add clients or vendors."""
        first = len(self._books.table(resource)) + 1
        for place in range(first, first + count):
            self.add(resource, estonia.party(self._random, place), moment)

    def articles(self, count: int, moment: datetime) -> None:
        """Add articles."""
        first = len(self._books.table(ARTICLES)) + 1
        for place in range(first, first + count):
            found = self.add(ARTICLES, estonia.article(self._random, place), moment)
            if found["type"] == "WH":
                found["_quantity"] = self._random.randrange(0, 500)

    def invoices(self, resource: Resource, count: int, today: date) -> list[Record]:
        """Add invoices over the last year."""
        made = []
        for place in range(count):
            day = today - timedelta(days=365 - 365 * place // max(1, count))
            made.append(self.invoice(resource, day, self._office_hour(day)))
        return made

    def credits(self, invoices: list[Record], count: int, today: date) -> None:
        """Credit the first invoices, each as a whole."""
        for base in invoices[:count]:
            day = min(base["date"] + timedelta(days=3), today)
            self.credit(base, day, self._office_hour(day))

    def payments(self, invoices: list[Record], count: int, today: date) -> None:
        """Pay the last invoices, each as a whole."""
        for invoice in invoices[max(0, len(invoices) - count) :]:
            day = min(invoice["dueDate"], today)
            self.pay(invoice, day, self._office_hour(day))

    def manual(self, count: int, today: date) -> None:
        """Add manual entries over the last year."""
        for place in range(count):
            day = today - timedelta(days=365 - 365 * place // max(1, count))
            self.bare("LEDGER_ENTRY", day, self._office_hour(day))

    def _office_hour(self, day: date) -> datetime:
        seconds = self._random.randrange(9 * 3600, 17 * 3600)
        return tallinn.at(day) + timedelta(seconds=seconds)

    # single documents

    def invoice(self, resource: Resource, day: date, moment: datetime) -> Record:
        """Add an invoice of one to three rows."""
        sales = resource is CLIENT_INVOICES
        party = self._any(CLIENTS if sales else VENDORS)
        body = {
            "clientId" if sales else "vendorId": party["id"],
            "date": tallinn.day_text(day),
            "currency": "EUR",
            "rows": [self._row() for _n in range(self._random.randrange(1, 4))],
        }
        if not sales:
            serial = self._books.next_in("seeded bill")
            body["invoiceNumber"] = f"{party['name'][:2].upper()}-{serial}"
        return self.add(resource, body, moment)

    def credit(self, base: Record, day: date, moment: datetime) -> Record:
        """Credit a sales invoice."""
        names = ("code", "description", "price", "quantity", "vatPc", "discount")
        body = {
            "clientId": base["clientId"],
            "type": "CRE",
            "baseForCreditInvoiceId": base["id"],
            "date": tallinn.day_text(max(day, base["date"])),
            "entryDate": tallinn.day_text(max(day, base["entryDate"])),
            "currency": base["currency"],
            "rows": [{name: row.get(name) for name in names} for row in base["rows"]],
        }
        return self.add(CLIENT_INVOICES, body, moment)

    def bare(self, kind: str, day: date, moment: datetime) -> Record:
        """Add an entry that has no document in the stand-in."""
        amount = Decimal(self._random.randrange(500, 500_000)) / 100
        user = self._random.choice(USERS)
        return Ledger(self._books).bare(kind, day, amount, moment, user)

    def advance(self, kind: str, day: date, moment: datetime) -> Record:
        """Add a payment of a client, booked as a prepayment."""
        cash = kind == "CASH_PAYMENT"
        amount = self._random.randrange(500, 90_000) / 100
        body = {
            "date": tallinn.day_text(day),
            "partnerType": "CLIENT",
            "clientId": self._any(CLIENTS)["id"],
            "accountType": "CASH" if cash else "BANK",
            "accountName": chart.CASH_NAME if cash else chart.BANK_NAME,
            "currency": "EUR",
            "prepayment": {
                "amount": Decimal(str(amount)),
                "description": "Ettemaks",
            },
        }
        return self.add(PAYMENTS, body, moment)

    def pay(
        self,
        invoice: Record,
        day: date,
        moment: datetime,
        amount: float | None = None,
    ) -> Record:
        """Pay an invoice by bank, by default all that is open."""
        body = self._payment_of(invoice, day)
        if amount is not None:
            body["rows"][0]["amount"] = Decimal(str(amount))
        return self.add(PAYMENTS, body, moment)

    def _payment_of(self, invoice: Record, day: date) -> Record:
        sales = "clientId" in invoice
        name = "clientId" if sales else "vendorId"
        row = {
            "type": "CLIENT_INVOICE" if sales else "VENDOR_INVOICE",
            "id": invoice["id"],
            "amount": abs(invoice["outstandingAmount"]),
        }
        return {
            "date": tallinn.day_text(day),
            "partnerType": "CLIENT" if sales else "VENDOR",
            name: invoice[name],
            "accountType": "BANK",
            "accountName": chart.BANK_NAME,
            "currency": invoice["currency"],
            "rows": [row],
        }

    def _row(self) -> Record:
        article = self._any(ARTICLES)
        return {
            "code": article["code"],
            "description": article["description"],
            "price": article.get("priceSales") or Decimal(10),
            "quantity": self._random.choice((1, 1, 1, 2, 3, 10, Decimal("0.5"))),
            "vatPc": article.get("vatPc") or "24",
        }

    def _any(self, resource: Resource) -> Record:
        """Return one of the objects; if there is none, a first one is made."""
        table = self._books.table(resource)
        if not table:
            moment = tallinn.at(date(2024, 1, 1))
            if resource is ARTICLES:
                self.articles(1, moment)
            else:
                self.parties(resource, 1, moment)
        return self._random.choice(list(table.values()))

    # months

    def month(self, month: str, kinds: dict[str, int], documents: bool) -> list[Record]:
        """Book a month: the first in its first second, the last in its last one.

        :param month: yyyy-MM
        :param kinds: how many entries of each docType
        :param documents: make the invoices and payments behind them too
        """
        first, last = tallinn.month_bounds(month)
        order = [kind for kind, count in kinds.items() for _n in range(count)]
        self._random.shuffle(order)
        step = (last - first) / max(1, len(order) - 1)
        made = []
        for place, kind in enumerate(order):
            moment = last if place and place == len(order) - 1 else first + step * place
            day = tallinn.local(moment).date()
            made.append(self._booking(kind, day, moment, documents))
        return made

    def _booking(
        self, kind: str, day: date, moment: datetime, documents: bool
    ) -> Record:
        if documents and kind in ("CLIENT_INVOICE", "VENDOR_INVOICE"):
            sales = kind == "CLIENT_INVOICE"
            resource = CLIENT_INVOICES if sales else VENDOR_INVOICES
            return self.invoice(resource, day, moment)
        if documents and kind in ("BANK_PAYMENT", "CASH_PAYMENT"):
            return self.advance(kind, day, moment)
        return self.bare(kind, day, moment)

    def spread(self, count: int) -> dict[str, int]:
        """Return how many entries of each kind there are among so many."""
        kinds = self._random.choices(list(MIX), list(MIX.values()), k=count)
        return dict(Counter(kinds))
