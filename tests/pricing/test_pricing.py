# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What documents cost: examples worked out by hand, and laws that always hold.

Prices are whole cents here, so that sums are exact.
"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pricing import BASE, PIECE, TIER_ALL, TIER_SUM, Charge, Terms, Tier, charges

ALWAYS = settings(derandomize=True, max_examples=200, deadline=None)
COUNTS = st.integers(-50, 1500)
PRICES = st.integers(0, 500)
TIERS = (Tier(1, 120), Tier(101, 100), Tier(201, 80))


@st.composite
def tiers(draw):
    """Tiers that begin at 1 and ascend."""
    begins = sorted({1, *draw(st.lists(st.integers(2, 1000), max_size=6))})
    return tuple(Tier(first, draw(PRICES)) for first in begins)


def cost(terms, count):
    return sum(line.quantity * line.price for line in charges(terms, count))


def price_of_piece(steps, number):
    """The price of the piece with this number, found by walking up the tiers."""
    price = steps[0].price
    for step in steps:
        if number >= step.first:
            price = step.price
    return price


# === LAWS === #


@ALWAYS
@given(tiers(), st.integers(0, 1500))
def test_the_sum_of_tiers_is_what_each_piece_costs_one_by_one(steps, count):
    one_by_one = sum(price_of_piece(steps, n) for n in range(1, count + 1))
    assert cost(Terms(TIER_SUM, tiers=steps), count) == one_by_one


@ALWAYS
@given(tiers(), st.integers(1, 1500))
def test_the_matching_tier_prices_all_pieces_like_the_last_one(steps, count):
    expected = count * price_of_piece(steps, count)
    assert cost(Terms(TIER_ALL, tiers=steps), count) == expected


@ALWAYS
@given(tiers(), st.integers(0, 1500))
def test_no_piece_is_lost_or_charged_twice(steps, count):
    for scheme in (TIER_SUM, TIER_ALL):
        lines = charges(Terms(scheme, tiers=steps), count)
        assert sum(line.quantity for line in lines) == count
        assert all(line.quantity > 0 for line in lines)


@ALWAYS
@given(PRICES, COUNTS, st.integers(0, 100), st.integers(0, 100))
def test_free_pieces_never_make_a_negative_charge(price, count, free, minimum):
    paid = cost(Terms(PIECE, price, free=free, minimum=minimum), count)
    assert paid >= minimum * price
    if count >= 0:
        assert paid == max(count - free, minimum, 0) * price


@ALWAYS
@given(PRICES, PRICES, st.integers(0, 300), COUNTS)
def test_a_base_fee_is_due_whatever_was_counted(fee, price, included, count):
    terms = Terms(BASE, price, fee=fee, included=included)
    assert cost(terms, count) == fee + price * max(count - included, 0)


# === EXAMPLES === #


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (0, []),
        (1, [Charge(1, 120, "tier", 1, 100)]),
        (100, [Charge(100, 120, "tier", 1, 100)]),
        (101, [Charge(100, 120, "tier", 1, 100), Charge(1, 100, "tier", 101, 200)]),
        (
            250,
            [
                Charge(100, 120, "tier", 1, 100),
                Charge(100, 100, "tier", 101, 200),
                Charge(50, 80, "tier", 201, 0),
            ],
        ),
        (-2, [Charge(-2, 120)]),
    ],
)
def test_each_tier_is_a_line_of_its_own(count, expected):
    assert charges(Terms(TIER_SUM, tiers=TIERS), count) == expected


@pytest.mark.parametrize(
    ("count", "price"), [(100, 120), (101, 100), (200, 100), (201, 80), (-3, 120)]
)
def test_the_matching_tier_is_that_of_the_last_piece(count, price):
    assert charges(Terms(TIER_ALL, tiers=TIERS), count) == [Charge(count, price)]


def test_a_base_fee_and_what_is_above_are_two_lines():
    terms = Terms(BASE, 150, fee=5000, included=100)
    fee = Charge(1, 5000, "fee")
    assert charges(terms, 100) == [fee]
    assert charges(terms, 112) == [fee, Charge(12, 150, "above")]
    assert charges(terms, -4) == [fee]


def test_what_was_not_counted_is_not_charged():
    assert charges(Terms(PIECE, 100), 0) == []
    assert charges(Terms(PIECE, 100, free=5), 5) == []
    assert charges(Terms(BASE, 100, included=5), 5) == []


def test_corrections_below_zero_are_given_back_in_full():
    assert charges(Terms(PIECE, 100, free=5), -3) == [Charge(-3, 100)]
    assert charges(Terms(PIECE, 100, minimum=10), -3) == [Charge(10, 100)]
