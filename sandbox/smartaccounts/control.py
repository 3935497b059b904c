# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What tests may do to companies, keys and limits, behind the control door."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from random import Random
from typing import TYPE_CHECKING, Any

from . import chart, estonia, tallinn
from .access import Company
from .books import Books
from .data_control import DataControls
from .model import resource_named

if TYPE_CHECKING:
    from .system import SmartAccounts


class Controls(DataControls):
    """Actions by name; each takes and returns plain JSON values."""

    def __init__(self, system: SmartAccounts) -> None:
        super().__init__(system)
        self._made = 0

    def run(self, action: str, arguments: dict[str, Any]) -> Any:
        """Do one action.

        :raise KeyError: there is none of that name
        """
        method: Callable[..., Any] | None = getattr(self, f"do_{action}", None)
        if method is None:
            raise KeyError(f"unknown action {action!r}")
        return method(**arguments)

    def credentials(self) -> dict[str, Any]:
        """Return the keys of the first company, and those of all."""
        companies = self.do_companies()
        return {**companies[0], "companies": companies}

    # companies

    def found_company(self, name: str | None = None) -> Company:
        """Make a company with a key pair, a bank account and no documents."""
        self._made += 1
        number = self._made
        random = Random(f"company {number}")
        books = Books(f"{self._system.name}/{number}")
        iban = estonia.iban(random)
        title = name or estonia.company_name(random)
        keys = dict([self._key_pair(f"{number}")])
        company = Company(number, title, books, keys, iban)
        chart.fill_new_company(books, iban)
        self._system.access.add(company)
        return company

    def _key_pair(self, what: str) -> tuple[str, str]:
        """Return a public and a secret key, the same for the same name of a world."""
        text = f"{self._system.name}/{what}".encode()
        digest = hashlib.sha256(text).hexdigest()
        return digest[:20], digest[20:52]

    def do_add_company(self, name: str | None = None) -> dict[str, Any]:
        """Make a company; return its id, name, IBAN and keys."""
        return self.found_company(name).describe()

    def do_add_companies(
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
        made = [self.found_company() for _n in range(int(count))]
        for company in made if month else []:
            self.do_seed_month(
                month=month or "",
                entries=entries,
                company=company.id,
                documents=documents,
            )
        return [company.describe() for company in made]

    def do_companies(self) -> list[dict[str, Any]]:
        """List companies: id, name, IBAN, keys."""
        return [found.describe() for found in self._system.access.companies.values()]

    # keys

    def do_change_keys(
        self,
        company: int | None = None,
        public_key: str | None = None,
        secret_key: str | None = None,
    ) -> dict[str, Any]:
        """Give a company these keys, or new ones; the old ones are unknown then."""
        found = self._system.company(company)
        public, secret = self._key_pair(f"{found.id}/{found.public_key}")
        pair = {public_key or public: secret_key or secret}
        self._system.access.change_keys(found, pair)
        return found.describe()

    def do_add_key(self, company: int | None = None) -> dict[str, str]:
        """Give a company a further key pair, as for its web shop."""
        found = self._system.company(company)
        public, secret = self._key_pair(f"{found.id}+{len(found.keys)}")
        self._system.access.change_keys(found, {**found.keys, public: secret})
        return {"public_key": public, "secret_key": secret}

    def do_revoke_key(self, company: int | None = None, restore: bool = False) -> None:
        """Make the first key of a company unknown (or known again)."""
        found = self._system.company(company)
        access = self._system.access
        (access.restore if restore else access.revoke)(found, found.public_key)

    # what closes the door

    def do_api_service(self, on: bool, company: int | None = None) -> None:
        """Switch the API service of a company on or off."""
        self._system.company(company).service_on = on

    def do_package(self, name: str, company: int | None = None) -> None:
        """Move a company to a package: PRO, or STARTER, which has no API."""
        if name not in ("PRO", "STARTER"):
            raise ValueError(f"package {name!r} is neither PRO nor STARTER")
        self._system.company(company).package = name

    def do_unpaid_bill(self, on: bool = True, company: int | None = None) -> None:
        """Let the vendor suspend a company for an unpaid bill, or go on."""
        self._system.company(company).unpaid_bill = on

    def do_remove_right(
        self, right: str, company: int | None = None, restore: bool = False
    ) -> list[str]:
        """Take a service from the API user (or give it back); return those taken.

        :param right: a service, such as general/entries
        """
        closed = self._system.company(company).closed
        path = resource_named(right).path
        (closed.discard if restore else closed.add)(path)
        return sorted(closed)

    def do_lock_period(self, until: str | None, company: int | None = None) -> None:
        """Lock the books until a day.

        :param until: dd.MM.yyyy; an empty text opens them again
        """
        day = tallinn.read_day(until) if until else None
        self._system.company(company).locked_until = day

    # limits

    def do_used_calls(
        self, company: int | None = None, key: str | None = None
    ) -> dict[str, int]:
        """Return the calls that counted in this minute, hour and day.

        :param key: public key, where each has a budget of its own
        """
        found = self._system.company(company)
        return self._system.limits.used(found, key or found.public_key)

    def do_use_calls(
        self, count: int, company: int | None = None, ago: float = 0
    ) -> dict[str, int]:
        """Note calls that other software of the company made; return what is used.

        :param ago: seconds before now
        """
        found = self._system.company(company)
        self._system.limits.use(found, int(count), float(ago))
        return self.do_used_calls(found.id)

    def do_reset_limits(self) -> None:
        """Forget all calls that counted."""
        self._system.limits.clear()
