# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Carries webhooks out of a world, beside the calls that caused them."""

from __future__ import annotations

import random
import threading
import time
from collections import Counter, deque
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from .clock import Clock
from .delivery import PENDING, Delivery

WORKERS = 4
KEPT = 20_000
ORDERS = ("kept", "reversed", "doubled", "shuffled", "dropped")
RELEASED = "released"
Lane = tuple["int | None", str]
# what is told of a delivery: it, whether it was taken. Answered with the seconds of
# the world's clock until the next attempt, or None for no more.
Outcome = Callable[[Delivery, bool], "float | None"]


class DeliveryTimeout(LookupError):
    """Webhooks are still on their way."""


class Postman:
    """All webhooks of a world, oldest first."""

    def __init__(self, clock: Clock, outcome: Outcome) -> None:
        self.deliveries: deque[Delivery] = deque(maxlen=KEPT)
        self.holding = False
        self.timeout = 10.0
        self._clock = clock
        self._outcome = outcome
        self._moved = threading.Condition()
        self._threads: list[threading.Thread] = []
        self._stopped = False
        # those that are not at their end yet, by lane, in the order they go out in
        self._lanes: dict[Lane, dict[int, Delivery]] = {}
        self._busy: set[Lane] = set()
        clock.watchers.append(self._wake)

    def _wake(self) -> None:
        with self._moved:
            self._moved.notify_all()

    def post(self, delivery: Delivery, delay: float = 0.0) -> Delivery:
        """Take a delivery; it goes out in the background.

        :param delay: real seconds to wait first
        """
        with self._moved:
            if self.holding and delivery.kind == "event":
                delivery.state = "held"
            self._enqueue(delivery, delay)
        return delivery

    def _enqueue(self, delivery: Delivery, delay: float = 0.0) -> None:
        delivery.not_before = time.monotonic() + delay if delay else 0.0
        self.deliveries.append(delivery)
        self._lanes.setdefault(_lane(delivery), {})[delivery.number] = delivery
        self._start_threads()
        self._moved.notify_all()

    def replace(self, delivery: Delivery) -> None:
        """Drop what waits for the same object: this one is newer."""
        with self._moved:
            for other in self._open():
                waits = other.state in ("waiting", "held") and other.kind == "event"
                if waits and other.topic == delivery.topic and other is not delivery:
                    delivery.not_before = other.not_before
                    self._end(other, "replaced")

    def now(self, delivery: Delivery) -> None:
        """Deliver in the thread that calls: somebody waits for it."""
        with self._moved:
            if self.holding:
                delivery.state = "held"
            else:
                delivery.state = "sending"
            self._enqueue(delivery)
        if delivery.state == "sending":
            self._send(delivery)

    def _open(self) -> list[Delivery]:
        """Return those that are not at their end yet."""
        return [d for members in self._lanes.values() for d in members.values()]

    def _end(self, delivery: Delivery, state: str) -> None:
        delivery.state = state
        self._lanes[_lane(delivery)].pop(delivery.number, None)

    # sending

    def _start_threads(self) -> None:
        if self._threads:
            return
        for _number in range(WORKERS):
            thread = threading.Thread(target=self._run, daemon=True)
            self._threads.append(thread)
            thread.start()

    def _run(self) -> None:
        while True:
            with self._moved:
                found = self._next()
                while found is None and not self._stopped:
                    self._moved.wait(self._pause())
                    found = self._next()
                if self._stopped or found is None:
                    return
                found.state = "sending"
                lane = _lane(found)
                self._busy.add(lane)
            self._send(found)
            with self._moved:
                self._busy.discard(lane)
                self._moved.notify_all()

    def _next(self) -> Delivery | None:
        now, today = time.monotonic(), self._clock.now()
        for lane, members in self._lanes.items():
            if lane in self._busy:
                continue
            for delivery in members.values():
                if _is_due(delivery, now, today):
                    return delivery
        return None

    def _pause(self) -> float | None:
        """Return the real seconds until something may be due, None for never."""
        now, today = time.monotonic(), self._clock.now()
        # who is done with a busy lane wakes the others
        lanes = [m for lane, m in self._lanes.items() if lane not in self._busy]
        idle = [delivery for members in lanes for delivery in members.values()]
        waits = [d.not_before - now for d in idle if d.state == "waiting"]
        if not self._clock.stands_still:
            retries = [d.retry_at for d in idle if d.state == "retrying"]
            waits += [(at - today).total_seconds() for at in retries if at]
        return max(min(waits), 0.0) if waits else None

    def _send(self, delivery: Delivery) -> None:
        taken = delivery.attempt(self._clock, self.timeout)
        after = self._outcome(delivery, taken)
        with self._moved:
            delivery.retry_at = None
            if after is None or taken:
                self._end(delivery, "delivered" if taken else "failed")
            else:
                delivery.state = "retrying"
                delivery.retry_at = self._clock.now() + timedelta(seconds=after)
            self._moved.notify_all()

    # what tests do

    def hold(self, on: bool) -> int:
        """Collect events instead of delivering them, or stop that and release them.

        :return: how many are held
        """
        with self._moved:
            self.holding = on
        if not on:
            self.release()
        return sum(d.state == "held" for d in self.deliveries)

    def release(self, order: str = "kept", seed: int = 1) -> int:
        """Deliver what is held, one after the other.

        :param order: kept, reversed, doubled (each twice), shuffled, dropped (lost)
        :return: how many go out
        :raise ValueError: another order
        """
        if order not in ORDERS:
            raise ValueError(f"order is one of {ORDERS}, not {order!r}")
        with self._moved:
            held = [d for d in self._open() if d.state == "held"]
            held.sort(key=lambda delivery: delivery.number)
            for delivery in held:
                self._end(delivery, "dropped" if order == "dropped" else "waiting")
                delivery.lane = RELEASED
            out = self._ordered(held, order, seed)
            known = {delivery.number for delivery in held}
            self.deliveries.extend(d for d in out if d.number not in known)
            lane = self._lanes.setdefault((None, RELEASED), {})
            lane.update({delivery.number: delivery for delivery in out})
            self._moved.notify_all()
            return len(out)

    @staticmethod
    def _ordered(held: list[Delivery], order: str, seed: int) -> list[Delivery]:
        if order == "reversed":
            return held[::-1]
        if order == "doubled":
            pairs = [(d, d.again(kind="resent")) for d in held]
            return [delivery for pair in pairs for delivery in pair]
        if order == "shuffled":
            return random.Random(seed).sample(held, len(held))
        return [] if order == "dropped" else held

    def deliver_now(self) -> int:
        """Send what waits for its next attempt or its delay; return how many."""
        with self._moved:
            begun = time.monotonic()
            late = [d for d in self._open() if d.state in ("waiting", "retrying")]
            late = [d for d in late if d.retry_at or d.not_before > begun]
            for delivery in late:
                delivery.state = "waiting"
                delivery.not_before, delivery.retry_at = 0.0, None
            self._moved.notify_all()
            return len(late)

    def drop(self, owner: int) -> None:
        """Forget what is on its way for a subscription that has ended."""
        with self._moved:
            for delivery in self._open():
                # one that is being sent comes to its own end
                if delivery.owner == owner and delivery.state != "sending":
                    self._end(delivery, "dropped")
            self._moved.notify_all()

    def wait(self, timeout: float = 30) -> dict[str, int]:
        """Wait until none is on its way; return how many there are per state.

        Those that are held or wait for a next attempt are not on their way.

        :param timeout: real seconds
        :raise DeliveryTimeout: some still are
        """
        with self._moved:
            if not self._moved.wait_for(lambda: self._pending() is None, timeout):
                numbers = [d.number for d in self._open() if d.state in PENDING]
                raise DeliveryTimeout(f"on their way after {timeout} s: {numbers}")
            return dict(Counter(d.state for d in self.deliveries))

    def _pending(self) -> Delivery | None:
        """Return one that is on its way, if any."""
        today = self._clock.now()
        for members in self._lanes.values():
            for delivery in members.values():
                is_late = delivery.retry_at and delivery.retry_at <= today
                if delivery.state in PENDING or is_late:
                    return delivery
        return None

    def find(self, number: int) -> Delivery:
        """Return a delivery.

        :raise KeyError: there is none of that number
        """
        for delivery in self.deliveries:
            if delivery.number == number:
                return delivery
        raise KeyError(f"no delivery {number}")

    def summary(self) -> list[dict[str, Any]]:
        """Return all deliveries, oldest first."""
        with self._moved:
            return [delivery.as_dict() for delivery in self.deliveries]

    def stop(self) -> None:
        """End the threads; what was not delivered never will be."""
        with self._moved:
            self._stopped = True
            self._moved.notify_all()


def _lane(delivery: Delivery) -> Lane:
    """Return what goes out one after the other: a subscription, or a released row."""
    if delivery.lane:
        return None, delivery.lane
    return delivery.owner, ""


def _is_due(delivery: Delivery, now: float, today: datetime) -> bool:
    if delivery.state == "waiting":
        return delivery.not_before <= now
    return delivery.retry_at is not None and delivery.retry_at <= today
