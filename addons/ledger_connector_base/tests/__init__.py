# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from . import test_balance
from . import test_mapping
from . import test_payload
from . import test_kept
from . import test_screens
from . import test_screens_sending
from . import test_status
from . import test_send_dialogue
from . import test_stores
from . import test_value_kinds
from . import test_webhook_door
from . import test_webhook_events
from . import test_webhook_subscriptions
from . import test_webhook_line
from . import test_webhook_together
from . import test_whose_books
