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
    one at the end. Everything goes to standard error, so that the output of
    `scripts/odoo` can be piped.

    :param text: what is being done, without a full stop
    """
    started = time.monotonic()
    spinner = _Spinner(text, started) if sys.stderr.isatty() else None
    _show(f"... {text}\n") if spinner is None else spinner.start()
    outcome = "failed"
    try:
        yield
        outcome = "done"
    finally:
        if spinner is not None:
            spinner.stop()
        _show(f"{_seconds(started)} {text}: {outcome}\n")


def say(text: str) -> None:
    """Print one line about the set-up to standard error.

    :param text: the line, without a line feed
    """
    _show(f"{text}\n")


def _show(text: str) -> None:
    sys.stderr.write(text)
    sys.stderr.flush()


def _seconds(started: float) -> str:
    return f"{time.monotonic() - started:6.1f} s"


class _Spinner(threading.Thread):
    def __init__(self, text: str, started: float) -> None:
        super().__init__(daemon=True)
        self._text = text
        self._started = started
        self._stopped = threading.Event()

    def run(self) -> None:
        turn = 0
        while not self._stopped.wait(0.2):
            frame = _FRAMES[turn % len(_FRAMES)]
            _show(f"\r{_seconds(self._started)} {frame} {self._text} ")
            turn += 1

    def stop(self) -> None:
        self._stopped.set()
        self.join()
        _show("\r\033[K")
