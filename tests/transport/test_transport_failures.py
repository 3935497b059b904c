# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Calls that fail on the wire, and what is tried again."""

import gzip
import socket

import pytest
from transport.errors import (
    AnswerLost,
    BadAnswer,
    ConnectionFailed,
    LimitReached,
    NoTimeLeft,
    TimedOut,
    VendorError,
)
from transport.http import LEAST_TIME


@pytest.fixture
def closed_port():
    """Address of a port on which nobody listens."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{sock.getsockname()[1]}/v2"


@pytest.fixture
def deaf_port():
    """Address of a port that takes no more connections, nor refuses them."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen(0)
        clients = [socket.socket() for _ in range(4)]
        for client in clients:
            client.setblocking(False)
            client.connect_ex(server.getsockname())
        yield f"http://127.0.0.1:{server.getsockname()[1]}/v2"
        for client in clients:
            client.close()


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_a_reading_call_is_sent_again_when_the_server_fails(
    vendor, open_client, pauses, status
):
    vendor.answers(
        vendor.reply({}, status=status),
        vendor.reply({}, status=status),
        vendor.reply({"value": 1}),
    )
    assert open_client().request("GET", "/x").data == {"value": 1}
    assert len(vendor.seen) == 3
    assert len(pauses) == 2


def test_a_reading_call_ends_with_the_servers_error_after_its_retries(
    vendor, open_client
):
    vendor.answers(vendor.reply({}, status=503))
    with pytest.raises(VendorError) as caught:
        open_client(retries=2).request("GET", "/x")
    assert caught.value.status == 503
    assert len(vendor.seen) == 3


def test_pauses_grow_and_stay_short(vendor, open_client, pauses):
    vendor.answers(vendor.reply({}, status=500))
    with pytest.raises(VendorError):
        open_client(retries=8).request("GET", "/x")
    assert len(pauses) == 8
    assert 0 < pauses[0] <= 0.4
    assert pauses[0] < pauses[3]
    assert max(pauses) <= 4


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
@pytest.mark.parametrize("failure", ["error", "hang_up", "truncated", "html"])
def test_a_writing_call_is_sent_once_and_says_that_it_may_have_arrived(
    vendor, open_client, pauses, method, failure
):
    step = {
        "error": vendor.reply({}, status=500),
        "hang_up": vendor.hang_up,
        "truncated": vendor.reply({"value": 1}, length=500),
        "html": vendor.reply(b"<html>hello</html>"),
    }[failure]
    vendor.answers(step)
    with pytest.raises((VendorError, AnswerLost, BadAnswer)) as caught:
        open_client().request(method, "/x", json={"a": 1})
    assert caught.value.sent
    assert len(vendor.seen) == 1
    assert not pauses


def test_a_writing_call_that_is_idempotent_is_sent_again(vendor, open_client):
    vendor.answers(vendor.hang_up, vendor.reply({"value": 1}))
    answer = open_client().request("POST", "/x", json={}, idempotent=True)
    assert answer.data == {"value": 1}
    assert len(vendor.seen) == 2


def test_a_reading_call_that_must_not_be_repeated_is_not(vendor, open_client):
    vendor.answers(vendor.hang_up)
    with pytest.raises(AnswerLost):
        open_client().request("GET", "/take-a-number", idempotent=False)
    assert len(vendor.seen) == 1


@pytest.mark.parametrize("status", [400, 403, 404, 409, 422])
def test_what_the_vendor_refuses_is_not_sent_again(vendor, open_client, status):
    vendor.answers(vendor.reply({}, status=status))
    with pytest.raises(VendorError) as caught:
        open_client().request("GET", "/x")
    assert caught.value.status == status
    assert not caught.value.sent
    assert len(vendor.seen) == 1


def test_a_lost_answer_is_read_again(vendor, open_client):
    vendor.answers(vendor.hang_up, vendor.reply({"value": 1}))
    assert open_client().request("GET", "/x").data == {"value": 1}


@pytest.mark.parametrize("kind", ["length", "chunks"])
def test_an_answer_that_broke_off_is_never_taken_for_a_whole_one(
    vendor, open_client, kind
):
    cut = vendor.reply({"values": []}, length=100)
    vendor.answers(cut if kind == "length" else vendor.broken_chunks)
    with pytest.raises(AnswerLost) as caught:
        open_client(retries=1).request("GET", "/x")
    assert caught.value.sent
    assert len(vendor.seen) == 2


