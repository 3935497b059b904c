# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the dossier leaves open, as settings of a world. See README.md beside."""

from __future__ import annotations

from typing import Any

# name: (default, other values allowed); None instead of values: any of the same type
SETTINGS: dict[str, tuple[Any, tuple[Any, ...] | None]] = {
    # sessions and keys
    "post_session_status": (201, (201, 404, 405)),
    "expiration_today": ("refused", ("refused", "born_dead")),
    "unknown_client_status": (401, (401, 403, 404)),
    "office_home_status": (403, (400, 401, 403, 422)),
    "customer_company_id": ("register", ("register", "same")),
    "missing_right": ("forbidden", ("forbidden", "filtered")),
    # lists
    "full_result_size": ("more", ("more", "exact", "zero")),
    "row_limit": (10_000, None),
    "row_limit_applies": ("filtered", ("filtered", "always", "never")),
    "inactive_default": ("hidden", ("hidden", "shown")),
    "changed_since": ("works", ("works", "ignored")),
    "changed_since_zone": ("Europe/Oslo", ("Europe/Oslo", "UTC")),
    "checksum": ("steady", ("steady", "restless", "unsupported")),
    "bare_reference": ("stub", ("stub", "whole_on_single")),
    # limits
    "rate_limit": (0, None),
    "rate_window": (10, None),
    "rate_per": ("key", ("key", "client")),
    "rate_reset_on_429": (False, (False, True)),
    # parties
    "party_ids": ("one", ("one", "two")),
    "org_number_check": (True, (True, False)),
    "customer_send_method": ("EMAIL", ("EMAIL", "EHF")),
    # writing
    "write_status": ("created", ("created", "ok")),
    "order_answer_lines": ("listed", ("listed", "empty")),
    "beta_lists": ("open", ("open", "forbidden")),
    # invoices
    "vat_rounding": ("line", ("line", "invoice")),
    "invoice_rounding": ("none", ("none", "krone")),
    "prices_include_vat": (False, (False, True)),
    "automatic_kid": (True, (True, False)),
}


def make_settings(given: dict[str, Any]) -> dict[str, Any]:
    """Return all settings of a world.

    :param given: those that differ from the default
    :raise ValueError: unknown name, or a value it cannot have
    """
    settings = {name: default for name, (default, _values) in SETTINGS.items()}
    for name, value in given.items():
        check_setting(name, value)
        settings[name] = value
    return settings


def check_setting(name: str, value: Any) -> None:
    """Raise ValueError unless the setting can have that value."""
    if name not in SETTINGS:
        raise ValueError(f"unknown setting {name!r}")
    default, values = SETTINGS[name]
    fits = value in values if values else isinstance(value, type(default))
    if not fits:
        raise ValueError(f"setting {name} cannot be {value!r}, only {values}")
