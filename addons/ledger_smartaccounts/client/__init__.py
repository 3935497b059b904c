# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The wire of SmartAccounts: signatures, paging, limits, errors.

Facts come from the project's dossier of the API; its sections are named as (§n).
Nothing here imports Odoo, nor the transport, which is handed in. From a prompt::

    import sys
    from decimal import Decimal
    sys.path[:0] = ["addons/ledger_connector_base", "addons/ledger_smartaccounts"]
    from client import (
        DAY_PARTS, PATIENCE, PER_MINUTE, PER_SECOND, PRODUCTION, SmartAccountsClient,
        calls_a_day,
    )
    from transport.budget import MemoryBudget
    from transport.http import HttpClient

    http = HttpClient(
        PRODUCTION,
        budget=MemoryBudget(
            PER_SECOND, PER_MINUTE, calls_a_day(50), day_parts=DAY_PARTS
        ),
        read_error=SmartAccountsClient.read_error,
        patience=PATIENCE,
        parse_float=Decimal,
    )
    client = SmartAccountsClient(http, public_key="…", secret_key="…")
    print(client.check_keys())
"""

from .body import encode
from .clock import TALLINN, local_day, stamp
from .errors import read_error
from .lists import Cursor, ListPage, Record
from .services import SERVICES, SETTINGS, WRITTEN
from .signing import Signature, sign
from .smartaccounts import (
    DAY_PARTS,
    DAY_SHARE,
    PATIENCE,
    PER_DAY,
    PER_MINUTE,
    PER_SECOND,
    PRODUCTION,
    SmartAccountsClient,
    Written,
    calls_a_day,
)
from .values import day_of, decimal_of, flag_of, moment_of, text_of, without_emoji

__all__ = [
    "DAY_PARTS",
    "DAY_SHARE",
    "PATIENCE",
    "PER_DAY",
    "PER_MINUTE",
    "PER_SECOND",
    "PRODUCTION",
    "SERVICES",
    "SETTINGS",
    "TALLINN",
    "WRITTEN",
    "Cursor",
    "ListPage",
    "Record",
    "Signature",
    "SmartAccountsClient",
    "Written",
    "calls_a_day",
    "day_of",
    "decimal_of",
    "encode",
    "flag_of",
    "local_day",
    "moment_of",
    "read_error",
    "sign",
    "stamp",
    "text_of",
    "without_emoji",
]
