# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The field mappings that a new flow starts with, by entity and direction."""

from __future__ import annotations

from odoo.addons.ledger_connector_base.sync.contract import MapLine

from . import incoming, outgoing

DEFAULTS: dict[tuple[str, str], list[MapLine]] = {
    ("partner", "pull"): [
        *incoming.CUSTOMER,
        *incoming.SUPPLIER,
        *incoming.CONTACT,
        *incoming.DELIVERY_ADDRESS,
    ],
    ("product", "pull"): incoming.PRODUCT,
    ("invoice", "pull"): incoming.INVOICE,
    ("payment", "pull"): incoming.PAYMENT,
    ("partner", "push"): [*outgoing.CUSTOMER, *outgoing.SUPPLIER],
    ("product", "push"): outgoing.PRODUCT,
    ("order", "push"): outgoing.ORDER,
    ("invoice", "push"): outgoing.INVOICE,
}

__all__ = ["DEFAULTS"]
