# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from . import test_agreement
from . import test_billed_prices
from . import test_billing
from . import test_billing_again
from . import test_billing_corrections
from . import test_billing_left
from . import test_billing_once
from . import test_counting
from . import test_delivery
from . import test_differences
from . import test_figure_screens
from . import test_frozen
from . import test_frozen_found
from . import test_read_again
from . import test_import
from . import test_import_screen
from . import test_keys
from . import test_keys_import
from . import test_plan
from . import test_recurrence
from . import test_titles
from . import test_tolerance
from . import test_uncounted
from . import test_windows
from . import test_without_keys
