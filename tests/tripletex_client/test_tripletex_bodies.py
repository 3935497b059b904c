# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Bodies, made from records as they are read, as the vendor's documents want them."""

import json
from pathlib import Path

import pytest
from bodies_of_documents import complaints, document
from tests.support.plain.ledger_tripletex.client import (
    QUERY_PARAMETERS,
    WRITE_PARAMETERS,
)
from tests.support.plain.ledger_tripletex.writing import bodies
from tests.support.plain.ledger_tripletex.writing.references import (
    References,
    UnknownCode,
)

SWEDEN = {"isoAlpha2Code": "SE"}
CUSTOMER = {
    "name": "Blåbær & Sønn AS",
    "organizationNumber": "556036-0793",
    "isPrivateIndividual": False,
    "isSupplier": True,
    "isInactive": False,
    "email": "post@example.org",
    "website": "",
    "postalAddress": {
        "addressLine1": "Storgatan 1",
        "city": "Malmö",
        "country": SWEDEN,
    },
    "^": {"address": "ours"},
}
SUPPLIER = {key: x for key, x in CUSTOMER.items() if key != "isSupplier"}
PRODUCT = {
    "name": "Rådgivning",
    "number": "R-1",
    "priceExcludingVatCurrency": 1200.0,
    "vatType": {"id": "3"},
    "productUnit": {"name": "Hours"},
    "isInactive": False,
}
LINE = {
    "description": "Rådgivning",
    "product": {"id": "93000001"},
    "count": 2.0,
    "discount": 10.0,
    "unitPriceExcludingVatCurrency": 1250.0,
    "vatType": {"id": "3"},
    "amountExcludingVatCurrency": 1800.0,
    "amountIncludingVatCurrency": 2250.0,
}
ORDER = {
    "number": "S00001",
    "customer": {"id": "93000001"},
    "orderDate": "2026-03-02",
    "currency": {"code": "EUR"},
    "orderLines": [LINE, {"description": "Uke 9", "count": 0.0}],
}
INVOICE = {
    "isCreditNote": False,
    "customer": {"id": "93000001"},
    "invoiceDate": "2026-03-02",
    "invoiceDueDate": "2026-03-16",
    "currency": {"code": "NOK"},
    "kid": "0012345678901",
    "invoiceComment": "Takk for handelen",
    "amountCurrency": 2250.0,
    "orderLines": [LINE],
    "^": {"reference": "PO 4711"},
}


@pytest.fixture
def refs(world, open_client):
    """The lists of a company in the sandbox."""
    return References(open_client(world), {"HUR": "Hours"})


@pytest.fixture
def made(refs):
    """Bodies of new objects, by the name of their schema."""
    return {
        "Customer": bodies.new_party("customer", CUSTOMER, refs),
        "Supplier": bodies.new_party("supplier", SUPPLIER, refs),
        "Product": bodies.new_product(PRODUCT, refs),
        "Order": bodies.new_order(ORDER, "S00001", refs),
        "Invoice": bodies.new_invoice(INVOICE, "INV/2026/00001", refs),
    }


# === AGAINST THE DOCUMENTS === #


@pytest.mark.needs_specs
@pytest.mark.parametrize(
    "schema", ["Customer", "Supplier", "Product", "Order", "Invoice"]
)
def test_bodies_of_new_objects_are_as_the_document_wants_them(made, schema):
    assert complaints(schema, made[schema]) == []


@pytest.mark.needs_specs
def test_orders_inside_invoices_have_all_that_orders_need(made):
    (order,) = made["Invoice"]["orders"]
    assert complaints("Order", order) == []


@pytest.mark.needs_specs
def test_bodies_of_changes_are_as_the_document_wants_them(refs):
    there = {"postalAddress": {"id": 7}, "physicalAddress": {"id": 8}}
    for schema, body in (
        ("Customer", bodies.changed_party(CUSTOMER, CUSTOMER, there, refs)),
        ("Product", bodies.changed_product(PRODUCT, refs)),
        ("Order", bodies.changed_order(ORDER, "S00001", refs)),
    ):
        sent = bodies.with_version(body, "93000001", "3")
        assert complaints(schema, sent, new=False) == []
        assert (sent["id"], sent["version"]) == (93000001, 3)


@pytest.mark.needs_specs
def test_the_comparison_finds_what_is_wrong():
    wrong = {"id": 1, "nam": "x", "invoiceSendMethod": "PIGEON", "isInactive": "no"}
    found = complaints("Customer", {**wrong, "changes": [], "email": "x" * 300})
    assert len(found) == 7, found


