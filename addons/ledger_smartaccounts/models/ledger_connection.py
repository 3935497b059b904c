# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import fields, models


class LedgerConnection(models.Model):
    """What was learned about the vendor by reading these books."""

    _name = "ledger.connection"
    _inherit = "ledger.connection"

    smartaccounts_counts_in = fields.Boolean(
        string="The last day of a question is counted in",
        readonly=True,
        copy=False,
        help="Seen in an answer: SmartAccounts does not document it.",
    )

    def _smartaccounts_counts_in(self):
        """Tell whether it was seen here, or in other books at the same address.

        As long as it was not, a month whose last day is empty costs one call more.
        """
        credential = self.credential_id
        # Other companies' connections tell it as well.
        connections = self.sudo().with_context(active_test=False)
        return bool(
            connections.search_count(
                [
                    ("smartaccounts_counts_in", "=", True),
                    ("credential_id.environment", "=", credential.environment),
                    ("credential_id.custom_url", "=", credential.custom_url),
                ],
                limit=1,
            )
        )
