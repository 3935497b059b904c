# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Secrets stay secret, limits are kept, values mean what they mean."""

from __future__ import annotations

import logging
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from smartaccounts_client import (
    calls_a_day,
    day_of,
    decimal_of,
    encode,
    flag_of,
    moment_of,
    text_of,
    without_emoji,
)
from transport.budget import MemoryBudget
from transport.errors import LedgerError, LimitReached

PUBLIC = "11111111aaaa2222bbbb"
SECRET = "s3cr3t-key-for-tests-only"


@pytest.mark.parametrize("status", [200, 400, 401, 500, 503])
def test_neither_keys_nor_signatures_leave_the_client(
    fake, open_client, caplog, status
):
    caplog.set_level(logging.DEBUG)
    exchanges = []

    def echo(handler):
        told = handler.path.rpartition("=")[2]
        text = f"Wrong signature {told} of {PUBLIC} for {SECRET}: {handler.path}"
        fake.reply({"errors": [{"message": text}], "asked": handler.path}, status)(
            handler
        )

    fake.answers(echo)
    client = open_client(
        http={"recorder": exchanges.append, "recorder_bodies": True, "retries": 1}
    )
    with pytest.raises(LedgerError) as caught:
        client.one("clients", "c-1")
    error = caught.value
    texts = [caplog.text, repr(exchanges), repr(error), str(vars(error))]
    texts += [repr(problem) for problem in error.problems]
    assert exchanges
    for text in texts:
        assert PUBLIC not in text
        assert SECRET not in text
        for call in fake.seen[-1:]:
            assert len(call.signature) == 64
            assert call.signature not in text


def test_an_exchange_names_the_address_without_what_was_signed(fake, open_client):
    exchanges = []
    fake.answers(fake.reply({"clients": []}))
    client = open_client(http={"recorder": exchanges.append})
    list(client.pages("clients", {"id": "c-1"}))
    (exchange,) = exchanges
    assert exchange.url == (
        f"{fake.url}/en/api/purchasesales/clients:get?id=c-1&pageNumber=1"
    )


def test_keys_that_were_copied_with_blanks_work(fake, open_client):
    fake.answers(fake.reply({}))
    open_client(public_key=f" {PUBLIC}\n", secret_key=f"{SECRET} ").check_keys()
    assert f"&apikey={PUBLIC}&" in fake.seen[0].query
    open_client().check_keys()
    assert fake.seen[0].signature == fake.seen[1].signature


# === LIMITS === #


class Seconds:
    """A clock of Unix seconds that pauses move."""

    def __init__(self, moment):
        self.now = moment.timestamp()
        self.pauses = []

    def __call__(self):
        return self.now

    def sleep(self, seconds):
        self.pauses.append(seconds)
        self.now += seconds


def test_calls_are_a_second_apart_by_short_waits(fake, open_client):
    seconds = Seconds(datetime(2026, 1, 15, 10, tzinfo=timezone.utc))
    budget = MemoryBudget(1, 60, 500, clock=seconds)
    fake.answers(fake.reply({}))
    client = open_client(
        http={"budget": budget, "patience": 2.0, "sleep": seconds.sleep}
    )
    for _call in range(4):
        client.check_keys()
    assert seconds.pauses == [1.0, 1.0, 1.0]


def test_a_wait_beyond_patience_is_an_error_and_no_pause(fake, open_client):
    seconds = Seconds(datetime(2026, 1, 15, 10, tzinfo=timezone.utc))
    budget = MemoryBudget(None, 2, None, reserve=0, clock=seconds)
    fake.answers(fake.reply({}))
    client = open_client(
        http={"budget": budget, "patience": 2.0, "sleep": seconds.sleep}
    )
    client.check_keys()
    client.check_keys()
    with pytest.raises(LimitReached) as caught:
        client.check_keys()
    assert caught.value.retry_after == 60
    assert (seconds.pauses, len(fake.seen)) == ([], 2)


@pytest.mark.parametrize(
    ("moment", "midnight"),
    [
        ((2026, 1, 15, 10), (2026, 1, 15, 22)),
        ((2026, 7, 15, 20, 59, 50), (2026, 7, 15, 21)),
        ((2026, 10, 24, 21), (2026, 10, 25, 22)),
    ],
)
def test_a_spent_day_waits_for_midnight_in_estonia(fake, open_client, moment, midnight):
    seconds = Seconds(datetime(*moment, tzinfo=timezone.utc))
    budget = MemoryBudget(
        per_day=3, reserve=0, day_zone="Europe/Tallinn", clock=seconds
    )
    fake.answers(fake.reply({}))
    client = open_client(http={"budget": budget})
    for _call in range(3):
        client.check_keys()
    with pytest.raises(LimitReached) as caught:
        client.check_keys()
    error = caught.value
    end = datetime(*midnight, tzinfo=timezone.utc)
    assert seconds.now + error.retry_after == end.timestamp()
    left = error.facts["until"] - datetime.now(timezone.utc)
    assert timedelta() <= timedelta(seconds=error.retry_after) - left
    assert (error.status, error.sent, len(fake.seen)) == (None, False, 3)
    seconds.now = end.timestamp()
    client.check_keys()


