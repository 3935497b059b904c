# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Which tests may run side by side, where there are several workers.

Tests of the addons go class by class to whichever worker is free. Those of the whole
system share servers and a browser, and stay in one worker, in their order.
"""

from __future__ import annotations

from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

_TOGETHER = "tests/"


class Lanes(LoadScopeScheduling):
    """Hands out whole classes, and what is in `tests/` as one piece."""

    def _split_scope(self, nodeid: str) -> str:
        if nodeid.startswith(_TOGETHER):
            return _TOGETHER
        return str(super()._split_scope(nodeid))


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Lanes:
    """Give the workers their tests."""
    return Lanes(config, log)
