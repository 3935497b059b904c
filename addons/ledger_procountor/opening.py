# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What comes back when somebody opens the API (§2): addresses, ids, keys."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import parse_qsl, urlsplit

#: How the request may be called in the callback's address: the vendor does not
#: document it. Compared without case and signs; the first that is there counts.
NAMES = (
    "requestid",
    "activationrequestid",
    "integrationrequestid",
    "activationid",
    "request",
    "id",
)
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.~-]{3,99}")


def request_id_of(params: Mapping[str, str]) -> str:
    """Return the id of the activation request among the parameters of an address.

    Under one of its usual names, else the only one that looks like an id.

    :return: "" if there is none
    """
    plain = {re.sub(r"[^a-z]", "", k.lower()): v.strip() for k, v in params.items()}
    for name in NAMES:
        if _ID.fullmatch(plain.get(name, "")):
            return plain[name]
    likely = {value for value in plain.values() if _UUID.fullmatch(value)}
    return likely.pop() if len(likely) == 1 else ""


def request_id_in(text: str) -> str:
    """Return the id of the activation request in what a person has pasted.

    :param text: the id, or the address that the activation link ended on
    :return: "" if there is none
    """
    text = text.strip()
    if _ID.fullmatch(text):
        return text
    address = urlsplit(text)
    if found := request_id_of(dict(parse_qsl(address.query))):
        return found
    last = address.path.rstrip("/").rpartition("/")[2]
    return last if _UUID.fullmatch(last) else ""
