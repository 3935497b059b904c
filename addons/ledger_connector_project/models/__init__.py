# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from . import ledger_statistics_delivery
from . import ledger_statistics_measure
from . import ledger_statistics_period
from . import ledger_statistics_plan
from . import project_task
