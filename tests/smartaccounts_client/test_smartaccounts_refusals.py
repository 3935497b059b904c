# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What SmartAccounts refuses, and what it means."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest
from transport.errors import (
    AnswerLost,
    BadAnswer,
    ConnectionFailed,
    LedgerError,
    LimitReached,
    NotAuthorised,
    VendorError,
)

NOON = datetime(2026, 1, 15, 10, tzinfo=timezone.utc)
INVOICE = {"clientId": "c-1", "date": date(2026, 1, 15)}


def refusal(*texts, key=None):
    return {
        "errors": [
            {"message": text, **({"code": key} if key else {})} for text in texts
        ]
    }


def read(client):
    client.check_keys()


def add(client):
    client.add("client_invoices", INVOICE)


def error_of(action, client):
    with pytest.raises(LedgerError) as caught:
        action(client)
    return caught.value


@pytest.mark.parametrize(
    ("status", "body", "code"),
    [
        (401, refusal("Wrong signature"), "auth"),
        (401, {"message": "no"}, "auth"),
        (401, "", "auth"),
        (400, refusal("Signature is invalid"), "auth"),
        (403, "", "rights"),
        (400, refusal("No permission for this module"), "rights"),
        (401, refusal("API service is not activated"), "service_off"),
        (403, refusal("Teie pakett ei sisalda API-t"), "service_off"),
        (400, refusal("API teenus on välja lülitatud"), "service_off"),
        (503, refusal("API access needs the Pro package"), "service_off"),
        (400, refusal("The period is locked", key="PERIOD-LOCKED"), "period_locked"),
        (400, refusal("Periood on lukus"), "period_locked"),
        (400, refusal("", key="CREDIT-INVOICE-EARLIER-THAN-BASE"), "credit_too_early"),
        (
            400,
            refusal("x", key="CREDIT-INVOICE-ENTRY-EARLIER-THAN-BASE"),
            "credit_too_early",
        ),
        (400, refusal("Article code already exists"), "exists"),
        (400, refusal("Client not found"), "not_found"),
        (404, "<html>404 page not found</html>", "unknown_path"),
        (404, "", "unknown_path"),
        (400, refusal("Field date is mandatory"), "malformed"),
        (400, "Unreadable POST body", "malformed"),
        (400, "", "malformed"),
        (400, refusal("The due date is before the date"), "rules"),
        (400, refusal("A is mandatory", "B is mandatory"), "rules"),
        (422, refusal("Sum is wrong"), "rules"),
        (200, refusal("Sum is wrong"), "rules"),
        (500, refusal("Boom"), "server"),
        (502, "<html>Bad gateway</html>", "server"),
    ],
)
def test_each_refusal_has_a_word_of_its_own(fake, client, status, body, code):
    fake.answers(fake.reply(body, status))
    error = error_of(add, client)
    assert (error.code, error.status) == (code, status)
    assert error.sent == (status >= 500 and code == "server")


@pytest.mark.parametrize(
    "text",
    [
        "The amount is larger than what is unpaid on the invoice",
        "The credit limit of the client is exceeded",
        "The VAT code has expired",
        "The client is blocked",
        "Choose a package for the delivery",
        "paymentStatus is unpaid or overdue",
    ],
)
def test_a_rule_about_a_record_is_not_taken_for_a_fault_of_the_keys(fake, client, text):
    fake.answers(fake.reply(refusal(text), 400))
    assert error_of(add, client).code == "rules"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"errors": [{"message": "is empty", "field": "vatPc"}]}, "vatPc"),
        (
            {"errors": [{"message": "is empty", "fieldName": "rows[0].vatPc"}]},
            "rows[0].vatPc",
        ),
        ({"errors": {"vatPc": "is empty"}}, "vatPc"),
        (refusal("vatPc: is empty"), "vatPc"),
        (refusal("rows[1].price is empty"), "rows[1].price"),
        (refusal("Row 2: the value of 'currency' is empty"), "currency"),
        (refusal("Field date is mandatory"), "date"),
        (refusal("vatPc is mandatory"), "vatPc"),
    ],
)
def test_the_field_of_a_validation_is_named(fake, client, body, field):
    fake.answers(fake.reply(body, 400))
    (problem,) = error_of(add, client).problems
    assert problem.field == field
    assert problem.message


def test_a_sentence_without_a_field_stays_one_sentence(fake, client):
    fake.answers(fake.reply(refusal("The field is empty"), 400))
    error = error_of(add, client)
    assert (error.message, error.problems) == ("The field is empty", ())


