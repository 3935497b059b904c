# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Stores deliveries that come at the same time by one statement.

A commit costs a disk's patience, and a statement is planned each time. Who comes first
stores what is there; who comes meanwhile waits and is stored together with all others
that did. Nobody is answered before the commit. Where a process serves one
request at a time, everybody is the first.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

#: Deliveries that one statement takes.
MOST = 200


class Waiting:
    """A delivery that is to be stored."""

    def __init__(self, item: Any) -> None:
        self.item = item
        self.result: Any = None
        self.error: BaseException | None = None
        self.is_over = False
        self.turn = threading.Event()


class Together:
    """Collects what threads want to have stored.

    :param store: takes a list of items, returns one result for each; it commits
    """

    def __init__(self, store: Callable[[list[Any]], list[Any]]) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._queue: list[Waiting] = []
        self._is_led = False

    def add(self, item: Any) -> Any:
        """Have *item* stored and return its result.

        :raises Exception: what ``store`` raised
        """
        mine = Waiting(item)
        with self._lock:
            self._queue.append(mine)
            leads, self._is_led = not self._is_led, True
        if not leads:
            mine.turn.wait()
        if not mine.is_over:
            self._lead()
        if mine.error is not None:
            raise mine.error
        return mine.result

    def _lead(self) -> None:
        """Store what waits, the caller's own among it, and hand over."""
        with self._lock:
            batch, self._queue = self._queue[:MOST], self._queue[MOST:]
        try:
            results = self._store([waiting.item for waiting in batch])
            for waiting, result in zip(batch, results, strict=True):
                waiting.result = result
        except BaseException as error:
            # Told to each of those who wait for it, and raised there.
            for waiting in batch:
                waiting.error = error
        finally:
            for waiting in batch:
                waiting.is_over = True
            self._hand_over()
            for waiting in batch:
                waiting.turn.set()

    def _hand_over(self) -> None:
        with self._lock:
            if self._queue:
                self._queue[0].turn.set()
            else:
                self._is_led = False
