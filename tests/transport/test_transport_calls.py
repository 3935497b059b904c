# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Calls that work: what is sent, what comes back."""

import base64
import gzip
import json
import time
from datetime import datetime, timezone

import pytest
from requests.auth import AuthBase
from transport.errors import ConnectionFailed, NotAuthorised, VendorError


def test_an_answer_carries_data_status_and_the_vendors_clock_and_request_id(
    vendor, open_client
):
    vendor.answers(vendor.reply({"value": {"id": 4}}, headers={"X-Call": "c-17"}))
    before = datetime.now(timezone.utc)
    answer = open_client(request_id_header="x-call").request("GET", "/customer/4")
    assert answer.status == 200
    assert answer.data == {"value": {"id": 4}}
    assert answer.request_id == "c-17"
    assert before <= answer.sent_at <= datetime.now(timezone.utc)
    assert answer.elapsed > 0


@pytest.mark.parametrize("zone", ["GMT", "-0000", "+0000"])
def test_the_vendors_clock_is_read_whatever_the_clock_of_this_machine(
    vendor, open_client, zone, monkeypatch
):
    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()

    def step(handler):
        handler.send_response_only(200)
        handler.send_header("Date", f"Sat, 21 Nov 2026 22:59:58 {zone}")
        handler.send_header("Content-Length", "2")
        handler.end_headers()
        handler.wfile.write(b"{}")

    vendor.answers(step)
    answer = open_client().request("GET", "/x")
    monkeypatch.undo()
    time.tzset()
    assert answer.date == datetime(2026, 11, 21, 22, 59, 58, tzinfo=timezone.utc)


@pytest.mark.parametrize("date", ["", "yesterday", "99 99 99"])
def test_a_date_header_that_is_no_date_is_no_error(vendor, open_client, date):
    def step(handler):
        handler.send_response_only(200)
        handler.send_header("Date", date)
        handler.send_header("Content-Length", "2")
        handler.end_headers()
        handler.wfile.write(b"{}")

    vendor.answers(step)
    assert open_client().request("GET", "/x").date is None


def test_query_and_json_body_arrive_as_given(vendor, open_client):
    open_client().request(
        "POST",
        "/customer/%3Ado",
        params={"fields": "id,name", "from": 0, "none": None},
        json={"name": "Blåbær & Sønn"},
    )
    (call,) = vendor.seen
    assert call.method == "POST"
    assert call.path == "/v2/customer/%3Ado"
    assert call.query == {"fields": ["id,name"], "from": ["0"]}
    assert json.loads(call.body) == {"name": "Blåbær & Sønn"}
    assert call.headers["Content-Type"] == "application/json"


def test_basic_authorisation_is_sent_in_utf_8(vendor, open_client):
    open_client().request("GET", "/x", auth=("501", "tökεn-’quote’"))
    kind, _space, code = vendor.seen[0].headers["Authorization"].partition(" ")
    assert kind == "Basic"
    assert base64.b64decode(code).decode() == "501:tökεn-’quote’"


def test_an_authorisation_object_signs_the_call(vendor, open_client):
    class Signature(AuthBase):
        def __call__(self, request):
            request.headers["X-Signature"] = f"{request.method} {request.path_url}"
            return request

    open_client().request("GET", "/x", params={"a": 1}, auth=Signature())
    assert vendor.seen[0].headers["X-Signature"] == "GET /v2/x?a=1"


def test_calls_share_one_connection(vendor, open_client):
    client = open_client()
    for _ in range(3):
        client.request("GET", "/x")
    assert len({call.client for call in vendor.seen}) == 1


def test_an_empty_answer_has_no_data(vendor, open_client):
    vendor.answers(vendor.reply(b"", status=204))
    assert open_client().request("DELETE", "/customer/4").data is None


def test_not_modified_is_an_answer(vendor, open_client):
    def step(handler):
        handler.send_response(304)
        handler.end_headers()

    vendor.answers(step)
    answer = open_client().request("GET", "/x", headers={"If-None-Match": "abc"})
    assert (answer.status, answer.data) == (304, None)


def test_a_head_call_has_no_body_to_wait_for(vendor, open_client):
    vendor.answers(vendor.reply({"value": 1}))
    assert open_client().request("HEAD", "/x").data is None


def test_a_compressed_answer_is_unpacked(vendor, open_client):
    packed = gzip.compress(json.dumps({"values": list(range(500))}).encode())
    vendor.answers(vendor.reply(packed, headers={"Content-Encoding": "gzip"}))
    assert len(open_client().request("GET", "/x").data["values"]) == 500


def test_statuses_that_the_caller_accepts_are_answers(vendor, open_client):
    vendor.answers(vendor.reply({"code": 6000}, status=404))
    answer = open_client().request("GET", "/x", accept={404})
    assert (answer.status, answer.data) == (404, {"code": 6000})


def test_unauthorised_is_an_error_of_its_own(vendor, open_client):
    vendor.answers(vendor.reply({}, status=401))
    with pytest.raises(NotAuthorised) as caught:
        open_client().request("GET", "/x")
    assert (caught.value.code, caught.value.status) == ("auth", 401)
    assert len(vendor.seen) == 1


def test_unauthorised_can_be_accepted_and_raised_later(vendor, open_client):
    vendor.answers(vendor.reply({}, status=401))
    client = open_client()
    answer = client.request("GET", "/x", accept={401})
    assert isinstance(client.error_of(answer), NotAuthorised)


def test_an_error_body_is_read_by_the_vendors_own_reader(vendor, open_client):
    body = {"no": 17, "text": "Feil:<ul><li>én</li><li>to &amp; tre</li></ul>"}
    vendor.answers(vendor.reply(body, status=422, headers={"X-Call": "c-9"}))

    def read_error(answer):
        problem = ("name", "<b>mangler</b>", "null.name")
        return str(answer.data["no"]), answer.data["text"], [problem]

    client = open_client(read_error=read_error, request_id_header="X-Call")
    with pytest.raises(VendorError) as caught:
        client.request("GET", "/x")
    error = caught.value
    assert (error.code, error.status, error.request_id) == ("17", 422, "c-9")
    assert error.message == "Feil: én; to & tre"
    assert error.problems == (("name", "mangler", "null.name"),)
    assert not error.sent


def test_an_error_page_of_a_proxy_is_told_in_its_first_words(vendor, open_client):
    page = (
        b"<html><head><title>x</title></head><body><h1>Bad gateway</h1></body></html>"
    )
    vendor.answers(vendor.reply(page, status=502))
    with pytest.raises(VendorError) as caught:
        open_client(read_error=lambda answer: None).request("POST", "/x")
    assert caught.value.message == "HTTP 502 Bad gateway"
    assert caught.value.sent


def test_a_path_cannot_lead_to_another_host(vendor, open_client):
    for path in ("https://example.org/x", "x", "@example.org/"):
        with pytest.raises(ValueError, match="slash"):
            open_client().request("GET", path)
    assert not vendor.seen


def test_a_header_with_a_line_break_is_not_sent(vendor, open_client):
    with pytest.raises(ConnectionFailed) as caught:
        open_client().request("GET", "/x", headers={"X-Token": "a\r\nEvil: 1"})
    assert "Evil" not in str(caught.value)
    assert not vendor.seen
