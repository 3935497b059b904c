# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Settings of a world: what a stand-in cannot know is for a test to choose."""

from __future__ import annotations

from typing import Any

# name: (default, other values allowed); None instead of values: any of the same type
Known = dict[str, tuple[Any, tuple[Any, ...] | None]]


def make_settings(known: Known, given: dict[str, Any]) -> dict[str, Any]:
    """Return all settings of a world.

    :param given: those that differ from the default
    :raise ValueError: unknown name, or a value it cannot have
    """
    settings = {name: default for name, (default, _values) in known.items()}
    for name, value in given.items():
        check_setting(known, name, value)
        settings[name] = value
    return settings


def check_setting(known: Known, name: str, value: Any) -> None:
    """Raise ValueError unless the setting can have that value."""
    if name not in known:
        raise ValueError(f"unknown setting {name!r}")
    default, values = known[name]
    fits = value in values if values else _is_like(value, default)
    if not fits:
        raise ValueError(f"setting {name} cannot be {value!r}, only {values}")


def _is_like(value: Any, default: Any) -> bool:
    """Tell whether two values are of one kind; whole and broken numbers are."""
    number = (int, float)
    if isinstance(default, number) and isinstance(value, number):
        return isinstance(value, bool) == isinstance(default, bool)
    return isinstance(value, type(default))
