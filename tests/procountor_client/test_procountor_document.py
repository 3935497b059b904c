# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The client against the vendor's own API document, where that is present."""

from __future__ import annotations

import json
import os
from datetime import date, datetime, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from procountor_client import (
    COUNTRIES,
    RESOURCES,
    codes,
    encode,
    invoice_body,
    prepared,
)

pytestmark = pytest.mark.needs_specs

SHARED = Path(
    os.environ.get("LEDGER_SHARED") or Path(__file__).resolve().parents[3] / "shared"
)
FOLDER = SHARED / "apis" / "specs" / "procountor"
ADDRESS = {
    "name": "Esimerkki Oy",
    "street": "Katu 1",
    "zip": "00100",
    "city": "Helsinki",
    "country": "FINLAND",
}
INVOICE = {
    "type": "SALES_INVOICE",
    "status": "UNFINISHED",
    "date": date(2026, 1, 15),
    "partnerId": 445566,
    "counterParty": {
        "contactPersonName": "Maija Mallikas",
        "identifier": "1234567-1",
        "customerNumber": "10025",
        "email": "laskut@esimerkki.example",
        "counterPartyAddress": ADDRESS,
        "einvoiceAddress": {"operator": "003721291126", "address": "003712345671"},
    },
    "deliveryAddress": ADDRESS,
    "paymentInfo": {
        "paymentMethod": "BANK_TRANSFER",
        "currency": "EUR",
        "currencyRate": Decimal(1),
        "bankAccount": {"accountNumber": "FI2112345600000785"},
        "dueDate": date(2026, 1, 29),
    },
    "deliveryTermsInfo": {"name": "EXW", "municipality": "Helsinki"},
    "extraInfo": {"accountingByRow": True, "unitPricesIncludeVat": False},
    "discountPercent": Decimal("0"),
    "orderReference": "SO00042",
    "originalInvoiceNumber": "SO00042",
    "invoiceRows": [
        {
            "productId": 900001,
            "product": "Чай",
            "productCode": "CHAY-1",
            "quantity": Decimal("2"),
            "unit": "PIECE",
            "unitPrice": Decimal("8.90"),
            "discountPercent": Decimal("12.5"),
            "vatPercent": Decimal("25.5"),
            "comment": "",
        }
    ],
    "vatStatus": 1,
    "invoiceChannel": "ELECTRONIC_INVOICE",
    "language": "FINNISH",
    "penaltyPercent": Decimal("8"),
}
PARTNER = {
    "name": "Esimerkki Oy",
    "type": "CUSTOMER",
    "address": ADDRESS,
    "invoicingInfo": {
        "customerNumber": "10025",
        "identifierType": "FI",
        "identifier": "1234567-1",
        "invoiceChannel": "EMAIL",
        "email": "laskut@esimerkki.example",
        "language": "FINNISH",
    },
    "paymentInfo": {
        "paymentMethod": "BANK_TRANSFER",
        "paymentTermDays": "14",
        "currency": "EUR",
    },
    "registryInfo": {"active": True, "phone": "+358401234567"},
}
PRODUCT = {
    "type": "SALES",
    "name": "Kahvikuppi",
    "code": "KUPPI-1",
    "unit": "PIECE",
    "discount": Decimal(0),
    "price": Decimal("8.90"),
    "vat": Decimal("25.5"),
    "vatStatus": 1,
    "active": True,
    "currency": "EUR",
}


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    """The API, rebuilt from typings that were made of the vendor's document."""
    name = "procountor-openapi-26.04.reconstructed.json"
    return json.loads((FOLDER / name).read_text("utf-8"))


