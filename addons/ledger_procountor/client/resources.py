# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What can be searched for, and by what (§3.4, §4, §5, §6)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from .values import since

#: Records in a page, and ids in one question.
MOST = 200


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


@dataclass(frozen=True)
class Resource:
    """A list of the vendor.

    :param path: where it is
    :param filters: names of its query parameters, those of paging left out
    :param headers: filters that are sent as headers, not in the address (§1)
    :param batch: several of its records can be read by their ids in one call
    """

    path: str
    filters: frozenset[str]
    headers: frozenset[str] = frozenset()
    batch: bool = False

    def check(self, filters: Iterable[str]) -> None:
        """Raise ValueError if one of *filters* is none of this list.

        The vendor ignores what it does not know, and would answer everything.
        """
        if unknown := sorted(set(filters) - self.filters - self.headers):
            raise ValueError(f"{self.path} has no filter {', '.join(unknown)}")

    def split(
        self, filters: Mapping[str, Any]
    ) -> tuple[dict[str, Any], dict[str, str]]:
        """Return what of *filters* goes into the query, and what into headers.

        :raises ValueError: a value does not fit its filter
        """
        given = {name: v for name, v in filters.items() if v is not None}
        query = {n: _value(n, v) for n, v in given.items() if n not in self.headers}
        headers = {n: _header(n, v) for n, v in given.items() if n in self.headers}
        return query, headers


_VERSIONS = "versionStartDate versionEndDate"

RESOURCES: dict[str, Resource] = {
    "invoices": Resource(
        "/invoices",
        _names(
            "status types invoiceChannel startDate endDate createdStartDate "
            "createdEndDate dueStartDate dueEndDate businessPartnerId "
            "factoringContractId originalInvoiceNumber invoiceNumber productId "
            f"searchTerm isOffer {_VERSIONS}"
        ),
        batch=True,
    ),
    "partners": Resource(
        "/businesspartners",
        _names(
            "customerNumber identifierType type mainGroup partnerGroup active "
            f"{_VERSIONS}"
        ),
        _names("name identifier"),
        batch=True,
    ),
    "products": Resource(
        "/products",
        _names(f"code name type group active includeLocalizations {_VERSIONS}"),
        batch=True,
    ),
    "bank_accounts": Resource("/bankaccounts", frozenset()),
    "payments": Resource("/payments/paymentevents", _names("invoiceId")),
}


def resource(name: str) -> Resource:
    """Return the resource called *name*.

    :raises ValueError: there is none
    """
    if name not in RESOURCES:
        raise ValueError(f"{name!r} is none of {', '.join(RESOURCES)}")
    return RESOURCES[name]


def _value(name: str, value: Any) -> Any:
    if isinstance(value, list | tuple) and len(value) > MOST:
        raise ValueError(f"{name} takes {MOST} values, not {len(value)}")
    if not isinstance(value, date):
        return value
    of_moments = name.startswith(("version", "created"))
    if not isinstance(value, datetime):
        return f"{value.isoformat()}T00:00:00" if of_moments else value
    if not of_moments:
        raise ValueError(f"{name} takes a day, not a moment")
    return since(value) if name.endswith("StartDate") else value


def _header(name: str, value: Any) -> str:
    text = str(value).strip()
    try:
        text.encode("latin-1")
    except UnicodeEncodeError:
        raise ValueError(f"{name} has characters that no header holds") from None
    if not text or not text.isprintable():
        raise ValueError(f"{name} is empty, or holds what no header does")
    return text
