# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Documents that are counted, from the vendor's ledger entries and invoices."""

from .changed import ChangeReader
from .kinds import BASES
from .window import WindowReader

__all__ = ["BASES", "ChangeReader", "WindowReader"]
