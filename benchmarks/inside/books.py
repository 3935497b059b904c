# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The vendor's books, from inside a task."""

from __future__ import annotations

import os

from sandbox.control import Sandbox, World


def open_books(world: str) -> World:
    """Return the books called *world*, which the scenario made."""
    sandbox = Sandbox(
        os.environ["LEDGER_SANDBOX_URL"], os.environ["LEDGER_SANDBOX_KEY"]
    )
    return sandbox.open_world(world)
