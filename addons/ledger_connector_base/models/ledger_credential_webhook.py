# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, models


class LedgerCredential(models.Model):
    """What a new encryption key has to reach besides the credentials' own secrets."""

    _name = "ledger.credential"
    _inherit = "ledger.credential"

    @api.model
    def _rotate_keys(self):
        """Override of `base`: addresses for notices are encrypted with the same key."""
        count = super()._rotate_keys()
        box = self._box()
        # As there: all companies' secrets move to the new key at once.
        connections = self.env["ledger.connection"].sudo()
        found = connections.with_context(active_test=False).search(
            [("webhook_data", "!=", False)]
        )
        for connection in found:
            connection.webhook_data = box.rotate(connection.webhook_data)
        return count + len(found)
