# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The clock of a world: real time, unless a test sets it."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta, timezone


class Clock:
    """Server time of one world, in UTC."""

    def __init__(self) -> None:
        self._offset = timedelta()
        self._frozen: datetime | None = None
        # told when the clock was set or moved
        self.watchers: list[Callable[[], None]] = []

    def _tell(self) -> None:
        for watcher in self.watchers:
            watcher()

    @property
    def stands_still(self) -> bool:
        """Tell whether the clock is frozen."""
        return self._frozen is not None

    def now(self) -> datetime:
        """Return the time of the world as an aware UTC datetime."""
        if self._frozen is not None:
            return self._frozen
        return datetime.now(timezone.utc) + self._offset

    def set(self, moment: datetime, frozen: bool = False) -> None:
        """Set the clock.

        :param moment: aware datetime
        :param frozen: stand still there; else time runs on from there
        """
        moment = moment.astimezone(timezone.utc)
        if frozen:
            self._frozen = moment
        else:
            self._frozen = None
            self._offset = moment - datetime.now(timezone.utc)
        self._tell()

    def advance(self, seconds: float) -> None:
        """Move the clock forward.

        :param seconds: may be negative
        """
        step = timedelta(seconds=seconds)
        if self._frozen is not None:
            self._frozen += step
        else:
            self._offset += step
        self._tell()

    def reset(self) -> None:
        """Return to real time."""
        self._frozen = None
        self._offset = timedelta()
        self._tell()

    @staticmethod
    def monotonic() -> float:
        """Return seconds of a clock that tests cannot set, for durations."""
        return time.monotonic()
