# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Query parameters: which ones a call knows, and how their values are written."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

_PAGING = frozenset({"from", "count", "sorting", "fields"})
#: (§4) Unknown query parameters are ignored without a word, so that a misspelt filter
#: would return everything. These are the lists and filters of the vendor's document.
QUERY_PARAMETERS: dict[str, frozenset[str]] = {
    path: _PAGING | frozenset(names.split())
    for path, names in json.loads(
        Path(__file__).with_name("parameters.json").read_text("ascii")
    ).items()
}
#: The same for calls that write, by method and path. A misspelt ``sendToCustomer``
#: would mail invoices to customers (§9).
WRITE_PARAMETERS: dict[str, frozenset[str]] = {
    call: frozenset(names.split())
    for call, names in json.loads(
        Path(__file__).with_name("writes.json").read_text("ascii")
    ).items()
}
_ID = re.compile(r"/[0-9]+(?=/|$)")
#: (§4) A window is demanded even where ids are given: one that holds every date.
_ANY_DATE = {
    "dateFrom": "1900-01-01",
    "dateTo": "2200-01-01",
    "invoiceDateFrom": "1900-01-01",
    "invoiceDateTo": "2200-01-01",
    "orderDateFrom": "1900-01-01",
    "orderDateTo": "2200-01-01",
}


def known_parameters(path: str) -> frozenset[str]:
    """Return the query parameters of the list at *path*.

    :raises ValueError: *path* is no known list
    """
    if path not in QUERY_PARAMETERS:
        raise ValueError(f"{path} is no known list")
    return QUERY_PARAMETERS[path]


def check_parameters(path: str, query: Mapping[str, Any]) -> None:
    """Check that the list at *path* knows all parameters of *query*.

    :raises ValueError: it does not
    """
    if unknown := set(query) - known_parameters(path):
        names = ", ".join(sorted(unknown))
        raise ValueError(f"{path} has no query parameter {names}")


def check_writing(method: str, path: str, query: Mapping[str, Any]) -> None:
    """Check that the call *method* of *path* exists and knows all of *query*.

    :raises ValueError: it does not
    """
    call = f"{method} {_ID.sub('/{id}', path)}"
    if call not in WRITE_PARAMETERS:
        raise ValueError(f"{call} is no known call")
    if unknown := set(query) - WRITE_PARAMETERS[call]:
        names = ", ".join(sorted(unknown))
        raise ValueError(f"{call} has no query parameter {names}")


def every_date(path: str) -> dict[str, str]:
    """Return the filters that let the list at *path* return all dates."""
    known = known_parameters(path)
    return {name: day for name, day in _ANY_DATE.items() if name in known}


def upper_bound(day: date) -> str:
    """Return the value of a ``…To`` filter that still includes *day*.

    Upper bounds are exclusive everywhere (§4).
    """
    return (day + timedelta(days=1)).isoformat()


def as_query(params: Mapping[str, Any]) -> dict[str, str]:
    """Return *params* as Tripletex writes them; None values are left out."""
    texts = {}
    for name, value in params.items():
        if isinstance(value, list | tuple | set):
            texts[name] = ",".join(map(str, value))
        elif isinstance(value, bool):
            texts[name] = str(value).lower()
        elif value is not None:
            texts[name] = str(value)
    return texts
