# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What tests may do to the books, behind the control door."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from . import tallinn
from .access import Company
from .books import Books, Record
from .fields import Resource
from .intake import Intake
from .model import (
    CLIENT_INVOICES,
    CLIENTS,
    ENTRIES,
    RESOURCES,
    VENDOR_INVOICES,
    VENDORS,
    resource_named,
)
from .posting import Ledger
from .seeding import Seeder
from .showing import EVERYTHING, Showing
from .writing import Author, Writer

if TYPE_CHECKING:
    from .system import SmartAccounts

PERSON = "mari"
# a person at the vendor's screens opens the period first
FORGIVEN = ("PERIOD-LOCKED",)


class DataControls:
    """Actions on books: seed, read back, add, change, remove."""

    def __init__(self, system: SmartAccounts) -> None:
        self._system = system

    def do_seed(
        self,
        company: int | None = None,
        clients: int = 0,
        vendors: int = 0,
        articles: int = 0,
        client_invoices: int = 0,
        credit_invoices: int = 0,
        vendor_invoices: int = 0,
        payments: int = 0,
        entries: int = 0,
        seed: int = 1,
    ) -> dict[str, int]:
        """Fill a company's books over the last year; return its counts.

        :param credit_invoices: besides the client invoices, of the first ones
        :param payments: of the last client invoices
        :param entries: manual ones
        """
        found = self._system.company(company)
        seeder = Seeder(found, self._system.settings, seed)
        now = self._system.clock.now()
        today = tallinn.local(now).date()
        entered = now - timedelta(days=400)
        seeder.parties(CLIENTS, clients, entered)
        seeder.parties(VENDORS, vendors, entered)
        seeder.articles(articles, entered)
        sales = seeder.invoices(CLIENT_INVOICES, client_invoices, today)
        seeder.credits(sales, credit_invoices, today)
        seeder.payments(sales, payments, today)
        seeder.invoices(VENDOR_INVOICES, vendor_invoices, today)
        seeder.manual(entries, today)
        return self.do_counts(found.id)

    def do_seed_month(
        self,
        month: str,
        entries: int = 0,
        kinds: dict[str, int] | None = None,
        company: int | None = None,
        documents: bool = True,
        neighbours: bool = False,
        seed: int = 1,
    ) -> dict[str, Any]:
        """Book a month, from its first to its last second in Estonia.

        :param month: yyyy-MM
        :param entries: how many, of mixed kinds, besides those that `kinds` names
        :param kinds: how many of each docType; unknown ones are taken too
        :param documents: make the invoices and payments behind the entries
        :param neighbours: a manual entry a second before the month, and one after it
        :return: total, kinds, and with neighbours the ids before and after
        """
        found = self._system.company(company)
        seeder = Seeder(found, self._system.settings, seed)
        wanted = Counter(kinds or {}) + Counter(seeder.spread(int(entries)))
        seeder.month(month, dict(wanted), documents)
        made: dict[str, Any] = {"total": sum(wanted.values()), "kinds": dict(wanted)}
        if neighbours:
            first, last = tallinn.month_bounds(month)
            second = timedelta(seconds=1)
            for name, moment in (("before", first - second), ("after", last + second)):
                day = tallinn.local(moment).date()
                made[name] = seeder.bare("LEDGER_ENTRY", day, moment)["id"]
        return made

    def do_counts(self, company: int | None = None) -> dict[str, int]:
        """Return how many objects of each service, and entries of each kind."""
        books = self._system.company(company).books
        counts = {r.name: len(books.table(r)) for r in RESOURCES.values()}
        kinds = Counter(e["docType"] for e in books.table(ENTRIES).values())
        invoices = books.table(CLIENT_INVOICES).values()
        credit = sum(invoice.get("type") == "CRE" for invoice in invoices)
        return counts | {"credit_invoices": credit} | dict(kinds)

    def do_objects(
        self, resource: str, company: int | None = None, fields: str = ""
    ) -> list[Record]:
        """Return all objects of a service, and `_entered`, `_changed` (ISO, UTC).

        :param resource: path such as general/entries, or its last part
        :param fields: names, separated by commas; all if there are none
        """
        books = self._system.company(company).books
        kind = resource_named(resource)
        names = [name for name in fields.split(",") if name]
        return [
            self._shown(books, kind, record, names)
            for record in books.table(kind).values()
        ]

    def do_object(
        self, resource: str, id: str, company: int | None = None, fields: str = ""
    ) -> Record | None:
        """Return one object by its key, or null."""
        books = self._system.company(company).books
        kind = resource_named(resource)
        record = books.find(kind, id)
        names = [name for name in fields.split(",") if name]
        return None if record is None else self._shown(books, kind, record, names)

    def _shown(
        self, books: Books, kind: Resource, record: Record, names: list[str]
    ) -> Record:
        showing = Showing(books, self._system.settings)
        found = showing.object(kind, record, EVERYTHING)
        for shown, name in (("_entered", "_created"), ("_changed", "_changed")):
            if name in record:
                found[shown] = record[name].isoformat()
        return {name: found.get(name) for name in names} if names else found

    def do_add(
        self,
        resource: str,
        values: Record,
        company: int | None = None,
        at: str | None = None,
        by: str = PERSON,
    ) -> Record:
        """Enter one object, given as in a body of the vendor's; return it.

        An entry without rows is taken as it is: docType, date, amount, document.

        :param at: when (ISO with a zone); now if left out
        :param by: name of the user who enters it
        """
        found, kind = self._system.company(company), resource_named(resource)
        moment = self._moment(at)
        if kind is ENTRIES and not values.get("rows"):
            record = self._bare(found, values, moment, by)
        else:
            read = Intake(self._settings()).read(kind, "add", _exact(values))
            record = self._writer(found, moment, by).add(kind, read)
        record.update(_others(values))
        return self._shown(found.books, kind, record, [])

    def _bare(
        self, company: Company, values: Record, moment: datetime, by: str
    ) -> Record:
        day = tallinn.read_day(values["date"])
        amount = Decimal(str(values.get("amount", 100)))
        kind, text = values.get("docType", "LEDGER_ENTRY"), values.get("document", "")
        return Ledger(company.books).bare(kind, day, amount, moment, by, text)

    def do_update(
        self,
        resource: str,
        id: str,
        values: Record,
        company: int | None = None,
        at: str | None = None,
        by: str = PERSON,
    ) -> Record:
        """Change some values of one object as a person would; return it.

        :param at: when (ISO with a zone); now if left out
        """
        found, kind = self._system.company(company), resource_named(resource)
        writer = self._writer(found, self._moment(at), by)
        known = writer.known(kind, id)
        shown = Showing(found.books, _PLAIN).object(kind, known, EVERYTHING)
        # figures that the vendor works out must not be kept as if they were sent
        for name in ("totalAmount", "roundAmount", "vatAmount", "eurAmount"):
            shown.pop(name, None)
        body = _exact({**shown, **values})
        writer.edit(kind, Intake(self._settings()).read(kind, "edit", body))
        return self._shown(found.books, kind, known, [])

    def do_delete(
        self,
        resource: str,
        id: str,
        company: int | None = None,
        at: str | None = None,
    ) -> None:
        """Remove one object, as a person would.

        :param at: when (ISO with a zone); now if left out
        """
        found, kind = self._system.company(company), resource_named(resource)
        record = found.books.find(kind, id)
        bare = kind is ENTRIES and record is not None and "_source" not in record
        if bare:
            found.books.remove(kind, id, self._moment(at))
            return
        self._writer(found, self._moment(at), PERSON).delete(kind, id)

    def do_pay_invoice(
        self,
        id: str,
        amount: float | None = None,
        day: str | None = None,
        company: int | None = None,
    ) -> Record:
        """Book a bank payment of an invoice, by default of all that is open.

        :param day: dd.MM.yyyy; today if left out
        :return: the payment
        """
        found = self._system.company(company)
        invoice = found.books.find(CLIENT_INVOICES, id)
        invoice = invoice or found.books.find(VENDOR_INVOICES, id)
        if invoice is None:
            raise KeyError(f"no invoice {id}")
        now = self._system.clock.now()
        paid_on = tallinn.read_day(day) if day else tallinn.local(now).date()
        seeder = Seeder(found, self._system.settings, 1)
        payment = seeder.pay(invoice, paid_on, now, amount)
        return self._shown(found.books, resource_named("payments"), payment, [])

    def _writer(self, company: Company, moment: datetime, by: str) -> Writer:
        author = Author(moment, by, "en", FORGIVEN)
        return Writer(company, self._settings(), author)

    def _settings(self) -> dict[str, Any]:
        return {**self._system.settings, "unknown_fields": "ignored"}

    def _moment(self, text: str | None) -> datetime:
        if text is None:
            return self._system.clock.now()
        moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
        if moment.tzinfo is None:
            raise ValueError("the time needs a zone, as in 2026-01-31T21:59:59Z")
        return moment.astimezone(timezone.utc)


# how objects are shown for changing them: as they would be sent
_PLAIN = {
    "nulls": "absent",
    "row_vat": "amount",
    "credit_totals": "positive",
    "purchase_credit": "negative",
    "date_created_format": "date",
    "decimals": "plain",
    "document_numbers": "text",
}


def _exact(value: Any) -> Any:
    """Return values with decimals in place of floats, as a body is read."""
    if isinstance(value, float):
        return Decimal(str(value))
    if isinstance(value, dict):
        return {key: _exact(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_exact(part) for part in value]
    return value


def _others(values: Record) -> Record:
    """Return what only the vendor itself can set, such as a number."""
    settable = ("number", "acceptsEinvoices", "reverseVatChargeType")
    found = {name: values[name] for name in settable if name in values}
    return found | {"_documents": values.get("documents", [])}
