# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the dossier guesses or leaves open (§13), as settings of a world: README.md."""

from __future__ import annotations

from ..options import Known

SETTINGS: Known = {
    # addresses
    "version": ("26.04", None),
    "versioned_paths": (True, (True, False)),
    "get_with_body": (403, (403, 0)),
    # tokens
    "redirect_uri": ("optional", ("optional", "required")),
    "token_charset": (400, (400, 415, 0)),
    "token_errors": ("errors", ("errors", "oauth")),
    "token_type": (False, (False, True)),
    "token_seconds": (3600, None),
    "api_off_status": (401, (401, 403)),
    "key_code_seconds": (300, None),
    "keylogin": ("page", ("page", "instant")),
    "logout": (True, (True, False)),
    # activation
    "callback_parameter": ("requestId", None),
    "request_seconds": (3 * 3600, None),
    "answered_request": (410, (410, 404, 400)),
    # limits, 0 for none
    "limit_second": (60, None),
    "limit_minute": (0, None),
    "limit_status": (429, (429, 503)),
    "limit_body": ("errors", ("errors", "html", "nothing")),
    "retry_after": (False, (False, True)),
    "suspend_after": (0, None),
    # reading
    "original_number_match": ("part", ("part", "exact")),
    "customer_number_match": ("part", ("part", "exact")),
    "identifier_match": ("exact", ("exact", "part")),
    "invoice_number_match": ("exact", ("exact", "part")),
    "meta": ("whole", ("whole", "without_total", "absent")),
    "product_order": ("ASC", ("ASC", "DESC")),
    "bad_ids": (400, (400, 404)),
    "time_zone": ("Europe/Helsinki", ("Europe/Helsinki", "UTC")),
    "version_step": ("clock", ("clock", "unique")),
    "version_range": ("inclusive", ("inclusive", "exclusive")),
    "payment_touches_version": (True, (True, False)),
    # writing
    "odd_characters": ("refused", ("refused", "fault", "replaced")),
    "long_text": ("refused", ("refused", "fault")),
    "unknown_fields": ("ignored", ("ignored", "refused")),
    "fixed_fields": ("ignored", ("ignored", "refused")),
    "scale": ("rounded", ("rounded", "refused")),
    "stale_status": (400, (400, 409)),
    "address_country": ("required", ("required", "not_blank")),
    "partner_fills_invoice": (False, (False, True)),
    "negative_rows": ("allowed", ("allowed", "refused")),
    "zero_rows": ("allowed", ("allowed", "refused")),
    "other_payment_methods": ("refused", ("refused", "allowed")),
    "einvoice_without_reference": ("refused", ("refused", "allowed")),
    "sum_rounding": ("percent", ("percent", "row")),
    "approve_without_body": ("refused", ("refused", "allowed")),
    "resend": ("allowed", ("allowed", "refused")),
    "invalidate_from": ("unfinished", ("unfinished", "approved_too")),
    "overpayment": ("allowed", ("allowed", "refused")),
    "attach_after_send": ("allowed", ("allowed", "refused")),
    "doubled_customer_number": (
        "other_identifier",
        ("other_identifier", "always", "never"),
    ),
    "doubled_product_code": ("allowed", ("allowed", "refused")),
    "brn_check": (True, (True, False)),
    "patch_depth": ("fields", ("fields", "objects")),
    "patch_other_fields": ("ignored", ("ignored", "refused")),
    "patch_answer": ("partner", ("partner", "message")),
    # faults of the vendor
    "error_500": ("html", ("html", "json")),
}
