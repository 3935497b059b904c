# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from . import masking
from . import opening

# Wherever the routes are known: see the base's door for webhooks.
masking.install()
