# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Versions, lists of changes, changedSince and checksums (dossier §5.4)."""

from __future__ import annotations

from datetime import date

import pytest

NOON = "2026-06-01T12:00:00Z"


@pytest.fixture
def kari(world):
    """Return a customer made at noon, UTC, on the first of June."""
    world.clock(set=NOON, frozen=True)
    kari = world.add("customer", name="Kari")
    world.clock(advance=3600)
    return kari


@pytest.fixture
def late(world, login, kari):
    """Return a caller an hour later."""
    return login(world, until=date(2026, 6, 9))


def test_change_raises_the_version_and_is_listed(world, late, kari) -> None:
    changed = world.update("customer", kari["id"], email="kari@example.org")
    assert changed["version"] == kari["version"] + 1
    changes = late.value(f"customer/{kari['id']}", fields="changes")["changes"]
    assert [(c["changeType"], c["timestamp"]) for c in changes] == [
        ("CREATE", "2026-06-01T14:00:00+02:00"),
        ("UPDATE", "2026-06-01T15:00:00+02:00"),
    ]


def test_change_of_an_address_is_a_change_of_its_customer(world, kari) -> None:
    changed = world.update("customer", kari["id"], postalAddress={"city": "Oslo"})
    assert changed["version"] == kari["version"] + 1


def test_update_to_the_same_values_changes_nothing(world, kari) -> None:
    again = world.update("customer", kari["id"], name="Kari")
    assert again["version"] == kari["version"]


def test_changed_since_is_read_in_norwegian_time(late, kari) -> None:
    def found(moment: str) -> int:
        return len(late.values("customer", changedSince=moment))

    assert found("2026-06-01T14:00:00") == 1
    assert found("2026-06-01T14:00:01") == 0
    assert found("2026-06-01T12:00:00Z") == 1
    late.world.settings(changed_since_zone="UTC")
    assert found("2026-06-01T12:00:01") == 0


def test_changed_since_can_be_ignored(late, kari) -> None:
    late.world.settings(changed_since="ignored")
    assert len(late.values("customer", changedSince="2099-01-01T00:00:00")) == 1


def test_changed_since_means_nothing_to_products(world, late) -> None:
    world.add("product", name="Skrue")
    assert len(late.values("product", changedSince="2099-01-01T00:00:00")) == 1


def test_deleted_object_vanishes_without_a_trace(world, late, kari) -> None:
    world.delete("customer", kari["id"])
    assert late.values("customer", changedSince="2000-01-01T00:00:00") == []
    assert late.error(f"customer/{kari['id']}")[:2] == (404, 6000)


def test_checksum_is_given_only_on_request(late, kari) -> None:
    text = late.get("customer")["versionDigest"]
    assert text == "'If-None-Match' header not specified"
    answer = late.call("GET", "customer", headers={"If-None-Match": "x"}).json()
    assert len(answer["versionDigest"]) == 40


def test_unchanged_list_is_answered_304_without_a_body(world, late, kari) -> None:
    def ask(digest: str, **params):
        headers = {"If-None-Match": digest}
        return late.call("GET", "customer", headers=headers, params=params)

    digest = ask("x").json()["versionDigest"]
    answer = ask(digest)
    assert (answer.status_code, answer.content) == (304, b"")
    assert "x-tlx-request-id" in answer.headers
    world.update("customer", kari["id"], name="Kari Åsen")
    changed = ask(digest)
    assert changed.status_code == 200
    assert changed.json()["versionDigest"] != digest
    world.add("customer", name="Ola")
    assert ask(changed.json()["versionDigest"]).status_code == 200


def test_checksum_of_invoices_notices_their_lines(make_world, login) -> None:
    world = make_world(size={"customers": 1, "products": 1, "invoices": 1})
    api = login(world)
    window = {"invoiceDateFrom": "2000-01-01", "invoiceDateTo": "2100-01-01"}

    def digest() -> str:
        headers = {"If-None-Match": "x"}
        answer = api.call("GET", "invoice", params=window, headers=headers)
        return answer.json()["versionDigest"]

    before = digest()
    (line, *_rest) = world.objects("order/orderline")
    world.update("order/orderline", line["id"], description="Annen tekst")
    assert digest() != before


def test_checksum_does_not_notice_what_references_point_to(world, late, kari) -> None:
    unit = world.add("product/unit", name="Kasse", nameEN="Box", commonCode="BX")
    world.add("product", name="Skrue", productUnit={"id": unit["id"]})

    def digest() -> str:
        answer = late.call(
            "GET",
            "product",
            params={"fields": "*,productUnit(*)"},
            headers={"If-None-Match": "x"},
        )
        return answer.json()["versionDigest"]

    before = digest()
    world.update("product/unit", unit["id"], name="Eske")
    assert digest() == before


def test_endpoints_without_checksum_say_so(late) -> None:
    window = {"invoiceDateFrom": "2026-01-01", "invoiceDateTo": "2027-01-01"}
    for path, params in (("employee", {}), ("supplierInvoice", window)):
        found = late.get(path, **params)["versionDigest"]
        assert found == "Checksum not yet supported for this endpoint"
    assert late.get("employee/entitlement")["versionDigest"] is None


def test_checksum_can_change_without_a_change(world, late, kari) -> None:
    world.settings(checksum="restless")
    headers = {"If-None-Match": "x"}
    digests = {
        late.call("GET", "customer", headers=headers).json()["versionDigest"]
        for _time in range(3)
    }
    assert len(digests) == 3
