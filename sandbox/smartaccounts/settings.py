# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the dossier leaves open (§10), as settings of a world. See README.md beside."""

from __future__ import annotations

from ..options import Known

REFUSALS = (400, 401, 403)
SETTINGS: Known = {
    # access
    "stale_status": (401, REFUSALS),
    "service_off_status": (401, REFUSALS),
    "starter_status": (401, REFUSALS),
    "missing_right_status": (400, REFUSALS),
    "tolerance_minutes": (15, None),
    "doubled_hour": ("first", ("first", "second", "either", "refused")),
    "upper_case_hex": ("refused", ("refused", "accepted")),
    "post_to_get": ("allowed", ("allowed", "refused")),
    "date_header": (True, (True, False)),
    # errors
    "error_shape": ("errors", ("errors", "message", "error", "text")),
    "error_key": ("code", None),
    "billing_code": ("BILLING", None),
    "billing_text": ("The service is suspended: the company has an unpaid bill", None),
    # limits, 0 for none
    "limit_minute": (60, None),
    "limit_hour": (0, None),
    "limit_day": (1000, None),
    "limit_per": ("company", ("company", "key", "world")),
    "limit_window": ("sliding", ("sliding", "calendar")),
    "limit_counts_refused": (False, (False, True)),
    "limit_code": ("REQUEST-LIMIT", None),
    "limit_text": ("Request limit exceeded: {limit} requests in {window}", None),
    "retry_after": (False, (False, True)),
    # lists
    "page_size": (100, None),
    "list_order": ("date", ("date", "newest", "entered")),
    "list_keys": ({}, None),
    "bare_lists": (False, (False, True)),
    "empty_list": ("array", ("array", "absent")),
    "date_to": ("inclusive", ("inclusive", "exclusive")),
    "date_from_needed": ("bookings", ("bookings", "invoices", "never")),
    "deleted_with_modified_from": (True, (True, False)),
    "payment_touches_invoice": (False, (False, True)),
    # how things look
    "date_created_format": ("date", ("date", "seconds", "underscore")),
    "decimals": ("plain", ("plain", "quoted")),
    "document_numbers": ("text", ("text", "bare")),
    "nulls": ("shown", ("shown", "absent")),
    "row_vat": ("amount", ("amount", "percent")),
    "credit_totals": ("negative", ("negative", "positive")),
    "purchase_credit": ("negative", ("negative", "marked")),
    "pdf": ("raw", ("raw", "json")),
    # writing
    "unknown_fields": ("ignored", ("ignored", "refused")),
    "partner_vat_pc": ("optional", ("optional", "mandatory")),
    "doubled_invoice_number": ("refused", ("refused", "allowed")),
    "vat_rounding": ("invoice", ("invoice", "row")),
    "write_status": (200, (200, 201)),
    "delete_answer": ("object", ("object", "nothing")),
    "four_byte_text": ("refused", ("refused", "fault", "kept")),
}
