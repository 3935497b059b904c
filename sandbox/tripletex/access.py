# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Tokens, sessions, and who may open which books (dossier §2, §3)."""

from __future__ import annotations

import base64
import binascii
import json
import uuid
from dataclasses import dataclass, field
from datetime import date, datetime, time, timezone
from typing import Any

from ..clock import Clock
from . import errors
from .books import Books
from .derived import OSLO

OFFICE_HOME_TEXT = (
    "Company owned users(employeeToken) can only access /token/session/>whoAmI"
    " & /company/>withLoginAccess in their own company."
)
OFFICE_HOME_PATHS = ("token/session/>whoAmI", "company/>withLoginAccess")
TEXT_INVALID_TOKEN = "Ugyldig token, eller tokenet finnes ikke."
# endpoint: entitlement; the names are the vendor's, which right opens what is a guess
RIGHTS = {
    "customer": "AUTH_CUSTOMER_ADMIN",
    "contact": "AUTH_CUSTOMER_ADMIN",
    "deliveryAddress": "AUTH_CUSTOMER_ADMIN",
    "supplier": "AUTH_SUPPLIER_ADMIN",
    "product": "AUTH_PRODUCT_ADMIN",
    "order": "AUTH_ORDER_ADMIN",
    "invoice": "AUTH_INVOICING",
    "ledger": "AUTH_VOUCHER_READ",
    "supplierInvoice": "AUTH_INCOMING_INVOICE",
    "department": "AUTH_DEPARTMENT_ADMIN",
    "employee": "AUTH_EMPLOYEE_READ",
}
# readable by anybody who is logged in
ALWAYS_OPEN = ("employee/entitlement", "ledger/vatType")
ALL_RIGHTS = ("AUTH_LOGIN", *sorted(set(RIGHTS.values())))


@dataclass
class Key:
    """An employee token ("brukernøkkel")."""

    id: int
    token: str
    company_id: int
    person_id: int
    pseudo_id: int
    office: bool = False
    alive: bool = True
    clients: set[int] = field(default_factory=set)
    # rights taken away, by company id: from the key, from the person owning it
    taken: dict[int, set[str]] = field(default_factory=dict)
    taken_from_person: dict[int, set[str]] = field(default_factory=dict)

    def rights(self, company_id: int) -> set[str]:
        """Return what counts: rights both the person and the key have."""
        taken = self.taken.get(company_id, set())
        return set(ALL_RIGHTS) - taken - self.taken_from_person.get(company_id, set())


@dataclass
class Session:
    """A session token."""

    id: int
    token: str
    key: Key
    consumer: str
    ends: datetime
    expiration: date
    alive: bool = True


@dataclass
class Caller:
    """Who calls, and in which books."""

    session: Session
    key: Key
    books: Books

    @property
    def at_home(self) -> bool:
        """Tell whether the key is used in the company that owns it."""
        return self.books.id == self.key.company_id


class Access:
    """All tokens and sessions of a world."""

    def __init__(self, clock: Clock, settings: dict[str, Any]) -> None:
        self._clock = clock
        self._settings = settings
        self.consumers: dict[str, int] = {}
        self.keys: dict[str, Key] = {}
        self.sessions: dict[str, Session] = {}
        self.books: dict[int, Books] = {}
        # clients whose box "API-tilgang" is not ticked
        self.closed_clients: set[int] = set()

    def open_session(
        self, consumer: str | None, employee: str | None, until: str | None
    ) -> Session:
        """Make a session.

        :param until: YYYY-MM-DD; the session ends when that day begins in Norway
        :raise ApiError: 422 / 18000 naming the argument that is wrong
        """
        if consumer not in self.consumers:
            raise _bad_argument("consumerToken", TEXT_INVALID_TOKEN)
        key = self.keys.get(employee or "")
        if key is None or not key.alive:
            raise _bad_argument("employeeToken", TEXT_INVALID_TOKEN)
        day = self._expiration(until)
        number = 8800 + len(self.sessions) + 1
        inner = {"tokenId": number, "token": str(uuid.uuid4())}
        token = base64.b64encode(json.dumps(inner).encode()).decode()
        ends = datetime.combine(day, time(), OSLO).astimezone(timezone.utc)
        session = Session(number, token, key, consumer, ends, day)
        self.sessions[token] = session
        return session

    def _expiration(self, until: str | None) -> date:
        try:
            day = date.fromisoformat(until or "")
        except ValueError:
            raise _bad_argument("expirationDate", "Ugyldig dato.") from None
        today = self._clock.now().astimezone(OSLO).date()
        if day <= today and self._settings["expiration_today"] == "refused":
            raise _bad_argument("expirationDate", "Datoen må være etter dagens dato.")
        return day

    def caller(self, header: str, path: str, seen: dict[str, Any]) -> Caller:
        """Return who calls.

        :param header: of Authorization
        :param path: without leading slash, as an office key opens only two at home
        :param seen: gets the user name and the session's id for the journal
        :raise ApiError: 401 / 3000, or what the settings say of unknown clients
        """
        user, token = _basic(header)
        seen["user"] = user
        session = self.sessions.get(token)
        if session is not None:
            seen["session"] = session.id
        if session is None or not self._is_open(session):
            raise errors.unauthorized()
        books = self._books(user, session.key)
        caller = Caller(session, session.key, books)
        if session.key.office and caller.at_home and path not in OFFICE_HOME_PATHS:
            status = self._settings["office_home_status"]
            raise errors.ApiError(status, 9000, OFFICE_HOME_TEXT, None, [])
        return caller

    def _is_open(self, session: Session) -> bool:
        return session.alive and session.key.alive and self._clock.now() < session.ends

    def _books(self, user: str, key: Key) -> Books:
        if user in ("", "0"):
            return self.books[key.company_id]
        number = int(user) if user.isdigit() else -1
        mine = {key.company_id} | (key.clients - self.closed_clients)
        if number in mine and number in self.books:
            return self.books[number]
        raise self._unknown_client()

    def _unknown_client(self) -> errors.ApiError:
        status = self._settings["unknown_client_status"]
        if status == 403:
            return errors.forbidden()
        return errors.unauthorized() if status == 401 else errors.not_found()

    def close_session(self, token: str) -> None:
        """End a session.

        :raise ApiError: 404 / 6000, there is none of that name
        """
        session = self.sessions.get(token)
        if session is None or not session.alive:
            raise errors.not_found()
        session.alive = False


def missing_right(caller: Caller, path: str) -> str | None:
    """Return the entitlement that a path needs and the caller lacks, or None."""
    if path.startswith(ALWAYS_OPEN):
        return None
    needed = RIGHTS.get(path.split("/")[0])
    if needed is None or needed in caller.key.rights(caller.books.id):
        return None
    return needed


def _basic(header: str) -> tuple[str, str]:
    kind, _blank, text = header.partition(" ")
    if kind.lower() != "basic":
        raise errors.unauthorized()
    try:
        user, _colon, token = base64.b64decode(text).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        raise errors.unauthorized() from None
    return user.strip(), token


def _bad_argument(name: str, text: str) -> errors.ApiError:
    return errors.validation(errors.message(text, f"arg:{name}", f"arg:{name}"))
