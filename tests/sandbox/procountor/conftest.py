# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Worlds of Procountor, and a plain caller of its API, written out by hand."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

import pytest
import requests

from sandbox.control import Sandbox, World


class Caller:
    """Calls the API of one company with a token of its API key."""

    def __init__(self, world: World, company: dict[str, Any] | None = None) -> None:
        self.world = world
        self.own = company or world.credentials
        # scheme, host and what stands for the host in the sandbox
        self.host = world.base_url.removesuffix("/api")
        self.token = ""
        self.http = requests.Session()

    def form(self, **values: Any) -> dict[str, Any]:
        """Return the form of the token call; None leaves a field out."""
        found = self.world.credentials
        whole = {
            "grant_type": "client_credentials",
            "client_id": found["client_id"],
            "client_secret": found["client_secret"],
            "api_key": self.own["api_key"],
            **values,
        }
        return {name: value for name, value in whole.items() if value is not None}

    def ask_token(self, path: str = "/oauth/token", **values: Any) -> requests.Response:
        """Ask for a token."""
        return self.http.post(self.world.base_url + path, data=self.form(**values))

    def login(self) -> Caller:
        """Go on with a new token."""
        answer = self.ask_token()
        assert answer.status_code == 200, answer.text
        self.token = answer.json()["access_token"]
        return self

    def call(
        self, method: str, path: str, body: Any = None, **options: Any
    ) -> requests.Response:
        """Call, and return whatever is answered."""
        headers = {"Authorization": f"Bearer {self.token}"}
        headers |= options.pop("headers", {})
        if body is not None:
            headers.setdefault("Content-Type", "application/json")
            options["data"] = json.dumps(body, ensure_ascii=False).encode()
        address = self.world.base_url + path
        return self.http.request(method, address, headers=headers, **options)

    def get(self, path: str, **params: Any) -> Any:
        """Return the body of a GET that succeeds."""
        answer = self.call("GET", path, params=params)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def found(self, path: str, headers: Any = None, **params: Any) -> list[Any]:
        """Return the results of a search."""
        answer = self.call("GET", path, params=params, headers=headers or {})
        assert answer.status_code == 200, answer.text
        return answer.json()["results"]

    def write(self, method: str, path: str, body: Any = None) -> Any:
        """Return the body of a write that succeeds."""
        answer = self.call(method, path, body)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def refusal(
        self, method: str, path: str, body: Any = None, **options: Any
    ) -> tuple[int, dict[str, str]]:
        """Return the status of an error, and its messages by field."""
        return told(self.call(method, path, body, **options))

    def invoice_body(self, **values: Any) -> dict[str, Any]:
        """Return the smallest invoice that passes, with some values changed."""
        body = deepcopy(INVOICE)
        body["paymentInfo"]["bankAccount"] = {"accountNumber": self.own["iban"]}
        return merged(body, values)

    def invoice(self, **values: Any) -> dict[str, Any]:
        """Make an invoice and return it."""
        return self.write("POST", "/invoices", self.invoice_body(**values))

    def step(self, invoice: dict[str, Any], *names: str) -> dict[str, Any]:
        """Take an invoice through steps, and return it as it is then."""
        for name in names:
            body = {} if name in ("approve", "reject") else None
            self.write("PUT", f"/invoices/{invoice['id']}/{name}", body)
        return self.get(f"/invoices/{invoice['id']}")

    def partner_body(self, **values: Any) -> dict[str, Any]:
        """Return a customer, with some values changed."""
        return merged(deepcopy(PARTNER), values)

    def partner(self, **values: Any) -> dict[str, Any]:
        """Make a customer and return it."""
        return self.write("POST", "/businesspartners", self.partner_body(**values))

    def product(self, **values: Any) -> dict[str, Any]:
        """Make a product and return it."""
        return self.write("POST", "/products", {**PRODUCT, **values})


ADDRESS = {
    "name": "Esimerkki Oy",
    "street": "Katu 1",
    "zip": "00100",
    "city": "Helsinki",
    "country": "FINLAND",
}
ROW = {
    "product": "Kahvikuppi",
    "quantity": 2,
    "unit": "PIECE",
    "unitPrice": 8.9,
    "discountPercent": 0,
    "vatPercent": 25.5,
}
INVOICE = {
    "type": "SALES_INVOICE",
    "date": "2026-01-15",
    "counterParty": {
        "email": "laskut@esimerkki.example",
        "counterPartyAddress": ADDRESS,
    },
    "paymentInfo": {
        "paymentMethod": "BANK_TRANSFER",
        "currency": "EUR",
        "currencyRate": 1,
        "dueDate": "2026-01-29",
        "bankReferenceCode": "",
    },
    "extraInfo": {"accountingByRow": True, "unitPricesIncludeVat": False},
    "discountPercent": 0,
    "originalInvoiceNumber": "SO00042",
    "invoiceRows": [ROW],
    "vatStatus": 1,
    "invoiceChannel": "EMAIL",
    "language": "FINNISH",
}
PARTNER = {
    "name": "Esimerkki Oy",
    "type": "CUSTOMER",
    "address": ADDRESS,
    "invoicingInfo": {
        "customerNumber": "10025",
        "identifierType": "FI",
        "identifier": "1234567-1",
        "email": "laskut@esimerkki.example",
    },
    "paymentInfo": {"paymentMethod": "BANK_TRANSFER", "paymentTermDays": "14"},
    "registryInfo": {"active": True, "phone": "+358401234567"},
}
PRODUCT = {
    "type": "SALES",
    "name": "Kahvikuppi",
    "code": "KUPPI-1",
    "unit": "PIECE",
    "discount": 0,
    "price": 8.9,
    "vat": 25.5,
    "vatStatus": 1,
    "active": True,
    "currency": "EUR",
}


def merged(body: dict[str, Any], values: dict[str, Any]) -> dict[str, Any]:
    """Return a body with values changed; objects are merged, None takes away."""
    for name, value in values.items():
        if value is None:
            body.pop(name, None)
        elif isinstance(value, dict) and value and isinstance(body.get(name), dict):
            merged(body[name], value)
        else:
            body[name] = value
    return body


def told(answer: requests.Response) -> tuple[int, dict[str, str]]:
    """Return status and messages by field of an answer that is an error."""
    errors = answer.json()["errors"]
    assert all(error["status"] == answer.status_code for error in errors)
    return answer.status_code, {e.get("field", ""): e["message"] for e in errors}


@pytest.fixture
def make_world(sandbox: Sandbox) -> Iterator[Callable[..., World]]:
    """Return a maker of worlds, which are dropped when the test is over."""
    made: list[World] = []

    def make(**options: Any) -> World:
        made.append(sandbox.world("procountor", **{"limit_second": 0, **options}))
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
    """Return a caller of the company in the world, with a token."""
    return Caller(world).login()


@pytest.fixture
def caller() -> Callable[..., Caller]:
    """Return what makes callers of a world's companies."""
    return Caller


@pytest.fixture
def refused_as() -> Callable[[requests.Response], tuple[int, dict[str, str]]]:
    """Return what reads an answer that is an error."""
    return told
