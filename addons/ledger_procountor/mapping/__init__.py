# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The field mappings that a new flow starts with, by entity and direction."""

from __future__ import annotations

from odoo.addons.ledger_connector_base.sync.contract import MapLine

from .incoming import CUSTOMER, INVOICE, ORDER, PAYMENT, PRODUCT
from .outgoing import OUTGOING

DEFAULTS: dict[tuple[str, str], list[MapLine]] = {
    ("partner", "pull"): CUSTOMER,
    ("product", "pull"): PRODUCT,
    ("invoice", "pull"): INVOICE,
    ("payment", "pull"): PAYMENT,
    ("order", "pull"): ORDER,
    **OUTGOING,
}

__all__ = ["DEFAULTS"]
