# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Clients, vendors and articles."""

from __future__ import annotations

import pytest

CLIENTS = "purchasesales/clients"
ARTICLES = "purchasesales/articles"


def test_client_is_added_edited_and_read_back(api) -> None:
    body = {
        "name": "Õun & Pojad OÜ",
        "vatPc": "24",
        "group": "Eesti kliendid",
        "address": {"country": "EE", "city": "Võru", "address1": "Õie 1"},
        "contacts": [{"type": "EMAIL", "value": "oun@example.org"}],
    }
    answer = api.write(f"{CLIENTS}:add", body)
    assert list(answer) == ["clientId", "referenceNumber"]
    id = answer["clientId"]
    api.write(f"{CLIENTS}:edit", {"id": id, "name": "Õun OÜ", "vatPc": "0"})
    (found,) = api.get(CLIENTS, id=id, fetchAddresses="true", fetchContacts="true")[
        "clients"
    ]
    assert (found["name"], found["group"], found["address"]) == ("Õun OÜ", None, None)
    assert found["contacts"] == []
    assert found["referenceNumber"] == answer["referenceNumber"]
    assert (found["createdBy"], found["updatedBy"]) == ("API", "API")


@pytest.mark.parametrize(
    ("values", "keys"),
    [
        ({"vatPc": "77"}, ["UNKNOWN-REFERENCE"]),
        ({"group": "Sõbrad"}, ["UNKNOWN-REFERENCE"]),
        ({"accountUnpaid": "1"}, ["UNKNOWN-REFERENCE"]),
        ({"address": {"country": "Eesti"}}, ["UNKNOWN-REFERENCE"]),
        ({"address": {"address1": "x" * 65}}, ["TOO-LONG"]),
        ({"contacts": [{"type": "email", "value": "x"}]}, ["INVALID-VALUE"]),
        ({"contacts": [{"type": "EMAIL"}]}, ["FIELD-MISSING"]),
        ({"name": ""}, ["FIELD-MISSING"]),
    ],
)
@pytest.mark.parametrize("service", ["clients", "vendors"])
def test_partner_that_does_not_fit_is_refused(api, service, values, keys) -> None:
    body = {"name": "Tamm OÜ", "vatPc": "24", **values}
    assert api.refusal(f"purchasesales/{service}:add", body) == (400, keys)
    assert api.world.counts()[service] == 0


def test_vat_code_of_a_partner_can_be_mandatory(api) -> None:
    assert api.write(f"{CLIENTS}:add", {"name": "Ilma"})
    assert api.write(f"{CLIENTS}:add", {"name": "Arvuga", "vatPc": 0})
    api.world.settings(partner_vat_pc="mandatory")
    assert api.refusal(f"{CLIENTS}:add", {"name": "Ilma"}) == (400, ["FIELD-MISSING"])


def test_article_is_known_by_its_code(api) -> None:
    body = {"code": "Õ-1", "description": "Õun", "type": "PRODUCT", "priceSales": 1.5}
    assert api.write(f"{ARTICLES}:add", body) == {"code": "Õ-1"}
    assert api.refusal(f"{ARTICLES}:add", body) == (400, ["CODE-IN-USE"])
    api.write(f"{ARTICLES}:edit", {**body, "description": "Õunamahl"})
    (found,) = api.get(ARTICLES, code="Õ-1")["articles"]
    assert (found["description"], found["priceSales"]) == ("Õunamahl", 1.5)
    unknown = {**body, "code": "X"}
    assert api.refusal(f"{ARTICLES}:edit", unknown) == (400, ["NOT-FOUND"])
    assert api.write(f"{ARTICLES}:delete", {}, code="Õ-1") == {}
    history = api.get(ARTICLES, modifiedFrom="01.01.2026")
    assert history["deleted"] == ["Õ-1"]


def test_quantities_are_told_of_warehouse_articles(shop) -> None:
    shop.world.add("articles", code="K,1", description="Komaga", type="WH")
    shop.world.add("articles", code="W1", description="Laos", type="WH")
    service = "purchasesales/articles:getwarehousequantities"
    found = shop.api.call(service, codes="W1,T01,NONE").json()["quantities"]
    statuses = [(row["code"], row["status"]) for row in found]
    assert statuses == [("W1", "OK"), ("T01", "NOT-WH"), ("NONE", "NOT-FOUND")]
    codes = ",".join(f"A{n}" for n in range(51))
    assert shop.api.refusal(service, codes=codes) == (400, ["INVALID-PARAMETER"])
