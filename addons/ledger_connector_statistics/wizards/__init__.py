# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from . import ledger_client_keys
from . import ledger_keys_import
from . import ledger_keys_import_line
from . import ledger_statistics_request
from . import account_move_reversal
from . import ledger_statistics_bill
from . import ledger_statistics_bill_line
from . import ledger_statistics_months