def test_a_closed_port_means_that_nothing_was_sent(open_client, closed_port, pauses):
    client = open_client(closed_port)
    with pytest.raises(ConnectionFailed) as caught:
        client.request("GET", "/x")
    assert (caught.value.code, caught.value.sent) == ("connect", False)
    assert len(pauses) == 2
    pauses.clear()
    with pytest.raises(ConnectionFailed) as caught:
        client.request("POST", "/x")
    assert not caught.value.sent
    assert not pauses


def test_an_unknown_host_means_that_nothing_was_sent(open_client):
    with pytest.raises(ConnectionFailed) as caught:
        open_client("https://vendor.invalid/v2").request("POST", "/x")
    assert not caught.value.sent


def test_a_host_that_does_not_connect_in_time_was_sent_nothing(open_client, deaf_port):
    with pytest.raises(TimedOut) as caught:
        open_client(deaf_port, connect_timeout=0.1).request("POST", "/x")
    assert not caught.value.sent


def test_a_silent_vendor_times_out_once_and_may_have_worked(vendor, open_client):
    vendor.answers(vendor.silence)
    with pytest.raises(TimedOut) as caught:
        open_client(read_timeout=0.1).request("GET", "/x")
    assert (caught.value.code, caught.value.sent) == ("timeout", True)
    assert len(vendor.seen) == 1


@pytest.mark.parametrize(
    "start",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffff\r\n",
        b"HTTP/1.1 200 OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nX-Endless: ",
        b"HTTP/1.1 200 ",
    ],
    ids=["body", "chunk", "until close", "header", "status"],
)
def test_a_vendor_that_sends_a_byte_now_and_then_holds_nobody(
    vendor, open_client, start
):
    vendor.answers(vendor.drip(start))
    client = open_client(read_timeout=10, total_timeout=0.3)
    with pytest.raises(TimedOut) as caught:
        client.request("GET", "/x")
    assert caught.value.sent


def test_the_end_of_the_run_cuts_a_call(vendor, open_client):
    vendor.answers(vendor.silence)
    with pytest.raises(TimedOut):
        open_client(deadline=lambda: 0.1).request("GET", "/x")
    assert len(vendor.seen) == 1


def test_a_run_without_time_sends_nothing(vendor, open_client):
    with pytest.raises(TimedOut) as caught:
        open_client(deadline=lambda: 0.0).request("GET", "/x")
    assert not caught.value.sent
    assert not vendor.seen


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_what_changes_something_is_not_begun_in_the_last_seconds(
    vendor, open_client, method
):
    with pytest.raises(NoTimeLeft) as caught:
        open_client(deadline=lambda: LEAST_TIME / 2).request(method, "/x")
    assert not caught.value.sent
    assert not vendor.seen


def test_what_only_reads_is_asked_to_the_last(vendor, open_client):
    client = open_client(deadline=lambda: LEAST_TIME / 2)
    assert client.request("GET", "/x").status == 200
    assert client.request("POST", "/x", idempotent=True).status == 200


def test_a_call_that_may_take_little_time_anyway_needs_no_more(vendor, open_client):
    client = open_client(deadline=lambda: 5.0, total_timeout=5.0)
    assert client.request("POST", "/x").status == 200


def test_a_reading_that_the_end_of_the_run_cuts_is_told_from_a_slow_vendor(
    vendor, open_client
):
    vendor.answers(vendor.silence)
    left = iter([0.1, 0.1])
    with pytest.raises(NoTimeLeft) as caught:
        open_client(deadline=lambda: next(left, 0.0)).request("GET", "/x")
    assert caught.value.sent
    assert len(vendor.seen) == 1


def test_a_vendor_that_is_slow_before_the_runs_end_is_said_to_be(vendor, open_client):
    vendor.answers(vendor.silence)
    with pytest.raises(TimedOut) as caught:
        open_client(deadline=lambda: 60.0, read_timeout=0.1).request("GET", "/x")
    assert not isinstance(caught.value, NoTimeLeft)
    assert caught.value.sent


def test_no_pause_outlasts_the_run(vendor, open_client, pauses):
    vendor.answers(vendor.reply({}, status=503, headers={"Retry-After": "2"}))
    with pytest.raises(VendorError):
        open_client(deadline=lambda: 1.0).request("GET", "/x")
    assert not pauses


def test_a_run_without_end_has_only_the_calls_own_limits(vendor, open_client):
    assert open_client(deadline=lambda: None).request("GET", "/x").status == 200


