# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Worlds of SmartAccounts, and a plain caller of its API, written out by hand."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable, Iterator
from datetime import datetime, timezone
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

import pytest
import requests

from sandbox.control import Sandbox, World


class Caller:
    """Calls the services of one company."""

    def __init__(self, world: World, company: dict[str, Any] | None = None) -> None:
        self.world = world
        self.keys = company or world.credentials
        self.language = ""
        # what the caller takes for now; the time of day if left out
        self.now: datetime | None = None
        self._http = requests.Session()

    def sign(self, query: str, body: bytes = b"", secret: str | None = None) -> str:
        """Return the signature of a query and a body."""
        key = (secret or self.keys["secret_key"]).encode()
        return hmac.new(key, query.encode() + body, hashlib.sha256).hexdigest()

    def send(
        self, service: str, query: str, body: bytes = b"", method: str | None = None
    ) -> requests.Response:
        """Send a query as it is given."""
        address = f"{self.world.base_url}{self.language}/api/{service}?{query}"
        method = method or ("POST" if body else "GET")
        return self._http.request(method, address, data=body or None)

    def query(self, **params: Any) -> str:
        """Return a query with timestamp and key, not signed yet."""
        now = self.now or datetime.now(timezone.utc)
        stamp = now.astimezone(ZoneInfo("Europe/Tallinn")).strftime("%d%m%Y%H%M%S")
        own = {"timestamp": stamp, "apikey": self.keys["public_key"]}
        return urlencode({**params, **own})

    def call(self, service: str, body: Any = None, **params: Any) -> requests.Response:
        """Call a service, signed as it should be."""
        data = b"" if body is None else json.dumps(body, ensure_ascii=False).encode()
        query = self.query(**params)
        return self.send(service, f"{query}&signature={self.sign(query, data)}", data)

    def get(self, service: str, **params: Any) -> dict[str, Any]:
        """Return the answer of a `:get` that succeeds."""
        answer = self.call(f"{service}:get", **params)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def all(self, service: str, key: str, **params: Any) -> list[dict[str, Any]]:
        """Return all pages of a list."""
        found: list[dict[str, Any]] = []
        number, more = 1, True
        while more:
            page = self.get(service, pageNumber=number, **params)
            found += page[key]
            number, more = number + 1, page["hasMoreEntries"]
        return found

    def write(self, method: str, body: Any, **params: Any) -> dict[str, Any]:
        """Return the answer of a write that succeeds."""
        answer = self.call(method, body, **params)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def refusal(
        self, service: str, body: Any = None, **params: Any
    ) -> tuple[int, list[str]]:
        """Return status and keys of an answer that is an error."""
        return told(self.call(service, body, **params))


def told(answer: requests.Response) -> tuple[int, list[str]]:
    """Return status and error keys of an answer."""
    errors = answer.json().get("errors", [])
    assert all(error["message"] for error in errors)
    return answer.status_code, [error["code"] for error in errors]


@pytest.fixture
def make_world(sandbox: Sandbox) -> Iterator[Callable[..., World]]:
    """Return a maker of worlds, which are dropped when the test is over."""
    made: list[World] = []

    def make(**options: Any) -> World:
        # tests make calls faster than the vendor would have it
        calm = {"limit_minute": 0, "limit_day": 0}
        made.append(sandbox.world("smartaccounts", **{**calm, **options}))
        return made[-1]

    yield make
    for world in made:
        world.drop()


@pytest.fixture
def world(make_world: Callable[..., World]) -> World:
    """Return a world with one company and no limits."""
    return make_world()


@pytest.fixture
def api(world: World) -> Caller:
    """Return a caller of the company in the world."""
    return Caller(world)


@pytest.fixture
def caller() -> Callable[..., Caller]:
    """Return what makes callers of a world's companies."""
    return Caller


@pytest.fixture
def tell() -> Callable[[requests.Response], tuple[int, list[str]]]:
    """Return what reads status and error keys of an answer."""
    return told


@pytest.fixture
def shop(api: Caller) -> Shop:
    """Return a caller with a client, a vendor and an article at hand."""
    return Shop(api)


class Shop:
    """Bodies that are right, for tests that make one thing wrong."""

    def __init__(self, api: Caller) -> None:
        self.api = api
        self.world = api.world
        client = {"name": "Tamm Ehitus OÜ", "vatPc": "24", "regCode": "12345678"}
        self.client = self.world.add("clients", **client)["id"]
        self.vendor = self.world.add("vendors", name="Žukov Puit AS")["id"]
        article = {"code": "T01", "description": "Raamatupidamine", "type": "SERVICE"}
        self.article = self.world.add("articles", **article)["code"]

    def row(self, **values: Any) -> dict[str, Any]:
        """Return one row of an invoice."""
        row = {"code": "T01", "description": "Töö", "price": 100.02, "quantity": 1}
        return {**row, "vatPc": "24", **values}

    def sale(self, **values: Any) -> dict[str, Any]:
        """Return a sales invoice to send."""
        body = {"clientId": self.client, "date": "15.01.2026", "currency": "EUR"}
        return {**body, "rows": [self.row()], **values}

    def bill(self, **values: Any) -> dict[str, Any]:
        """Return a purchase invoice to send."""
        body = {"vendorId": self.vendor, "date": "15.01.2026", "currency": "EUR"}
        return {**body, "invoiceNumber": "A-1", "rows": [self.row()], **values}

    def entry(self, **values: Any) -> dict[str, Any]:
        """Return a manual entry to send."""
        rows = [
            {"account": "40510", "description": "Üür", "debitAmount": 12.5},
            {"account": "10121", "description": "Üür", "creditAmount": 12.5},
        ]
        return {"date": "15.01.2026", "rows": rows, **values}

    def payment(self, invoice: str, paid: float, **values: Any) -> dict[str, Any]:
        """Return a payment of a sales invoice to send."""
        return {
            "date": "20.01.2026",
            "partnerType": "CLIENT",
            "clientId": self.client,
            "accountType": "BANK",
            "accountName": "LHV",
            "currency": "EUR",
            "rows": [{"type": "CLIENT_INVOICE", "id": invoice, "amount": paid}],
            **values,
        }

    def sell(self, **values: Any) -> str:
        """Add a sales invoice by the API and return its id."""
        body = self.sale(**values)
        return self.api.write("purchasesales/clientinvoices:add", body)["invoiceId"]

    def invoice(self, id: str, side: str = "client") -> dict[str, Any]:
        """Return an invoice as the API shows it."""
        service = f"purchasesales/{side}invoices"
        (found,) = self.api.get(service, id=id, fetchRows="true")[f"{side}Invoices"]
        return found

    def entries(self) -> list[dict[str, Any]]:
        """Return all entries since the year began."""
        return self.api.all("general/entries", "entries", dateFrom="01.01.2026")
