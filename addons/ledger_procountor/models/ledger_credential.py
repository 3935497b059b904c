# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import fields, models

from odoo.addons.ledger_connector_base.models.key_entry import key_entry


class LedgerCredential(models.Model):
    _name = "ledger.credential"
    _inherit = "ledger.credential"

    system = fields.Selection(
        selection_add=[("procountor", "Procountor")],
        ondelete={"procountor": lambda found: found._unlink_with_books()},
    )
    procountor_client_id = key_entry(
        "Client ID",
        "Procountor gives it, with the client secret, to whoever runs the "
        "integration: one for the public testing server, another one for production.",
    )
    procountor_client_secret = key_entry(
        "Client secret",
        "Comes with the client ID. Only Procountor can change it.",
    )
    procountor_api_key = key_entry(
        "API key",
        "In Procountor: user menu > API keys > New API key, with the client ID "
        "above. It opens the books of one company for one user, and is shown once.",
    )
    procountor_redirect_uri = fields.Char(
        string="Redirect URI",
        help="The address that Procountor has registered for the client ID, to the "
        "letter. Leave it empty if none is registered.",
    )
