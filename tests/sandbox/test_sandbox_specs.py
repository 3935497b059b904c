# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The stand-in against the vendor's own OpenAPI document, where that is present."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import requests

from sandbox.tripletex.endpoints import ENUMS, LISTS, SINGLES
from sandbox.tripletex.schema import MODELS
from sandbox.tripletex.writing import WRITABLE

pytestmark = pytest.mark.needs_specs

SHARED = Path(
    os.environ.get("LEDGER_SHARED") or Path(__file__).resolve().parents[3] / "shared"
)
DOCUMENT = SHARED / "apis" / "specs" / "tripletex" / "openapi-2.74.00.json"
KINDS = {
    "integer": {"int"},
    "number": {"num", "int"},
    "string": {"str", "date", "enum", "null"},
    "boolean": {"bool"},
    "array": {"refs", "values"},
}
# the document's names for lists that are not called after their model
LIST_NAMES = {"Voucher": "VoucherSearchResponse"}
WRITTEN = {*WRITABLE, "order", "invoice", "order/orderline", "ledger/account"}
WINDOWS = {
    "invoiceDateFrom": "2000-01-01",
    "invoiceDateTo": "2100-01-01",
    "orderDateFrom": "2000-01-01",
    "orderDateTo": "2100-01-01",
    "dateFrom": "2000-01-01",
    "dateTo": "2100-01-01",
    "date": "2100-01-01",
    "includeNonApproved": "true",
}


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    """Return the vendor's document."""
    return json.loads(DOCUMENT.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def check(document):
    """Return a function that validates a body against a schema of the document.

    Two things are told apart from the document: recordings show null for what is
    missing (dossier §4), and a field that the document lacks is a mistake here.
    """
    schemas = document["components"]["schemas"]
    strict = {name: _strict(schema) for name, schema in schemas.items()}

    def validate(body: Any, name: str) -> None:
        assert name in strict, name
        schema = {
            "$ref": f"#/components/schemas/{name}",
            "components": {"schemas": strict},
        }
        jsonschema.Draft4Validator(schema).validate(body)

    return validate


def _strict(schema: Any) -> Any:
    if isinstance(schema, list):
        return [_strict(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    found = {key: _strict(value) for key, value in schema.items()}
    properties = found.get("properties")
    if isinstance(properties, dict):
        found["additionalProperties"] = False
        found["properties"] = {
            name: {"anyOf": [part, {"type": "null"}]}
            for name, part in properties.items()
        }
    return found


@pytest.fixture(scope="module")
def books(sandbox):
    """Return a world with some of everything, and an office."""
    size = {
        "customers": 40,
        "also_suppliers": 5,
        "suppliers": 5,
        "contacts": 5,
        "products": 20,
        "invoices": 30,
        "supplier_invoices": 3,
    }
    world = sandbox.world("tripletex", size=size)
    world.add("customer/category", name="Gode kunder", number="1")
    world.add(
        "customer",
        name="Kari",
        deliveryAddress={"addressLine1": "Kaia 3", "country": {"id": 161}},
    )
    world.add_office(clients=["Nordvik Rør AS"])
    yield world
    world.drop()


def _operation(document, method: str, path: str) -> dict[str, Any]:
    return document["paths"][f"/{path}"][method]


@pytest.mark.parametrize("path", sorted(LISTS))
def test_lists_answer_as_documented(check, books, login, path) -> None:
    api = login(books)
    model = LISTS[path].model
    names = {rule for rule in LISTS[path].filters if rule in WINDOWS}
    params = {name: WINDOWS[name] for name in names}
    body = api.get(path, **params)
    if path not in ("ledger/voucher/>nonPosted",):
        assert body["values"], "nothing to check"
    name = LIST_NAMES.get(model, f"ListResponse{model}")
    if path.startswith("ledger/voucher/>"):
        name = "ListResponseVoucher"
        body.pop("totalNumberOfPostings", None)
    check(body, name)


@pytest.mark.parametrize("path", sorted(set(SINGLES) - {"company", "address"}))
def test_single_objects_answer_as_documented(check, books, login, path) -> None:
    record = books.objects(path)[0]
    body = login(books).get(f"{path}/{record['id']}")
    check(body, f"ResponseWrapper{SINGLES[path]}")


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("token/session/>whoAmI", "ResponseWrapperLoggedInUserInfo"),
        ("company/{company}", "ResponseWrapperCompany"),
        ("currency/5/rate?date=2026-01-15", "ResponseWrapperCurrencyExchangeRate"),
        ("employee/entitlement", "ListResponseEntitlement"),
        ("invoice/{invoice}?fields=*,orderLines(*),postings(*),orders(*)", "invoice"),
        (
            "customer/{customer}?fields=*,postalAddress(*,country(*)),changes",
            "customer",
        ),
    ],
)
def test_other_answers_are_as_documented(check, books, login, path, name) -> None:
    ids = {
        "company": books.credentials["company_id"],
        "invoice": books.objects("invoice")[0]["id"],
        "customer": books.objects("customer")[0]["id"],
    }
    if name in SINGLES:
        name = f"ResponseWrapper{SINGLES[name]}"
    check(login(books).get(path.format(**ids)), name)


def test_sessions_and_client_lists_are_as_documented(check, books, login) -> None:
    office = login(books, "office")
    check(office.get("company/>withLoginAccess"), "ListResponseClient")
    check(office.open_session().json(), "ResponseWrapperSessionToken")


def test_events_and_subscriptions_are_as_documented(
    check, api, world, receiver, subscribe
) -> None:
    body = {
        "event": "customer.update",
        "targetUrl": receiver.url,
        "fields": "id,name",
        "authHeaderName": "X-Auth",
        "authHeaderValue": "open",
        "hmacSharedSecret": "secret",
    }
    check(body, "Subscription")
    made = api.write("POST", "event/subscription", body)
    check({"value": made}, "ResponseWrapperSubscription")
    check(api.get("event/subscription"), "ListResponseSubscription")
    events = requests.get(f"{world.base_url}/event").json()
    check(events, "ResponseWrapperMapStringEventInfoDescription")
    for event in events["value"]:
        check(api.get(f"event/{event}"), "ResponseWrapperEventInfo")
    kari = world.add("customer", name="Kari")
    for event in ("customer.create", "customer.delete"):
        subscribe(event)
    world.update("customer", kari["id"], name="Kari A.")
    world.delete("customer", kari["id"])
    world.wait_for_webhooks()
    assert len(receiver.got) == 2
    for got in receiver.got:
        check(json.loads(got["raw"]), "WebHookWrapper")


def test_refusals_of_a_setting_are_as_documented(check, world, api) -> None:
    world.settings(closed_until="2026-02-01", closed_period_status="409")
    api.write("POST", "product", {"name": "Skrue"})
    for kind in ("422", "409/7000", "409/14000"):
        world.settings(exists_status=kind)
        check(api.call("POST", "product", json={"name": "Skrue"}).json(), "ApiError")
    kari = world.add("customer", name="Kari")
    order = {
        "customer": {"id": kari["id"]},
        "orderDate": "2026-01-15",
        "deliveryDate": "2026-01-15",
    }
    body = {"invoiceDate": "2026-01-15", "invoiceDueDate": "2026-01-29"}
    status, code, found = api.error("invoice", "POST", {**body, "orders": [order]})
    assert (status, code) == (409, 10000)
    check(found, "ApiError")


def test_errors_are_as_documented(check, api) -> None:
    for path in ("customer?fields=x", "invoice", "customer/1", "nowhere"):
        check(api.call("GET", path).json(), "ApiError")
    check(api.call("POST", "customer", json={"x": 1}).json(), "ApiError")


@pytest.mark.parametrize("path", sorted(LISTS))
def test_filters_are_the_documented_ones(document, path) -> None:
    if path == "employee/entitlement":
        return
    declared = {
        entry["name"]: entry
        for entry in _operation(document, "get", path)["parameters"]
        if entry["in"] == "query"
    }
    for name, rule in LISTS[path].filters.items():
        assert name in declared
        assert rule.required is declared[name].get("required", False), name
        choices = declared[name]["schema"].get("enum")
        if name in ENUMS:
            assert set(ENUMS[name]) == set(choices)
        default = declared[name]["schema"].get("default")
        if rule.kind == "bool" and default is not None:
            assert rule.default == str(default).lower()


@pytest.mark.parametrize(
    "name", sorted(set(MODELS) - {"Document", "Inventory", "Project"})
)
def test_fields_are_the_documented_ones(document, name) -> None:
    declared = document["components"]["schemas"][name]["properties"]
    for field in MODELS[name].fields.values():
        if field.name not in declared:
            assert name in ("DiscountGroup", "SupplierProduct"), field.name
            continue
        schema = declared[field.name]
        if "$ref" in schema or "allOf" in schema:
            assert field.kind == "ref", field.name
            continue
        assert field.kind in KINDS[schema["type"]], field.name
        assert set(field.choices) <= set(schema.get("enum", field.choices))
        # made by the service out of other fields, whatever the document says
        if field.read_only and field.name not in ("id", "version", "displayName"):
            assert schema.get("readOnly"), field.name


@pytest.mark.parametrize("path", sorted(WRITTEN))
def test_no_documented_field_is_taken_for_unknown(document, path) -> None:
    name = SINGLES[path]
    declared = document["components"]["schemas"][name]["properties"]
    assert set(declared) <= set(MODELS[name].fields)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("post", "customer", "201"),
        ("put", "customer/{id}", "200"),
        ("delete", "customer/{id}", "204"),
        ("post", "customer/list", "201"),
        ("put", "supplier/list", "200"),
        ("delete", "contact/list", "204"),
        ("post", "order", "201"),
        ("put", "order/{id}/:invoice", "200"),
        ("put", "order/:invoiceMultipleOrders", "200"),
        ("post", "invoice", "201"),
        ("post", "invoice/list", "201"),
        ("put", "invoice/{id}/:payment", "200"),
        ("put", "invoice/{id}/:createCreditNote", "200"),
        ("put", "invoice/{id}/:send", "200"),
        ("post", "event/subscription", "201"),
        ("put", "event/subscription/{id}", "200"),
        ("delete", "event/subscription/{id}", "204"),
        ("post", "event/subscription/list", "201"),
        ("put", "event/subscription/list", "200"),
        ("delete", "event/subscription/list", "204"),
        ("delete", "token/session/{token}", "204"),
        ("post", "token/session/:create", "201"),
    ],
)
def test_writes_are_documented_with_their_status(document, method, path, status):
    assert status in _operation(document, method, path)["responses"]


def test_bodies_that_are_accepted_fit_the_document(check, world, api) -> None:
    customer = {
        "name": "Kari",
        "isSupplier": True,
        "postalAddress": {"city": "Oslo", "country": {"id": 161}},
        "currency": {"id": 1},
    }
    check(customer, "Customer")
    kari = api.write("POST", "customer", customer)
    line = {"description": "x", "count": 1, "unitPriceExcludingVatCurrency": 10}
    order = {
        "customer": {"id": kari["id"]},
        "orderDate": "2026-01-15",
        "deliveryDate": "2026-01-15",
        "orderLines": [{**line, "vatType": {"id": 3}}],
    }
    invoice = {
        "invoiceDate": "2026-01-15",
        "invoiceDueDate": "2026-01-29",
        "orders": [order],
    }
    check(invoice, "Invoice")
    check({"value": api.write("POST", "invoice", invoice)}, "ResponseWrapperInvoice")
    product = {"name": "Skrue", "vatType": {"id": 3}, "priceExcludingVatCurrency": 1.5}
    check(product, "Product")
    check({"value": api.write("POST", "product", product)}, "ResponseWrapperProduct")
    with pytest.raises(jsonschema.ValidationError):
        check({"nonsense": 1}, "Customer")