@pytest.fixture(scope="module")
def lists() -> dict[str, Any]:
    """The vendor's lists of values."""
    return json.loads((FOLDER / "procountor-enums-26.04.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def check(document):
    """Return a function that validates a body; fields that are unknown are wrong."""
    strict = {
        name: {"additionalProperties": False, **schema}
        if schema.get("type") == "object"
        else schema
        for name, schema in document["components"]["schemas"].items()
    }

    def validate(body: Any, name: str, partial: bool = False) -> None:
        schemas = dict(strict)
        if partial:
            schemas[name] = {k: v for k, v in strict[name].items() if k != "required"}
        schema = {
            "$ref": f"#/components/schemas/{name}",
            "components": {"schemas": schemas},
        }
        jsonschema.Draft4Validator(schema).validate(body)

    return validate


def parameters(document, path: str) -> set[str]:
    question = document["paths"][path]["get"]
    return {parameter["name"] for parameter in question.get("parameters", ())}


@pytest.mark.parametrize("name", RESOURCES)
def test_every_filter_is_one_of_the_document(document, name):
    found = RESOURCES[name]
    known = parameters(document, found.path)
    assert found.filters | {"size", "orderById", "previousId"} <= known
    # What is sent as a header is no query parameter any more.
    assert not found.headers & known


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (codes.STATUSES, "invoiceStatus"),
        (codes.CHANNELS_READ, "invoiceChannel"),
        (codes.LANGUAGES, "language"),
        (codes.PAYMENT_METHODS, "invoicePaymentMethod"),
        (codes.PARTNER_PAYMENT_METHODS, "partnerPaymentMethod"),
        (codes.REFERENCE_TYPES, "bankReferenceCodeType"),
        (codes.PAID_BY, "markPaidPaymentMethodType"),
        (codes.UNITS, "unit"),
        ((*codes.DELIVERY_METHODS, "OTHER"), "deliveryMethod"),
    ],
)
def test_every_list_of_words_is_the_vendors(lists, ours, theirs):
    assert sorted(ours) == sorted(lists[theirs])


def test_every_country_is_one_of_the_vendors(lists):
    assert COUNTRIES == lists["countryByIso2"]


def test_every_status_that_is_spoken_of_exists():
    groups = (codes.EDITABLE, codes.REOPENED, codes.VOIDED, codes.SENDABLE)
    for group in (*groups, codes.FINAL, codes.SETTLED):
        assert group <= set(codes.STATUSES)
    assert set(codes.SAFE_PAYMENT_METHODS) <= set(codes.PAYMENT_METHODS)


def test_every_right_that_is_asked_for_exists(document):
    rights = document["components"]["schemas"]["SalesRights"]["properties"]
    assert set(codes.SALES_RIGHTS) <= set(rights)


@pytest.mark.parametrize("place", [(), ("paymentInfo",), ("invoiceRows", 0)])
def test_the_check_finds_what_the_document_does_not_have(check, place):
    body = json.loads(encode(invoice_body(INVOICE)))
    check(prepared(body)[0], "Invoice")
    spot = body
    for name in place:
        spot = spot[name]
    spot["unheardOf"] = 1
    with pytest.raises(jsonschema.ValidationError, match="unheardOf"):
        check(prepared(body)[0], "Invoice")


# === CALLS === #

ID = "7"
PAID = {
    "day": date(2026, 1, 15),
    "amount": Decimal("28.61"),
    "currency": "EUR",
    "paid_by": "CHARGE_CARD",
    "description": "verkkomaksu",
}
CALLS = [
    (lambda c: c.invoices.add(INVOICE), "POST", "/invoices", "Invoice"),
    (
        lambda c: c.invoices.update(ID, {**INVOICE, "version": _moment()}),
        "PUT",
        "/invoices/{invoiceId}",
        "Invoice",
    ),
    (
        lambda c: c.invoices.approve(ID),
        "PUT",
        "/invoices/{invoiceId}/approve",
        "CheckingEvent",
    ),
    (lambda c: c.invoices.send(ID), "PUT", "/invoices/{invoiceId}/send", None),
    (
        lambda c: c.invoices.unfinish(ID),
        "PUT",
        "/invoices/{invoiceId}/unfinished",
        None,
    ),
    (
        lambda c: c.invoices.invalidate(ID),
        "PUT",
        "/invoices/{invoiceId}/invalidate",
        None,
    ),
    (
        lambda c: c.invoices.set_notes(ID, "Sisäinen"),
        "PUT",
        "/invoices/{invoiceId}/notes",
        "InvoiceNotes",
    ),
    (
        lambda c: c.invoices.mark_paid(ID, **PAID),
        "PUT",
        "/invoices/{invoiceId}/paymentevents/markpaid",
        "MarkInvoiceAsPaid",
    ),
    (
        lambda c: c.partners.add(PARTNER),
        "POST",
        "/businesspartners",
        "BusinessPartner",
    ),
    (
        lambda c: c.partners.change(
            {**PARTNER, "id": 7, "version": "2026-01-10T08:00:00"},
            {"registryInfo": {"active": False}},
        ),
        "PUT",
        "/businesspartners/{id}",
        "BusinessPartner",
    ),
    (lambda c: c.products.add(PRODUCT), "POST", "/products", "Product"),
    (
        lambda c: c.products.change({**PRODUCT, "id": 7}, {"price": Decimal(9)}),
        "PUT",
        "/products/{productId}",
        "Product",
    ),
    (
        lambda c: c.activation.answer(ID, ["11"], {"12": "ei"}),
        "PUT",
        "/integrations/{requestId}",
        "ApiIntegrationApproveRequest",
    ),
]


