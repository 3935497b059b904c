# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What is noted about calls, and that no secret is in it."""

import json
import logging
import traceback

import pytest
import requests
from transport.budget import MemoryBudget
from transport.errors import LedgerError, LimitReached, VendorError
from transport.exchange import LONGEST_BODY
from transport.masking import Masker

SECRET = "s3cr3t-0f-the-house/+=åø"


@pytest.fixture
def exchanges():
    return []


def test_each_attempt_is_recorded(vendor, open_client, exchanges):
    headers = {"X-Call": "c-3"}
    vendor.answers(
        vendor.hang_up,
        vendor.reply({}, status=503),
        vendor.reply({"value": 1}, headers=headers),
    )
    client = open_client(recorder=exchanges.append, request_id_header="X-Call")
    client.request("GET", "/x", params={"fields": "id,name"})
    assert [(x.status, x.error) for x in exchanges] == [
        (None, "lost"),
        (503, "http"),
        (200, None),
    ]
    assert exchanges[2].method == "GET"
    assert exchanges[2].url == f"{vendor.url}/x?fields=id,name"
    assert exchanges[2].request_id == "c-3"
    assert exchanges[2].duration_ms >= 0
    assert exchanges[0].at <= exchanges[2].at
    assert exchanges[0].at.utcoffset().total_seconds() == 0


def test_bodies_are_recorded_only_on_request(vendor, open_client, exchanges):
    vendor.answers(vendor.reply({"value": {"id": 9}}))
    open_client(recorder=exchanges.append).request("POST", "/x", json={"a": 1})
    open_client(recorder=exchanges.append, recorder_bodies=True).request(
        "POST", "/x", json={"a": 1}
    )
    assert (exchanges[0].request_body, exchanges[0].response_body) == (None, None)
    assert json.loads(exchanges[1].request_body) == {"a": 1}
    assert json.loads(exchanges[1].response_body) == {"value": {"id": 9}}


def test_recorded_bodies_are_masked_and_cut(vendor, open_client, exchanges):
    people = [{"id": n, "name": "Kari Nordmann"} for n in range(2000)]
    vendor.answers(vendor.reply({"values": people}))
    client = open_client(recorder=exchanges.append, recorder_bodies=True)
    client.request("GET", "/x")
    body = exchanges[0].response_body
    assert len(body) == LONGEST_BODY
    assert "Kari" not in body
    assert '"id": 7' in body


def test_personal_data_is_recorded_when_asked_for(vendor, open_client, exchanges):
    vendor.answers(vendor.reply({"name": "Kari", "token": "abcdefgh1234"}))
    open_client(
        recorder=exchanges.append, recorder_bodies=True, mask_personal=False
    ).request("GET", "/x")
    assert json.loads(exchanges[0].response_body) == {"name": "Kari", "token": "***"}


def test_the_budget_is_asked_before_each_attempt_and_told_the_vendors_limits(
    vendor, open_client
):
    class Noting(MemoryBudget):
        def __init__(self):
            super().__init__()
            self.notes = []

        def take(self, calls=1):
            self.notes.append(("take", calls))

        def learn(self, limit, remaining, reset_after):
            self.notes.append(("learn", limit, remaining, reset_after))

    headers = {"X-Limit": "100", "X-Left": "98", "X-Reset": "7"}
    vendor.answers(vendor.hang_up, vendor.reply({}, headers=headers))
    budget = Noting()
    names = ("X-Limit", "X-Left", "X-Reset")
    open_client(budget=budget, limit_headers=names).request("GET", "/x")
    assert budget.notes == [("take", 1), ("take", 1), ("learn", 100, 98, 7.0)]


def test_a_used_up_budget_sends_nothing(vendor, open_client):
    client = open_client(budget=MemoryBudget(per_day=1))
    client.request("GET", "/x")
    with pytest.raises(LimitReached) as caught:
        client.request("GET", "/x")
    assert caught.value.status is None
    assert caught.value.retry_after > 0
    assert len(vendor.seen) == 1


def test_a_refusal_without_a_reset_waits_for_the_last_one_seen(vendor, open_client):
    headers = {"X-Limit": "2", "X-Left": "1", "X-Reset": "50"}
    vendor.answers(vendor.reply({}, headers=headers), vendor.reply({}, status=429))
    names = ("X-Limit", "X-Left", "X-Reset")
    client = open_client(budget=MemoryBudget(urgent=True), limit_headers=names)
    client.request("GET", "/x")
    with pytest.raises(LimitReached) as caught:
        client.request("GET", "/x")
    assert 45 < caught.value.retry_after <= 50


