# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The accounting office's key (dossier §3)."""

from __future__ import annotations

import pytest


@pytest.fixture
def office(world, login):
    """Return a caller with an office key that opens two clients."""
    world.add_office(clients=["Nordvik Rør AS", "Lyngen Fisk AS"])
    return login(world, "office")


def test_office_key_at_home_may_call_two_endpoints_only(world, office) -> None:
    assert office.value("token/session/>whoAmI")["employeeIsProxy"] is False
    assert len(office.values("company/>withLoginAccess")) == 2
    for user in ("0", "", world.credentials["office_id"]):
        status, code, body = office.as_user(user).error("customer")
        assert (status, code) == (403, 9000)
        assert body["message"].startswith("Company owned users(employeeToken)")


def test_client_list_names_the_clients(world, office) -> None:
    clients = office.values("company/%3EwithLoginAccess", fields="id,name")
    assert [client["name"] for client in clients] == [
        "Nordvik Rør AS",
        "Lyngen Fisk AS",
    ]
    assert [client["id"] for client in clients] == world.credentials["client_ids"]


@pytest.mark.parametrize(("setting", "same"), [("register", False), ("same", True)])
def test_customer_company_id_is_another_number_or_the_same(
    make_world, login, setting, same
) -> None:
    world = make_world(customer_company_id=setting)
    world.add_office(clients=["Nordvik Rør AS"])
    (client,) = login(world, "office").values("company/>withLoginAccess")
    assert (client["customerCompanyId"] == client["id"]) is same


def test_one_session_opens_every_client_by_its_user_name(world, office) -> None:
    first, second = world.credentials["client_ids"]
    kari = world.add("customer", company=first, name="Kari")
    in_first, in_second = office.as_user(first), office.as_user(second)
    assert [c["name"] for c in in_first.values("customer")] == ["Kari"]
    assert in_second.values("customer") == []
    assert in_second.error(f"customer/{kari['id']}")[:2] == (404, 6000)
    me = in_second.value("token/session/>whoAmI", fields="*,company(name)")
    assert me["companyId"] == second
    assert me["company"]["name"] == "Lyngen Fisk AS"
    assert me["employeeIsProxy"] is True
    assert len({call["session"] for call in world.calls(path="customer")}) == 1


def test_ids_of_one_company_mean_nothing_in_another(world, office) -> None:
    first, second = (office.as_user(n) for n in world.credentials["client_ids"])
    for path in ("ledger/account", "invoice/paymentType", "product/unit"):
        here = {entry["id"] for entry in first.values(path)}
        there = {entry["id"] for entry in second.values(path)}
        assert here and not here & there
    assert first.values("ledger/vatType") == second.values("ledger/vatType")


def test_disconnected_client_leaves_the_list_and_closes(world, office) -> None:
    first, second = world.credentials["client_ids"]
    world.disconnect_client(first)
    assert [c["id"] for c in office.values("company/>withLoginAccess")] == [second]
    assert office.as_user(first).error("customer")[:2] == (401, 3000)
    world.do("close_api_access", company=second)
    assert office.values("company/>withLoginAccess") == []
    assert office.as_user(second).error("customer")[:2] == (401, 3000)
    world.disconnect_client(first, reconnect=True)
    assert office.as_user(first).values("customer") == []


def test_client_right_is_missing_in_one_client_only(world, office) -> None:
    first, second = world.credentials["client_ids"]
    world.remove_right("AUTH_INVOICING", company=first, kind="office")
    window = {"invoiceDateFrom": "2026-01-01", "invoiceDateTo": "2027-01-01"}
    assert office.as_user(first).error("invoice", **window)[:2] == (403, 9000)
    assert office.as_user(second).values("invoice", **window) == []


def test_plain_key_has_no_clients_and_opens_none(world, office, login) -> None:
    plain = login(world, "employee")
    assert plain.values("company/>withLoginAccess") == []
    client = world.credentials["client_ids"][0]
    assert plain.as_user(client).error("customer")[0] == 401
