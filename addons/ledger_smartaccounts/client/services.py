# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The services: where they are, what they are asked with and what they return (§7)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

#: Paging, which the client does itself.
PAGE_NUMBER = "pageNumber"
_PERIOD = "dateFrom dateTo dateType"
_DETAILS = "pageNumber fetchRows fetchComments"
_INVOICE = f"{_PERIOD} id invoiceNumber paymentStatus fetchDocuments {_DETAILS}"
_PARTNER = (
    "nameOrRegCode id modifiedFrom modifiedTo pageNumber fetchDocuments fetchComments "
    "fetchAddresses fetchContacts"
)
#: (§7.1) One of them has to be there; for entries it is assumed (§10).
_NARROWED = ("dateFrom", "paymentStatus", "id")


@dataclass(frozen=True)
class Service:
    """A list of records with a history of changes (§4).

    :param path: without method
    :param keys: names that its list has been seen with, in answers (§4)
    :param filters: query parameters that it knows
    :param narrowed: filters of which one has to be given, () for none
    :param id_field: name of a record's id
    :param answered: names of the id in the answer to add and edit
    """

    path: str
    keys: tuple[str, ...]
    filters: frozenset[str]
    narrowed: tuple[str, ...] = ()
    id_field: str = "id"
    answered: tuple[str, ...] = ("id",)

    def check(self, filters: Mapping[str, Any]) -> None:
        """Check that the list can be asked for with *filters*.

        What the vendor does with a misspelt one is not known: ignored, it would return
        everything.

        :raises ValueError: it knows one of them not, or needs one that is missing
        """
        given = {name for name, value in filters.items() if value is not None}
        if unknown := given - self.filters:
            names = ", ".join(sorted(unknown))
            raise ValueError(f"{self.path} has no filter {names}")
        if self.narrowed and given.isdisjoint(self.narrowed):
            names = " or ".join(self.narrowed)
            raise ValueError(f"{self.path} needs {names}")


def _service(path: str, keys: str, filters: str, **options: Any) -> Service:
    return Service(path, tuple(keys.split()), frozenset(filters.split()), **options)


SERVICES: dict[str, Service] = {
    "entries": _service(
        "/general/entries",
        "entries objects rows",
        f"{_PERIOD} filterDescription id docType paymentStatus fetchDocuments "
        f"{_DETAILS}",
        narrowed=_NARROWED,
        answered=("id", "entryId"),
    ),
    "client_invoices": _service(
        "/purchasesales/clientinvoices",
        "clientInvoices invoices",
        f"clientName clientId {_INVOICE}",
        narrowed=_NARROWED,
        answered=("invoiceId", "id"),
    ),
    "vendor_invoices": _service(
        "/purchasesales/vendorinvoices",
        "vendorInvoices invoices",
        f"vendorName vendorId {_INVOICE}",
        narrowed=_NARROWED,
        answered=("invoiceId", "id"),
    ),
    "payments": _service(
        "/purchasesales/payments",
        "payments",
        f"{_PERIOD} partnerType accountType accountName partnerId partnerName id "
        f"{_DETAILS}",
        answered=("paymentId", "id"),
    ),
    "clients": _service(
        "/purchasesales/clients",
        "clients",
        f"{_PARTNER} fetchAcceptsEinvoices",
        answered=("clientId", "id"),
    ),
    "vendors": _service(
        "/purchasesales/vendors", "vendors", _PARTNER, answered=("vendorId", "id")
    ),
    "articles": _service(
        "/purchasesales/articles",
        "articles",
        "searchString code modifiedFrom modifiedTo pageNumber fetchDocuments",
        id_field="code",
        answered=("code",),
    ),
}
#: Records that are added, edited and deleted.
WRITTEN = frozenset("clients vendors articles client_invoices vendor_invoices".split())
#: (§7.8) Full lists, without filters; the address of warehouses is a guess.
SETTINGS = frozenset(
    "accounts bankaccounts cashaccounts vatpcs objects paymentmethods groups countries "
    "documenttemplates reportrows warehouses".split()
)
#: (§4) Odd names that their lists have been seen with.
SETTING_KEYS = {"paymentmethods": ("paymentMethods", "templates")}


def one_of(names: Iterable[str], name: str) -> str:
    """Return *name* if it is among *names*.

    :raises ValueError: it is not
    """
    if name not in names:
        raise ValueError(f"{name!r} is none of {', '.join(sorted(names))}")
    return name
