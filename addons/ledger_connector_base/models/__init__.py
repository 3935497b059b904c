# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from . import ledger_connector
from . import ledger_credential
from . import ledger_token
from . import ledger_budget
from . import ledger_connection
from . import ledger_connection_actions
from . import ledger_connection_dashboard
from . import ledger_connection_door
from . import ledger_connection_webhook
from . import ledger_credential_webhook
from . import ledger_flow
from . import ledger_flow_push
from . import ledger_flow_send
from . import ledger_flow_warning
from . import ledger_outbox
from . import ledger_field_mapping
from . import ledger_value_mapping
from . import ledger_cause
from . import ledger_binding
from . import ledger_binding_sent
from . import ledger_conflict
from . import ledger_drift
from . import ledger_seen
from . import ledger_sync_job
from . import ledger_sync_job_outcome
from . import ledger_lane
from . import ledger_event
from . import ledger_exchange
from . import ledger_synced_mixin
from . import res_partner
from . import product_product
from . import product_template
from . import account_move
from . import account_move_send
from . import res_config_settings
