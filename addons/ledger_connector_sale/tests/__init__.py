# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from . import test_once
from . import test_orders
from . import test_orders_setup
from . import test_payload
from . import test_stage
from . import test_totals
