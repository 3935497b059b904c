# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Bodies, made from records as they are mapped, as the vendor's document wants them."""

from __future__ import annotations

import json
import os
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from tests.support.plain.ledger_procountor.client import (
    codes,
    encode,
    invoice_body,
    prepared,
    too_long,
    without_blanks,
)
from tests.support.plain.ledger_procountor.client.lengths import INVOICE_LENGTHS
from tests.support.plain.ledger_procountor.writing import bodies
from tests.support.plain.ledger_procountor.writing.addresses import addresses_of
from tests.support.plain.ledger_procountor.writing.checkdigits import (
    business_id,
    is_reference,
)
from tests.support.plain.ledger_procountor.writing.choices import Choices
from tests.support.plain.ledger_procountor.writing.credits import credit_body
from tests.support.plain.ledger_procountor.writing.merging import merged_invoice
from tests.support.plain.ledger_procountor.writing.rows import rows_of

SHARED = Path(
    os.environ.get("LEDGER_SHARED") or Path(__file__).resolve().parents[3] / "shared"
)
DOCUMENT = (
    SHARED
    / "apis"
    / "specs"
    / "procountor"
    / "procountor-openapi-26.04.reconstructed.json"
)
PLACE = {"street": "Katu 1", "zip": "00100", "city": "Helsinki"}
LINE = {
    "product": "Kahvikuppi\nSininen",
    "productId": "900001",
    "productCode": "KUPPI-1",
    "quantity": 2.0,
    "unitPrice": 8.9,
    "discountPercent": 12.5,
    "^": {"unit": "Hours", "vat": "1:25.5", "net": 15.58, "gross": 19.55},
}
INVOICE = {
    "date": "2026-01-15",
    "partnerId": "445566",
    "language": "FINNISH",
    "orderReference": "PO 4711",
    "additionalInformation": "Kiitos!",
    "deliveryStartDate": "2026-01-20",
    "deliveryTermsInfo": {"municipality": "Turku"},
    "counterParty": {
        "customerNumber": "10025",
        "identifier": "12345671",
        "taxCode": "FI12345671",
        "contactPersonName": "Maija Mallikas",
        "email": "laskut@esimerkki.example",
        "einvoiceAddress": {"operator": "003721291126", "address": "003712345671"},
        "counterPartyAddress": {"name": "Esimerkki Oy", **PLACE},
    },
    "billingAddress": {"name": "Maija Mallikas", **PLACE},
    "deliveryAddress": {"name": "Varasto", "street": "Satamatie 2", "city": "Turku"},
    "paymentInfo": {
        "dueDate": "2026-01-29",
        "currency": "EUR",
        "bankReferenceCode": "26013",
    },
    "invoiceRows": [
        {"product": "Astiat", "^": {"kind": "line_section"}},
        LINE,
        {"product": "Käsinpesu", "^": {"kind": "line_note"}},
        {**LINE, "productId": None, "^": {**LINE["^"], "vat": "1:13.5"}},
    ],
    "^": {
        "isCredit": False,
        "country": "FI",
        "billingCountry": "FI",
        "deliveryCountry": "FI",
        "term": 3,
        "deliveryTerm": 4,
        "carrier": 5,
        "early": True,
        "earlyDays": 7,
        "earlyPercent": 2.0,
    },
}
CUSTOMER = {
    "name": "Esimerkki Oy",
    "address": {**PLACE, "specifier": "c/o Malli"},
    "invoicingInfo": {
        "customerNumber": "10025",
        "identifier": "12345671",
        "email": "laskut@esimerkki.example",
        "einvoiceAddress": "003712345671",
        "einvoiceOperator": "003721291126",
        "invoiceChannel": "ELECTRONIC_INVOICE",
        "language": "FINNISH",
    },
    "registryInfo": {"phone": "+358401234567", "active": True},
    "additionalInfo": {"webAddress": "https://esimerkki.example"},
    "^": {"country": "FI"},
}
PRODUCT = {
    "name": "Kahvikuppi",
    "code": "KUPPI-1",
    "price": 8.9,
    "active": True,
    "currency": "EUR",
    "^": {"vat": "1:25.5", "unit": "Units"},
}
CHOICES = Choices(
    penalty=8.0,
    terms={3: "CLEARING"},
    delivery_terms={4: "EXW - Ex Works"},
    carriers={5: "COURIER"},
    units={"rolls": "ROLL"},
)
TERMS = bodies.Terms("S00042", 1, "FI21 1234 5600 0007 85", date(2026, 2, 2))


def made(values: dict[str, Any] | None = None, **choices: Any) -> dict[str, Any]:
    """The body of an invoice as it goes out."""
    known = {name: getattr(CHOICES, name) for name in CHOICES.__dataclass_fields__}
    body = bodies.invoice_body(
        deepcopy(values or INVOICE), Choices(**{**known, **choices}), TERMS
    )
    return sent(invoice_body(body))


def sent(body: dict[str, Any]) -> dict[str, Any]:
    """A body as it stands in the call."""
    return json.loads(encode(prepared(body)[0]))


