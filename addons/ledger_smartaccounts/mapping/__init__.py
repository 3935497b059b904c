# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The field mappings that a new flow starts with, by entity and direction."""

from __future__ import annotations

from odoo.addons.ledger_connector_base.sync.contract import MapLine

from . import incoming, outgoing

DEFAULTS: dict[tuple[str, str], list[MapLine]] = {
    ("partner", "pull"): [*incoming.CLIENT, *incoming.VENDOR],
    ("product", "pull"): incoming.ARTICLE,
    ("invoice", "pull"): [*incoming.CLIENT_INVOICE, *incoming.VENDOR_INVOICE],
    ("partner", "push"): [*outgoing.CLIENT, *outgoing.VENDOR],
    ("product", "push"): outgoing.ARTICLE,
    ("invoice", "push"): outgoing.CLIENT_INVOICE,
}

__all__ = ["DEFAULTS"]
