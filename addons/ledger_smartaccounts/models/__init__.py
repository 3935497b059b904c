# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from . import ledger_connection
from . import ledger_credential
from . import connector
