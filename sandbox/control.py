# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The control door from Python: `Sandbox(url, key).world("tripletex")`.

Needs nothing but the standard library, so that any test can use it.
"""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from types import TracebackType
from typing import Any
from urllib.parse import quote

from .control_companies import CompanyControls
from .control_webhooks import WebhookControls

TIMEOUT = 120
# what the systems know an object by
Key = int | str


class SandboxError(RuntimeError):
    """The control door refused."""


class Sandbox:
    """A running server.

    :param url: scheme, host and port
    :param key: of the control door
    """

    def __init__(self, url: str, key: str) -> None:
        self.url = url.rstrip("/")
        self._key = key

    def call(self, method: str, path: str, body: Any = None) -> Any:
        """Call the control door.

        :param path: below `/_control`
        :raise SandboxError: it answered with an error
        """
        request = urllib.request.Request(
            f"{self.url}/_control{path}",
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"X-Sandbox-Control": self._key},
        )
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT) as answer:
                return json.load(answer)["result"]
        except urllib.error.HTTPError as error:
            text = error.read().decode("utf-8", "replace")
            raise SandboxError(f"{method} {path}: {error.code} {text}") from None

    def world(
        self,
        system: str = "tripletex",
        name: str | None = None,
        size: dict[str, int] | None = None,
        **settings: Any,
    ) -> World:
        """Make a world.

        :param size: what to seed the first company with, see :meth:`World.seed`
        :param settings: those of the system that differ from the default
        """
        body: dict[str, Any] = {"system": system, "settings": settings}
        if name:
            body["name"] = name
        if size:
            body["size"] = size
        return World(self, self.call("POST", "/worlds", body))

    def open_world(self, name: str) -> World:
        """Return a world that is there already, such as `demo`."""
        return World(self, self.call("GET", f"/worlds/{quote(name)}"))

    def worlds(self) -> list[str]:
        """Return the names of all worlds."""
        return self.call("GET", "/worlds")


class World(CompanyControls, WebhookControls):
    """One vendor's service. As a context manager it is dropped at the end."""

    def __init__(self, sandbox: Sandbox, found: dict[str, Any]) -> None:
        self._sandbox = sandbox
        self.name: str = found["name"]
        self.base_url: str = found["base_url"]
        self.credentials: dict[str, Any] = found["credentials"]

    def __enter__(self) -> World:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.drop()

    def do(self, _name: str, **arguments: Any) -> Any:
        """Do any action by name; arguments that are None are left out."""
        given = {k: v for k, v in arguments.items() if v is not None}
        return self._sandbox.call("POST", f"/worlds/{self.name}/{_name}", given)

    def drop(self) -> None:
        """Forget the world."""
        self._sandbox.call("DELETE", f"/worlds/{self.name}")

    # books

    def seed(self, company: int | None = None, **size: int) -> dict[str, int]:
        """Fill books and return the counts.

        :param size: customers, also_suppliers (of those), inactive_customers (besides),
            suppliers (that are no customers), contacts, products, invoices (credit
            notes included), credit_notes, seed
        """
        return self.do("seed", company=company, **size)

    def counts(self, company: int | None = None) -> dict[str, int]:
        """Return how many objects of each kind there are.

        Besides a number per path: customer_active, customer_inactive,
        customer_and_supplier (both at once), party (customers and suppliers, those who
        are both counted once), credit_note (part of invoice).
        """
        return self.do("counts", company=company)

    def objects(
        self, resource: str, company: int | None = None, fields: str = ""
    ) -> list[dict[str, Any]]:
        """Return all objects of a kind as the vendor would show them."""
        return self.do("objects", resource=resource, company=company, fields=fields)

    def object(
        self, resource: str, id: Key, company: int | None = None, fields: str = ""
    ) -> dict[str, Any] | None:
        """Return one object, or None."""
        names = {"resource": resource, "id": id, "company": company}
        return self.do("object", fields=fields, **names)

    def add(
        self,
        resource: str,
        company: int | None = None,
        at: str | None = None,
        by: str | None = None,
        **values: Any,
    ) -> dict[str, Any]:
        """Add one object, given as in a body of the vendor's, and return it.

        :param at: when (ISO time with a zone), where the system can be told
        :param by: which user, where the system can be told
        """
        names = {"resource": resource, "company": company, "at": at, "by": by}
        return self.do("add", values=values, **names)

    def update(
        self,
        resource: str,
        id: Key,
        company: int | None = None,
        at: str | None = None,
        by: str | None = None,
        **values: Any,
    ) -> dict[str, Any]:
        """Change one object and return it; its version goes up.

        :param at: as in :meth:`add`, as is `by`
        """
        names = {"resource": resource, "id": id, "company": company}
        return self.do("update", values=values, at=at, by=by, **names)

    def delete(
        self,
        resource: str,
        id: Key,
        company: int | None = None,
        at: str | None = None,
    ) -> None:
        """Remove one object. Whether what points to it stays is for the system."""
        self.do("delete", resource=resource, id=id, company=company, at=at)

    def pay_invoice(
        self,
        id: Key,
        amount: float | None = None,
        day: str | None = None,
        company: int | None = None,
    ) -> dict[str, Any]:
        """Book a payment in the invoice's currency, by default of all that is open."""
        return self.do("pay_invoice", id=id, amount=amount, day=day, company=company)

    def credit_invoice(
        self, id: int, day: str | None = None, company: int | None = None
    ) -> dict[str, Any]:
        """Make the credit note of an invoice and return it."""
        return self.do("credit_invoice", id=id, day=day, company=company)

    def bank_account(self, present: bool, company: int | None = None) -> None:
        """Take the bank account number away (no invoice can be made), or restore it."""
        self.do("bank_account", present=present, company=company)

    def outbox(self, company: int | None = None) -> list[dict[str, Any]]:
        """Return the messages that invoices were sent with."""
        return self.do("outbox", company=company)

    # companies and keys

    def add_office(self, clients: list[str] | None = None) -> dict[str, Any]:
        """Make an accounting office with a key; return all credentials."""
        self.credentials = self.do("add_office", clients=clients)
        return self.credentials

    def add_client(self, name: str) -> int:
        """Make a client of the office; return its company id."""
        found = self.do("add_client", name=name)
        self.credentials = self._sandbox.open_world(self.name).credentials
        return found["company_id"]

    def revoke_key(
        self,
        kind: str | None = None,
        restore: bool = False,
        company: int | None = None,
    ) -> None:
        """Kill the employee or office token, or a company's key; or revive it."""
        self.do("revoke_key", kind=kind, restore=restore, company=company)

    def recover_key(self, kind: str = "employee") -> dict[str, Any]:
        """Put a new token in place of the old; return all credentials."""
        self.credentials = self.do("recover_key", kind=kind)
        return self.credentials

    def revoke_consumer(self) -> None:
        """Make the consumer token unknown."""
        self.do("revoke_consumer")

    def expire_sessions(self) -> int:
        """End all sessions; return how many."""
        return self.do("expire_sessions")

    def remove_right(
        self,
        right: str,
        company: int | None = None,
        kind: str | None = None,
        of_person: bool | None = None,
        restore: bool = False,
    ) -> list[str]:
        """Take a right away (or give it back).

        :return: what the system tells: the rights that are left, or those taken
        """
        return self.do(
            "remove_right",
            right=right,
            company=company,
            kind=kind,
            of_person=of_person,
            restore=restore,
        )

    def disconnect_client(self, company: int, reconnect: bool = False) -> None:
        """Take a client from the office key, or give it back."""
        self.do("disconnect_client", company=company, reconnect=reconnect)

    # time, settings, faults, calls

    def clock(
        self,
        set: str | None = None,
        advance: float | None = None,
        frozen: bool | None = None,
        reset: bool | None = None,
    ) -> str:
        """Set or move the clock; return its time (ISO, UTC).

        :param set: ISO time with a zone
        :param advance: seconds
        :param frozen: with `set`: stand still there
        """
        return self.do("clock", set=set, advance=advance, frozen=frozen, reset=reset)

    def settings(self, **values: Any) -> dict[str, Any]:
        """Change settings; return all of them."""
        return self.do("settings", **values)

    def fault(
        self,
        path: str = "",
        method: str | list[str] | None = None,
        nth: int | list[int] | None = None,
        times: int | None = None,
        after: int | None = None,
        query: dict[str, Any] | None = None,
        contains: str | None = None,
        **action: Any,
    ) -> dict[str, Any]:
        """Spoil answers, see sandbox/README.md for the actions.

        :param path: regular expression searched in the path below the base address
        :param nth: only on the n-th matching call (or calls), counted from 1
        :param times: at most so often
        :param after: not on the first so many matching calls
        :param contains: text in the body of the call
        """
        match: dict[str, Any] = {
            "path": path,
            "method": method,
            "nth": nth,
            "times": times,
        }
        match |= {"after": after, "query": query, "contains": contains}
        given = {k: v for k, v in match.items() if v is not None}
        return self.do("add_fault", match=given, action=action)

    def wait_held(
        self, name: str, count: int = 1, timeout: float = 30
    ) -> list[dict[str, Any]]:
        """Wait until calls hang at a rule's `hold`; return method and path of each.

        :param count: how many there have to be
        :param timeout: real seconds
        :raise SandboxError: they did not come
        """
        return self.do("wait_held", name=name, count=count, timeout=timeout)

    def let_go(
        self, name: str, drop: bool | None = None, once: bool | None = None
    ) -> int:
        """Let calls go on that hang at `name`; return how many hung there.

        :param drop: close their connections instead (those held before the work: it
            is not done)
        :param once: later calls hang again; else they pass
        """
        return self.do("let_go", name=name, drop=drop, once=once)

    def faults(self) -> list[dict[str, Any]]:
        """Return the rules and how often each matched and fired."""
        return self.do("faults")

    def clear_faults(self, number: int | None = None) -> None:
        """Remove one rule, or all."""
        self.do("clear_faults", number=number)

    def calls(
        self,
        path: str | None = None,
        method: str | None = None,
        status: int | None = None,
        since: int | None = None,
        user: str | None = None,
    ) -> list[dict[str, Any]]:
        """Return vendor calls, oldest first.

        :param path: regular expression
        :param user: who called, such as the id of a company
        :param since: number of a call: only later ones
        """
        wanted = {"path": path, "method": method, "status": status}
        return self.do("calls", since=since, user=user, **wanted)

    def count_calls(self, **wanted: Any) -> int:
        """Return how many calls :meth:`calls` would give."""
        return self.do("count_calls", **wanted)

    def refused(self) -> list[dict[str, Any]]:
        """Return the calls answered 4xx or refused with 503, each with its reason."""
        return self.do("refused")

    def clear_calls(self) -> None:
        """Forget all calls."""
        self.do("clear_calls")
