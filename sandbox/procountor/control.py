# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What tests may do to companies, keys and rights, behind the control door."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from random import Random
from typing import TYPE_CHECKING, Any

from ..seed.numbers import finnish_business_id
from . import moments
from .access import Client
from .books import Books
from .company import Company, User
from .data_control import DataControls
from .rights import LEVELS, group_of
from .seeding import finnish_iban

if TYPE_CHECKING:
    from .system import Procountor

FIRST_COMPANY = 14159
FIRST_USER = 26535
REDIRECT_URI = "http://localhost:8069/ledger/procountor/callback"
NAMES = ("Esimerkki Tukku Oy", "Saimaan Kahvi Oy", "Pohjolan Puu Oy")
# what a company has set up, and a test may change
CHANGEABLE = (
    *("name", "country", "currency", "default_channel", "prices_with_vat"),
    *("foreign_vat", "delivery_terms", "product_version", "office"),
)


class Controls(DataControls):
    """Actions by name; each takes and returns plain JSON values."""

    def __init__(self, system: Procountor) -> None:
        super().__init__(system)
        self._revoked: dict[str, Any] = {}

    def run(self, action: str, arguments: dict[str, Any]) -> Any:
        """Do one action.

        :raise KeyError: there is none of that name
        """
        method: Callable[..., Any] | None = getattr(self, f"do_{action}", None)
        if method is None:
            raise KeyError(f"unknown action {action!r}")
        return method(**arguments)

    # companies

    def found_world(self) -> Client:
        """Make the integrator's client, a customer with a key, and the integrator."""
        secret = hashlib.sha256(f"{self._system.name}/client".encode()).hexdigest()
        client = Client("testClient", secret[:32], REDIRECT_URI)
        self._system.access.clients[client.id] = client
        self.found_company(NAMES[0])
        integrator = self.found_company("Yhdistäjä Oy")
        integrator.integrator = True
        return client

    def found_company(self, name: str | None = None, with_key: bool = True) -> Company:
        """Make a company with a bank account, and a technical user with a key."""
        access = self._system.access
        number = FIRST_COMPANY + len(access.companies)
        random = Random(f"company {number}")
        title = name or NAMES[number % len(NAMES)]
        books = Books(self._system.settings)
        company = Company(number, title, finnish_business_id(random), books)
        access.companies[number] = company
        account = {
            "iban": finnish_iban(random),
            "defaultForInvoice": True,
            "defaultForPayment": True,
        }
        self.add_bank_account(company, account, self._system.clock.now())
        if with_key:
            user = User(FIRST_USER + len(access.users), "Ledger Connectors")
            access.users[user.id] = user
            access.new_key(user, company, next(iter(access.clients.values())))
        return company

    def _key_and_user(self, company: Company) -> tuple[str, User | None]:
        for key, grant in {**self._revoked, **self._system.access.keys}.items():
            if grant.company is company:
                return key, grant.user
        return "", None

    def describe(self, company: Company) -> dict[str, Any]:
        """Return what opens a company."""
        key, user = self._key_and_user(company)
        accounts = company.books.table("bankaccounts").values()
        return {
            "company_id": company.id,
            "name": company.name,
            "business_id": company.business_id,
            "user_id": user.id if user else None,
            "iban": next(iter(accounts))["iban"],
            "api_key": key,
        }

    def credentials(self) -> dict[str, Any]:
        """Return the client, the first company, the integrator, and all companies."""
        client = next(iter(self._system.access.clients.values()))
        companies = list(self._system.access.companies.values())
        integrations = self._system.integrations
        return {
            **self.describe(companies[0]),
            "client_id": client.id,
            "client_secret": client.secret,
            "redirect_uri": client.redirect_uri,
            "integration_id": integrations.id,
            "activation_path": f"/integrations/activate/{integrations.id}",
            "callback_url": integrations.callback,
            "integrator": self.describe(companies[1]),
            "companies": [self.describe(c) for c in companies if not c.integrator],
        }

    def do_add_company(
        self, name: str | None = None, with_key: bool = True
    ) -> dict[str, Any]:
        """Make a company; return company_id, name, business_id, iban, api_key.

        :param with_key: else it waits for the key login or an activation
        """
        return self.describe(self.found_company(name, with_key))

    def do_companies(self) -> list[dict[str, Any]]:
        """List companies, without the integrator's own."""
        return self.credentials()["companies"]

    def do_company_settings(
        self, values: dict[str, Any], company: int | None = None
    ) -> None:
        """Change what a company has set up.

        :param values: some of name, country, currency, default_channel,
            prices_with_vat, foreign_vat, delivery_terms, product_version, office
        """
        own = self.company(company)
        for name, value in values.items():
            if name not in CHANGEABLE:
                raise ValueError(f"{name!r} is none of {CHANGEABLE}")
            setattr(own, name, value)

    def do_vat_percent(
        self,
        percent: float,
        sales: bool = True,
        purchase: bool = True,
        company: int | None = None,
    ) -> None:
        """Put a VAT percentage in use, or out of use (both False)."""
        own = self.company(company)
        rest = [entry for entry in own.percentages if entry[0] != percent]
        own.percentages = [*rest, (float(percent), sales, purchase)]

    def do_bank_account(self, present: bool, company: int | None = None) -> None:
        """Make the company's bank accounts inactive, or active again."""
        for account in self.company(company).books.table("bankaccounts").values():
            account["status"] = "ACTIVE" if present else "INACTIVE"

    def do_lock_period(self, until: str | None, company: int | None = None) -> None:
        """Close the books until a day, yyyy-MM-dd; an empty text opens them."""
        self.company(company).closed_until = moments.read_day(until) if until else None

    def do_api_service(self, on: bool, company: int | None = None) -> None:
        """Allow API clients in a company, or no longer."""
        self.company(company).api_allowed = on

    # keys and tokens

    def do_new_key(self, company: int | None = None) -> str:
        """Make a further API key, as a person does at the vendor's screen."""
        own, access = self.company(company), self._system.access
        _key, user = self._key_and_user(own)
        if user is None:
            user = User(FIRST_USER + len(access.users), "Ledger Connectors")
            access.users[user.id] = user
        return access.new_key(user, own, next(iter(access.clients.values())))

    def do_add_api_client(self, name: str = "otherClient") -> dict[str, str]:
        """Make the client of another integrator; return client_id, client_secret."""
        secret = hashlib.sha256(f"{self._system.name}/{name}".encode()).hexdigest()
        client = Client(name, secret[:32], REDIRECT_URI)
        self._system.access.clients[name] = client
        return {"client_id": client.id, "client_secret": client.secret}

    def do_redirect_uri(self, address: str) -> str:
        """Register where the key login comes back to; return the activation's callback.

        As at the vendor's, it lies beside: the last part of the address differs.
        """
        next(iter(self._system.access.clients.values())).redirect_uri = address
        integrations = self._system.integrations
        integrations.callback = address.rsplit("/", 1)[0] + "/activation"
        return integrations.callback

    def do_revoke_key(self, company: int | None = None, restore: bool = False) -> None:
        """Revoke the first key of a company, with its tokens; or revive it."""
        own, access = self.company(company), self._system.access
        key, _user = self._key_and_user(own)
        if restore:
            access.keys[key] = self._revoked.pop(key)
        else:
            self._revoked[key] = access.keys.pop(key)

    def do_take_access(self, company: int | None = None, restore: bool = False) -> None:
        """Let the technical user lose its access to a company, or have it again."""
        own = self.company(company)
        _key, user = self._key_and_user(own)
        if user is not None:
            (user.companies.add if restore else user.companies.discard)(own.id)

    def do_expire_sessions(self) -> int:
        """End all access tokens; return how many."""
        count = len(self._system.access.tokens)
        self._system.access.tokens.clear()
        return count

    do_expire_tokens = do_expire_sessions

    def do_login_code(self, company: int | None = None, person: bool = True) -> str:
        """Return a code as the login page would send it home.

        :param person: of a user who may log in at the screens, for tokens
        """
        own, access = self.company(company), self._system.access
        user = User(FIRST_USER + len(access.users), "Maija Mallikas", "Sales")
        user.api_login_only = not person
        user.companies.add(own.id)
        access.users[user.id] = user
        return access.new_code(user, own, next(iter(access.clients.values())))

    def do_set_right(
        self, right: str, level: str, company: int | None = None
    ) -> dict[str, Any]:
        """Give the technical user a right at a level; return all of the group."""
        if level not in LEVELS:
            raise ValueError(f"{level!r} is none of {tuple(LEVELS)}")
        _key, user = self._key_and_user(self.company(company))
        if user is None:
            raise KeyError("the company has no technical user")
        group = group_of(user.rights, right)
        user.rights[group][right] = level
        return dict(user.rights[group])

    def do_remove_right(
        self, right: str, company: int | None = None, restore: bool = False
    ) -> dict[str, Any]:
        """Take a right from the technical user, or give it all of it."""
        level = "ALL_RIGHTS" if restore else "NO_ACCESS"
        return self.do_set_right(right, level, company)

    # activation, limits, faults of the vendor

    def do_activation_request(
        self,
        companies: list[int] | None = None,
        email: str = "maija@esimerkki.example",
        name: str = "Maija Mallikas",
    ) -> dict[str, str]:
        """Let a customer open the activation link; return request_id and landing.

        :param companies: ids; all customers if left out
        :return: `landing` is the address that the customer's browser is sent to
        """
        wanted = companies or [c["company_id"] for c in self.do_companies()]
        integrations = self._system.integrations
        found = integrations.request([int(c) for c in wanted], email, name)
        return {"request_id": found, "landing": integrations.landing(found)}

    def do_activations(self) -> list[dict[str, Any]]:
        """Return all activation requests: id, companies, answered, rejected."""
        return [
            {
                "request_id": one.id,
                "companies": one.companies,
                "answered": one.answered,
                "rejected": {str(k): v for k, v in one.rejected.items()},
            }
            for one in self._system.integrations.requests.values()
        ]

    def do_reset_limits(self) -> None:
        """Forget all calls that counted, and let suspended clients in again."""
        for client in self._system.access.clients.values():
            client.calls, client.refusals, client.suspended = [], 0, False

    def do_suspend_client(self, on: bool = True) -> None:
        """Suspend the integrator's client, as the vendor threatens to."""
        for client in self._system.access.clients.values():
            client.suspended = on

    def do_lose_answers(self, count: int = 1) -> None:
        """Let the next invoices be saved and answered with a page 500."""
        self._system.lost_answers = int(count)