def test_the_second_stage_tells_all_broken_rules_and_keeps_the_vendors_keys(
    fake, client
):
    body = refusal("Kuupäev on vale", "Summa on vale", key="BAD")
    fake.answers(fake.reply(body, 400))
    error = error_of(add, client)
    assert [p.message for p in error.problems] == ["Kuupäev on vale", "Summa on vale"]
    assert error.facts["keys"] == ["BAD", "BAD"]
    assert "Kuupäev" not in error.message


@pytest.mark.parametrize(
    "body",
    [
        {"message": "Arve on vale"},
        {"error": "Arve on vale"},
        {"error": {"message": "Arve on vale"}},
        {"errors": ["Arve on vale"]},
        {"errors": {"message": "Arve on vale"}},
        [{"message": "Arve on vale"}],
        "Arve on vale",
    ],
)
def test_the_vendors_sentence_is_found_in_any_shape(fake, client, body):
    fake.answers(fake.reply(body, 400))
    assert error_of(add, client).message == "Arve on vale"


# === THE CLOCK === #


@pytest.mark.parametrize("status", [400, 401, 403])
@pytest.mark.parametrize(
    ("off", "code"),
    [
        (timedelta(minutes=-21), "clock_behind"),
        (timedelta(hours=1, seconds=5), "clock_ahead"),
    ],
)
def test_a_refused_clock_says_which_way_and_how_far(
    fake, client, clock, status, off, code
):
    clock.now = NOON + off
    fake.answers(fake.reply(refusal("Not accepted"), status, date=NOON))
    error = error_of(read, client)
    assert error.code == code
    assert abs(error.facts["seconds"] - abs(off.total_seconds())) <= 2
    assert error.facts["way"] == code.removeprefix("clock_")


def test_a_clock_within_the_tolerance_is_not_blamed(fake, client, clock):
    clock.now = NOON + timedelta(minutes=14)
    fake.answers(fake.reply(refusal("Wrong signature"), 401, date=NOON))
    error = error_of(read, client)
    assert error.code == "auth"
    assert isinstance(error, NotAuthorised)
    assert "seconds" not in error.facts


def test_a_clock_that_is_little_off_is_blamed_where_the_vendor_speaks_of_time(
    fake, client, clock
):
    clock.now = NOON - timedelta(minutes=5)
    fake.answers(fake.reply(refusal("Timestamp is too old"), 400, date=NOON))
    assert error_of(read, client).code == "clock_behind"


def test_a_validation_is_not_blamed_on_a_clock_that_the_vendor_took(
    fake, client, clock
):
    clock.now = NOON - timedelta(minutes=15)
    fake.answers(fake.reply(refusal("The sum is wrong"), 400, date=NOON))
    assert error_of(add, client).code == "rules"


def test_without_the_vendors_clock_the_words_tell(fake, client):
    fake.answers(fake.reply(refusal("Request expired"), 401, date=None))
    error = error_of(read, client)
    assert (error.code, "seconds" in error.facts) == ("clock", False)


@pytest.mark.parametrize(("minute", "wait"), [(5, 6900), (65, 3300)])
def test_a_refusal_in_the_doubled_hour_waits_for_four_o_clock(
    fake, client, clock, minute, wait
):
    clock.now = datetime(2026, 10, 25, tzinfo=timezone.utc) + timedelta(minutes=minute)
    fake.answers(fake.reply(refusal("Wrong signature"), 401, date=clock.now))
    error = error_of(read, client)
    assert (error.code, error.retry_after) == ("doubled_hour", wait)
    assert error.facts["until"] == datetime(2026, 10, 25, 2, tzinfo=timezone.utc)


@pytest.mark.parametrize(("hour", "minute"), [(23, 59), (2, 0)])
def test_beside_the_doubled_hour_a_refusal_is_about_the_keys(
    fake, client, clock, hour, minute
):
    day = 24 if hour == 23 else 25
    clock.now = datetime(2026, 10, day, hour, minute, tzinfo=timezone.utc)
    fake.answers(fake.reply(refusal("Wrong signature"), 401, date=clock.now))
    assert error_of(read, client).code == "auth"


def test_a_broken_rule_in_the_doubled_hour_is_no_reason_to_wait(fake, client, clock):
    clock.now = datetime(2026, 10, 25, 0, 30, tzinfo=timezone.utc)
    fake.answers(fake.reply(refusal("The sum is wrong"), 400, date=clock.now))
    error = error_of(add, client)
    assert (error.code, error.retry_after) == ("rules", None)


