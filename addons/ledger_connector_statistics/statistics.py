# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Statistics, as the engine wants to know them: counted, not matched."""

from __future__ import annotations

from odoo.addons.ledger_connector_base.sync.entities import ENTITIES, Entity

from .sync.counting import Counting


class Statistics(Entity):
    """Counts of documents. There is no Odoo record for each of them."""

    name = "statistics"
    model = "ledger.statistics.period"
    runner = Counting


ENTITIES[Statistics.name] = Statistics()