def test_a_short_pause_that_the_vendor_asks_for_is_kept(vendor, open_client, pauses):
    vendor.answers(
        vendor.reply({}, status=503, headers={"Retry-After": "2"}),
        vendor.reply({"value": 1}),
    )
    open_client().request("GET", "/x")
    assert 2 <= pauses[0] <= 2.5


def test_a_long_pause_that_the_vendor_asks_for_is_left_to_the_caller(
    vendor, open_client, pauses
):
    vendor.answers(vendor.reply({}, status=503, headers={"Retry-After": "30"}))
    with pytest.raises(VendorError) as caught:
        open_client().request("GET", "/x")
    assert caught.value.retry_after == 30
    assert not pauses
    assert len(vendor.seen) == 1


def test_a_limit_is_never_slept_through(vendor, open_client, pauses):
    vendor.answers(vendor.reply({}, status=429, headers={"Retry-After": "1"}))
    with pytest.raises(LimitReached) as caught:
        open_client().request("GET", "/x")
    assert (caught.value.status, caught.value.retry_after) == (429, 1)
    assert not pauses
    assert len(vendor.seen) == 1


def test_a_limit_that_names_its_reset_waits_for_that(vendor, open_client):
    vendor.answers(vendor.reply({}, status=429, headers={"X-Reset": "17"}))
    client = open_client(limit_headers=("X-Limit", "X-Left", "X-Reset"))
    with pytest.raises(LimitReached) as caught:
        client.request("GET", "/x")
    assert caught.value.retry_after == 17


def test_a_limit_without_any_header_still_says_how_long_to_wait(vendor, open_client):
    vendor.answers(vendor.reply({}, status=429))
    with pytest.raises(LimitReached) as caught:
        open_client().request("GET", "/x")
    assert caught.value.retry_after > 0


def test_an_html_page_is_no_answer_and_its_words_are_shown(vendor, open_client):
    page = b"<html><style>p{}</style><p>Vedlikehold &amp; stengt</p></html>"
    vendor.answers(vendor.reply(page, headers={"Content-Type": "text/html"}))
    with pytest.raises(BadAnswer) as caught:
        open_client().request("GET", "/x")
    assert caught.value.message == "the answer is not JSON: Vedlikehold & stengt"
    assert (caught.value.code, caught.value.status) == ("bad_answer", 200)


@pytest.mark.parametrize(
    "body",
    [b"hello", b'{"values": [', b'{"amount": NaN}', b"\xff\xfe\xfd", b"[" * 200_000],
    ids=["text", "half", "nan", "bytes", "nested"],
)
def test_what_is_no_json_is_no_answer(vendor, open_client, body):
    vendor.answers(vendor.reply(body))
    with pytest.raises(BadAnswer):
        open_client().request("GET", "/x")
    assert len(vendor.seen) == 1


def test_an_answer_that_is_too_large_is_not_read_to_its_end(vendor, open_client):
    vendor.answers(vendor.reply(b" " * 300_000, length=10**9))
    with pytest.raises(BadAnswer, match="larger"):
        open_client(max_bytes=200_000).request("GET", "/x")


def test_an_answer_that_unpacks_to_too_much_is_refused(vendor, open_client):
    bomb = gzip.compress(b" " * 3_000_000)
    vendor.answers(vendor.reply(bomb, headers={"Content-Encoding": "gzip"}))
    assert len(bomb) < 100_000
    with pytest.raises(BadAnswer, match="larger"):
        open_client(max_bytes=100_000).request("GET", "/x")


def test_an_answer_that_cannot_be_unpacked_is_no_answer(vendor, open_client):
    vendor.answers(vendor.reply(b"{}", headers={"Content-Encoding": "gzip"}))
    with pytest.raises(BadAnswer):
        open_client().request("GET", "/x")


def test_what_is_no_http_is_a_lost_answer(vendor, open_client):
    def step(handler):
        handler.wfile.write(b"SSH-2.0-OpenSSH_9.9\r\n\r\n")
        handler.close_connection = True

    vendor.answers(step)
    with pytest.raises(AnswerLost):
        open_client(retries=0).request("GET", "/x")


def test_the_connection_works_again_after_a_failure(vendor, open_client):
    vendor.answers(vendor.drip(b"HTTP/1.1 200 OK\r\n\r\n"), vendor.reply({"value": 1}))
    client = open_client(total_timeout=0.2)
    with pytest.raises(TimedOut):
        client.request("GET", "/x")
    assert client.request("GET", "/x").data == {"value": 1}