def test_the_vendors_limit_stops_all_calls_until_the_wait_is_over(fake, open_client):
    seconds = Seconds(datetime(2026, 1, 15, 10, tzinfo=timezone.utc))
    fake.answers(
        fake.reply({"message": "Request limit"}, 503, headers={"Retry-After": "600"}),
        fake.reply({}),
    )
    client = open_client(http={"budget": MemoryBudget(clock=seconds)})
    for _call in range(2):
        with pytest.raises(LimitReached):
            client.check_keys()
    assert len(fake.seen) == 1
    seconds.now += 601
    client.check_keys()


def test_half_of_the_vendors_day_is_ours_unless_said_otherwise():
    assert (calls_a_day(), calls_a_day(1), calls_a_day(100)) == (500, 10, 1000)
    for share in (0, 101):
        with pytest.raises(ValueError, match="share"):
            calls_a_day(share)


# === VALUES === #


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (100.02, "100.02"),
        ("100.02", "100.02"),
        (0.1, "0.1"),
        (Decimal("124.020"), "124.020"),
        (-7, "-7"),
        (" 3 ", "3"),
        (None, None),
        ("", None),
    ],
)
def test_numbers_are_exact_whether_quoted_or_not(value, number):
    assert decimal_of(value) == (None if number is None else Decimal(number))


@pytest.mark.parametrize("value", [True, "1,5", "1 000", "NaN", "Infinity", "x", []])
def test_what_is_no_number_is_not_taken_for_one(value):
    with pytest.raises(ValueError, match="no number"):
        decimal_of(value)


@pytest.mark.parametrize(
    ("text", "day", "moment"),
    [
        ("05.01.2026", date(2026, 1, 5), datetime(2026, 1, 4, 22)),
        ("05.01.2026 23:59:58", date(2026, 1, 5), datetime(2026, 1, 5, 21, 59, 58)),
        ("05.07.2026_00:30:00", date(2026, 7, 5), datetime(2026, 7, 4, 21, 30)),
        ("25.10.2026 03:30:00", date(2026, 10, 25), datetime(2026, 10, 25, 0, 30)),
    ],
)
def test_dates_are_read_in_all_three_shapes(text, day, moment):
    assert day_of(text) == day
    assert moment_of(text) == moment.replace(tzinfo=timezone.utc)


@pytest.mark.parametrize("text", ["2026-01-05", "5.1.2026", "31.02.2026", "1", "x"])
def test_what_is_no_date_is_not_taken_for_one(text):
    for read in (day_of, moment_of):
        with pytest.raises(ValueError):
            read(text)


@pytest.mark.parametrize("nothing", [None, ""])
def test_where_there_is_nothing_none_comes_out(nothing):
    assert [read(nothing) for read in (day_of, moment_of, flag_of)] == [None] * 3
    assert text_of(nothing) == ""


def test_ids_and_numbers_are_text_even_if_they_came_as_numbers():
    assert [text_of(value) for value in ("b7e0", 26001, " x ")] == [
        "b7e0",
        "26001",
        "x",
    ]
    for value in (True, {"id": 1}, [1]):
        with pytest.raises(ValueError):
            text_of(value)


def test_truth_may_be_quoted():
    values = [True, "true", "FALSE", False, 1, "0"]
    assert [flag_of(value) for value in values] == [
        True,
        True,
        False,
        False,
        True,
        False,
    ]
    with pytest.raises(ValueError):
        flag_of("perhaps")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal("100.020"), "100.020"),
        (Decimal("1E+3"), "1000"),
        (1e-7, "0.0000001"),
        (24, "24"),
        (True, "true"),
        (None, "null"),
        (date(2026, 1, 5), '"05.01.2026"'),
        (datetime(2026, 1, 5, 22, 30, tzinfo=timezone.utc), '"06.01.2026_00:30:00"'),
        ('Õ "a"\n', '"Õ \\"a\\"\\n"'),
        ({"a": [1, {"b": ()}]}, '{"a":[1,{"b":[]}]}'),
    ],
)
def test_bodies_are_compact_and_their_numbers_exact(value, text):
    assert encode(value) == text.encode()


def test_characters_that_cannot_be_stored_there_are_replaced():
    assert without_emoji("Õun 🍎 & Pojad – €") == "Õun _ & Pojad – €"