def changed(values: dict[str, Any], **new: Any) -> dict[str, Any]:
    """*values* with others; those under ``^`` are merged."""
    ours = {**values["^"], **new.pop("ours", {})}
    return {**values, **new, "^": ours}


# === AGAINST THE DOCUMENT === #


@pytest.fixture(scope="module")
def check():
    """Return a function that validates a body; fields that are unknown are wrong."""
    schemas = json.loads(DOCUMENT.read_text("utf-8"))["components"]["schemas"]
    strict = {
        name: {"additionalProperties": False, **schema}
        if schema.get("type") == "object"
        else schema
        for name, schema in schemas.items()
    }

    def validate(body: Any, name: str, partial: bool = False) -> None:
        found = dict(strict)
        if partial:
            found[name] = {k: v for k, v in strict[name].items() if k != "required"}
        schema = {
            "$ref": f"#/components/schemas/{name}",
            "components": {"schemas": found},
        }
        jsonschema.Draft4Validator(schema).validate(body)

    return validate


CASES = {
    "whole": INVOICE,
    "credit": changed(INVOICE, ours={"isCredit": True, "creditedNumber": "1045"}),
    "abroad": changed(
        INVOICE,
        language="ENGLISH",
        paymentInfo={"dueDate": "2026-01-29", "currency": "SEK"},
        ours={"country": "SE", "billingCountry": "SE", "deliveryCountry": "GB"},
    ),
    "least": {
        "date": "2026-01-15",
        "partnerId": "445566",
        "language": "FINNISH",
        "counterParty": {"counterPartyAddress": {"name": "Maija Mallikas"}},
        "paymentInfo": {"dueDate": "2026-01-15", "currency": "EUR"},
        "invoiceRows": [{**LINE, "productId": None}],
        "^": {},
    },
}


@pytest.mark.needs_specs
@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("channel", ["auto", *codes.CHANNELS])
def test_invoices_are_as_the_document_wants_them(check, case, channel):
    check(made(CASES[case], channel=channel), "Invoice")


@pytest.mark.needs_specs
def test_an_invoice_dated_today_is_as_the_document_wants_it(check):
    body = made(today=True)
    check(body, "Invoice")
    assert body["date"] == "2026-02-02"
    assert body["paymentInfo"]["dueDate"] == "2026-02-16"


@pytest.mark.needs_specs
def test_an_invoice_with_data_of_the_register_is_as_the_document_wants_it(check):
    partner = {"id": 445566, **bodies.new_partner(CUSTOMER, CHOICES)}
    body = made(bodies.with_register(INVOICE, partner))
    check(body, "Invoice")
    assert body["invoiceChannel"] == "ELECTRONIC_INVOICE"


@pytest.mark.needs_specs
def test_the_credit_note_of_what_is_there_is_as_the_document_wants_it(check):
    there = {**made(), "id": 8000123, "invoiceNumber": 1045, "invoiceSumInfo": []}
    body = sent(invoice_body(credit_body(there, "S00042-C", date(2026, 2, 2))))
    check(body, "Invoice")
    assert [row["quantity"] for row in body["invoiceRows"]] == [-2, -2]


@pytest.mark.needs_specs
def test_a_changed_invoice_is_as_the_document_wants_it(check):
    known = {"id": 8000123, "version": "2026-01-15T09:12:42", "notes": "Tarkista"}
    body = {**made(), "notes": "Merkit vaihdettiin"}
    there = {**made(), **known, "invoiceNumber": 1045}
    found = sent(invoice_body(merged_invoice(there, made(), body)))
    check(found, "Invoice")
    # What somebody wrote there stays.
    assert found["notes"] == "Tarkista\nMerkit vaihdettiin"


@pytest.mark.needs_specs
def test_customers_are_as_the_document_wants_them(check):
    body = sent(bodies.new_partner(CUSTOMER, CHOICES))
    check(body, "BusinessPartner")
    least = {"name": "Maija Mallikas", "registryInfo": {"active": True}, "^": {}}
    check(sent(bodies.new_partner(least, CHOICES)), "BusinessPartner")


@pytest.mark.needs_specs
def test_changes_of_customers_are_as_the_document_wants_them(check):
    for values in (
        {"address": {"street": "Uusi 2"}, "^": {"country": "SE"}},
        {"invoicingInfo": {"identifier": "556036-0793"}},
        {"name": "Uusi Oy"},
    ):
        body = bodies.partner_changes(values, changed(CUSTOMER), CHOICES)
        check(sent(body), "BusinessPartner", partial=True)


@pytest.mark.needs_specs
def test_products_are_as_the_document_wants_them(check):
    check(sent(bodies.new_product(PRODUCT, CHOICES, "EUR")), "Product")
    body = bodies.product_changes({"price": 9.5, "^": {"vat": "5:0"}}, CHOICES)
    check(sent(body), "Product", partial=True)
    assert (body["vat"], body["vatStatus"]) == (0, 5)


@pytest.mark.needs_specs
def test_the_comparison_finds_what_is_wrong(check):
    for wrong in ({"unheardOf": 1}, {"invoiceChannel": "PIGEON"}, {"date": 5}):
        with pytest.raises(jsonschema.ValidationError):
            check({**made(), **wrong}, "Invoice")


