# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from . import ledger_procountor_open
from . import ledger_procountor_activation
from . import ledger_procountor_login
