# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from . import ledger_connection
from . import ledger_credential
from . import ledger_credential_login
from . import ledger_value_mapping
from . import res_partner
from . import res_partner_screens
from . import connector
from . import connector_writing
from . import connector_matching
from . import connector_steps
