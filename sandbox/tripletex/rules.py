# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the vendor refuses in a body (dossier §7, §9)."""

from __future__ import annotations

from typing import Any

from ..seed.numbers import is_norwegian_org_number
from . import errors
from .books import Books
from .fields import Record
from .model import Field
from .schema import MODELS

NORWAY = 161
MISSING = "Kan ikke være null."
REQUIRED = {
    "Customer": ("name",),
    "Supplier": ("name",),
    "Product": ("name",),
    "ProductUnit": ("name", "nameEN", "commonCode"),
    "Department": ("name",),
    "Order": ("customer", "orderDate", "deliveryDate"),
    "Invoice": ("invoiceDate", "invoiceDueDate", "orders"),
    "Subscription": ("event", "targetUrl"),
}
# numbers and names of which there can be only one: (model, field): text
UNIQUE = {
    ("Product", "number"): "Produktnummeret {value} er i bruk.",
    ("Product", "name"): "Produktnavnet {value} er i bruk.",
    ("Customer", "customerNumber"): "Nummeret er i bruk.",
    ("Supplier", "supplierNumber"): "Nummeret er i bruk.",
    ("Department", "departmentNumber"): "Nummeret er i bruk.",
    ("Order", "number"): "Nummeret er i bruk.",
    ("Invoice", "invoiceNumber"): "Nummeret er i bruk.",
}
# what keeps an object from being deleted: model: ((model that uses it, field, text), …)
USERS = {
    "Customer": (
        ("Order", "customer", "Ordre"),
        ("Invoice", "customer", "Faktura"),
        ("Contact", "customer", "Kontaktperson"),
    ),
    "Supplier": (
        ("Product", "supplier", "Produkt"),
        ("SupplierInvoice", "supplier", "Leverandørfaktura"),
    ),
    "Product": (("OrderLine", "product", "Ordrelinje"),),
    "ProductUnit": (("Product", "productUnit", "Produkt"),),
    "Department": (("Customer", "department", "Kunde"),),
    "Contact": (("Order", "contact", "Ordre"),),
    "Order": (("Invoice", "orders", "Faktura"),),
}


