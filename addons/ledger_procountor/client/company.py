# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Who we are, what we may do, and what the company has to choose from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from .calls import Caller, Record, object_in
from .codes import ACTIVE, ALL_RIGHTS, SALES_RIGHTS, VIEWING_RIGHTS
from .lists import ListReader
from .values import day_of, decimal_of, text_of

#: Nobody here needs it, so nobody gets it.
_NATIONAL_ID = "socialSecurityNumber"


class VatStatus(NamedTuple):
    """A VAT status that sales may have (§3.3)."""

    number: int
    label: str


class Company:
    """The company whose books the keys open."""

    def __init__(self, caller: Caller, lists: ListReader) -> None:
        self._caller = caller
        self._lists = lists

    # === WHO WE ARE === #

    def session(self) -> Record:
        """Return company, country, version and user: needs no right (§2)."""
        return self._object("/sessioninfo")

    def info(self) -> Record:
        """Return the company, with its business id and currency; needs a right (§2)."""
        return self._object("/company")

    def user(self) -> Record:
        """Return the user in whose name we work, without the national id."""
        found = self._object("/users")
        return {name: v for name, v in found.items() if name != _NATIONAL_ID}

    def rights(self) -> Record:
        """Return the user's role and rights, by area and name (§2)."""
        return self._object("/users/rights")

    def status(self) -> Record:
        """Return how Procountor is, and its version (§2)."""
        return self._object("/status")

    # === WHAT THERE IS TO CHOOSE FROM === #

    def usage_settings(self) -> Record:
        """Return the company's own choices, as its usual invoice channel (§3.1)."""
        return self._object("/company/usagesettings")

    def vats(self) -> Record:
        """Return VAT percentages by country, and VAT statuses (§3.3)."""
        return self._object("/vats/default")

    def vat_settings(self) -> Record:
        """Return whether prices usually include VAT (§3.3)."""
        return self._object("/vats/settings")

    def vat_percentages(self, country_code: str) -> list[Decimal]:
        """Return the VAT percentages of a country.

        :param country_code: ISO 3166: this call alone takes it (§1)
        """
        params = {"countryCode": country_code.upper()}
        found = self._object("/vats/country", params).get("vatPercentages")
        return sorted(filter(_is_number, map(decimal_of, found or ())))

    def bank_accounts(self) -> list[Record]:
        """Return the company's own accounts, closed ones too (§6)."""
        return list(self._lists.walk("/bankaccounts"))

    def delivery_terms(self) -> list[str]:
        """Return the names of delivery terms that an invoice may have (§3)."""
        found = self._object("/company/deliveryterms").get("deliveryTerms")
        return [text_of(name) for name in found or ()]

    def invoice_templates(self) -> list[Record]:
        """Return ids and names of invoice templates (§3)."""
        answer = self._caller.ask("/company/invoicetemplates")
        data = answer.data
        if isinstance(data, dict) and "id" not in data:
            data = next((v for v in data.values() if isinstance(v, list)), [])
        return [data] if isinstance(data, dict) else list(data or ())

    def currency(self) -> str:
        """Return the currency of the books, ISO 4217."""
        found = self._object("/currencies/company").get("companyCurrency")
        return text_of(found)

    def currencies(self) -> list[str]:
        """Return the currencies that the vendor knows, ISO 4217."""
        return list(self._object("/currencies").get("currencies") or ())

    def exchange_rate(
        self, base: str, currency: str, day: date, rate_type: str
    ) -> Decimal | None:
        """Return the rate of *currency* on *day*, None if there is none.

        :param rate_type: the vendor's, as ``PROCOUNTOR_ACCOUNTING_EXCHANGE_RATE``
        """
        params = {
            "baseCurrency": base,
            "currency": currency,
            "day": day,
            "rateType": rate_type,
        }
        return decimal_of(self._object("/currencies/exchangerate", params).get("rate"))

    def fiscal_years(self) -> list[Record]:
        """Return the fiscal years with their periods."""
        return list(self._object("/fiscalyears").get("fiscalYears") or ())

    def partner_groups(self) -> Iterator[Record]:
        """Yield the groups of business partners, 200 a call (§4)."""
        page, size = 0, 200
        while True:
            params = {"page": page, "size": size}
            found = self._object("/businesspartners/groups", params).get("results")
            yield from found or ()
            if len(found or ()) < size:
                return
            page += 1

    def product_groups(self) -> list[Record]:
        """Return the groups of products (§5)."""
        return list(self._object("/products/groups").get("productGroups") or ())

    def _object(self, path: str, params: Mapping[str, Any] | None = None) -> Record:
        return object_in(self._caller.http, self._caller.ask(path, params))


def missing_rights(
    rights: Mapping[str, Any],
    needed: Iterable[str] = SALES_RIGHTS,
    *,
    reading: Iterable[str] = ("salesInvoiceSearch",),
) -> list[str]:
    """Return the names of needed rights that the user lacks (§2).

    :param rights: as ``Company.rights()`` tells them; of a name that several areas
        have, as the register of products, one of them is enough
    :param reading: names of rights of which seeing is enough
    """
    held = set(_leaves(rights))
    enough = {name: (ALL_RIGHTS, VIEWING_RIGHTS) for name in reading}
    return [
        name
        for name in needed
        if held.isdisjoint((name, one) for one in enough.get(name, (ALL_RIGHTS,)))
    ]


def sales_vat_statuses(vats: Mapping[str, Any]) -> list[VatStatus]:
    """Return the VAT statuses that sales may have (§3.3).

    :param vats: as ``Company.vats()`` tells them
    """
    return [
        VatStatus(int(part["vatStatus"]), text_of(part.get("description")))
        for part in vats.get("vatStatuses") or ()
        if part.get("sales") and part.get("vatStatus")
    ]


def sales_vat_percentages(vats: Mapping[str, Any]) -> dict[str, list[Decimal]]:
    """Return the VAT percentages of sales, by the vendor's country (§3.3)."""
    return {
        text_of(country.get("country")): sorted(
            {
                Decimal(str(part["vatPercent"]))
                for part in country.get("percentages") or ()
                if part.get("sales") and part.get("vatPercent") is not None
            }
        )
        for country in vats.get("vatInformation") or ()
    }


def invoice_account(accounts: Iterable[Record], currency: str = "") -> Record | None:
    """Return the account that invoices name, None if no active one does (§6).

    The default one, and of several the one in *currency*.
    """
    usable = [
        account
        for account in accounts
        if account.get("status") == ACTIVE and account.get("defaultForInvoice")
    ]
    same = (account for account in usable if account.get("currency") == currency)
    return next(same, next(iter(usable), None))


def is_open(years: Iterable[Mapping[str, Any]], day: date) -> bool | None:
    """Tell whether *day* lies in an open period, None if in none that is known.

    :param years: as ``Company.fiscal_years()`` tells them
    """
    for year in years:
        if not _holds(year, day):
            continue
        periods = [p for p in year.get("trackingPeriods") or () if _holds(p, day)]
        closed = any(period.get("status") == "CLOSED" for period in periods)
        return year.get("isOpen") is not False and not closed
    return None


def _holds(period: Mapping[str, Any], day: date) -> bool:
    start, end = day_of(period.get("startDate")), day_of(period.get("endDate"))
    return (start is None or start <= day) and (end is None or day <= end)


def _leaves(rights: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in rights.items():
        if isinstance(value, Mapping):
            yield from _leaves(value)
        else:
            yield name, value


def _is_number(value: Decimal | None) -> bool:
    return value is not None
