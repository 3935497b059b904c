# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Tells the person who waits what is going on and for how long."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

_FRAMES = "|/-\\"


@contextmanager
def step(text: str) -> Iterator[None]:
    """Show a step of the set-up while it lasts and how many seconds it took.

    On a terminal a spinner turns; elsewhere there is one line at the start and
    one at the end. Steps may run side by side, in threads. Everything goes to
    standard error, so that the output of `scripts/odoo` can be piped.

    :param text: what is being done, without a full stop
    """
    started = time.monotonic()
    _board.begin(text)
    outcome = "failed"
    try:
        yield
        outcome = "done"
    finally:
        seconds = time.monotonic() - started
        _board.end(text, f"{seconds:6.1f} s {text}: {outcome}")


def say(text: str) -> None:
    """Print one line about the set-up to standard error.

    :param text: the line, without a line feed
    """
    _board.line(text)


class _Board:
    """The last line of the terminal, shared by all steps that are under way."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._running: list[str] = []
        self._turning = False

    def begin(self, text: str) -> None:
        with self._lock:
            self._running.append(text)
            if not sys.stderr.isatty():
                self._write(f"... {text}\n")
            elif not self._turning:
                self._turning = True
                threading.Thread(target=self._turn, daemon=True).start()

    def end(self, text: str, line: str) -> None:
        with self._lock:
            self._running.remove(text)
        self.line(line)

    def line(self, text: str) -> None:
        with self._lock:
            clear = "\r\033[K" if self._turning else ""
            self._write(f"{clear}{text}\n")

    def _turn(self) -> None:
        started = time.monotonic()
        while True:
            time.sleep(0.2)
            with self._lock:
                if not self._running:
                    self._turning = False
                    return
                self._write(self._frame(time.monotonic() - started))

    def _frame(self, seconds: float) -> str:
        frame = _FRAMES[int(seconds * 5) % len(_FRAMES)]
        return f"\r\033[K{seconds:6.1f} s {frame} {'; '.join(self._running)} "

    @staticmethod
    def _write(text: str) -> None:
        sys.stderr.write(text)
        sys.stderr.flush()


_board = _Board()
