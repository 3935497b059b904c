# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Reading lists page by page, and records by their ids."""

from .full import fetch
from .reader import LISTS, Reader

__all__ = ["LISTS", "Reader", "fetch"]
