# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The `fields` parameter and what is answered without it (dossier §5.2)."""

from __future__ import annotations

import pytest


@pytest.fixture
def kari(world):
    """Return a customer with an address."""
    address = {"addressLine1": "Storgata 1", "city": "Ålesund", "country": {"id": 161}}
    return world.add("customer", name="Kari Åsen", postalAddress=address)


def test_without_fields_references_come_as_id_and_url(api, kari) -> None:
    found = api.value(f"customer/{kari['id']}")
    assert set(found["postalAddress"]) == {"id", "url"}
    assert found["currency"] == {"id": 1, "url": "tripletex.no/v2/currency/1"}
    assert found["url"] == f"tripletex.no/v2/customer/{kari['id']}"


def test_missing_values_are_blank_and_never_left_out(api, kari) -> None:
    found = api.value(f"customer/{kari['id']}")
    assert (found["email"], found["supplierNumber"]) == ("", 0)
    assert found["department"] is None
    assert found["bankAccountPresentation"] == []


def test_star_gives_what_no_fields_give(api, kari) -> None:
    path = f"customer/{kari['id']}"
    assert api.value(path, fields="*") == api.value(path)


def test_only_what_was_named_comes(api, kari) -> None:
    text = "id,postalAddress(city,country(isoAlpha2Code))"
    assert api.value(f"customer/{kari['id']}", fields=text) == {
        "id": kari["id"],
        "postalAddress": {"city": "Ålesund", "country": {"isoAlpha2Code": "NO"}},
    }


def test_sub_star_gives_the_whole_object(api, kari) -> None:
    found = api.values("customer", fields="*,postalAddress(*)")[0]
    assert found["name"] == "Kari Åsen"
    assert found["postalAddress"]["addressLine1"] == "Storgata 1"
    assert set(found["postalAddress"]["country"]) == {"id", "url"}


def test_changes_come_only_by_name(api, kari) -> None:
    path = f"customer/{kari['id']}"
    assert "changes" not in api.value(path, fields="*")
    (change,) = api.value(path, fields="*,changes")["changes"]
    assert change["changeType"] == "CREATE"
    assert change["timestamp"][-6:] in ("+01:00", "+02:00")


def test_stock_comes_only_by_name(api, world) -> None:
    product = world.add("product", name="Skrue", stockOfGoods=7)
    path = f"product/{product['id']}"
    assert "stockOfGoods" not in api.value(path)
    assert api.value(path, fields="stockOfGoods") == {"stockOfGoods": 7}


@pytest.mark.parametrize(
    ("text", "name", "model"),
    [
        ("id,nonsense", "nonsense", "CustomerDTO"),
        ("postalAddress(town)", "town", "AddressDTO"),
    ],
)
def test_wrong_field_is_refused_naming_it(api, text, name, model) -> None:
    status, code, body = api.error("customer", fields=text)
    assert (status, code) == (400, 11000)
    assert body["message"] == (
        f"Illegal field in fields filter: {name}. "
        f"{name} does not match a field in the model: {model}"
    )


def test_bare_reference_can_give_the_whole_object_on_a_single_read(api, kari) -> None:
    path = f"customer/{kari['id']}"
    bare = api.value(path, fields="postalAddress")["postalAddress"]
    assert set(bare) == {"id", "url"}
    api.world.settings(bare_reference="whole_on_single")
    assert api.value(path, fields="postalAddress")["postalAddress"]["city"] == "Ålesund"
    listed = api.values("customer", fields="postalAddress")[0]["postalAddress"]
    assert set(listed) == {"id", "url"}


def test_of_a_removed_object_only_its_id_is_left(api, kari) -> None:
    contact = api.world.add("contact", firstName="Ola", customer={"id": kari["id"]})
    api.world.delete("customer", kari["id"])
    found = api.value(f"contact/{contact['id']}", fields="customer(id,name)")
    assert found["customer"] == {"id": kari["id"], "name": ""}


def test_answers_follow_changes_of_the_object_and_of_what_it_names(api, kari) -> None:
    text = "name,postalAddress(city),department(name)"
    world = api.world
    sales = world.add("department", name="Salg")
    world.update("customer", kari["id"], department={"id": sales["id"]})
    assert api.values("customer", fields=text)[0]["department"] == {"name": "Salg"}
    world.update("customer", kari["id"], postalAddress={"city": "Førde"})
    city = {"city": "Førde"}
    assert api.values("customer", fields=text)[0]["postalAddress"] == city
    world.update("department", sales["id"], name="Innkjøp")
    assert api.values("customer", fields=text)[0] == {
        "name": "Kari Åsen",
        "postalAddress": {"city": "Førde"},
        "department": {"name": "Innkjøp"},
    }
