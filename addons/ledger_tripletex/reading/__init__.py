# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Which lists are read, what is asked of them, and from where a run goes on."""

from .cursor import Cursor
from .listings import CHILD_PATHS, LISTINGS
from .reader import DOCUMENTS, Reader

__all__ = ["CHILD_PATHS", "DOCUMENTS", "LISTINGS", "Cursor", "Reader"]
