# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What documents cost: examples worked out by hand, and laws that always hold.

Prices are whole cents here, so that sums are exact.
"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pricing import (
    BASE,
    PIECE,
    TIER_ALL,
    TIER_SUM,
    Charge,
    Terms,
    Tier,
    charges,
    difference,
    steps,
)

ALWAYS = settings(derandomize=True, max_examples=200, deadline=None)
COUNTS = st.integers(0, 1500)
PRICES = st.integers(0, 500)
TIERS = (Tier(1, 120), Tier(101, 100), Tier(201, 80))


@st.composite
def tiers(draw):
    """Tiers that begin at 1 and ascend."""
    begins = sorted({1, *draw(st.lists(st.integers(2, 1000), max_size=6))})
    return tuple(Tier(first, draw(PRICES)) for first in begins)


@st.composite
def any_terms(draw):
    """Terms of any scheme."""
    scheme = draw(st.sampled_from((PIECE, TIER_ALL, TIER_SUM, BASE)))
    if scheme == BASE:
        fee, included = draw(PRICES), draw(st.integers(0, 300))
        return Terms(BASE, draw(PRICES), fee=fee, included=included)
    free, minimum = draw(st.integers(0, 100)), draw(st.integers(0, 100))
    return Terms(scheme, draw(PRICES), draw(tiers()), free=free, minimum=minimum)


@st.composite
def histories(draw):
    """A month: terms, pieces when it was frozen, (change, number of the invoice)."""
    count = true = draw(st.integers(0, 300))
    changes = []
    for _number in range(draw(st.integers(0, 8))):
        changes.append((draw(st.integers(-true, 200)), draw(st.integers(1, 4))))
        true += changes[-1][0]
    return draw(any_terms()), count, changes, true


def total(lines):
    return sum(line.quantity * line.price for line in lines)


def cost(terms, count):
    return total(charges(terms, count))


def cost_of_corrections(terms, count, changes, invoice):
    """What one invoice has of the corrections of a month."""
    mine = [(change, number == invoice) for change, number in changes]
    return sum(
        total(difference(terms, before, after)) for before, after in steps(count, mine)
    )


def price_of_piece(ladder, number):
    """The price of the piece with this number, found by walking up the tiers."""
    price = ladder[0].price
    for step in ladder:
        if number >= step.first:
            price = step.price
    return price


# === LAWS === #


@ALWAYS
@given(tiers(), st.integers(0, 1500))
def test_the_sum_of_tiers_is_what_each_piece_costs_one_by_one(ladder, count):
    one_by_one = sum(price_of_piece(ladder, n) for n in range(1, count + 1))
    assert cost(Terms(TIER_SUM, tiers=ladder), count) == one_by_one


@ALWAYS
@given(tiers(), st.integers(1, 1500))
def test_the_matching_tier_prices_all_pieces_like_the_last_one(ladder, count):
    expected = count * price_of_piece(ladder, count)
    assert cost(Terms(TIER_ALL, tiers=ladder), count) == expected


@ALWAYS
@given(tiers(), st.integers(0, 1500))
def test_no_piece_is_lost_or_charged_twice(ladder, count):
    for scheme in (TIER_SUM, TIER_ALL):
        lines = charges(Terms(scheme, tiers=ladder), count)
        assert sum(line.quantity for line in lines) == count
        assert all(line.quantity > 0 for line in lines)


@ALWAYS
@given(PRICES, COUNTS, st.integers(0, 100), st.integers(0, 100))
def test_free_pieces_never_make_a_negative_charge(price, count, free, minimum):
    paid = cost(Terms(PIECE, price, free=free, minimum=minimum), count)
    assert paid >= minimum * price
    assert paid == max(count - free, minimum) * price


@ALWAYS
@given(PRICES, PRICES, st.integers(0, 300), COUNTS)
def test_a_base_fee_is_due_whatever_was_counted(fee, price, included, count):
    terms = Terms(BASE, price, fee=fee, included=included)
    assert cost(terms, count) == fee + price * max(count - included, 0)


@ALWAYS
@given(st.lists(histories(), max_size=4))
def test_months_with_corrections_come_to_what_their_true_counts_cost(months):
    billed = sum(cost(terms, count) for terms, count, _changes, _true in months)
    for invoice in (3, 1, 4, 2):
        for terms, count, changes, _true in months:
            billed += cost_of_corrections(terms, count, changes, invoice)
    assert billed == sum(cost(terms, true) for terms, _count, _changes, true in months)


@ALWAYS
@given(histories(), st.integers(1, 4))
def test_what_is_found_later_does_not_change_an_invoice(month, invoice):
    terms, count, changes, _true = month
    known = [change for change in changes if change[1] <= invoice]
    ordered = sorted(changes, key=lambda change: change[1])
    known = sorted(known, key=lambda change: change[1])
    assert cost_of_corrections(terms, count, ordered, invoice) == cost_of_corrections(
        terms, count, known, invoice
    )


@ALWAYS
@given(any_terms(), COUNTS, COUNTS)
def test_a_difference_has_no_empty_lines_and_none_for_nothing(terms, before, after):
    assert all(line.quantity for line in difference(terms, before, after))
    assert difference(terms, before, before) == []


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
    ],
)
def test_each_tier_is_a_line_of_its_own(count, expected):
    assert charges(Terms(TIER_SUM, tiers=TIERS), count) == expected


@pytest.mark.parametrize(
    ("count", "price"), [(100, 120), (101, 100), (200, 100), (201, 80)]
)
def test_the_matching_tier_is_that_of_the_last_piece(count, price):
    assert charges(Terms(TIER_ALL, tiers=TIERS), count) == [Charge(count, price)]


def test_a_base_fee_and_what_is_above_are_two_lines():
    terms = Terms(BASE, 150, fee=5000, included=100)
    fee = Charge(1, 5000, "fee")
    assert charges(terms, 100) == [fee]
    assert charges(terms, 112) == [fee, Charge(12, 150, "above")]


def test_what_was_not_counted_is_not_charged():
    assert charges(Terms(PIECE, 100), 0) == []
    assert charges(Terms(PIECE, 100, free=5), 5) == []
    assert charges(Terms(BASE, 100, included=5), 5) == []


def test_what_follows_at_once_is_one_step():
    changes = [(3, True), (-1, True), (2, False), (4, True)]
    assert steps(10, changes) == [(10, 12), (14, 18)]
    assert steps(10, []) == []


def test_a_difference_within_the_terms_is_the_pieces_alone():
    assert difference(Terms(PIECE, 100), 5, 3) == [Charge(-2, 100)]
    assert difference(Terms(PIECE, 100, minimum=10), 30, 5) == [Charge(-20, 100)]
    assert difference(Terms(BASE, 150, fee=5000, included=100), 50, 80) == []
    assert difference(Terms(BASE, 150, fee=5000, included=100), 90, 102) == [
        Charge(2, 150, "above")
    ]


def test_a_tier_that_is_left_is_taken_back():
    terms = Terms(TIER_ALL, tiers=TIERS)
    assert difference(terms, 90, 110) == [Charge(110, 100), Charge(-90, 120)]
    assert difference(Terms(TIER_SUM, tiers=TIERS), 90, 110) == [
        Charge(10, 120, "tier", 1, 100),
        Charge(10, 100, "tier", 101, 200),
    ]