# === 503 === #


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (503, refusal("Request limit exceeded")),
        (503, refusal("Päringute limiit on täis")),
        (503, refusal("x", key="TOO-MANY-REQUESTS")),
        (429, ""),
    ],
)
@pytest.mark.parametrize("action", [read, add])
def test_a_passed_limit_is_waited_for_and_not_tried_again(
    fake, client, status, body, action
):
    fake.answers(fake.reply(body, status, headers={"Retry-After": "90"}))
    error = error_of(action, client)
    assert isinstance(error, LimitReached)
    assert (error.code, error.retry_after, error.sent) == ("limit", 90, False)
    assert len(fake.seen) == 1


@pytest.mark.parametrize(
    "text",
    ["Unpaid invoices: service suspended", "Arve on tasumata", "Billing problem"],
)
@pytest.mark.parametrize("action", [read, add])
def test_a_billing_fault_is_for_a_person_and_not_for_waiting(
    fake, client, text, action
):
    fake.answers(fake.reply(refusal(text), 503))
    error = error_of(action, client)
    assert isinstance(error, VendorError)
    assert (error.code, error.retry_after, error.sent) == ("billing", None, False)
    assert len(fake.seen) == 1


@pytest.mark.parametrize("body", ["", "<html>Service unavailable</html>"])
def test_without_words_a_503_is_waited_for_when_reading(fake, client, body):
    fake.answers(fake.reply(body, 503))
    error = error_of(read, client)
    assert (type(error), error.code) == (LimitReached, "unavailable")
    assert error.retry_after > 0
    assert len(fake.seen) == 1


def test_without_words_a_503_leaves_open_what_became_of_a_write(fake, client):
    fake.answers(fake.reply("", 503))
    error = error_of(add, client)
    assert (error.code, error.sent) == ("unavailable", True)
    assert error.retry_after > 0


# === WRITES === #


def test_a_write_whose_answer_is_lost_is_sent_once_and_uncertain(fake, client):
    fake.answers(fake.hang_up)
    error = error_of(add, client)
    assert (type(error), error.sent) == (AnswerLost, True)
    assert len(fake.seen) == 1


@pytest.mark.parametrize("body", ["<html>ok</html>", "", {}, {"number": "1"}])
def test_a_write_without_an_id_in_its_answer_is_uncertain(fake, client, body):
    fake.answers(fake.reply(body))
    error = error_of(add, client)
    assert (type(error), error.sent) == (BadAnswer, True)
    assert len(fake.seen) == 1


@pytest.mark.parametrize("status", [500, 502, 504])
def test_a_write_that_meets_a_failing_server_is_sent_once_and_uncertain(
    fake, client, status
):
    fake.answers(fake.reply(refusal("Boom"), status))
    assert error_of(add, client).sent is True
    assert len(fake.seen) == 1


def test_a_write_that_reaches_nobody_was_not_sent(fake, client):
    fake.stop()
    error = error_of(add, client)
    assert (type(error), error.sent) == (ConnectionFailed, False)


@pytest.mark.parametrize(
    ("service", "answer", "record_id"),
    [
        ("client_invoices", {"invoiceId": "i-1", "clientId": "c-1"}, "i-1"),
        ("vendor_invoices", {"invoiceId": 17, "vendorId": "v-1"}, "17"),
        ("clients", {"clientId": "c-1", "referenceNumber": 13}, "c-1"),
        ("vendors", {"vendorId": "v-1"}, "v-1"),
        ("articles", {"code": "T01"}, "T01"),
    ],
)
def test_adding_returns_the_id_of_what_was_added(
    fake, client, service, answer, record_id
):
    fake.answers(fake.reply(answer, 201))
    assert client.add(service, {"name": "x"}) == (record_id, answer)
    assert fake.seen[0].method == "POST"
    assert fake.seen[0].path.endswith(f"{service.replace('_', '')}:add")
    assert fake.seen[0].headers["Content-Type"].startswith("application/json")


def test_an_edit_sends_the_whole_object_with_its_id(fake, client):
    fake.answers(fake.reply({}))
    assert client.edit("clients", {"id": "c-1", "name": "Tamm OÜ"}).id == "c-1"
    assert fake.seen[0].body == '{"id":"c-1","name":"Tamm OÜ"}'.encode()
    assert fake.seen[0].path.endswith("/clients:edit")


def test_what_cannot_be_written_is_not_sent(fake, client):
    for write in (
        lambda: client.edit("clients", {"name": "Tamm OÜ"}),
        lambda: client.delete("clients", ""),
        lambda: client.add("entries", {}),
        lambda: client.add("clients", {"discount": float("nan")}),
    ):
        with pytest.raises(ValueError):
            write()
    with pytest.raises(TypeError):
        client.add("clients", {"name": object()})
    assert fake.seen == []
