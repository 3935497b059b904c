# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from . import test_conformance
from . import test_credential
from . import test_errors
from . import test_fields
from . import test_office
from . import test_payments
from . import test_reading
from . import test_records
from . import test_review_findings
from . import test_rights
from . import test_taxes
