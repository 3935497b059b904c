# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The stand-in against the API document, where that is present."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from sandbox.procountor import countries, model, values
from sandbox.procountor.routes import ROUTES

pytestmark = pytest.mark.needs_specs

SHARED = Path(
    os.environ.get("LEDGER_SHARED") or Path(__file__).resolve().parents[4] / "shared"
)
FOLDER = SHARED / "apis" / "specs" / "procountor"
DOCUMENT = FOLDER / "procountor-openapi-26.04.reconstructed.json"
KINDS = {
    "text": "string",
    "day": "string",
    "moment": "string",
    "choice": "string",
    "whole": "integer",
    "number": "number",
    "flag": "boolean",
    "object": "object",
    "objects": "array",
    "texts": "array",
}
BODIES = {
    "Invoice": model.INVOICE,
    "BusinessPartner": model.PARTNER,
    "BusinessPartnerGroup": model.PARTNER_GROUP,
    "Product": model.PRODUCT,
    "ProductGroup": model.PRODUCT_GROUP,
    "MarkInvoiceAsPaid": model.MARK_PAID,
    "InvoiceNotes": model.NOTES,
    "Attachment": model.ATTACHMENT,
    "ApiIntegrationRejected": model.REJECTION,
}
# told by the vendor, and never sent to it
ONLY_READ = {"Invoice": model.READ_ONLY, "BusinessPartner": {"attachments"}}


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    """Return the API document."""
    return json.loads(DOCUMENT.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def check(document):
    """Return a function that validates a body; unknown fields are mistakes."""
    strict = {
        name: _strict(schema)
        for name, schema in document["components"]["schemas"].items()
    }

    def validate(body: Any, name: str) -> None:
        reference = {"$ref": f"#/components/schemas/{name}"}
        schema = {**reference, "components": {"schemas": strict}}
        jsonschema.Draft4Validator(schema).validate(body)

    return validate


def _strict(schema: Any) -> Any:
    if isinstance(schema, list):
        return [_strict(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    found = {key: _strict(value) for key, value in schema.items()}
    if isinstance(found.get("properties"), dict):
        found["additionalProperties"] = False
    return found


def _resolved(document: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    schema = schema["allOf"][0] if "allOf" in schema else schema
    name = schema.get("$ref", "").split("/")[-1]
    return document["components"]["schemas"][name] if name else schema


def _compare(document, schema: dict[str, Any], fields: Any, left_out: Any) -> None:
    """Compare what the stand-in takes with a schema, all the way down."""
    assert fields.keys() == schema["properties"].keys() - set(left_out)
    required = set(schema.get("required", []))
    for name, field in fields.items():
        told = _resolved(document, schema["properties"][name])
        assert KINDS[field.kind] == told["type"], name
        if field.kind in ("text", "whole"):
            assert field.required == (name in required), name
        if field.kind == "text" and "maxLength" in told:
            assert (field.high, name) == (told["maxLength"], name)
        if field.kind == "choice":
            assert set(field.choices) == set(told["enum"]), name
        if field.kind == "object":
            _compare(document, told, field.members, ())
        if field.kind == "objects":
            inner = _resolved(document, told["items"])
            _compare(document, inner, field.members, ())


@pytest.mark.parametrize("name", sorted(BODIES))
def test_bodies_are_taken_as_documented(document, name):
    schema = document["components"]["schemas"][name]
    _compare(document, schema, BODIES[name], ONLY_READ.get(name, ()))


def test_lists_of_values_are_those_of_the_document():
    text = (FOLDER / "procountor-enums-26.04.json").read_text(encoding="utf-8")
    lists = json.loads(text)
    assert lists["countryByIso2"] == countries.COUNTRIES
    for name, known in (
        ("unit", values.UNITS),
        ("currency", values.CURRENCIES),
        ("invoiceStatus", values.STATUSES),
        ("invoiceChannel", values.CHANNELS),
        ("deliveryMethod", values.DELIVERY_METHODS),
        ("language", values.LANGUAGES),
        ("invoicePaymentMethod", values.PAYMENT_METHODS),
        ("partnerPaymentMethod", values.PARTNER_PAYMENT_METHODS),
        ("bankReferenceCodeType", values.REFERENCE_TYPES),
        ("markPaidPaymentMethodType", values.PAID_BY),
        ("accessLevel", values.ACCESS_LEVELS),
    ):
        assert set(lists[name]) == set(known), name


@pytest.mark.parametrize(
    ("path", "schema"),
    [
        ("/status", "Status"),
        ("/sessioninfo", "SessionInfo"),
        ("/users/rights", "UserPrivileges"),
        ("/users", "User"),
        ("/company", "Company"),
        ("/company/deliveryterms", "DeliveryTerms"),
        ("/company/usagesettings", "CompanyUsageSettings"),
        ("/currencies/company", "CompanyCurrency"),
        ("/vats/default", "VatInformation"),
        ("/vats/settings", "VatSettings"),
        ("/vats/country?countryCode=FI", "VatPercentages"),
        ("/bankaccounts", "CompanyBankAccountSearchResult"),
        ("/invoices", "InvoiceSearchResult"),
        ("/businesspartners", "BusinessPartnerSearchResult"),
        ("/businesspartners/groups", "BusinessPartnerGroupSearchResult"),
        ("/products", "ProductSearchResult"),
        ("/products/groups", "ProductGroups"),
        ("/attachments", "AttachmentSearchResult"),
    ],
)
def test_what_is_read_is_as_documented(api, check, path, schema):
    api.world.seed(partners=3, products=3, invoices=3, sent=2, paid=1)
    api.world.add("partnergroups", name="Vienti", type="CUSTOMER")
    api.world.add("productgroups", name="Astiat", type="SALES")
    check(api.get(path), schema)


def test_templates_are_as_documented(api, check):
    for template in api.get("/company/invoicetemplates"):
        check(template, "InvoiceTemplate")


def test_what_is_written_and_answered_is_as_documented(api, check):
    body = api.invoice_body()
    check(body, "Invoice")
    made = api.write("POST", "/invoices", body)
    check(made, "Invoice")
    check(api.partner_body(), "BusinessPartner")
    check(api.partner(), "BusinessPartner")
    check(api.product(), "Product")
    approve = api.write("PUT", f"/invoices/{made['id']}/approve", {})
    check(approve, "InfoMessage")


def test_payments_are_as_documented(api, check):
    made = api.step(api.invoice(), "approve")
    path = f"/invoices/{made['id']}/paymentevents"
    body = {"paymentDate": "2026-01-20", "amount": 5, "currency": "EUR"}
    check(body, "MarkInvoiceAsPaid")
    event = api.write("PUT", f"{path}/markpaid", body)
    check(event, "PaymentEvent")
    check(api.get(path), "PaymentEventSearchResult")
    answer = api.call("DELETE", f"{path}/{event['id']}").json()
    check(answer, "TransactionIdentifier")
    check(api.get(f"/invoices/{made['id']}"), "Invoice")


def test_activation_is_as_documented(api, caller, check):
    own = caller(api.world, api.own["integrator"]).login()
    made = api.world.do("activation_request")
    path = f"/integrations/{made['request_id']}"
    check(own.get(path), "ApiIntegrationRequestData")
    body = {"approve": [api.own["company_id"]], "reject": []}
    check(body, "ApiIntegrationApproveRequest")
    found = own.write("PUT", path, body)
    check(found, "ApiIntegrationApproveResult")
    for customer in own.get(f"/integrations/{found['integrationId']}/customers"):
        check(customer, "ApiIntegrationCustomer")


def test_refusals_are_as_documented(api, check):
    for method, path in (("POST", "/invoices"), ("GET", "/invoices/1")):
        answer = api.call(method, path, {} if method == "POST" else None)
        check(answer.json(), "ErrorMessages")


def test_every_call_is_one_of_the_document(document):
    known = set()
    for path, operations in document["paths"].items():
        parts = ["*" if part.startswith("{") else part for part in path.split("/")]
        known |= {f"{method.upper()} {'/'.join(parts)}" for method in operations}
    assert set(ROUTES) <= known
