# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The wire of Tripletex API v2: sessions, paging, checksums, errors.

Facts come from the project's dossier of the API; its sections are named as (§n).
Nothing here imports Odoo, nor the transport, which is handed in. From a prompt::

    import sys
    sys.path[:0] = ["addons/ledger_connector_base", "addons/ledger_tripletex"]
    from client import LIMIT_HEADERS, REQUEST_ID_HEADER, TripletexClient
    from transport.http import HttpClient
    from transport.tokens import MemoryTokenStore

    http = HttpClient(
        "https://api-test.tripletex.tech/v2",
        read_error=TripletexClient.read_error,
        request_id_header=REQUEST_ID_HEADER,
        limit_headers=LIMIT_HEADERS,
    )
    client = TripletexClient(
        http, MemoryTokenStore(), consumer_token="…", employee_token="…"
    )
    print(client.who_am_i())
"""

from .answers import LIMIT_HEADERS, REQUEST_ID_HEADER
from .calls import OWN_COMPANY
from .lists import ListPage
from .query import QUERY_PARAMETERS, WRITE_PARAMETERS, every_date, upper_bound
from .tripletex import BULK, TripletexClient

__all__ = [
    "BULK",
    "LIMIT_HEADERS",
    "OWN_COMPANY",
    "QUERY_PARAMETERS",
    "REQUEST_ID_HEADER",
    "ListPage",
    "WRITE_PARAMETERS",
    "TripletexClient",
    "every_date",
    "upper_bound",
]
