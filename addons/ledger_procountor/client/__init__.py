# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The wire of Procountor: tokens, paging, texts that it can store, errors.

Facts come from the project's dossier of the API; its sections are named as (§n).
Nothing here imports Odoo, nor the transport, which is handed in. From a prompt::

    import sys
    from decimal import Decimal
    sys.path[:0] = ["addons/ledger_connector_base", "addons/ledger_procountor"]
    from client import TESTING, TESTING_PER_MINUTE, PATIENCE, ProcountorClient
    from transport.budget import MemoryBudget
    from transport.http import HttpClient
    from transport.tokens import MemoryTokenStore

    http = HttpClient(
        TESTING,
        budget=MemoryBudget(per_minute=TESTING_PER_MINUTE),
        read_error=ProcountorClient.read_error,
        patience=PATIENCE,
        parse_float=Decimal,
    )
    client = ProcountorClient(
        http, MemoryTokenStore(), client_id="…", client_secret="…", api_key="…"
    )
    print(client.company.session())
"""

from . import codes
from .access import Claims, claims_of
from .activation import Request
from .body import LARGEST_FILE, encode, merged, without_blanks
from .channels import channel_lacks, usual_channel
from .company import (
    VatStatus,
    invoice_account,
    is_open,
    missing_rights,
    sales_vat_percentages,
    sales_vat_statuses,
)
from .countries import COUNTRIES, country_code, country_name
from .errors import read_error
from .invoices import Sums, invoice_body, sums_of
from .lengths import (
    INVOICE_LENGTHS,
    PARTNER_LENGTHS,
    PRODUCT_LENGTHS,
    TooLong,
    too_long,
)
from .lists import Cursor, ListPage
from .login import exchange_code, key_login_url
from .procountor import (
    PATIENCE,
    PER_SECOND,
    PRODUCTION,
    TESTING,
    TESTING_PER_MINUTE,
    ProcountorClient,
)
from .registers import PATCHED, plain_identifier
from .resources import MOST, RESOURCES
from .texts import Fitted, Replaced, fit, fit_text, fits
from .values import (
    HELSINKI,
    day_of,
    decimal_of,
    id_of,
    moment_of,
    since,
    stamp,
    text_of,
)
from .writes import Written, prepared

__all__ = [
    "COUNTRIES",
    "HELSINKI",
    "INVOICE_LENGTHS",
    "LARGEST_FILE",
    "MOST",
    "PARTNER_LENGTHS",
    "PATCHED",
    "PATIENCE",
    "PER_SECOND",
    "PRODUCTION",
    "PRODUCT_LENGTHS",
    "RESOURCES",
    "TESTING",
    "TESTING_PER_MINUTE",
    "Claims",
    "Cursor",
    "Fitted",
    "ListPage",
    "ProcountorClient",
    "Replaced",
    "Request",
    "Sums",
    "TooLong",
    "VatStatus",
    "Written",
    "channel_lacks",
    "claims_of",
    "codes",
    "country_code",
    "country_name",
    "day_of",
    "decimal_of",
    "encode",
    "exchange_code",
    "fit",
    "fit_text",
    "fits",
    "id_of",
    "invoice_account",
    "invoice_body",
    "is_open",
    "key_login_url",
    "merged",
    "missing_rights",
    "moment_of",
    "plain_identifier",
    "prepared",
    "read_error",
    "sales_vat_percentages",
    "sales_vat_statuses",
    "since",
    "stamp",
    "sums_of",
    "text_of",
    "too_long",
    "usual_channel",
    "without_blanks",
]
