# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Call budgets: never more than the limit, never waiting longer than needed."""

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st
from transport.budget import (
    LONGEST_BACKOFF,
    MemoryBudget,
    Window,
    backoff,
    counted,
    day_window,
    verdict,
)
from transport.errors import LimitReached

GAPS = st.lists(st.floats(0, 90, allow_nan=False), min_size=1, max_size=120)
SHARES = st.floats(0, 0.9)


class Clock:
    def __init__(self, now=1000.0):
        self.now = now

    def __call__(self):
        return self.now


def _wait(budget):
    """Take one call and return 0, or the seconds to wait for it."""
    try:
        budget.take()
    except LimitReached as error:
        return error.retry_after
    return 0


@given(gaps=GAPS, limit=st.integers(1, 20), reserve=SHARES)
def test_no_window_holds_more_calls_than_its_limit(gaps, limit, reserve):
    window = Window("minute", 60.0, limit)
    now, used, windows = 0.0, None, {}
    for gap in gaps:
        now += gap
        if verdict([window], {"minute": used} if used else {}, now, reserve=reserve):
            continue
        used = counted(window, used, now)
        windows[used[0]] = windows.get(used[0], 0) + 1
    assert max(windows.values()) <= limit
    starts = sorted(windows)
    assert all(
        later - earlier >= 60
        for earlier, later in zip(starts, starts[1:], strict=False)
    )


@given(gaps=GAPS, limit=st.integers(1, 20), reserve=SHARES)
def test_after_the_wait_that_is_told_a_call_is_allowed(gaps, limit, reserve):
    clock = Clock()
    budget = MemoryBudget(per_minute=limit, reserve=reserve, clock=clock)
    for gap in gaps:
        clock.now += gap
        wait = _wait(budget)
        assert 0 <= wait <= 60
        if wait:
            clock.now += wait + 1e-6
            assert _wait(budget) == 0


@given(limit=st.integers(1, 200), reserve=SHARES)
def test_the_reserve_is_left_for_people_who_press_a_button(limit, reserve):
    window = Window("day", 86400.0, limit)
    normal, urgent = window.allowed(reserve, False), window.allowed(reserve, True)
    assert 1 <= normal <= urgent == limit
    assert limit - normal <= limit * reserve
    used = {"day": (0.0, normal)}
    assert verdict([window], used, 5.0, reserve=reserve) > 0
    if normal < urgent:
        assert verdict([window], used, 5.0, reserve=reserve, urgent=True) == 0


@given(
    used=st.integers(0, 30),
    started=st.floats(-1e5, 1e5),
    now=st.floats(-1e5, 1e5),
    calls=st.integers(1, 5),
)
def test_nobody_waits_longer_than_a_window_whatever_the_clock_does(
    used, started, now, calls
):
    wait = verdict(
        [Window("minute", 60.0, 10)], {"minute": (started, used)}, now, calls=calls
    )
    assert 0 <= wait <= 60


def test_the_longest_of_several_waits_counts():
    windows = [Window("second", 1.0, 1), Window("day", 86400.0, 1)]
    used = {"second": (100.0, 1), "day": (90.0, 1)}
    assert verdict(windows, used, 100.5) == 86389.5


@given(
    gaps=st.lists(st.floats(0, 30_000, allow_nan=False), min_size=1, max_size=200),
    limit=st.integers(5, 40),
    parts=st.integers(2, 6),
)
def test_a_day_in_parts_holds_no_more_than_its_limit_in_any_24_hours(
    gaps, limit, parts
):
    clock, made = Clock(), []
    budget = MemoryBudget(
        per_day=max(limit, parts + 1), day_parts=parts, reserve=0, clock=clock
    )
    for gap in gaps:
        clock.now += gap
        # As many as there are, at once: nothing is worse for the hours around.
        while not _wait(budget):
            made.append(clock.now)
    for first in made:
        day = [moment for moment in made if first <= moment < first + 86400]
        assert len(day) <= max(limit, parts + 1)


def test_whole_days_that_meet_hold_twice_their_limit_and_parts_do_not():
    for parts, most in ((1, 20), (4, 10)):
        clock, made = Clock(0), 0
        budget = MemoryBudget(per_day=10, day_parts=parts, reserve=0, clock=clock)
        budget.take()
        for moment in (86_399, 86_400, 100_000, 160_000):
            clock.now = moment
            while not _wait(budget):
                made += 1
        assert made + 1 <= most
        if parts == 1:
            assert made + 1 == most


