# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import fields, models

MANAGERS = "ledger_connector_base.group_ledger_manager"


class LedgerCredential(models.Model):
    _name = "ledger.credential"
    _inherit = "ledger.credential"

    system = fields.Selection(
        selection_add=[("smartaccounts", "SmartAccounts")],
        ondelete={"smartaccounts": lambda found: found._unlink_with_smartaccounts()},
    )
    smartaccounts_public_key = fields.Char(
        string="Public key",
        compute="_compute_secret_inputs",
        inverse="_inverse_secret_inputs",
        store=False,
        copy=False,
        groups=MANAGERS,
        help="In SmartAccounts: Settings > Connected services, where the API service "
        "is switched on. Each company has keys of its own.",
    )
    smartaccounts_secret_key = fields.Char(
        string="Secret key",
        compute="_compute_secret_inputs",
        inverse="_inverse_secret_inputs",
        store=False,
        copy=False,
        groups=MANAGERS,
        help="Beside the public key. It signs each call and is never sent itself.",
    )

    def _unlink_with_smartaccounts(self):
        """Delete credentials and connections with the addon; what came of them stays.

        Connections keep their credential from being deleted, and a credential of an
        unknown system is of no use to anybody.
        """
        self.with_context(active_test=False).connection_ids.unlink()
        self.unlink()
