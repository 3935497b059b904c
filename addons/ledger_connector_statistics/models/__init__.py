# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from . import ledger_connector
from . import ledger_statistics_kind
from . import ledger_statistics_plan
from . import ledger_statistics_plan_calendar
from . import ledger_statistics_period
from . import ledger_statistics_period_books
from . import ledger_statistics_period_count
from . import ledger_statistics_figure
from . import ledger_statistics_document
from . import ledger_statistics_read
from . import ledger_statistics_correction
from . import ledger_statistics_import
from . import ledger_statistics_difference
from . import ledger_connection
from . import ledger_flow
from . import ledger_sync_job
from . import res_partner_figures
from . import ledger_connection_client
from . import ledger_connection_plan
from . import ledger_statistics_delivery
from . import ledger_statistics_measure
from . import ledger_statistics_period_delivery
from . import ledger_statistics_plan_activate
from . import ledger_statistics_plan_tag
from . import res_partner_category
from . import res_partner_keys
from . import account_move
from . import account_move_line
from . import ledger_statistics_agreement
from . import ledger_statistics_agreement_line
from . import ledger_statistics_agreement_tier
from . import ledger_statistics_agreement_billing
from . import ledger_statistics_period_billing
from . import ledger_statistics_figure_billing
from . import ledger_statistics_tolerance
