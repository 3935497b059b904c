# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What Procountor refuses, and what it means."""

from __future__ import annotations

import pytest
from transport.budget import MemoryBudget
from transport.errors import (
    BadAnswer,
    ConnectionFailed,
    LedgerError,
    LimitReached,
    NotAuthorised,
    VendorError,
)


def read(client):
    return client.company.session()


def write(client):
    return client.invoices.add({"type": "SALES_INVOICE"})


def error_of(action, client):
    with pytest.raises(LedgerError) as caught:
        action(client)
    return caught.value


def test_a_code_of_the_vendor_comes_with_its_field(fake, client):
    field = "invoiceRows[3].vatStatus"
    fake.answers(fake.refuse("ERROR_VATSTATUS_VATPERC", field=field))
    error = error_of(write, client)
    assert isinstance(error, VendorError)
    assert (error.code, error.status) == ("ERROR_VATSTATUS_VATPERC", 400)
    assert error.problems == (("vatStatus", "ERROR_VATSTATUS_VATPERC", field),)


def test_a_code_about_the_whole_is_the_message(fake, client):
    fake.answers(fake.refuse("DUE_DATE_BEFORE_BILL_DATE"))
    error = error_of(write, client)
    assert error.code == error.message == "DUE_DATE_BEFORE_BILL_DATE"
    assert error.problems == ()


def test_several_messages_are_all_told_and_the_first_code_counts(fake, client):
    errors = [
        {"status": 400, "field": "date", "message": "must not be null"},
        {"status": 400, "message": "CLOSED_FISCAL_PERIOD"},
        {"status": 400, "message": "ERROR_BRN_CODE", "field": "counterParty"},
    ]
    fake.answers(fake.reply({"errors": errors}, 400))
    error = error_of(write, client)
    assert error.code == "CLOSED_FISCAL_PERIOD"
    assert [problem.message for problem in error.problems] == [
        "must not be null",
        "CLOSED_FISCAL_PERIOD",
        "ERROR_BRN_CODE",
    ]


SENTENCE = "Value of the 'deliveryAddress.country' cannot be blank."


@pytest.mark.parametrize(
    ("status", "body", "code"),
    [
        (400, {"errors": [{"message": SENTENCE}]}, "invalid"),
        (400, {"errors": [{"message": "OK"}]}, "invalid"),
        (400, {"errors": [{"field": "version", "message": "is old"}]}, "stale"),
        (400, {"errors": [{"message": "The version is not the latest"}]}, "stale"),
        (400, {"errors": []}, "invalid"),
        (400, "", "invalid"),
        (400, {"constraintViolations": [{"errorCode": "BAD_DATE"}]}, "BAD_DATE"),
        (403, {"errors": [{"message": "Forbidden"}]}, "forbidden"),
        (403, "<html>Forbidden</html>", "gateway"),
        (403, {"statusCode": 403, "message": "Forbidden"}, "gateway"),
        (404, {"errors": [{"message": "could not be saved"}]}, "not_saved"),
        (404, "<html>", "unknown_path"),
        (406, {"errors": [{"message": "rejected"}]}, "confirmation_rejected"),
        (408, {"errors": [{"message": "expired"}]}, "confirmation_expired"),
        (409, {"errors": [{"message": "in use"}]}, "conflict"),
        (410, {"errors": [{"message": "gone"}]}, "expired"),
        (302, "", "redirect"),
        (418, "", "http"),
        (500, "<html><h1>500</h1><center>nginx</center></html>", "unavailable"),
        (500, {"errors": [{"message": "SOME_CODE_OF_THEIRS"}]}, "unavailable"),
        (502, "", "unavailable"),
    ],
)
def test_each_refusal_has_its_word(fake, client, status, body, code):
    fake.answers(fake.reply(body, status))
    assert error_of(write, client).code == code


def test_a_sentence_is_told_as_it_is(fake, client):
    fake.answers(fake.refuse(SENTENCE))
    assert error_of(write, client).message == SENTENCE


def test_a_page_of_html_is_no_message(fake, client):
    fake.answers(fake.reply("<html><h1>500</h1>nginx</html>", 500))
    assert error_of(write, client).message == "HTTP 500"


def test_html_with_a_status_of_success_is_no_answer(fake, client):
    fake.answers(fake.reply("<html>Log in</html>"))
    assert isinstance(error_of(read, client), BadAnswer)
    assert error_of(write, client).sent


def test_a_question_is_asked_again_when_the_server_fails(fake, client):
    page = fake.reply("<html>nginx</html>", 500)
    fake.answers(page, page, fake.reply({"name": "Esimerkki Oy"}))
    assert read(client) == {"name": "Esimerkki Oy"}
    assert len(fake.seen) == 3


def test_a_question_whose_answer_is_lost_is_asked_again(fake, client):
    fake.answers(fake.hang_up, fake.reply({"name": "Esimerkki Oy"}))
    assert read(client) == {"name": "Esimerkki Oy"}


@pytest.mark.parametrize("status", [429, 503])
def test_slow_down_is_no_failure_and_nothing_follows_at_once(fake, open_client, status):
    budget = MemoryBudget(per_second=60)
    client = open_client(http={"budget": budget})
    fake.answers(fake.reply("", status, {"Retry-After": "30"}))
    error = error_of(read, client)
    assert isinstance(error, LimitReached)
    assert error.retry_after == pytest.approx(30, abs=1)
    assert isinstance(error_of(read, client), LimitReached)
    assert len(fake.seen) == 1


def test_a_write_that_met_503_may_be_done_and_has_to_wait(fake, client):
    fake.answers(fake.reply("", 503, {"Retry-After": "30"}))
    error = error_of(write, client)
    assert not isinstance(error, LimitReached)
    assert error.sent
    assert error.retry_after == 30


def test_wrong_rights_are_no_wrong_keys(fake, client):
    fake.answers(fake.refuse("Forbidden", status=403))
    error = error_of(read, client)
    assert not isinstance(error, NotAuthorised)
    # The token is still good: no other was asked for.
    assert len(fake.tokens) == 1


def test_a_server_that_is_not_there_got_nothing(fake, open_client):
    client = open_client(http={"retries": 0})
    fake.stop()
    error = error_of(write, client)
    assert isinstance(error, ConnectionFailed)
    assert not error.sent