# === WITHOUT IT === #


def test_nothing_that_is_ours_or_empty_goes_out():
    for values in CASES.values():
        body = made(values)
        text = json.dumps(body)
        assert '"^"' not in text and "null" not in text
        assert body == {**without_blanks(body)}
        blanks = [part for part in text.split(", ") if part.endswith(': ""')]
        assert all("bankReferenceCode" in part for part in blanks)


def test_a_reference_code_is_always_said():
    assert made()["paymentInfo"]["bankReferenceCode"] == "26013"
    for wrong in ("26014", "INV/2026/1", "", None):
        payment = {**INVOICE["paymentInfo"], "bankReferenceCode": wrong}
        body = made({**INVOICE, "paymentInfo": payment})
        assert body["paymentInfo"]["bankReferenceCode"] == ""


def test_what_is_chosen_for_term_delivery_and_unit_is_sent():
    body = made()
    assert body["paymentInfo"]["paymentMethod"] == "CLEARING"
    assert body["deliveryTermsInfo"] == {
        "name": "EXW - Ex Works",
        "municipality": "Turku",
    }
    assert body["deliveryMethod"] == "COURIER"
    assert {row["unit"] for row in body["invoiceRows"]} == {"HOUR"}
    assert CHOICES.unit_of("Rolls") == "ROLL"
    assert CHOICES.unit_of("nobody knows") == "PIECE"


def test_an_account_goes_without_blanks_and_cash_without_account():
    account = made()["paymentInfo"]["bankAccount"]["accountNumber"]
    assert account == "FI2112345600000785"
    assert "bankAccount" not in made(terms={3: "CASH"})["paymentInfo"]


def test_an_address_that_is_the_buyers_is_left_out_and_another_has_a_country():
    found = addresses_of(INVOICE, CHOICES)
    assert "billingAddress" not in found
    assert found["deliveryAddress"]["country"] == "FINLAND"
    assert found["counterParty"]["contactPersonName"] == "Maija Mallikas"
    without = changed(INVOICE, ours={"deliveryCountry": None})
    assert addresses_of(without, CHOICES)["deliveryAddress"]["country"] == "FINLAND"


def test_where_only_the_invoice_address_is_known_it_is_the_buyers():
    party = {"counterPartyAddress": {"name": "Esimerkki Oy"}}
    found = addresses_of({**INVOICE, "counterParty": party}, CHOICES)
    home = found["counterParty"]["counterPartyAddress"]
    assert (home["name"], home["street"]) == ("Esimerkki Oy", "Katu 1")
    assert "billingAddress" not in found


def test_rows_keep_their_order_and_their_texts():
    first, second = made()["invoiceRows"]
    assert (first["product"], first["comment"]) == ("Kahvikuppi", "Sininen")
    assert (first["headerText"], first["explanationText"]) == ("Astiat", "Käsinpesu")
    assert "headerText" not in second and "productId" not in second
    assert (first["productId"], second["vatPercent"]) == (900001, 13.5)


def test_texts_above_all_rows_and_below_the_last_are_kept():
    note = {"product": "Alku", "^": {"kind": "line_note"}}
    section = {"product": "Loppu", "^": {"kind": "line_section"}}
    [row] = rows_of([note, LINE, section], "X", False, CHOICES)["invoiceRows"]
    assert (row["headerText"], row["explanationText"]) == ("Alku", "Loppu")


@pytest.mark.parametrize("length", [80, 81, 592, 593, 1104])
def test_however_long_a_text_is_none_of_it_is_lost(length):
    text = "".join(chr(97 + place % 26) for place in range(length))
    [row] = rows_of([{**LINE, "product": text}], "X", False, CHOICES)["invoiceRows"]
    parts = (row.get(x, "") for x in ("product", "comment", "explanationText"))
    assert "".join(parts) == text
    assert too_long({"invoiceRows": [row]}, INVOICE_LENGTHS) == []


def test_a_row_without_a_text_has_the_documents_number():
    [row] = rows_of([{**LINE, "product": " "}], "S00042", False, CHOICES)["invoiceRows"]
    assert row["product"] == "S00042"


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("26013", True),
        ("2601 3", True),
        ("RF30 2601 3", True),
        ("rf3026013", True),
        ("26014", False),
        ("RF98 2601 3", False),
        ("123", False),
        ("INV/2026/00001", False),
        ("", False),
        ("٢٦٠١٣", False),
    ],
)
def test_a_reference_has_its_check_digit(text, is_one):
    assert is_reference(text) is is_one


def test_a_business_id_is_written_as_in_finland():
    for text in ("12345671", "1234567-1", "FI12345671", "fi 1234567-1"):
        assert business_id(text) == "1234567-1"
    assert business_id("556036-0793") == "556036-0793"
    assert business_id("/") == ""


def test_the_bodies_need_no_odoo():
    folder = Path(bodies.__file__).parent
    for name in ("addresses", "bodies", "checkdigits", "choices", "rows", "words"):
        text = (folder / f"{name}.py").read_text("utf-8")
        assert "import odoo" not in text and "from odoo" not in text
