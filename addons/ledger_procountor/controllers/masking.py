# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Keeps what Procountor's browser redirects bring out of the server's log."""

from __future__ import annotations

import logging
import re

#: The address with its query, plain or as a parameter of the log-in page.
_ADDRESS = re.compile(
    r"(ledger(?:/|%2F)procountor(?:/|%2F)\w+)(?:\?|%3F)[^\s\"'#]*", re.IGNORECASE
)
#: The loggers of Odoo's servers, which write the path of each request.
_LOGGERS = ("werkzeug", "longpolling", "odoo.http")


class QueryMask(logging.Filter):
    """Replaces the query in lines that name an address that Procountor leads to."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Mask *record* where it is needed; all records pass."""
        if any(isinstance(x, str) and _ADDRESS.search(x) for x in _texts(record)):
            record.msg = _ADDRESS.sub(r"\1?…", record.getMessage())
            record.args = ()
        return True


def _texts(record: logging.LogRecord) -> tuple[object, ...]:
    args = record.args if isinstance(record.args, tuple) else ()
    return (record.msg, *args)


def install() -> None:
    """Put the mask on the servers' loggers; once is enough, twice does no harm."""
    for name in _LOGGERS:
        logger = logging.getLogger(name)
        if not any(isinstance(x, QueryMask) for x in logger.filters):
            logger.addFilter(QueryMask())
