# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Calls that hang until a test lets them go."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field

from .wire import Request

# a test that forgot a call must not keep its thread for ever
LONGEST = 600.0


class HoldTimeout(LookupError):
    """Nothing came to hang where a test waited for it."""


@dataclass
class _Gate:
    """A named place where calls hang."""

    is_open: bool = False
    # raised with every release, so that only those who hang there are let go
    round: int = 0
    drop: bool = False
    hanging: list[Request] = field(default_factory=list)


class Holds:
    """The named places of one world where calls hang."""

    def __init__(self) -> None:
        self._gates: dict[str, _Gate] = {}
        self._moved = threading.Condition()

    def close(self, name: str) -> None:
        """Let calls hang at a place from now on."""
        with self._moved:
            self._gate(name).is_open = False

    def _gate(self, name: str) -> _Gate:
        return self._gates.setdefault(name, _Gate())

    def hang(self, name: str, request: Request) -> bool:
        """Wait at a place until it is opened.

        :return: whether the call may go on; False if it is to be dropped
        """
        with self._moved:
            gate = self._gate(name)
            if gate.is_open:
                return not gate.drop
            mine = gate.round
            gate.hanging.append(request)
            self._moved.notify_all()
            self._moved.wait_for(lambda: gate.round != mine, LONGEST)
            gate.hanging.remove(request)
            return not gate.drop

    def let_go(self, name: str, drop: bool = False, once: bool = False) -> int:
        """Open a place.

        :param drop: close the connections of the calls instead of going on with them
        :param once: only for those who hang there now, later ones hang again
        :return: how many hung there
        """
        with self._moved:
            gate = self._gate(name)
            gate.round += 1
            gate.is_open, gate.drop = not once, drop
            self._moved.notify_all()
            return len(gate.hanging)

    def wait(self, name: str, count: int = 1, timeout: float = 30) -> list[dict]:
        """Wait until calls hang at a place; return method and path of each.

        :param count: how many there have to be
        :param timeout: real seconds
        :raise HoldTimeout: they did not come
        """
        ends = time.monotonic() + timeout
        with self._moved:
            gate = self._gate(name)
            left = ends - time.monotonic()
            if not self._moved.wait_for(lambda: len(gate.hanging) >= count, left):
                found = len(gate.hanging)
                text = f"{found} of {count} calls hang at {name!r} after {timeout} s"
                raise HoldTimeout(text)
            return [{"method": r.method, "path": r.path} for r in gate.hanging]

    def open_all(self) -> None:
        """Let every call go; the world is about to end."""
        for name in list(self._gates):
            self.let_go(name, drop=True)
