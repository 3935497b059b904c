# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Getting an API key in the browser: the key login (§2)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from .access import text_in

if TYPE_CHECKING:
    from transport.http import HttpClient

_API_PATH = re.compile(r"(?:/(?:latest|supported|v\d{4}))?/api/?$")


def key_login_url(base_url: str, client_id: str, redirect_uri: str, state: str) -> str:
    """Return where to send the user's browser.

    It comes back to *redirect_uri* with ``code``, which lives for some minutes, and
    ``state``.

    :param base_url: of the API
    :param state: unguessable; what comes back has to bring the same
    """
    query = {
        "response_type": "code",
        "client_id": client_id,
        "redirect_uri": redirect_uri,
        "state": state,
    }
    return f"{_API_PATH.sub('', base_url.rstrip('/'))}/keylogin?{urlencode(query)}"


def exchange_code(
    http: HttpClient,
    *,
    client_id: str,
    client_secret: str,
    redirect_uri: str,
    code: str,
) -> str:
    """Return the API key for the *code* that a browser brought back.

    A code serves once, so the call is never repeated: if its answer is lost, the user
    has to log in anew.

    :raises transport.errors.LedgerError: the code is refused, or the answer lost
    """
    http.masker.add(client_secret, code)
    form = {
        "grant_type": "authorization_code",
        "client_id": client_id,
        "client_secret": client_secret,
        "redirect_uri": redirect_uri,
        "code": code,
    }
    answer = http.request("POST", "/oauth/key", data=form)
    key = text_in(http, answer, "api_key")
    http.masker.add(key)
    return key