def _moment() -> datetime:
    return datetime(2026, 1, 15, 7, 12, 42, tzinfo=timezone.utc)


@pytest.mark.parametrize(("call", "method", "path", "schema"), CALLS)
def test_every_write_is_a_call_of_the_document(
    document, check, fake, client, call, method, path, schema
):
    fake.answers(fake.reply({"id": 7}))
    call(client)
    (seen,) = fake.seen
    pattern = path.replace("{", "\0").replace("}", "\0").split("\0")
    concrete = "".join(ID if i % 2 else part for i, part in enumerate(pattern))
    assert (seen.method, seen.path) == (method, f"/api{concrete}")
    operation = document["paths"][path][method.lower()]
    if schema is None:
        assert "requestBody" not in operation
        assert seen.body == b""
        return
    body = operation["requestBody"]["content"]["application/json"]["schema"]
    assert body["$ref"].endswith(f"/{schema}")
    check(seen.json, schema)


def test_a_part_of_a_partner_is_one_of_the_document(document, check, fake, client):
    fake.answers(fake.reply({}))
    read = {**PARTNER, "id": 7, "version": "2026-01-10T08:00:00"}
    client.partners.change(read, {"invoicingInfo": {"email": "a@b.fi"}})
    assert "patch" in document["paths"]["/businesspartners/{id}"]
    check(fake.seen[0].json, "BusinessPartner", partial=True)


def test_the_description_of_a_file_is_one_of_the_document(check, fake, client):
    fake.answers(fake.reply({"id": 5}))
    client.invoices.attach(ID, "tilaus.pdf", b"%PDF-1.7")
    part = fake.seen[0].body.partition(b"\r\n\r\n")[2].partition(b"\r\n")[0]
    check(json.loads(part), "Attachment")


QUESTIONS = [
    "session",
    "info",
    "user",
    "rights",
    "status",
    "usage_settings",
    "vats",
    "vat_settings",
    "bank_accounts",
    "delivery_terms",
    "invoice_templates",
    "currency",
    "currencies",
    "fiscal_years",
    "product_groups",
]


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_question_about_the_company_is_a_call_of_the_document(
    document, fake, client, question
):
    fake.answers(fake.reply({"results": []}))
    getattr(client.company, question)()
    path = fake.seen[0].path.removeprefix("/api")
    assert set(fake.seen[0].query) <= parameters(document, path)


def test_questions_with_parameters_are_calls_of_the_document(document, fake, client):
    company, day = client.company, date(2026, 1, 15)
    rate_type = "PROCOUNTOR_ACCOUNTING_EXCHANGE_RATE"
    fake.answers(fake.reply({"results": []}))
    company.vat_percentages("FI")
    company.exchange_rate("EUR", "SEK", day, rate_type)
    list(company.partner_groups())
    for call in fake.seen:
        known = parameters(document, call.path.removeprefix("/api"))
        assert call.query and set(call.query) <= known
    asked = document["paths"]["/currencies/exchangerate"]["get"]["parameters"]
    (kinds,) = (p["schema"]["enum"] for p in asked if p["name"] == "rateType")
    assert rate_type in kinds


def test_every_batch_of_ids_is_a_call_of_the_document(document):
    places = {path.rpartition("/{")[0] for path in document["paths"]}
    for found in RESOURCES.values():
        assert not found.batch or found.path in places
