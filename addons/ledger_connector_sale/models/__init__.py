# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from . import ledger_binding
from . import ledger_flow
from . import account_move
from . import payment_transaction
from . import sale_order
from . import sale_order_stage
from . import sale_order_line
