# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Reading lists page by page, and single records."""

from .reader import DETAILS, SERVICES, Reader, fetch

__all__ = ["DETAILS", "SERVICES", "Reader", "fetch"]
