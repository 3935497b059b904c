# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Calls allowed per window of time, and how long to wait when they are used up.

The arithmetic is pure, so that a budget in memory and one in a database table share it.
Windows start with their first call and are counted anew when they are over; a window
with a time zone is a calendar day there. Where a vendor counts any 24 hours, a day has
parts, see :func:`day_window`.
"""

from __future__ import annotations

import math
import random
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from datetime import time as time_of_day
from typing import Protocol
from zoneinfo import ZoneInfo

from .errors import LimitReached

FIRST_BACKOFF = 20.0
LONGEST_BACKOFF = 900.0
#: Seconds in a window of a kind.
LENGTHS = {"second": 1.0, "minute": 60.0, "day": 86400.0}

#: When the running window started (seconds on any clock) and the calls made in it.
Used = tuple[float, int]


class Budget(Protocol):
    """Keeps the calls of one credential within what its vendor allows."""

    def take(self, calls: int = 1) -> None:
        """Count *calls*, before they are made.

        :raises LimitReached: they are not allowed now
        """

    def learn(
        self, limit: int | None, remaining: int | None, reset_after: float | None
    ) -> None:
        """Note what the headers of an answer say.

        :param limit: calls allowed in the vendor's window
        :param remaining: calls left in it
        :param reset_after: seconds until it ends
        """

    def refused(self, retry_after: float | None) -> float:
        """Note that the vendor refused a call for its limit.

        :param retry_after: seconds to wait as the refusal says, None if it does not
        :return: seconds to wait
        """


@dataclass(frozen=True)
class Window:
    """A limit: at most *limit* calls within *seconds*.

    :param zone: the window ends at midnight in this time zone instead; the clock has
        to give Unix seconds then
    """

    kind: str
    seconds: float
    limit: int
    zone: str = ""

    def end(self, started: float) -> float:
        """Return when the window that began at *started* is over, on its clock."""
        if not self.zone:
            return started + self.seconds
        zone = ZoneInfo(self.zone)
        day = datetime.fromtimestamp(started, zone).date() + timedelta(1)
        return datetime.combine(day, time_of_day(), zone).timestamp()

    def allowed(self, reserve: float, urgent: bool) -> int:
        """Return the calls that may be made, at least one.

        :param reserve: share of the limit kept for urgent calls, 0 to 1
        """
        kept = 0 if urgent else math.floor(self.limit * reserve)
        return max(1, self.limit - kept)


def day_window(limit: int, zone: str = "", parts: int = 1) -> Window:
    """Return the window that keeps *limit* calls a day.

    Two windows may lie so that 24 hours hold the end of one and the beginning of the
    next: the calls of both. Where the vendor looks at any 24 hours, the day is cut into
    parts. 24 hours touch one part more than a day has, and all of these together stay
    within the limit; who has used one up waits for the next, not for tomorrow.

    :param zone: days end at midnight in this time zone; for one part only
    :param parts: 1 for whole days
    """
    if parts == 1:
        return Window("day", LENGTHS["day"], limit, zone)
    return Window("day", LENGTHS["day"] / parts, max(1, limit // (parts + 1)))


def verdict(
    windows: Iterable[Window],
    used: Mapping[str, Used],
    now: float,
    *,
    reserve: float = 0.1,
    urgent: bool = False,
    calls: int = 1,
) -> float:
    """Return the seconds to wait before *calls* may be made, 0 for none.

    :param used: by the kind of window; a missing one has not been used
    :param now: seconds, on the clock of *used*
    :param reserve: share of each limit kept for urgent calls, 0 to 1
    """
    waits = [0.0]
    for window in windows:
        allowed = window.allowed(reserve, urgent)
        waits.append(_wait(window, used.get(window.kind), now, calls, allowed))
    return max(waits)


def _wait(
    window: Window, used: Used | None, now: float, calls: int, allowed: int
) -> float:
    if used is None or is_over(window, used, now):
        return 0.0
    started, made = used
    if made + calls <= allowed:
        return 0.0
    # A clock that was set back must not make anyone wait longer than a window.
    return min(window.end(now), window.end(started)) - now


def is_over(window: Window, used: Used, now: float) -> bool:
    """Tell whether the window that *used* counts has ended."""
    return now >= window.end(used[0])


def counted(window: Window, used: Used | None, now: float, calls: int = 1) -> Used:
    """Return *used* with *calls* added, in a new window if the old one is over."""
    if used is None or is_over(window, used, now):
        return (now, calls)
    return (used[0], used[1] + calls)


def backoff(
    refusals: int,
    *,
    first: float = FIRST_BACKOFF,
    longest: float = LONGEST_BACKOFF,
    jitter: Callable[[], float] = random.random,
) -> float:
    """Return seconds to wait after so many *refusals* in a row.

    Doubles with each; half of it is left to chance, so that workers do not come back
    together.

    :param jitter: gives a number from 0 to 1
    """
    pause = min(longest, first * 2.0 ** min(max(0, refusals - 1), 30))
    return pause * (0.5 + 0.5 * jitter())


class MemoryBudget:
    """A :class:`Budget` of one process, for prompts, scripts and tests.

    :param per_second: calls allowed per second, None for any number
    :param day_zone: days are those of this time zone, from midnight to midnight
    :param day_parts: more than 1 where the vendor counts any 24 hours
    :param reserve: share of each limit kept for urgent calls, 0 to 1
    :param urgent: a person waits for the answer, so the reserve may be used
    :param clock: seconds; only differences matter
    """

    def __init__(
        self,
        per_second: int | None = None,
        per_minute: int | None = None,
        per_day: int | None = None,
        *,
        day_zone: str = "",
        day_parts: int = 1,
        reserve: float = 0.1,
        urgent: bool = False,
        clock: Callable[[], float] = time.time,
    ) -> None:
        limits = {"second": per_second, "minute": per_minute}
        self._windows = {
            kind: Window(kind, LENGTHS[kind], limit)
            for kind, limit in limits.items()
            if limit is not None
        }
        if per_day is not None:
            self._windows["day"] = day_window(per_day, day_zone, day_parts)
        self._used: dict[str, Used] = {}
        self._reserve = reserve
        self._urgent = urgent
        self._clock = clock
        self._blocked_until = 0.0
        self._reset_at = 0.0
        self._refusals = 0
        self._lock = threading.Lock()

    def take(self, calls: int = 1) -> None:
        """Count *calls*, before they are made.

        :raises LimitReached: they are not allowed now
        """
        with self._lock:
            now = self._clock()
            wait = max(self._blocked_until - now, self._verdict(now, calls))
            if wait <= 0:
                self._count(now, calls)
        if wait > 0:
            raise LimitReached("call budget used up", retry_after=wait)

    def learn(
        self, limit: int | None, remaining: int | None, reset_after: float | None
    ) -> None:
        """Take over what the vendor's headers say, see :class:`Budget`."""
        with self._lock:
            now = self._clock()
            self._refusals = 0
            if reset_after is not None:
                self._reset_at = now + reset_after
            if remaining is None or not reset_after:
                return
            # A remainder without a limit still tells how many calls are left.
            limit = max(limit or 0, remaining, 1)
            self._windows["vendor"] = Window("vendor", reset_after, limit)
            self._used["vendor"] = (now, limit - remaining)

    def refused(self, retry_after: float | None) -> float:
        """Return the seconds to wait after a refusal, see :class:`Budget`."""
        with self._lock:
            now = self._clock()
            self._refusals += 1
            wait = retry_after or self._reset_at - now
            if wait <= 0:
                wait = backoff(self._refusals)
            self._blocked_until = now + wait
            return wait

    def _verdict(self, now: float, calls: int) -> float:
        return verdict(
            self._windows.values(),
            self._used,
            now,
            reserve=self._reserve,
            urgent=self._urgent,
            calls=calls,
        )

    def _count(self, now: float, calls: int) -> None:
        for kind, window in self._windows.items():
            self._used[kind] = counted(window, self._used.get(kind), now, calls)
