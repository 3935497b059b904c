# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from . import test_checks
from . import test_conformance
from . import test_connection_guards
from . import test_credential
from . import test_default_push
from . import test_edits_survive
from . import test_errors
from . import test_fields
from . import test_languages
from . import test_links
from . import test_mapping_lines
from . import test_odd_values
from . import test_office
from . import test_payments
from . import test_people_meanwhile
from . import test_ranks
from . import test_reading
from . import test_records
from . import test_rights
from . import test_screens_sending
from . import test_send_dialogue
from . import test_taxes
from . import test_turns
from . import test_twins
from . import test_waiting_parents
from . import test_webhooks
from . import test_writing_documents
from . import test_writing_parties
from . import test_writing_products
from . import test_writing_trouble