class Rules:
    """Checks stored forms against one company's books."""

    def __init__(self, books: Books, settings: dict[str, Any]) -> None:
        self._books = books
        self._settings = settings

    def check(self, model: str, values: Record, record: Record | None = None) -> None:
        """Raise 422 / 18000 with every rule that is broken.

        Where only numbers or names are in use, the setting `exists_status` decides.

        :param values: in stored form; with `record` only what is to change
        :param record: what is changed; None for a new object
        """
        found = [] if record else self._missing(model, values)
        for name, value in values.items():
            field = MODELS[model].fields.get(name)
            if field is not None and value not in (None, ""):
                found.extend(self._field(field, value))
        found.extend(self._special(model, {**(record or {}), **values}))
        taken = self._in_use(model, values, record)
        if found:
            raise errors.validation(*found, *taken)
        if taken:
            raise self.exists(*taken)

    def exists(self, *messages: Record) -> errors.ApiError:
        """Return the error for numbers or names in use."""
        return errors.exists(self._settings["exists_status"], *messages)

    def _in_use(
        self, model: str, values: Record, record: Record | None
    ) -> list[Record]:
        texts = self.unique(model)
        return [
            errors.message(texts[name].format(value=value), name)
            for name, value in values.items()
            if value and name in texts and self._taken(model, name, value, record)
        ]

    def unique(self, model: str) -> dict[str, str]:
        """Return the fields of which no two objects have the same, with the text."""
        found = {name: text for (kind, name), text in UNIQUE.items() if kind == model}
        if model == "Order" and self._settings["duplicate_order_number"] == "allowed":
            del found["number"]
        return found

    @staticmethod
    def _missing(model: str, values: Record) -> list[Record]:
        names = REQUIRED.get(model, ())
        return [errors.message(MISSING, n) for n in names if not values.get(n)]

    def _field(self, field: Field, value: Any) -> list[Record]:
        texts = []
        if field.max_length and len(str(value)) > field.max_length:
            texts.append(f"Må være mellom 0 og {field.max_length} tegn.")
        if field.choices and value not in field.choices:
            texts.append(f"Ugyldig verdi: {value}")
        if field.kind == "ref" and not field.owned:
            texts.extend(self._reference(field, value))
        name = "Internt felt (vatTypeId)" if field.name == "vatType" else field.name
        return [errors.message(text, name) for text in texts]

    def _reference(self, field: Field, key: Any) -> list[str]:
        if self._books.find(field.target, key) is not None:
            return []
        return ["Ugyldig mva-kode." if field.name == "vatType" else "Finnes ikke."]

    def _taken(self, model: str, name: str, value: Any, record: Record | None) -> bool:
        return any(
            other.get(name) == value and other is not record
            for other in self._books.table(model).values()
        )

    def _special(self, model: str, values: Record) -> list[Record]:
        method = getattr(self, f"_check_{model.lower()}", None)
        return method(values) if method else []

    @staticmethod
    def _check_contact(values: Record) -> list[Record]:
        names = ("firstName", "lastName", "email")
        if any(values.get(name) for name in names):
            return []
        return [errors.message("Minst ett felt må fylles ut.", ",".join(names))]

    def _check_customer(self, values: Record) -> list[Record]:
        found = self._check_supplier(values)
        if values.get("invoiceSendMethod") == "EHF" and not values.get("postalAddress"):
            found.append(errors.message("EHF krever postadresse.", "postalAddress"))
        return found

    def _check_supplier(self, values: Record) -> list[Record]:
        """Hold the number against the country of the physical address."""
        number = values.get("organizationNumber") or ""
        if not number or not self._settings["org_number_check"]:
            return []
        if not self._is_norwegian(values.get("physicalAddress")):
            return []
        if is_norwegian_org_number(number.replace(" ", "")):
            return []
        text = "Organisasjonsnummeret er ikke gyldig."
        return [errors.message(text, "organizationNumber")]

    def _is_norwegian(self, address: Any) -> bool:
        if isinstance(address, int):
            country = (self._books.find("Address", address) or {}).get("country")
        else:
            country = ((address or {}).get("country") or {}).get("id")
        return country in (None, NORWAY)

    @staticmethod
    def _check_orderline(values: Record) -> list[Record]:
        if values.get("product") or values.get("description"):
            return []
        text = "Et produkt eller en beskrivelse må fylles ut."
        return [errors.message(text, "product,description")]

    def check_line_prices(self, order: Record, lines: list[Record]) -> None:
        """Raise 422 / 18000 where the price does not fit the order's price mode."""
        included = order["isPrioritizeAmountsIncludingVat"]
        wanted, other, text = (
            ("Including", "Excluding", "Enhetspris må være med mva.")
            if included
            else ("Excluding", "Including", "Enhetspris må være uten mva.")
        )
        names = (f"unitPrice{wanted}VatCurrency", f"unitPrice{other}VatCurrency")
        if any(line.get(names[1]) and not line.get(names[0]) for line in lines):
            raise errors.validation(errors.message(text, names[1]))

    def check_bank_account(self) -> None:
        """Raise 422 / 18000 while the company has no bank account number."""
        accounts = self._books.table("Account").values()
        if any(r.get("isBankAccount") and r.get("bankAccountNumber") for r in accounts):
            return
        text = (
            "Faktura kan ikke opprettes før selskapet har registrert et "
            "bankkontonummer."
        )
        raise errors.validation(errors.message(text))

    def check_open(self, day: str, name: str) -> None:
        """Raise 422 / 18000 or 409 / 10000 for a day before `closed_until`.

        :param name: field or parameter that holds the day
        """
        if day < self._settings["closed_until"]:
            raise errors.closed_period(self._settings["closed_period_status"], name)

    def check_unused(self, model: str, record: Record) -> None:
        """Raise 422 / 18000 if something stands on the object; the text is HTML."""
        key = record["id"]
        reasons = []
        for user, name, text in USERS.get(model, ()):
            users = self._books.table(user).values()
            count = sum(_points_to(other.get(name), key) for other in users)
            if count:
                reasons.append(f"<li>{text}: {count}</li>")
        if reasons:
            text = f"Kan ikke slettes. I bruk i: <ul>{''.join(reasons)}</ul>"
            raise errors.validation(errors.message(text))


def _points_to(value: Any, key: int) -> bool:
    return key in value if isinstance(value, list) else value == key
