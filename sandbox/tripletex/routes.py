# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Which method and path leads where."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from ..wire import Request, Response
from . import errors
from .access import Caller, Session
from .derived import OSLO
from .endpoints import CLIENTS, ENTITLEMENTS, LISTS, SINGLES
from .fields import projection
from .listing import Reader
from .standard import rate

if TYPE_CHECKING:
    from .system import Tripletex

Run = Callable[["Tripletex", Any, Request, dict[str, str]], Response]


@dataclass(frozen=True)
class Route:
    """Where a call goes; a public one needs no login."""

    run: Run
    public: bool = False


_ROUTES: list[tuple[str, re.Pattern[str], Route]] = []


def route(method: str, pattern: str, public: bool = False) -> Callable[[Run], Run]:
    """Register a function for a path; `{name}` stands for digits, `<name>` for text."""
    text = re.sub(r"<(\w+)>", r"(?P<\1>[^/]+)", re.escape(pattern))
    text = re.sub(r"\\{(\w+)\\}", r"(?P<\1>\\d+)", text)

    def register(run: Run) -> Run:
        entry = (method, re.compile(text + r"\Z"), Route(run, public))
        _ROUTES.append(entry)
        return run

    return register


def find_route(method: str, path: str) -> tuple[Route, dict[str, str]]:
    """Return the route of a call and the values in its path.

    :raise ApiError: 404 / 21000 unknown path; 405; 400 / 12000 an id of no use
    """
    if method == "GET" and path in LISTS:
        return Route(_list), {"path": path}
    head, _slash, last = path.rpartition("/")
    if method == "GET" and last.isdigit() and head in SINGLES:
        return Route(_single), {"path": head, "id": last}
    known = False
    for wanted, pattern, found in _ROUTES:
        match = pattern.match(path)
        if match is None:
            continue
        if wanted == method:
            return found, match.groupdict()
        known = True
    if known or path in LISTS or (last.isdigit() and head in SINGLES):
        raise errors.method_not_allowed()
    if head in SINGLES and last[:1] not in (":", ">"):
        raise errors.ApiError(400, 12000, "Illegal path parameter", None, [])
    raise errors.no_such_path()


def _list(system: Tripletex, caller: Caller, request: Request, values: Any) -> Response:
    return Reader(caller.books, system.settings).page(LISTS[values["path"]], request)


def _single(
    system: Tripletex, caller: Caller, request: Request, values: Any
) -> Response:
    path, key = values["path"], int(values["id"])
    if path == "company" and key != caller.books.id:
        raise errors.not_found()
    return Reader(caller.books, system.settings).single(path, key, request)


# sessions


def _session_answer(system: Tripletex, session: Session, status: int) -> Response:
    record = {
        "id": session.id,
        "version": 1,
        "consumerToken": system.access.consumers[session.consumer],
        "employeeToken": session.key.id,
        "expirationDate": session.expiration.isoformat(),
        "token": session.token,
    }
    wanted = projection("SessionToken", "")
    value = wanted.build(record, lambda _model, _key: None)
    return Response.json({"value": value}, status)


@route("POST", "token/session/:create", public=True)
def create_session(
    system: Tripletex, _caller: None, request: Request, _values: Any
) -> Response:
    """Make a session from a body, the preferred way (dossier §2.1)."""
    status = system.settings["post_session_status"]
    if status == 404:
        raise errors.no_such_path()
    if status == 405:
        raise errors.method_not_allowed()
    body = read_body(request)
    names = ("consumerToken", "employeeToken", "expirationDate")
    unknown = [name for name in body if name not in names]
    if unknown:
        raise unknown_fields(unknown)
    session = system.access.open_session(*(body.get(name) for name in names))
    return _session_answer(system, session, status)


@route("PUT", "token/session/:create", public=True)
def create_session_from_query(
    system: Tripletex, _caller: None, request: Request, _values: Any
) -> Response:
    """Make a session from query parameters, the legacy way."""
    names = ("consumerToken", "employeeToken", "expirationDate")
    missing = [name for name in names if not request.arg(name)]
    if missing:
        texts = [errors.message("Kan ikke være null.", name) for name in missing]
        raise errors.parameters(*texts)
    session = system.access.open_session(*(request.arg(name) for name in names))
    return _session_answer(system, session, 200)


