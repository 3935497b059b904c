# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the dossier leaves open, as settings of a world. See README.md beside."""

from __future__ import annotations

from ..options import Known

# seconds from one attempt to the next, a good 30 hours together; the steps are made up
RETRIES = [60, 300, 900, 3600, 7200, 14_400, 28_800, 54_000]
SETTINGS: Known = {
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
    "bulk_atomic": (True, (True, False)),
    "bulk_limit": (0, None),
    "exists_status": ("422", ("422", "409/7000", "409/14000")),
    "duplicate_order_number": ("refused", ("refused", "allowed")),
    "beta_lists": ("open", ("open", "forbidden")),
    # webhooks
    "webhook_http": ("loopback", ("loopback", "refused", "allowed")),
    "webhook_timing": ("after", ("after", "before", "merged")),
    "webhook_delay": (0, None),
    "webhook_merge_seconds": (0.3, None),
    "webhook_retries": (RETRIES, None),
    "webhook_timeout": (10, None),
    "office_webhooks": ("client", ("client", "key")),
    # invoices
    "vat_rounding": ("line", ("line", "invoice")),
    "invoice_rounding": ("none", ("none", "krone")),
    "prices_include_vat": (False, (False, True)),
    "automatic_kid": (True, (True, False)),
    "chosen_invoice_number": ("doubled", ("doubled", "skipped")),
    "closed_until": ("", None),
    "closed_period_status": ("422", ("422", "409")),
    "credit_note_mail": ("documented", ("documented", "always")),
}
