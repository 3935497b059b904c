# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Switches push flows on, as a person who sends as well as reads."""

from __future__ import annotations

from typing import Any

from .sending import switch_on


def run(env: Any, entities: list[str]) -> dict[str, Any]:
    """Switch the push flows of *entities* on; commits.

    :return: their ids
    """
    return {"flows": switch_on(env, *entities).ids}