@pytest.mark.needs_specs
def test_parameters_of_calls_that_write_are_those_of_the_document():
    for call, names in WRITE_PARAMETERS.items():
        method, path = call.split(" ")
        assert names == _parameters(path, method.lower()), call


@pytest.mark.needs_specs
def test_parameters_of_lists_are_those_of_the_document():
    for path, names in QUERY_PARAMETERS.items():
        said = _parameters(path, "get") | {"from", "count", "sorting", "fields"}
        assert names <= said, path


def _parameters(path, method):
    found = document()["paths"][path][method].get("parameters", ())
    return {one["name"] for one in found if one["in"] == "query"}


# === WITHOUT THEM === #


def test_new_objects_have_neither_id_nor_version_nor_what_is_ours(made):
    for body in made.values():
        assert not {"id", "version", "^"} & set(body)
        assert "null" not in json.dumps(body)


def test_references_are_ids_and_nothing_else(made):
    (order,) = made["Invoice"]["orders"]
    assert order["customer"] == {"id": 93000001}
    assert order["currency"] == {"id": 1}
    assert set(made["Order"]["currency"]) == {"id"}
    assert set(made["Product"]["productUnit"]) == {"id"}
    assert set(made["Customer"]["postalAddress"]["country"]) == {"id"}


def test_an_invoice_carries_odoos_number_on_its_order_and_none_of_its_own(made):
    assert "invoiceNumber" not in made["Invoice"]
    assert made["Invoice"]["orders"][0]["number"] == "INV/2026/00001"
    assert made["Invoice"]["orders"][0]["reference"] == "PO 4711"
    assert made["Invoice"]["orders"][0]["deliveryDate"] == "2026-03-02"


def test_count_price_text_and_kind_of_price_are_always_said(made):
    for order in (made["Order"], made["Invoice"]["orders"][0]):
        assert order["isPrioritizeAmountsIncludingVat"] in (True, False)
        for line in order["orderLines"]:
            assert {"count", "description"} <= set(line)
            prices = [name for name in line if name.startswith("unitPrice")]
            assert len(prices) == 1


def test_prices_with_vat_have_the_other_name(refs):
    row = {
        **LINE,
        "amountExcludingVatCurrency": 1800,
        "amountIncludingVatCurrency": 2250,
    }
    gross = bodies.order_lines([row], "X", refs)
    assert gross["isPrioritizeAmountsIncludingVat"] is True
    assert gross["orderLines"][0]["unitPriceIncludingVatCurrency"] == 1250
    net = {
        **row,
        "amountExcludingVatCurrency": 2250,
        "amountIncludingVatCurrency": 2812.5,
    }
    both = bodies.order_lines([row, net], "X", refs)
    assert both["isPrioritizeAmountsIncludingVat"] is False
    prices = [one["unitPriceExcludingVatCurrency"] for one in both["orderLines"]]
    assert prices == [1000, 1250]


def test_without_amounts_prices_are_taken_for_those_without_vat(refs):
    row = {"description": "x", "count": 1, "unitPriceExcludingVatCurrency": 5}
    assert not bodies.order_lines([row], "X", refs)["isPrioritizeAmountsIncludingVat"]


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("0012345678901", True),
        ("1" * 25, True),
        ("1" * 26, False),
        ("INV/2026/00001", False),
        ("", False),
        (None, False),
        ("١٢٣", False),
    ],
)
def test_a_kid_is_digits(text, is_one):
    assert bodies.is_kid(text) is is_one


def test_unknown_countries_and_currencies_are_named(refs):
    for kind, ask in (("country", refs.country), ("currency", refs.currency)):
        with pytest.raises(UnknownCode) as caught:
            ask("XX")
        assert (caught.value.kind, caught.value.code) == (kind, "XX")


def test_nothing_is_asked_for_that_is_known_or_not_needed(world, open_client):
    client = open_client(world)
    refs = References(client, {})
    assert (refs.country("no"), refs.currency("NOK")) == (161, 1)
    bodies.new_party("customer", {"name": "A", "postalAddress": {}}, refs)
    assert world.calls() == []


def test_an_emptied_field_is_said_in_a_change_and_not_in_a_new_object(refs):
    values = {"name": "A", "email": "", "vatType": {"id": None}}
    assert bodies.changed_product(values, refs) == {
        "name": "A",
        "email": "",
        "vatType": None,
    }
    assert bodies.new_product(values, refs) == {"name": "A"}


def test_the_package_needs_no_odoo():
    folder = Path(bodies.__file__).parent
    for name in ("bodies", "lines", "references"):
        assert "odoo" not in (folder / f"{name}.py").read_text("utf-8").split('"""')[2]
