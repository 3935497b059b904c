# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from . import test_conformance
from . import test_activation
from . import test_opening_login
from . import test_opening_screens
from . import test_settings_screens
from . import test_bodies
from . import test_access
from . import test_unknown_answers
from . import test_reading
from . import test_reading_invoices
from . import test_reading_records
from . import test_checks
from . import test_errors
from . import test_writing
from . import test_writing_orders
from . import test_replace
from . import test_steps
from . import test_steps_orders
from . import test_withdraw
from . import test_seller_words
from . import test_documents_finished
from . import test_documents_time
from . import test_documents_undone
from . import test_documents_unread
from . import test_documents_beside
from . import test_registers
from . import test_bad_input
from . import test_bad_rows
from . import test_order_back
from . import test_order_lines
from . import test_order_settings
from . import test_lost_invoices
from . import test_order_terms
from . import test_value_options
from . import test_told
