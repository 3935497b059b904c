# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Tokens that several workers share."""

import threading
from datetime import datetime, timedelta, timezone

import pytest
from transport.tokens import MemoryTokenStore, Token

NOON = datetime(2026, 11, 21, 12, tzinfo=timezone.utc)


def test_a_token_is_fresh_until_its_margin_before_the_end():
    token = Token({"access": "a"}, NOON)
    margin = timedelta(minutes=5)
    assert token.fresh(NOON - timedelta(minutes=6), margin)
    assert not token.fresh(NOON - timedelta(minutes=5), margin)
    assert token.fresh(NOON - timedelta(seconds=1))
    assert not token.fresh(NOON)


def test_a_token_without_end_stays_fresh():
    assert Token({"access": "a"}).fresh(NOON + timedelta(days=9999))


def test_a_token_shows_no_secret():
    assert "geheim" not in repr(Token({"access": "geheim"}, NOON))


def test_a_token_is_made_when_there_is_none():
    store = MemoryTokenStore()
    assert store.get("x") is None
    made = store.renew("x", None, lambda stored: Token({"access": str(stored)}))
    assert made.values == {"access": "None"}
    assert store.get("x") is made


def test_a_stale_token_is_replaced_and_handed_to_its_maker():
    store = MemoryTokenStore()
    first = store.renew("x", None, lambda stored: Token({"access": "1"}))
    second = store.renew(
        "x", first, lambda stored: Token({"access": stored.values["access"] + "2"})
    )
    assert second.values == {"access": "12"}


def test_a_token_that_somebody_else_renewed_is_taken_over():
    store = MemoryTokenStore()
    stale = store.renew("x", None, lambda stored: Token({"access": "1"}))
    newer = store.renew("x", stale, lambda stored: Token({"access": "2"}))

    def refuse(stored):
        raise AssertionError("a second token was made")

    assert store.renew("x", stale, refuse) is newer
    assert store.renew("x", None, refuse) is newer


def test_a_failing_renewal_keeps_the_stored_token():
    store = MemoryTokenStore()
    stale = store.renew("x", None, lambda stored: Token({"access": "1"}))

    def fail(stored):
        raise ConnectionError

    with pytest.raises(ConnectionError):
        store.renew("x", stale, fail)
    assert store.get("x") is stale
    assert store.renew("x", stale, lambda stored: Token({"access": "2"}))


def test_tokens_of_other_names_are_not_touched():
    store = MemoryTokenStore()
    store.renew("x", None, lambda stored: Token({"access": "1"}))
    kept = store.renew("y", None, lambda stored: Token({"access": "2"}))
    store.forget("x")
    store.forget("never there")
    assert store.get("x") is None
    assert store.get("y") is kept


def test_threads_that_need_a_token_at_once_make_it_once():
    store = MemoryTokenStore()
    stale = store.renew("x", None, lambda stored: Token({"access": "old"}))
    made, got = [], []
    together = threading.Barrier(8)
    making = threading.Event()

    def make(stored):
        made.append(stored)
        making.wait(0.05)
        return Token({"access": f"new{len(made)}"})

    def work():
        together.wait()
        got.append(store.renew("x", stale, make))

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made == [stale]
    assert {token.values["access"] for token in got} == {"new1"}
    assert len(got) == 8
