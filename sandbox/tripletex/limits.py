# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Rate limit: counted per key, told in headers (dossier §8)."""

from __future__ import annotations

import math
from typing import Any

from ..clock import Clock
from ..wire import Response
from .access import Caller


class RateLimit:
    """Windows of a fixed length, one per key (or per key and client)."""

    def __init__(self, clock: Clock, settings: dict[str, Any]) -> None:
        self._clock = clock
        self._settings = settings
        self._windows: dict[Any, tuple[float, int]] = {}

    def count(self, caller: Caller, seen: dict[str, Any]) -> Response | None:
        """Count a call.

        :param seen: gets the headers that the answer has to carry
        :return: the answer 429 if the call is one too many
        """
        limit = self._settings["rate_limit"]
        if not limit:
            return None
        begun, used = self._window(caller)
        reset = math.ceil(begun + self._settings["rate_window"] - self._now())
        headers = {
            "X-Rate-Limit-Limit": str(limit),
            "X-Rate-Limit-Remaining": str(max(0, limit - used)),
            "X-Rate-Limit-Reset": str(max(0, reset)),
        }
        if used <= limit:
            seen["limit_headers"] = headers
            return None
        seen["reason"] = "rate limit"
        # the 429 itself was reported to come without the reset (issue 103 there)
        with_reset = self._settings["rate_reset_on_429"]
        return Response(429, headers if with_reset else {}, b"")

    def _window(self, caller: Caller) -> tuple[float, int]:
        key: Any = (caller.key.id, caller.session.consumer)
        if self._settings["rate_per"] == "client":
            key = (*key, caller.books.id)
        begun, used = self._windows.get(key, (self._now(), 0))
        if self._now() - begun >= self._settings["rate_window"]:
            begun, used = self._now(), 0
        self._windows[key] = (begun, used + 1)
        return begun, used + 1

    def _now(self) -> float:
        return self._clock.now().timestamp()
