# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import fields, models

from odoo.addons.ledger_connector_base.models.key_entry import key_entry


class LedgerCredential(models.Model):
    _name = "ledger.credential"
    _inherit = "ledger.credential"

    system = fields.Selection(
        selection_add=[("smartaccounts", "SmartAccounts")],
        ondelete={"smartaccounts": lambda found: found._unlink_with_books()},
    )
    smartaccounts_public_key = key_entry(
        "Public key",
        "In SmartAccounts: Settings > Connected services, where the API service "
        "is switched on. Each company has keys of its own.",
    )
    smartaccounts_secret_key = key_entry(
        "Secret key",
        "Beside the public key. It signs each call and is never sent itself.",
    )
