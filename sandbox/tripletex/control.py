# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What tests may do to companies, keys and sessions, behind the control door."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import TYPE_CHECKING, Any

from ..seed import numbers
from .access import ALL_RIGHTS, Key
from .books import Books
from .data_control import DataControls
from .fields import Record
from .standard import fill_new_company
from .webhook_control import WebhookActions

if TYPE_CHECKING:
    from .system import Tripletex

PERSONS = (("Kari", "Øverland"), ("Ola", "Åsheim"))


class Controls(DataControls, WebhookActions):
    """Actions by name; each takes and returns plain JSON values."""

    def __init__(self, system: Tripletex) -> None:
        super().__init__(system)
        self._consumer = f"test-consumer-{system.name}"
        self._employee = ""
        self._office = ""
        system.access.consumers[self._consumer] = 11

    def run(self, action: str, arguments: dict[str, Any]) -> Any:
        """Do one action.

        :raise KeyError: there is none of that name
        """
        method: Callable[..., Any] | None = getattr(self, f"do_{action}", None)
        if method is None:
            raise KeyError(f"unknown action {action!r}")
        return method(**arguments)

    def credentials(self) -> dict[str, Any]:
        """Return what opens the world."""
        access = self._system.access
        office = access.keys.get(self._office)
        return {
            "consumer_token": self._consumer,
            "employee_token": self._employee,
            "company_id": next(iter(access.books)),
            "office_token": self._office or None,
            "office_id": office.company_id if office else None,
            "client_ids": sorted(office.clients) if office else [],
        }

    # companies and keys

    def found_company(self, name: str = "Fjordlys Handel AS") -> Books:
        """Make the company that the first employee token belongs to."""
        books = self._new_books(name, "AS")
        key = self._new_key(books, f"test-employee-{self._system.name}", False)
        self._employee = key.token
        return books

    def _new_books(self, name: str, kind: str) -> Books:
        system = self._system
        number = system.ids.next("company", 5_001_001)
        company = {
            "id": number,
            "version": 1,
            "name": name,
            "organizationNumber": numbers.norwegian_org_number(Random(number)),
            "type": kind,
            "currency": 1,
            "startDate": "2019-01-01",
            "companyMigration": "NONE",
        }
        books = Books(company, system.shared, system.ids, system.clock)
        company["_changes"] = [(0.0, "CREATE", 0)]
        fill_new_company(books)
        system.events.watch(books)
        system.access.books[number] = books
        return books

    def _new_key(self, books: Books, token: str, office: bool) -> Key:
        pairs = zip(PERSONS, (False, True), strict=True)
        people = [
            books.add("Employee", self._person(books, *name, is_token=is_token))
            for name, is_token in pairs
        ]
        books.employee = people[1]["id"]
        key = Key(
            id=self._system.ids.next("key", 42),
            token=token,
            company_id=books.id,
            person_id=people[0]["id"],
            pseudo_id=people[1]["id"],
            office=office,
        )
        self._system.access.keys[token] = key
        self._write_entitlements(books, key)
        return key

    @staticmethod
    def _person(books: Books, first: str, last: str, is_token: bool) -> Record:
        return {
            "firstName": first,
            "lastName": last,
            "email": f"{first.lower()}@example.org",
            "companyId": books.id,
            "_token": is_token,
        }

    def _write_entitlements(self, books: Books, key: Key) -> None:
        table = books.table("Entitlement")
        for record in list(table.values()):
            if record["employee"] in (key.person_id, key.pseudo_id):
                table.remove(record["id"])
        sides = ((key.person_id, key.taken_from_person), (key.pseudo_id, key.taken))
        for employee, taken in sides:
            for place, name in enumerate(ALL_RIGHTS):
                if name not in taken.get(books.id, set()):
                    values = {"employee": employee, "name": name}
                    books.add("Entitlement", {**values, "entitlementId": place + 1})

    def do_add_office(
        self, name: str = "Nordpunkt Regnskap AS", clients: list[str] | None = None
    ) -> dict[str, Any]:
        """Make an accounting office with a key and client companies.

        :param clients: names of the companies
        """
        books = self._new_books(name, "AS")
        key = self._new_key(books, f"test-office-{self._system.name}", True)
        self._office = key.token
        for client in clients or []:
            self.do_add_client(client)
        return self.credentials()

    def do_add_client(self, name: str, company_type: str = "AS") -> dict[str, Any]:
        """Make a company whose books the office key opens."""
        key = self._system.access.keys[self._office]
        books = self._new_books(name, company_type)
        books.employee = key.pseudo_id
        self._write_entitlements(books, key)
        key.clients.add(books.id)
        same = self._system.settings["customer_company_id"] == "same"
        register = books.id if same else self._system.ids.next("register", 88_000_101)
        client = {**books.company, "customerCompanyId": register}
        self._system.books(key.company_id).table("Client").put(client)
        return {"company_id": books.id, "customer_company_id": register}

    def do_companies(self) -> list[dict[str, Any]]:
        """List companies: id, name, organisation number."""
        return [
            {key: books.company[key] for key in ("id", "name", "organizationNumber")}
            for books in self._system.access.books.values()
        ]

    def do_set_tokens(self, **tokens: str) -> dict[str, Any]:
        """Rename tokens: consumer, employee, office."""
        access = self._system.access
        if "consumer" in tokens:
            access.consumers = {tokens["consumer"]: 11}
            self._consumer = tokens["consumer"]
        for kind in ("employee", "office"):
            if kind in tokens:
                key = access.keys.pop(getattr(self, f"_{kind}"))
                key.token = tokens[kind]
                access.keys[key.token] = key
                setattr(self, f"_{kind}", key.token)
        return self.credentials()

    def do_revoke_key(self, kind: str = "employee", restore: bool = False) -> None:
        """Kill an employee or office token with its sessions (or revive it)."""
        self._key(kind).alive = restore

    def do_recover_key(self, kind: str = "employee") -> dict[str, Any]:
        """Make a new token in place of the old, which dies with its sessions."""
        key = self._key(kind)
        for session in self._system.access.sessions.values():
            if session.key is key:
                session.alive = False
        return self.do_set_tokens(**{kind: f"{key.token}-new"})

    def do_revoke_consumer(self) -> None:
        """Make the consumer token unknown, as one of another environment is."""
        self._system.access.consumers.clear()

    def do_expire_sessions(self) -> int:
        """End every session; return how many there were."""
        open_ones = [s for s in self._system.access.sessions.values() if s.alive]
        for session in open_ones:
            session.alive = False
        return len(open_ones)

    def do_sessions(self) -> list[dict[str, Any]]:
        """List sessions, without their tokens."""
        return [
            {
                "id": session.id,
                "alive": session.alive,
                "expires": session.expiration.isoformat(),
                "office": session.key.office,
            }
            for session in self._system.access.sessions.values()
        ]

    def do_disconnect_client(self, company: int, reconnect: bool = False) -> None:
        """Take a client from the office key (or give it back)."""
        clients = self._key("office").clients
        (clients.add if reconnect else clients.discard)(int(company))

    def do_close_api_access(self, company: int, reopen: bool = False) -> None:
        """Untick "API-tilgang" in a client (or tick it again)."""
        closed = self._system.access.closed_clients
        (closed.discard if reopen else closed.add)(int(company))

    def do_remove_right(
        self,
        right: str,
        company: int | None = None,
        kind: str = "employee",
        of_person: bool = False,
        restore: bool = False,
    ) -> list[str]:
        """Take a right from a key in a company (or give it back).

        :param right: such as AUTH_CUSTOMER_ADMIN
        :param of_person: from the person who owns the key instead
        :return: the rights that are left
        """
        if right not in ALL_RIGHTS:
            raise KeyError(f"unknown right {right!r}, known: {ALL_RIGHTS}")
        key = self._key(kind)
        books = self._system.books(company)
        side = key.taken_from_person if of_person else key.taken
        taken = side.setdefault(books.id, set())
        (taken.discard if restore else taken.add)(right)
        self._write_entitlements(books, key)
        return sorted(key.rights(books.id))

    def _key(self, kind: str) -> Key:
        return self._system.access.keys[getattr(self, f"_{kind}")]