def test_a_part_of_a_day_that_is_used_up_opens_again_the_same_day():
    clock = Clock(0)
    budget = MemoryBudget(per_day=500, day_parts=4, reserve=0, clock=clock)
    while not (wait := _wait(budget)):
        clock.now += 1
    assert (clock.now, wait) == (100, 6 * 3600 - 100)
    clock.now += wait
    assert _wait(budget) == 0
    assert day_window(500, parts=4).limit == 100


def test_without_windows_there_is_no_limit():
    assert verdict([], {}, 0.0) == 0
    budget = MemoryBudget()
    for _ in range(1000):
        budget.take()


def test_a_budget_opens_again_when_its_window_is_over():
    clock = Clock()
    budget = MemoryBudget(per_second=2, reserve=0, clock=clock)
    assert [_wait(budget) for _ in range(3)] == [0, 0, 1]
    clock.now += 1
    assert _wait(budget) == 0


def test_a_refused_take_is_not_counted():
    clock = Clock()
    budget = MemoryBudget(per_minute=1, clock=clock)
    assert _wait(budget) == 0
    for _ in range(10):
        assert _wait(budget) == 60
    clock.now += 60
    assert _wait(budget) == 0


def test_a_call_that_one_window_refuses_counts_in_none():
    clock = Clock()
    budget = MemoryBudget(per_second=1, per_day=3, reserve=0, clock=clock)
    for _ in range(2):
        assert _wait(budget) == 0
        assert _wait(budget) == 1
        clock.now += 1
    assert _wait(budget) == 0
    assert _wait(budget) > 1


@pytest.mark.parametrize("reserve", [0.9, 1.0])
def test_a_reserve_never_leaves_others_without_any_call(reserve):
    assert Window("second", 1.0, 5).allowed(reserve, urgent=False) == 1


def test_the_vendors_headers_bind_like_a_limit_of_our_own():
    clock = Clock()
    budget = MemoryBudget(reserve=0, clock=clock)
    budget.learn(100, 2, 30.0)
    assert [_wait(budget) for _ in range(3)] == [0, 0, 30]
    clock.now += 30
    assert _wait(budget) == 0


def test_the_reserve_holds_for_the_vendors_limit_too():
    normal, urgent = MemoryBudget(reserve=0.1), MemoryBudget(reserve=0.1, urgent=True)
    for budget in (normal, urgent):
        budget.learn(100, 10, 30.0)
    assert _wait(normal) > 0
    assert _wait(urgent) == 0


@pytest.mark.parametrize(
    ("limit", "remaining", "reset"),
    [(None, None, None), (100, None, 10.0), (100, 50, None), (100, 50, 0.0)],
)
def test_incomplete_headers_block_nothing(limit, remaining, reset):
    budget = MemoryBudget()
    budget.learn(limit, remaining, reset)
    assert _wait(budget) == 0


def test_a_remainder_without_a_limit_still_counts():
    budget = MemoryBudget(clock=Clock())
    budget.learn(None, 0, 12.0)
    budget.learn(None, 1, 12.0)
    assert [_wait(budget), _wait(budget)] == [0, 12]


def test_a_refusal_blocks_for_as_long_as_it_says():
    clock = Clock()
    budget = MemoryBudget(urgent=True, clock=clock)
    assert budget.refused(17.0) == 17
    assert _wait(budget) == 17
    clock.now += 17
    assert _wait(budget) == 0


def test_a_refusal_that_says_nothing_waits_for_the_last_reset_seen():
    clock = Clock()
    budget = MemoryBudget(clock=clock)
    budget.learn(100, 50, 40.0)
    clock.now += 15
    assert budget.refused(None) == 25


def test_refusals_without_any_reset_wait_longer_each_time():
    clock = Clock()
    budget = MemoryBudget(clock=clock)
    waits = []
    for _ in range(12):
        waits.append(budget.refused(None))
        clock.now += waits[-1]
    assert waits[0] <= 20
    assert waits[3] > waits[0]
    assert max(waits) <= LONGEST_BACKOFF
    budget.learn(None, None, None)
    assert budget.refused(None) <= 20


@given(st.integers(-3, 10**6), st.floats(0, 1))
def test_back_off_is_never_nothing_nor_endless(refusals, chance):
    assert 0 < backoff(refusals, jitter=lambda: chance) <= LONGEST_BACKOFF


def test_back_off_grows_with_the_refusals():
    pauses = [backoff(n, jitter=lambda: 1.0) for n in (1, 2, 3, 4)]
    assert pauses == [20, 40, 80, 160]


def test_threads_together_stay_within_the_limit():
    budget = MemoryBudget(per_day=100, reserve=0)
    taken = []

    def take_many():
        for _ in range(50):
            if _wait(budget) == 0:
                taken.append(1)

    threads = [threading.Thread(target=take_many) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(taken) == 100
