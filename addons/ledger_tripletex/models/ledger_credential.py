# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import fields, models

from odoo.addons.ledger_connector_base.models.key_entry import key_entry


class LedgerCredential(models.Model):
    _name = "ledger.credential"
    _inherit = "ledger.credential"

    system = fields.Selection(
        selection_add=[("tripletex", "Tripletex")],
        ondelete={"tripletex": lambda found: found._unlink_with_books()},
    )
    tripletex_consumer_token = key_entry(
        "Consumer token",
        "Tripletex sends it to the integrator when an application is accepted, "
        "one for production and another one, beginning with test-, for the test "
        "environment.",
    )
    tripletex_employee_token = key_entry(
        "Employee token",
        "The user key. In Tripletex: Company > Employees > the employee > API "
        "access > New key. Tripletex shows it once; a recovered key replaces it.",
    )
    tripletex_office_key = fields.Boolean(
        string="Accounting office's key",
        help="The key was made in an accounting office's own account with "
        "“Regnskapskontorets brukernøkkel” ticked: it opens the books of clients, "
        "and none of the office itself.",
    )
