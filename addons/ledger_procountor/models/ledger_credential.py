# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import fields, models

MANAGERS = "ledger_connector_base.group_ledger_manager"


class LedgerCredential(models.Model):
    _name = "ledger.credential"
    _inherit = "ledger.credential"

    system = fields.Selection(
        selection_add=[("procountor", "Procountor")],
        ondelete={"procountor": lambda credentials: credentials._unlink_with_books()},
    )
    procountor_client_id = fields.Char(
        string="Client ID",
        compute="_compute_secret_inputs",
        inverse="_inverse_secret_inputs",
        store=False,
        copy=False,
        groups=MANAGERS,
        help="Procountor gives it, with the client secret, to whoever runs the "
        "integration: one for the public testing server, another one for production.",
    )
    procountor_client_secret = fields.Char(
        string="Client secret",
        compute="_compute_secret_inputs",
        inverse="_inverse_secret_inputs",
        store=False,
        copy=False,
        groups=MANAGERS,
        help="Comes with the client ID. Only Procountor can change it.",
    )
    procountor_api_key = fields.Char(
        string="API key",
        compute="_compute_secret_inputs",
        inverse="_inverse_secret_inputs",
        store=False,
        copy=False,
        groups=MANAGERS,
        help="In Procountor: user menu > API keys > New API key, with the client ID "
        "above. It opens the books of one company for one user, and is shown once.",
    )
    procountor_redirect_uri = fields.Char(
        string="Redirect URI",
        help="The address that Procountor has registered for the client ID, to the "
        "letter. Leave it empty if none is registered.",
    )
