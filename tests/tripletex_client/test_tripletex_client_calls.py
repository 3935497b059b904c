# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Single objects, objects by id, writing, limits and errors."""

import subprocess
import sys
from pathlib import Path

import pytest
from tests.support.plain.ledger_tripletex.client import QUERY_PARAMETERS
from transport.budget import MemoryBudget
from transport.errors import (
    AnswerLost,
    BadAnswer,
    ConnectionFailed,
    LimitReached,
    VendorError,
)


def _ids_of(records):
    return sorted(record["id"] for record in records)


# === SINGLE OBJECTS === #


def test_one_object_is_found_by_its_path(world, open_client):
    kari = world.add("customer", name="Kari Åsen")
    found = open_client(world).one(f"/customer/{kari['id']}", "id,name")
    assert found == {"id": kari["id"], "name": "Kari Åsen"}


def test_an_object_that_is_not_there_is_none(world, open_client):
    kari = world.add("customer", name="Kari Åsen")
    world.delete("customer", kari["id"])
    assert open_client(world).one(f"/customer/{kari['id']}") is None


def test_an_address_that_is_not_there_is_an_error(world, open_client):
    with pytest.raises(VendorError) as caught:
        open_client(world).one("/customers/7")
    assert (caught.value.status, caught.value.code) == (404, "21000")


def test_a_not_found_page_of_a_proxy_is_no_missing_object(world, open_client):
    world.fault("^/customer/", status=404, body="<html>Not here</html>")
    with pytest.raises(VendorError) as caught:
        open_client(world).one("/customer/7")
    assert caught.value.code == "http"
    assert "Not here" in caught.value.message


# === BY IDS === #


def test_objects_come_by_their_ids_in_few_calls(world, open_client):
    world.seed(customers=230)
    ids = _ids_of(world.objects("customer"))
    found = open_client(world).by_ids("/customer", ids, "id")
    assert _ids_of(found) == ids
    assert world.count_calls(path="^/customer$") == 3


def test_inactive_objects_come_by_their_ids_too(world, open_client):
    world.seed(customers=3, inactive_customers=2)
    ids = _ids_of(world.objects("customer"))
    assert len(ids) == 5
    found = open_client(world).by_ids("/customer", ids, "id,isInactive")
    assert sum(record["isInactive"] for record in found) == 2


def test_unknown_ids_are_left_out_and_repeated_ones_come_once(world, open_client):
    world.seed(customers=2)
    ids = _ids_of(world.objects("customer"))
    asked = [ids[0], str(ids[0]), ids[1], 999_999_999]
    assert _ids_of(open_client(world).by_ids("/customer", asked, "id")) == ids


def test_no_ids_cost_no_call(world, open_client):
    assert list(open_client(world).by_ids("/customer", [], "id")) == []
    assert world.count_calls() == 0


@pytest.mark.parametrize("path", ["product", "contact", "supplier", "product/unit"])
def test_lists_that_name_their_ids_differently_are_asked_rightly(
    world, open_client, path
):
    world.seed(customers=3, suppliers=4, contacts=4, products=4)
    ids = _ids_of(world.objects(path))[1:3]
    assert _ids_of(open_client(world).by_ids(f"/{path}", ids, "id")) == ids


def test_invoices_come_by_id_whatever_their_date(world, open_client):
    world.seed(customers=3, products=3, invoices=6)
    ids = _ids_of(world.objects("invoice"))
    assert _ids_of(open_client(world).by_ids("/invoice", ids, "id")) == ids


# === WRITING === #


def test_what_is_posted_is_returned_as_stored(world, open_client):
    made = open_client(world).post("/customer", {"name": "Blåbær & Sønn"})
    assert made["name"] == "Blåbær & Sønn"
    assert world.object("customer", made["id"])["name"] == "Blåbær & Sønn"


def test_put_changes_and_delete_removes(world, open_client):
    client = open_client(world)
    made = client.post("/customer", {"name": "Kari"})
    path = f"/customer/{made['id']}"
    assert client.put(path, {"name": "Kari Åsen"})["name"] == "Kari Åsen"
    assert client.delete(path) is None
    assert client.one(path) is None


def test_an_action_is_a_put_with_its_colon_encoded(world, open_client):
    world.seed(customers=1, products=1, invoices=1)
    (invoice,) = world.objects("invoice")
    client = open_client(world)
    client.put(f"/invoice/{invoice['id']}/:send", params={"sendType": "EMAIL"})
    (call,) = world.calls(path=":send")
    assert call["status"] == 200


def test_a_stale_version_is_refused(world, open_client):
    client = open_client(world)
    made = client.post("/customer", {"name": "Kari"})
    world.update("customer", made["id"], name="Kari Åsen")
    with pytest.raises(VendorError) as caught:
        client.put(f"/customer/{made['id']}", {"name": "x", "version": made["version"]})
    assert (caught.value.status, caught.value.code) == (409, "8000")
    assert world.object("customer", made["id"])["name"] == "Kari Åsen"


def test_validation_messages_are_told_per_field(world, open_client):
    with pytest.raises(VendorError) as caught:
        open_client(world).post("/customer", {"email": "kari@example.no"})
    error = caught.value
    assert (error.status, error.code) == (422, "18000")
    assert error.message
    (problem,) = error.problems
    assert problem.field == "name"
    assert problem.message
    assert not error.sent


