# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Faults on demand: each does what it says, and only where it should."""

from __future__ import annotations

import json
import time

import pytest
import requests

from sandbox.control import SandboxError


@pytest.fixture
def shop(make_world, login):
    """Return a caller in a world with ten customers."""
    return login(make_world(size={"customers": 10}))


def test_status_is_answered_in_place_of_work(shop) -> None:
    body = "<html>Down</html>"
    shop.world.fault("/customer$", status=503, body=body, times=1)
    answer = shop.call("POST", "customer", json={"name": "Ny"})
    assert (answer.status_code, answer.text) == (503, body)
    assert answer.headers["Content-Type"].startswith("text/html")
    assert len(shop.values("customer")) == 10


def test_html_can_come_with_status_200(shop) -> None:
    shop.world.fault("/customer", status=200, body="<html>Maintenance</html>")
    assert shop.call("GET", "customer").text.startswith("<html>")


def test_headers_of_a_429_are_those_of_the_rule(shop) -> None:
    shop.world.fault("/customer", status=429, headers={"Retry-After": "7"}, nth=1)
    shop.world.fault("/customer", status=429, nth=2)
    first, second = (shop.call("GET", "customer") for _n in range(2))
    assert first.headers["Retry-After"] == "7"
    assert "Retry-After" not in second.headers


def test_rule_fires_when_it_is_its_turn(shop) -> None:
    shop.world.fault("^/customer$", method="GET", nth=[2, 4], status=500)
    statuses = [shop.call("GET", "customer").status_code for _n in range(5)]
    assert statuses == [200, 500, 200, 500, 200]
    shop.world.clear_faults()
    shop.world.fault("^/customer$", after=1, times=2, status=500)
    statuses = [shop.call("GET", "customer").status_code for _n in range(4)]
    assert statuses == [200, 500, 500, 200]
    (rule,) = shop.world.faults()
    assert (rule["matched"], rule["fired"]) == (4, 2)


def test_rule_fires_only_where_it_matches(shop) -> None:
    shop.world.fault("^/customer$", query={"from": 5}, status=500)
    assert shop.call("GET", "customer").status_code == 200
    assert shop.call("GET", "product?from=5").status_code == 200
    assert shop.call("GET", "customer?from=5").status_code == 500


def test_delay_waits_and_then_works(shop) -> None:
    shop.world.fault("/customer", delay=0.3)
    begun = time.monotonic()
    assert len(shop.values("customer")) == 10
    assert time.monotonic() - begun >= 0.3


def test_dropped_connection_does_no_work(shop) -> None:
    shop.world.fault("/customer$", drop=True, times=1)
    with pytest.raises(requests.ConnectionError):
        shop.call("POST", "customer", json={"name": "Ny"})
    assert len(shop.values("customer")) == 10


def test_cut_connection_did_the_work(shop) -> None:
    shop.world.fault("/customer$", cut=True, times=1)
    with pytest.raises(requests.ConnectionError):
        shop.call("POST", "customer", json={"name": "Ny"})
    assert len(shop.values("customer")) == 11
    assert shop.world.calls(method="POST")[-1]["status"] is None


def test_truncated_body_ends_in_the_middle(shop) -> None:
    shop.world.fault("/customer", truncate=True, times=1)
    with pytest.raises(
        (requests.ConnectionError, requests.exceptions.ChunkedEncodingError)
    ):
        shop.call("GET", "customer")
    shop.world.fault("/customer", truncate=100, declare="sent", times=1)
    answer = shop.call("GET", "customer")
    assert len(answer.content) == 100
    with pytest.raises(json.JSONDecodeError):
        json.loads(answer.content)


def test_dripping_body_arrives_whole(shop) -> None:
    shop.world.fault("/customer", drip={"bytes": 2000, "pause": 0.01})
    assert len(shop.values("customer")) == 10


def test_body_can_be_any_text(shop) -> None:
    shop.world.fault("/customer", text='{"values": [,')
    answer = shop.call("GET", "customer")
    assert (answer.status_code, answer.text) == (200, '{"values": [,')
    assert "x-tlx-request-id" in answer.headers


def test_lies_about_records(shop) -> None:
    world = shop.world
    world.fault(
        "/customer",
        extra_fields={"newField": 1},
        set_fields={"name": None},
        full_result_size=3,
    )
    page = shop.get("customer")
    assert page["fullResultSize"] == 3
    assert {(r["newField"], r["name"]) for r in page["values"]} == {(1, None)}
    world.clear_faults()
    assert "newField" not in shop.values("customer")[0]


def test_records_can_come_twice_in_a_page(shop) -> None:
    shop.world.fault("/customer", duplicate=2)
    page = shop.get("customer")
    ids = [record["id"] for record in page["values"]]
    assert (page["count"], len(ids), len(set(ids))) == (12, 12, 10)


@pytest.mark.parametrize(("shift", "seen"), [(1, 10), (-1, 9)])
def test_pages_can_overlap_or_leave_a_record_out(shop, shift, seen) -> None:
    shop.world.fault("/customer", shift=shift)
    first = shop.values("customer", **{"from": 0, "count": 6})
    second = shop.values("customer", **{"from": 6, "count": 6})
    ids = [record["id"] for record in [*first, *second]]
    assert len(set(ids)) == seen
    assert len(ids) == seen + (1 if shift > 0 else 0)


def test_filter_can_be_ignored(shop) -> None:
    shop.world.fault("/customer", ignore=["changedSince"])
    assert len(shop.values("customer", changedSince="2099-01-01T00:00:00")) == 10


def test_cleared_faults_are_over(shop) -> None:
    first = shop.world.fault("/customer", status=500)
    shop.world.fault("/product", status=500)
    shop.world.clear_faults(first["number"])
    assert shop.call("GET", "customer").status_code == 200
    assert shop.call("GET", "product").status_code == 500
    shop.world.clear_faults()
    assert shop.call("GET", "product").status_code == 200


def test_rule_that_cannot_be_understood_is_refused(world) -> None:
    with pytest.raises(SandboxError, match="explode"):
        world.fault("/customer", explode=True)
    with pytest.raises(SandboxError, match="empty"):
        world.fault("/customer")
