# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Companies with keys of their own, a part of :class:`sandbox.control.World`.

For systems whose office has one key pair per client, such as SmartAccounts.
"""

from __future__ import annotations

from typing import Any


class CompanyControls:
    """Companies, their keys, months and limits."""

    credentials: dict[str, Any]

    def do(self, _name: str, **arguments: Any) -> Any:
        """Do any action by name."""
        raise NotImplementedError

    def add_company(self, name: str | None = None) -> dict[str, Any]:
        """Make a company; return company_id, name, iban, public_key, secret_key."""
        return self.do("add_company", name=name)

    def add_companies(
        self,
        count: int,
        month: str | None = None,
        entries: int = 0,
        documents: bool = False,
    ) -> list[dict[str, Any]]:
        """Make many companies, each with so many entries in a month.

        :param month: yyyy-MM
        :param documents: make the invoices and payments behind the entries too
        """
        given = {"month": month, "entries": entries, "documents": documents}
        return self.do("add_companies", count=count, **given)

    def companies(self) -> list[dict[str, Any]]:
        """Return all companies, each as :meth:`add_company` does."""
        return self.do("companies")

    def change_keys(
        self,
        company: int | None = None,
        public_key: str | None = None,
        secret_key: str | None = None,
    ) -> dict[str, Any]:
        """Give a company these keys, or new ones; return what opens it now."""
        keys = {"public_key": public_key, "secret_key": secret_key}
        found = self.do("change_keys", company=company, **keys)
        if found["company_id"] == self.credentials["company_id"]:
            self.credentials |= found
        return found

    def add_key(self, company: int | None = None) -> dict[str, str]:
        """Give a company a further key pair, as for its web shop."""
        return self.do("add_key", company=company)

    def api_service(self, on: bool, company: int | None = None) -> None:
        """Switch the API service of a company on or off."""
        self.do("api_service", on=on, company=company)

    def package(self, name: str, company: int | None = None) -> None:
        """Move a company to the package PRO, or to STARTER, which has no API."""
        self.do("package", name=name, company=company)

    def unpaid_bill(self, on: bool = True, company: int | None = None) -> None:
        """Let the vendor suspend a company for an unpaid bill, or go on."""
        self.do("unpaid_bill", on=on, company=company)

    def lock_period(self, until: str, company: int | None = None) -> None:
        """Lock the books until a day, dd.MM.yyyy; an empty text opens them."""
        self.do("lock_period", until=until, company=company)

    def seed_month(
        self,
        month: str,
        entries: int = 0,
        kinds: dict[str, int] | None = None,
        company: int | None = None,
        documents: bool = True,
        neighbours: bool = False,
        seed: int = 1,
    ) -> dict[str, Any]:
        """Book a month; the first entry is made in its first second, the last in its
        last one (Estonian time).

        :param month: yyyy-MM
        :param entries: how many, of mixed kinds, besides those that `kinds` names
        :param kinds: how many of each docType; unknown ones are taken too
        :param documents: make the invoices and payments behind the entries
        :param neighbours: a manual entry a second before the month, and one after it
        :return: total, kinds, and with neighbours the ids before and after
        """
        wanted = {"entries": entries, "kinds": kinds, "documents": documents}
        more = {"company": company, "neighbours": neighbours, "seed": seed}
        return self.do("seed_month", month=month, **wanted, **more)

    def used_calls(
        self, company: int | None = None, key: str | None = None
    ) -> dict[str, int]:
        """Return the calls that counted in this minute, hour and day.

        :param key: public key, where each has a budget of its own
        """
        return self.do("used_calls", company=company, key=key)

    def use_calls(
        self, count: int, company: int | None = None, ago: float = 0
    ) -> dict[str, int]:
        """Note calls that other software of the company made; return what is used.

        :param ago: seconds before now
        """
        return self.do("use_calls", count=count, company=company, ago=ago)

    def reset_limits(self) -> None:
        """Forget all calls that counted."""
        self.do("reset_limits")