def test_html_in_messages_is_taken_out(world, open_client):
    body = {
        "status": 422,
        "code": 18000,
        "message": "Validering feilet.",
        "validationMessages": [
            {
                "field": None,
                "message": "Kan ikke slettes:<ul><li>2 fakturaer</li>"
                "<li>1 ordre &amp; tilbud</li></ul>",
                "path": "null.id",
            }
        ],
        "requestId": "r-1",
    }
    world.fault("^/customer/7$", status=422, body=body)
    with pytest.raises(VendorError) as caught:
        open_client(world).delete("/customer/7")
    assert caught.value.problems == (
        ("", "Kan ikke slettes: 2 fakturaer; 1 ordre & tilbud", "id"),
    )


@pytest.mark.parametrize(
    "extra", [{}, {"message": None, "validationMessages": None}, {"code": None}]
)
def test_errors_that_say_little_are_still_errors(world, open_client, extra):
    world.fault("^/customer$", status=500, body={"status": 500, "code": 1000, **extra})
    with pytest.raises(VendorError) as caught:
        open_client(world).post("/customer", {"name": "x"})
    assert caught.value.status == 500
    assert caught.value.sent


def test_the_vendors_request_id_stays_with_the_error(world, open_client):
    with pytest.raises(VendorError) as caught:
        list(open_client(world).pages("/customer", fields="nonsense"))
    (call,) = world.calls(path="^/customer$")
    assert caught.value.code == "11000"
    assert caught.value.request_id == call["request_id"]


def test_a_write_whose_answer_is_lost_is_not_repeated(world, open_client):
    world.fault("^/customer$", method="POST", cut=True)
    with pytest.raises(AnswerLost) as caught:
        open_client(world).post("/customer", {"name": "Kari"})
    assert caught.value.sent
    assert world.counts()["customer"] == 1


# === A BAD DAY === #


@pytest.mark.parametrize(
    "fault",
    [
        {"status": 503, "body": "<html>Down</html>"},
        {"status": 500, "body": {"code": 1000}},
        {"drop": True},
        {"truncate": True},
    ],
)
def test_a_passing_failure_is_survived_while_reading(world, open_client, fault):
    world.seed(customers=25)
    world.fault("^/customer$", nth=2, **fault)
    pages = open_client(world, page_size=10).pages("/customer", fields="id")
    assert len({record["id"] for page in pages for record in page.values}) == 25


@pytest.mark.parametrize(
    "fault",
    [
        {"status": 200, "body": "<html><b>Vedlikehold</b></html>"},
        {"text": '{"values": [,'},
        {"truncate": 40, "declare": "sent"},
    ],
)
def test_an_answer_that_is_none_is_told(world, open_client, fault):
    world.seed(customers=25)
    world.fault("^/customer$", **fault)
    with pytest.raises(BadAnswer):
        list(open_client(world).pages("/customer", fields="id"))


def test_a_vendor_that_is_away_is_told(world, open_client):
    world.base_url = "http://127.0.0.1:9/v2"
    with pytest.raises(ConnectionFailed) as caught:
        open_client(world).who_am_i()
    assert not caught.value.sent


# === LIMITS === #


def test_the_vendors_limit_is_kept_before_it_refuses(make_world, open_client):
    world = make_world(rate_limit=5, rate_window=60)
    client = open_client(world, http={"budget": MemoryBudget(urgent=True)})
    with pytest.raises(LimitReached) as caught:
        for _ in range(20):
            client.who_am_i()
    assert 0 < caught.value.retry_after <= 60
    assert caught.value.status is None
    assert world.count_calls(status=429) == 0
    assert world.count_calls(status=200) >= 4


def test_a_refusal_for_the_limit_says_how_long_to_wait(make_world, open_client):
    world = make_world(rate_limit=5, rate_window=60)
    client = open_client(world)
    with pytest.raises(LimitReached) as caught:
        for _ in range(20):
            client.who_am_i()
    assert caught.value.status == 429
    assert caught.value.retry_after > 0
    assert world.count_calls(status=429) == 1


def test_a_refusal_without_a_reset_waits_for_the_one_seen_before(
    make_world, open_client
):
    world = make_world(rate_limit=5, rate_window=30)
    budget = MemoryBudget(urgent=True)
    first = open_client(world, http={"budget": budget})
    first.who_am_i()
    # Somebody else uses the same key up.
    second = open_client(world)
    with pytest.raises(LimitReached):
        for _ in range(20):
            second.who_am_i()
    with pytest.raises(LimitReached) as caught:
        first.who_am_i()
    assert caught.value.status == 429
    assert 0 < caught.value.retry_after <= 30


# === THE MODULE === #


def test_the_client_needs_neither_odoo_nor_the_transport_to_be_imported():
    addon = Path(__file__).parents[2] / "addons" / "ledger_tripletex"
    code = (
        "import sys; import client\n"
        "loaded = {'odoo', 'transport', 'requests'} & set(sys.modules)\n"
        "assert not loaded, loaded"
    )
    subprocess.run([sys.executable, "-c", code], cwd=addon, check=True)


def test_every_known_list_can_be_paged():
    for path, names in QUERY_PARAMETERS.items():
        assert path.startswith("/")
        assert {"from", "count", "sorting", "fields"} <= names
