# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from . import ledger_preview
from . import ledger_payload
from . import ledger_match_decision
from . import ledger_link_choice
from . import ledger_connection_create
from . import partner_merge
