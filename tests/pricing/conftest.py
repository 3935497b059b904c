# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Prices of counted documents: arithmetic that needs neither Odoo nor a server."""

from __future__ import annotations

import sys
from pathlib import Path

ADDON = Path(__file__).parents[2] / "addons" / "ledger_connector_statistics"
if str(ADDON) not in sys.path:
    sys.path.insert(0, str(ADDON))
