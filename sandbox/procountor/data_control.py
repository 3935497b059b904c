# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What tests may do to the books, behind the control door."""

from __future__ import annotations

import json
from datetime import datetime, timezone
from random import Random
from typing import TYPE_CHECKING, Any

from ..wire import Request, dump_json
from . import (
    attachments,
    checks,
    invoices,
    moments,
    money,
    partners,
    payments,
    products,
    transitions,
)
from .access import Grant
from .books import TABLES, Record, plain
from .call import Call
from .company import Company, User
from .model import INVOICE
from .rights import new_rights
from .seeding import Seeder

if TYPE_CHECKING:
    from .system import Procountor

ALIASES = {
    "businesspartners/groups": "partnergroups",
    "products/groups": "productgroups",
}
WRITERS = {
    "invoices": invoices.create,
    "businesspartners": partners.create,
    "partnergroups": partners.write_group,
    "products": products.create,
    "productgroups": products.write_group,
}


def _table(resource: str) -> str:
    """Return the table of a resource.

    :raise KeyError: there is none
    """
    name = ALIASES.get(resource.strip("/"), resource.strip("/"))
    if name not in TABLES:
        raise KeyError(f"unknown resource {resource!r}, known: {TABLES}")
    return name


class DataControls:
    """Actions on books: seed, read back, add, change, remove, pay."""

    def __init__(self, system: Procountor) -> None:
        self._system = system

    def company(self, number: int | None = None) -> Company:
        """Return a company, by default the first one.

        :raise KeyError: there is none of that id
        """
        companies = self._system.access.companies
        return companies[next(iter(companies)) if number is None else int(number)]

    def _call(self, company: Company, body: Any, at: str | None = None) -> Call:
        """Return the call of a person at the vendor's screens, who may do anything."""
        person = User(26_000, "Maija Mallikas", rights=new_rights())
        for group in person.rights.values():
            for name, level in group.items():
                group[name] = level if isinstance(level, bool) else "ALL_RIGHTS"
        client = next(iter(self._system.access.clients.values()))
        request = Request("POST", "", [], {}, dump_json(body))
        grant = Grant(person, company, client)
        return Call(grant, self._system.settings, request, self._moment(at))

    def _moment(self, text: str | None) -> datetime:
        if text is None:
            return self._system.clock.now()
        moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
        if moment.tzinfo is None:
            raise ValueError("the time needs a zone, as in 2026-01-31T21:59:59Z")
        return moment.astimezone(timezone.utc)

    def do_seed(
        self,
        company: int | None = None,
        partners: int = 0,
        suppliers: int = 0,
        products: int = 0,
        invoices: int = 0,
        sent: int = 0,
        paid: int = 0,
        seed: int = 1,
    ) -> dict[str, int]:
        """Fill a company's books; return its counts.

        :param sent: of the invoices, the first so many are sent
        :param paid: of those sent, the first so many are paid by bank
        """
        found = self.company(company)
        seeder = Seeder(Random(f"{seed}"))
        for serial in range(int(partners) + int(suppliers)):
            kind = "CUSTOMER" if serial < int(partners) else "SUPPLIER"
            start = len(found.books.table("businesspartners"))
            body = seeder.partner(start, kind)
            WRITERS["businesspartners"](self._call(found, body))
        for _n in range(int(products)):
            start = len(found.books.table("products"))
            WRITERS["products"](self._call(found, seeder.product(start)))
        made = self._seed_invoices(found, seeder, int(invoices))
        for number in made[: int(sent)]:
            self.do_set_status(number, "SENT", found.id)
        for number in made[: int(paid)]:
            self.do_pay_invoice(number, company=found.id)
        return self.do_counts(found.id)

    def _seed_invoices(self, company: Company, seeder: Seeder, count: int) -> list[int]:
        today = moments.today(self._system.clock.now(), self._system.settings)
        made = []
        for _n in range(count):
            start = len(company.books.table("invoices"))
            body = seeder.invoice(company, start, today)
            made.append(WRITERS["invoices"](self._call(company, body))["id"])
        return made

    def do_counts(self, company: int | None = None) -> dict[str, int]:
        """Return how many records each table has."""
        books = self.company(company).books
        return {name: len(books.table(name)) for name in TABLES}

    def _shown(self, company: Company, record: Record) -> Record:
        found = plain(record)
        if record["_table"] == "invoices":
            found = invoices.show(company.books, record)
        elif record["_table"] == "attachments":
            found = {**attachments.shown(record), "content": record["_content"]}
        return {**found, "_created": record["_created"]}

    def do_objects(
        self, resource: str, company: int | None = None, fields: str = ""
    ) -> list[Record]:
        """Return all records of a table; files of attachments as base64.

        :param fields: names, separated by commas; all if there are none
        """
        own = self.company(company)
        names = [name for name in fields.split(",") if name]
        shown = [
            self._shown(own, r) for r in own.books.table(_table(resource)).values()
        ]
        if not names:
            return shown
        return [{name: record.get(name) for name in names} for record in shown]

    def do_object(
        self, resource: str, id: int, company: int | None = None, fields: str = ""
    ) -> Record | None:
        """Return one record, or null."""
        own = self.company(company)
        record = own.books.find(_table(resource), int(id))
        if record is None:
            return None
        found = self._shown(own, record)
        names = [name for name in fields.split(",") if name]
        return {name: found.get(name) for name in names} if names else found

    def do_add(
        self,
        resource: str,
        values: Record,
        company: int | None = None,
        at: str | None = None,
    ) -> Record:
        """Enter a record, given as in a body of the vendor's; rules hold.

        :param at: when (ISO with a zone); now if left out
        """
        own, name = self.company(company), _table(resource)
        call = self._call(own, values, at)
        if name == "bankaccounts":
            return self.add_bank_account(own, values, call.now)
        if name not in WRITERS:
            raise KeyError(f"{resource} cannot be added here")
        return WRITERS[name](call)

    def add_bank_account(
        self, company: Company, given: Record, now: datetime
    ) -> Record:
        """Take in an account number of the company's own."""
        if not checks.is_iban(given["iban"]):
            raise ValueError(f"{given['iban']} is no IBAN")
        default = {
            "accountNumber": given["iban"][4:],
            "bic": "NDEAFIHH",
            "bankName": "Nordea",
            "currency": company.currency,
            "defaultForInvoice": False,
            "defaultForPayment": False,
            "status": "ACTIVE",
            "orderNo": len(company.books.table("bankaccounts")) + 1,
        }
        return plain(company.books.add("bankaccounts", {**default, **given}, now))

    def do_update(
        self,
        resource: str,
        id: int,
        values: Record,
        company: int | None = None,
        at: str | None = None,
    ) -> Record:
        """Change some values as a person would, in any status; no rules are checked.

        :param values: objects are merged, lists replaced
        :param at: when (ISO with a zone); now if left out
        """
        own = self.company(company)
        record = own.books.table(_table(resource))[int(id)]
        _merge(record, values)
        call = self._call(own, {}, at)
        if record["_table"] == "invoices":
            invoices.complete(call, record)
        own.books.touch(record, call.now)
        return self._shown(own, record)

    def do_delete(
        self,
        resource: str,
        id: int,
        company: int | None = None,
        at: str | None = None,
    ) -> None:
        """Remove a record; what points to it stays."""
        self.company(company).books.remove(_table(resource), int(id))

    def do_set_status(
        self,
        id: int,
        status: str,
        company: int | None = None,
        at: str | None = None,
    ) -> Record:
        """Let a person move an invoice, by the ways that the vendor has.

        :param status: APPROVED (or NOT_SENT), SENT, UNFINISHED, INVALIDATED
        """
        own = self.company(company)
        call = self._call(own, {}, at)
        invoice = own.books.table("invoices")[int(id)]
        ways = {
            "UNFINISHED": [transitions.unfinish],
            "INVALIDATED": [transitions.invalidate],
            "SENT": [transitions.send],
        }.get(status, [])
        fresh = invoice["status"] == "UNFINISHED"
        if fresh and status in ("APPROVED", "NOT_SENT", "SENT"):
            ways = [transitions.approve, *ways]
        for way in ways:
            way(call, str(id))
        return self._shown(own, invoice)

    def do_pay_invoice(
        self,
        id: int,
        amount: float | None = None,
        day: str | None = None,
        company: int | None = None,
        at: str | None = None,
    ) -> Record:
        """Let a payment come in by bank, by default of all that is open.

        :param amount: in the invoice's currency
        :param day: yyyy-MM-dd; today if left out
        :return: the invoice
        """
        own, now = self.company(company), self._moment(at)
        invoice = own.books.table("invoices")[int(id)]
        if invoice["status"] not in payments.OPEN:
            raise ValueError(f"an invoice that is {invoice['status']} cannot be paid")
        settings = self._system.settings
        left = payments.open_amount(own.books, invoice)
        paid = left if amount is None else money.exact(amount)
        when = day or moments.today(now, settings).isoformat()
        payer = payments.Payer(own, settings, now)
        payer.pay(invoice, paid, when, "REFERENCEPAYMENT", "")
        return self._shown(own, invoice)

    def do_credit_invoice(
        self, id: int, day: str | None = None, company: int | None = None
    ) -> Record:
        """Let a person make the credit note of an invoice: a new one, turned round.

        :param day: yyyy-MM-dd; today if left out
        :return: the credit note, unfinished; nothing links it to the invoice
        """
        own, settings = self.company(company), self._system.settings
        old = own.books.table("invoices")[int(id)]
        when = day or moments.today(self._system.clock.now(), settings).isoformat()
        body = {name: old[name] for name in INVOICE if name in old}
        body = json.loads(json.dumps(body))
        for row in body["invoiceRows"]:
            row["quantity"] = -row["quantity"]
            del row["id"]
        body["date"] = body["paymentInfo"]["dueDate"] = when
        if "bankReferenceCode" in body["paymentInfo"]:
            body["paymentInfo"]["bankReferenceCode"] = ""
        text = f"Hyvityslasku laskulle {old['invoiceNumber']}"
        return WRITERS["invoices"](
            self._call(own, {**body, "additionalInformation": text})
        )

    def do_confirm_removal(self, id: int, company: int | None = None) -> None:
        """Let a person confirm in the app that a payment is to be deleted.

        :raise KeyError: nobody asked for that
        """
        own = self.company(company)
        event = own.books.table("paymentevents")[int(id)]
        if "_transaction" not in event:
            raise KeyError(f"nobody asked to delete payment {id}")
        payments.remove(own, self._system.settings, self._system.clock.now(), event)

    def do_outbox(self, company: int | None = None) -> list[Record]:
        """Return what was sent: invoice, channel, to, attachments, day."""
        return self.company(company).outbox


def _merge(record: Record, values: Record) -> None:
    for name, value in values.items():
        if isinstance(value, dict) and isinstance(record.get(name), dict):
            _merge(record[name], value)
        else:
            record[name] = value
