# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import fields, models

MANAGERS = "ledger_connector_base.group_ledger_manager"


class LedgerCredential(models.Model):
    _name = "ledger.credential"
    _inherit = "ledger.credential"

    system = fields.Selection(
        selection_add=[("tripletex", "Tripletex")],
        ondelete={"tripletex": lambda credentials: credentials._unlink_with_books()},
    )
    tripletex_consumer_token = fields.Char(
        string="Consumer token",
        compute="_compute_secret_inputs",
        inverse="_inverse_secret_inputs",
        store=False,
        copy=False,
        groups=MANAGERS,
        help="Tripletex sends it to the integrator when an application is accepted, "
        "one for production and another one, beginning with test-, for the test "
        "environment.",
    )
    tripletex_employee_token = fields.Char(
        string="Employee token",
        compute="_compute_secret_inputs",
        inverse="_inverse_secret_inputs",
        store=False,
        copy=False,
        groups=MANAGERS,
        help="The user key. In Tripletex: Company > Employees > the employee > API "
        "access > New key. Tripletex shows it once; a recovered key replaces it.",
    )
    tripletex_office_key = fields.Boolean(
        string="Accounting office's key",
        help="The key was made in an accounting office's own account with "
        "“Regnskapskontorets brukernøkkel” ticked: it opens the books of clients, "
        "and none of the office itself.",
    )
