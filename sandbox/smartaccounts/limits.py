# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""How many calls a company may make (dossier §6): then 503."""

from __future__ import annotations

import math
from collections import deque
from datetime import datetime, timedelta
from typing import Any

from ..clock import Clock
from . import tallinn
from .access import Company
from .errors import ApiError, refused

WINDOWS = {
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
}


class Limits:
    """The calls of the last day, of each that has a budget of its own."""

    def __init__(self, clock: Clock, settings: dict[str, Any]) -> None:
        self._clock = clock
        self._settings = settings
        self._calls: dict[Any, deque[datetime]] = {}

    def count(self, company: Company, public: str) -> None:
        """Count a call.

        :raise ApiError: 503, it is one too many
        """
        calls = self._of(company, public)
        now = self._clock.now()
        refusal = self._refusal(calls, now)
        if refusal is None or self._settings["limit_counts_refused"]:
            calls.append(now)
        if refusal is not None:
            raise refusal

    def use(self, company: Company, count: int, ago: float) -> None:
        """Note calls that other software of the company made.

        :param ago: seconds before now
        """
        calls = self._of(company, company.public_key)
        moment = self._clock.now() - timedelta(seconds=ago)
        known = sorted([*calls, *([moment] * count)])
        calls.clear()
        calls.extend(known)

    def used(self, company: Company, public: str) -> dict[str, int]:
        """Return the calls of this minute, hour and day."""
        calls, now = self._of(company, public), self._clock.now()
        return {name: self._within(calls, name, now) for name in WINDOWS}

    def clear(self) -> None:
        """Forget all calls."""
        self._calls.clear()

    def _of(self, company: Company, public: str) -> deque[datetime]:
        owner: Any = {"company": company.id, "key": public, "world": None}
        return self._calls.setdefault(owner[self._settings["limit_per"]], deque())

    def _begin(self, name: str, now: datetime) -> datetime:
        """Return when a window began; what is older does not count."""
        if self._settings["limit_window"] == "sliding":
            return now - WINDOWS[name]
        if name == "day":
            return tallinn.at(tallinn.local(now).date())
        whole = now.replace(second=0, microsecond=0)
        return whole if name == "minute" else whole.replace(minute=0)

    def _within(self, calls: deque[datetime], name: str, now: datetime) -> int:
        begin = self._begin(name, now)
        sliding = self._settings["limit_window"] == "sliding"
        return sum(begin < call or (call == begin and not sliding) for call in calls)

    def _refusal(self, calls: deque[datetime], now: datetime) -> ApiError | None:
        while calls and now - calls[0] > WINDOWS["day"]:
            calls.popleft()
        for name in WINDOWS:
            limit = self._settings[f"limit_{name}"]
            if limit and self._within(calls, name, now) >= limit:
                return self._too_many(name, limit, calls, now)
        return None

    def _too_many(
        self, name: str, limit: int, calls: deque[datetime], now: datetime
    ) -> ApiError:
        text = self._settings["limit_text"].format(limit=limit, window=f"1 {name}")
        refusal = refused(503, self._settings["limit_code"], text)
        if self._settings["retry_after"]:
            begin = self._begin(name, now)
            if self._settings["limit_window"] == "sliding":
                begin = min(call for call in calls if call > begin)
            left = begin + WINDOWS[name] - now
            refusal.headers["Retry-After"] = str(math.ceil(left.total_seconds()))
        return refusal