@route("GET", "token/session/>whoAmI")
def who_am_i(
    system: Tripletex, caller: Caller, request: Request, _values: Any
) -> Response:
    """Tell in which company the caller is, and as whom."""
    record = {
        "employeeId": caller.key.person_id,
        "actualEmployeeId": caller.key.pseudo_id,
        "employee": caller.key.person_id,
        "companyId": caller.books.id,
        "company": caller.books.id,
        "language": "no",
        "employeeIsProxy": caller.key.office and not caller.at_home,
    }
    wanted = projection("LoggedInUserInfo", request.arg("fields") or "")

    def find(model: str, key: int) -> Any:
        home = system.books(caller.key.company_id)
        return caller.books.find(model, key) or home.find(model, key)

    return Response.json({"value": wanted.build(record, find)})


@route("DELETE", "token/session/<token>")
def close_session(
    system: Tripletex, _caller: Caller, _request: Request, values: Any
) -> Response:
    """End a session."""
    system.access.close_session(values["token"])
    return Response(204)


@route("GET", "token/consumer/byToken")
def consumer_by_token(
    system: Tripletex, _caller: Caller, request: Request, _values: Any
) -> Response:
    """Tell of a consumer token."""
    token = request.arg("token") or ""
    if token not in system.access.consumers:
        raise errors.not_found()
    record = {"id": system.access.consumers[token], "version": 0}
    wanted = projection("ConsumerToken", request.arg("fields") or "")
    return Response.json({"value": wanted.build(record, lambda *_args: None)})


@route("PUT", "token/employee/:create")
def create_employee_token(
    _system: Tripletex, _caller: Caller, _request: Request, _values: Any
) -> Response:
    """Refuse: only selected consumers may make employee tokens."""
    raise errors.forbidden()


# companies and rights


@route("GET", "company/>withLoginAccess")
def with_login_access(
    system: Tripletex, caller: Caller, request: Request, _values: Any
) -> Response:
    """List the client companies that the key opens (dossier §3.2)."""
    open_clients = caller.key.clients - system.access.closed_clients

    def is_open(record: Any) -> bool:
        return caller.at_home and record["id"] in open_clients

    home = system.books(caller.key.company_id)
    return Reader(home, system.settings).page(CLIENTS, request, is_open)


@route("GET", "employee/entitlement")
def entitlements(
    system: Tripletex, caller: Caller, request: Request, _values: Any
) -> Response:
    """List the rights of an employee, by default of the key's own user."""
    wanted = int(request.arg("employeeId") or caller.key.pseudo_id)

    def is_wanted(record: Any) -> bool:
        return record["employee"] == wanted

    reader = Reader(caller.books, system.settings)
    return reader.page(ENTITLEMENTS, request, is_wanted)


@route("GET", "currency/{id}/rate")
def exchange_rate(
    _system: Tripletex, caller: Caller, request: Request, values: Any
) -> Response:
    """Tell what a currency costs in NOK on a day."""
    currency = caller.books.find("Currency", int(values["id"]))
    if currency is None:
        raise errors.not_found()
    text = request.arg("date")
    if not text:
        raise errors.parameters(errors.message("Kan ikke være null.", "date"))
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise errors.parameter_format("date") from None
    record = {
        "id": currency["id"] * 100_000 + day.toordinal() % 100_000,
        "version": 0,
        "sourceCurrency": currency["id"],
        "targetCurrency": 1,
        "rate": rate(currency["code"])[0],
        "source": "NORGES_BANK",
        "date": day.isoformat(),
    }
    wanted = projection("CurrencyExchangeRate", request.arg("fields") or "")
    return Response.json({"value": wanted.build(record, caller.books.find)})


# bodies


def read_body(request: Request, kind: type = dict) -> Any:
    """Return the body of a call.

    :raise ApiError: 422 / 22000 no JSON, 422 / 16000 not an object (or a list)
    """
    try:
        body = json.loads(request.body)
    except ValueError:
        raise errors.invalid_json() from None
    if not isinstance(body, kind):
        raise errors.mapping(errors.message("Feil JSON-type.", None, "null"))
    return body


def unknown_fields(names: list[str], path: str = "null") -> errors.ApiError:
    """Return 422 / 16000 for fields that the object does not have."""
    text = "Feltet eksisterer ikke i objektet."
    texts = [errors.message(text, name, f"{path}.{name}") for name in names]
    return errors.mapping(*texts)


def norwegian_day(system: Tripletex) -> date:
    """Return today's date in Norway by the clock of the world."""
    return system.clock.now().astimezone(OSLO).date()