def test_a_client_without_a_budget_survives_limit_headers(vendor, open_client):
    headers = {"X-Limit": "many", "X-Left": "", "X-Reset": "soon"}
    vendor.answers(vendor.reply({}, headers=headers))
    names = ("X-Limit", "X-Left", "X-Reset")
    client = open_client(budget=MemoryBudget(), limit_headers=names)
    assert client.request("GET", "/x").status == 200
    assert open_client(limit_headers=names).request("GET", "/x").status == 200


def _failing_steps(vendor):
    echo = {"message": f"token {SECRET} is unknown", "employeeToken": SECRET}
    return {
        "refused": vendor.reply(echo, status=422),
        "unauthorised": vendor.reply(echo, status=401),
        "limited": vendor.reply(echo, status=429),
        "server error": vendor.reply(f"<p>{SECRET}</p>".encode(), status=500),
        "html": vendor.reply(f"<p>session {SECRET}</p>".encode()),
        "cut": vendor.hang_up,
        "truncated": vendor.reply(echo, length=900),
        "redirect": vendor.reply(echo, 302, {"Location": f"/x?t={SECRET!a}"}),
        "silence": vendor.silence,
        "success": vendor.reply({"value": {"token": SECRET}}),
    }


@pytest.mark.parametrize(
    "failure",
    "refused unauthorised limited server_error html cut truncated redirect silence "
    "success closed_port bad_host".split(),
)
def test_no_secret_leaves_by_exception_log_or_exchange(
    vendor, open_client, exchanges, caplog, failure
):
    caplog.set_level(logging.DEBUG)
    steps = _failing_steps(vendor)
    vendor.answers(steps.get(failure.replace("_", " "), vendor.hang_up))
    urls = {"closed_port": "http://127.0.0.1:9/v2", "bad_host": "https://a.invalid/v2"}
    client = open_client(
        urls.get(failure, vendor.url),
        masker=Masker([SECRET]),
        recorder=exchanges.append,
        recorder_bodies=True,
        read_timeout=0.1,
    )
    texts = []
    try:
        client.request(
            "PUT",
            "/token/session/:create",
            params={"consumerToken": SECRET, "expirationDate": "2026-11-28"},
            json={"employeeToken": SECRET, "text": f"it is {SECRET}"},
            auth=("0", SECRET),
        )
    except LedgerError as error:
        texts += _all_texts(error)
    texts += [record.getMessage() for record in caplog.records]
    texts += [repr(exchange) for exchange in exchanges]
    assert exchanges
    assert any("expirationDate=2026-11-28" in text for text in texts)
    for form in (SECRET, SECRET[:12], "s3cr3t", "czNjcjN0", "MzNjcjN0", "M2NyM3Q"):
        assert not [text for text in texts if form in text]


def _all_texts(error):
    """Everything that a log, a screen or an error report could show of *error*."""
    yield from traceback.format_exception(error)
    while error:
        yield repr(error)
        yield repr(vars(error))
        error = error.__cause__ or error.__context__


def test_a_password_that_the_vendor_repeats_in_an_error_is_masked(vendor, open_client):
    body = {"message": "session fresh-41-session ended", "detail": "fresh-41-session"}
    vendor.answers(vendor.reply(body, status=422))

    def read_error(answer):
        data = answer.data
        return "17", data["message"], [("token", data["detail"], "")]

    client = open_client(read_error=read_error)
    with pytest.raises(VendorError) as caught:
        client.request("GET", "/x", auth=("0", "fresh-41-session"))
    assert caught.value.message == "session *** ended"
    assert caught.value.problems == (("token", "***", ""),)


def test_a_token_in_an_answer_is_masked_from_then_on(vendor, open_client, exchanges):
    vendor.answers(vendor.reply({"value": {"token": "fresh-session-41"}}))
    client = open_client(recorder=exchanges.append)
    client.request("POST", "/token/session/%3Acreate")
    client.request("DELETE", "/token/session/fresh-session-41")
    assert exchanges[1].url == f"{vendor.url}/token/session/***"


def test_the_log_has_one_line_per_call(vendor, open_client, caplog):
    caplog.set_level(logging.DEBUG)
    open_client().request("GET", "/x", params={"apiKey": "abcdefghij", "from": 3})
    (record,) = caplog.records
    assert record.levelname == "DEBUG"
    assert f"GET {vendor.url}/x?apiKey=***&from=3: 200 in" in record.getMessage()


def test_logs_of_other_users_of_urllib3_are_left_alone(vendor, open_client, caplog):
    open_client().request("GET", "/x")
    caplog.set_level(logging.DEBUG)
    requests.get(f"{vendor.url}/theirs", timeout=5)
    assert any("/v2/theirs" in record.getMessage() for record in caplog.records)
