# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import fields

#: Who may enter keys.
MANAGERS = "ledger_connector_base.group_ledger_manager"


def key_entry(label, where):
    """Return the entry field of a key: what is typed is encrypted and never shown.

    Vendors' addons put one on ``ledger.credential`` for each key, named by the system
    and by what the connector calls the key, as in ``tripletex_employee_token``.

    :param str label: what the vendor's screens call the key
    :param str where: help, tells where the customer finds it
    """
    return fields.Char(
        string=label,
        compute="_compute_secret_inputs",
        inverse="_inverse_secret_inputs",
        store=False,
        copy=False,
        groups=MANAGERS,
        help=where,
    )
