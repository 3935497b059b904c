# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Waiting for what another process does."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

Found = TypeVar("Found")
#: Only a hang ends here: a slow machine must not fail a test.
PATIENCE = 240
_PAUSE = 0.05


def until(what: str, found: Callable[[], Found], seconds: float = PATIENCE) -> Found:
    """Ask again and again, and return the first answer that is true.

    :param what: what is waited for, for the message
    :param found: asked without arguments
    :param seconds: for how long at most
    :raise AssertionError: it never came true; tells the last answer
    """
    deadline = time.monotonic() + seconds
    while not (answer := found()):
        if time.monotonic() > deadline:
            raise AssertionError(f"{what}: still {answer!r} after {seconds:g} s")
        time.sleep(_PAUSE)
    return answer
