# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from . import test_conformance
from . import test_counting
from . import test_counting_found
from . import test_counting_pauses
from . import test_figures
from . import test_months
from . import test_records
from . import test_refusals
from . import test_writing
