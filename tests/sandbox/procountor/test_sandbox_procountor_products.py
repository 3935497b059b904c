# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The product register (dossier §5)."""

from __future__ import annotations

import pytest

PRODUCT = {
    "type": "SALES",
    "name": "Matto",
    "discount": 0,
    "price": 10,
    "active": True,
    "currency": "EUR",
}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "x" * 101),
        ("code", "x" * 41),
        ("discount", 101),
        ("price", "10"),
        ("unit", "kpl"),
        ("vat", 24.5),
        ("vatStatus", 0),
        ("currency", ""),
        ("active", None),
        ("productGroupId", 5),
    ],
)
def test_the_field_that_is_wrong_is_named(api, field, value):
    body = {**PRODUCT, field: value}
    status, fields = api.refusal("POST", "/products", body)
    assert (status, list(fields)) == (400, [field])


def test_an_update_needs_the_latest_version_and_replaces_everything(api):
    made = api.product()
    path = f"/products/{made['id']}"
    assert list(api.refusal("PUT", path, PRODUCT)[1]) == ["version"]
    api.world.clock(advance=60)
    found = api.write("PUT", path, {**PRODUCT, "version": made["version"]})
    assert found["name"] == "Matto" and "code" not in found
    stale = {**PRODUCT, "version": made["version"]}
    assert api.refusal("PUT", path, stale)[0] == 400


def test_a_product_that_is_gone_leaves_rows_as_they_were(api):
    made = api.product()
    row = {**api.invoice_body()["invoiceRows"][0], "productId": made["id"]}
    invoice = api.invoice(invoiceRows=[row])
    assert api.call("DELETE", f"/products/{made['id']}").status_code == 204
    assert api.refusal("GET", f"/products/{made['id']}")[0] == 404
    kept = api.get(f"/invoices/{invoice['id']}")["invoiceRows"][0]
    assert kept["productId"] == made["id"]


def test_a_product_for_purchases_cannot_be_sold(api):
    made = api.product(type="PURCHASE")
    row = {**api.invoice_body()["invoiceRows"][0], "productId": made["id"]}
    body = api.invoice_body(invoiceRows=[row])
    assert list(api.refusal("POST", "/invoices", body)[1]) == [
        "invoiceRows[0].productId"
    ]


def test_whether_two_products_may_have_one_code_is_a_setting(api):
    api.product()
    api.product()
    api.world.settings(doubled_product_code="refused")
    body = {**PRODUCT, "code": "KUPPI-1"}
    assert list(api.refusal("POST", "/products", body)[1]) == ["code"]


def test_a_group_in_use_cannot_be_deleted(api):
    group = api.write("POST", "/products/groups", {"name": "Astiat", "type": "SALES"})
    path = f"/products/groups/{group['id']}"
    made = api.product(productGroupId=group["id"])
    assert [one["id"] for one in api.found("/products", group=group["id"])] == [
        made["id"]
    ]
    assert api.refusal("DELETE", path)[0] == 409
    api.call("DELETE", f"/products/{made['id']}")
    assert api.call("DELETE", path).status_code == 204
    assert api.get("/products/groups") == {"productGroups": []}
