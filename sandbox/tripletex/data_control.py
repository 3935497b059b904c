# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What tests may do to the books, behind the control door."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from .books import PARTY, Books
from .derived import OSLO
from .endpoints import LISTS, SINGLES
from .fields import Record, projection
from .intake import Intake
from .invoicing import Invoicing
from .parties import Parties
from .seeding import Seeder

if TYPE_CHECKING:
    from .system import Tripletex


class DataControls:
    """Actions on books: seed, read back, add, change, remove."""

    def __init__(self, system: Tripletex) -> None:
        self._system = system

    def do_seed(
        self,
        company: int | None = None,
        customers: int = 0,
        suppliers: int = 0,
        also_suppliers: int = 0,
        inactive_customers: int = 0,
        contacts: int = 0,
        products: int = 0,
        invoices: int = 0,
        credit_notes: int | None = None,
        supplier_invoices: int = 0,
        seed: int = 1,
    ) -> dict[str, int]:
        """Fill a company's books; return its counts. It causes no webhooks.

        :param suppliers: besides the `also_suppliers` among the customers
        :param invoices: credit notes included
        """
        books = self._system.books(company)
        today = self._system.clock.now().astimezone(OSLO).date()
        seeder = Seeder(books, self._system.settings, today, seed)
        self._system.events.muted = True
        try:
            seeder.customers(customers, also_suppliers, inactive_customers)
            seeder.suppliers(suppliers)
            seeder.contacts(contacts)
            seeder.products(products)
            seeder.invoices(invoices, credit_notes)
            seeder.supplier_invoices(supplier_invoices)
        finally:
            self._system.events.muted = False
        return self.do_counts(books.id)

    def do_counts(self, company: int | None = None) -> dict[str, int]:
        """Return how many objects of each kind there are."""
        books = self._system.books(company)
        counts = {path: len(books.table(LISTS[path].model)) for path in LISTS}
        customers = list(books.table("Customer").values())
        invoices = list(books.table("Invoice").values())
        counts.pop("ledger/posting/openPost")
        return counts | {
            "invoice": sum(bool(r.get("isCharged")) for r in invoices),
            "credit_note": sum(bool(r.get("isCreditNote")) for r in invoices),
            "order/orderline": len(books.table("OrderLine")),
            "customer_active": sum(not r.get("isInactive") for r in customers),
            "customer_inactive": sum(bool(r.get("isInactive")) for r in customers),
            "customer_and_supplier": sum(bool(r.get("isSupplier")) for r in customers),
            "party": self._parties_count(books),
        }

    @staticmethod
    def _parties_count(books: Books) -> int:
        """Return customers and suppliers, counting who is both once."""
        suppliers = books.table("Supplier").values()
        alone = sum(not record.get("isCustomer") for record in suppliers)
        return len(books.table("Customer")) + alone

    def do_objects(
        self, resource: str, company: int | None = None, fields: str = ""
    ) -> list[Record]:
        """Return all objects of a kind, as the vendor would show them."""
        books = self._system.books(company)
        model = _model(resource)
        wanted = projection(model, fields)
        records = books.table(model).values()
        return [wanted.build(record, books.find) for record in records]

    def do_object(
        self, resource: str, id: int, company: int | None = None, fields: str = ""
    ) -> Record | None:
        """Return one object, or null."""
        books = self._system.books(company)
        record = books.find(_model(resource), int(id))
        wanted = projection(_model(resource), fields)
        return None if record is None else wanted.build(record, books.find)

    def do_add(
        self, resource: str, values: Record, company: int | None = None
    ) -> Record:
        """Add one object; read-only fields may be set too.

        An invoice takes customer, invoiceDate, invoiceDueDate, currency, kid, comment
        and orderLines; its amounts are computed.
        """
        books = self._system.books(company)
        model = _model(resource)
        if model in ("Invoice", "Order"):
            record = self._add_order_or_invoice(books, model, values)
        elif model == "OrderLine":
            stored = Intake(books, strict=False).read(model, values)
            order = books.table("Order").records[stored["order"]]
            record = Invoicing(books, self._system.settings).add_line(order, stored)
        else:
            stored = Intake(books, strict=False).read(model, values)
            if model in PARTY:
                settings = self._system.settings
                record = Parties(books, settings, strict=False).add(model, stored)
            else:
                record = Intake(books, strict=False).create(model, stored)
        return self.do_object(resource, record["id"], books.id) or {}

    def _add_order_or_invoice(self, books: Books, model: str, values: Record) -> Record:
        values = dict(values)
        intake = Intake(books, strict=False)
        lines = [intake.read("OrderLine", ln) for ln in values.pop("orderLines", [])]
        stored = intake.read(model, values)
        invoicing = Invoicing(books, self._system.settings)
        if model == "Order":
            return invoicing.order(stored, lines)
        day = stored["invoiceDate"]
        order = {"orderDate": day, "deliveryDate": stored.get("deliveryDate", day)}
        taken = ("customer", "currency")
        order |= {name: stored[name] for name in taken if name in stored}
        stored.setdefault("invoiceDueDate", day)
        return invoicing.invoice([invoicing.order(order, lines)], stored)

    def do_update(
        self, resource: str, id: int, values: Record, company: int | None = None
    ) -> Record:
        """Change one object as a person in the vendor's screens would."""
        books = self._system.books(company)
        model = _model(resource)
        record = books.find(model, int(id))
        if record is None:
            raise KeyError(f"no {resource} {id}")
        stored = Intake(books, strict=False).read(model, values)
        if model in PARTY:
            settings = self._system.settings
            Parties(books, settings, strict=False).update(model, record, stored)
        else:
            Intake(books, strict=False).update(model, record, stored)
        return self.do_object(resource, int(id), books.id) or {}

    def do_delete(self, resource: str, id: int, company: int | None = None) -> None:
        """Remove one object, whatever points to it."""
        books = self._system.books(company)
        record = books.find(_model(resource), int(id))
        if record is None:
            raise KeyError(f"no {resource} {id}")
        books.remove(_model(resource), record)

    def do_pay_invoice(
        self,
        id: int,
        amount: float | None = None,
        day: str | None = None,
        company: int | None = None,
    ) -> Record:
        """Book a payment at the vendor; without amount all that is open.

        :param amount: in the invoice's currency
        """
        books = self._system.books(company)
        invoice = books.table("Invoice").records[int(id)]
        if amount is None:
            amount = invoice["amountCurrencyOutstanding"]
        bank = list(books.table("PaymentType").values())[-1]
        invoicing = Invoicing(books, self._system.settings)
        when = day or self._today()
        invoicing.pay(invoice, when, bank, Decimal(str(amount)))
        return self.do_object("invoice", int(id), books.id) or {}

    def do_credit_invoice(
        self, id: int, day: str | None = None, company: int | None = None
    ) -> Record:
        """Make the credit note of an invoice at the vendor."""
        books = self._system.books(company)
        invoice = books.table("Invoice").records[int(id)]
        invoicing = Invoicing(books, self._system.settings)
        note = invoicing.credit(invoice, {"invoiceDate": day or self._today()})
        return self.do_object("invoice", note["id"], books.id) or {}

    def do_bank_account(self, present: bool = True, company: int | None = None) -> None:
        """Take the bank account number from a company, or give it back."""
        books = self._system.books(company)
        for record in books.table("Account").values():
            if not record.get("isBankAccount"):
                continue
            known = record.get("bankAccountNumber") or record.get("_bank") or ""
            record["_bank"] = known
            record["bankAccountNumber"] = known if present else ""
            books.touch("Account", record)

    def do_outbox(self, company: int | None = None) -> list[dict[str, Any]]:
        """Return the messages that invoices were sent with."""
        return self._system.books(company).outbox

    def _today(self) -> str:
        return self._system.clock.now().astimezone(OSLO).date().isoformat()


def _model(resource: str) -> str:
    """Return the model of a path such as customer or ledger/vatType.

    :raise KeyError: there is no such path
    """
    if resource in SINGLES:
        return SINGLES[resource]
    return LISTS[resource].model
