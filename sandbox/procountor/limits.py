# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""How often a client may call (dossier §1)."""

from __future__ import annotations

import math
from datetime import datetime, timedelta
from typing import Any

from ..clock import Clock
from .access import Client
from .errors import PAGE_429, ApiError, PageError, refused

TOO_MANY = "Too many requests."
WINDOWS = {"second": timedelta(seconds=1), "minute": timedelta(minutes=1)}


class Limits:
    """Counts the calls of clients by the world's clock."""

    def __init__(self, clock: Clock, settings: dict[str, Any]) -> None:
        self._clock = clock
        self._settings = settings

    def count(self, client: Client) -> None:
        """Count a call.

        :raise ApiError: one too many, or the client was suspended for that
        """
        if client.suspended:
            raise refused(403, "The API client is suspended.")
        now = self._clock.now()
        minute = now - WINDOWS["minute"]
        if client.calls and client.calls[0] <= minute:
            client.calls = [call for call in client.calls if minute < call]
        for name, window in WINDOWS.items():
            self._check(client, now, name, window)
        client.calls.append(now)

    def _check(
        self, client: Client, now: datetime, name: str, window: timedelta
    ) -> None:
        limit = self._settings[f"limit_{name}"]
        if not limit or len(client.calls) < limit:
            return
        # the call that has to be out of the window before one more may come
        first = client.calls[-int(limit)]
        if first > now - window:
            self._note_refusal(client)
            raise self._refusal(first + window - now)

    def _note_refusal(self, client: Client) -> None:
        client.refusals += 1
        most = self._settings["suspend_after"]
        client.suspended = bool(most) and client.refusals >= most

    def _refusal(self, wait: timedelta) -> ApiError:
        status, shape = self._settings["limit_status"], self._settings["limit_body"]
        refusal = refused(status, TOO_MANY)
        if shape != "errors":
            page = PAGE_429 if shape == "html" else b""
            refusal = PageError(status, TOO_MANY, page)
        if self._settings["retry_after"]:
            seconds = max(1, math.ceil(wait.total_seconds()))
            refusal.headers["Retry-After"] = str(seconds)
        return refusal
