# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Keeps the unguessable part of webhook addresses out of the server's log."""

from __future__ import annotations

import logging
import re

#: What all addresses of the door begin with.
PREFIX = "/ledger/webhook/"
MASKED = f"{PREFIX}…"
_ADDRESS = re.compile(re.escape(PREFIX) + r"[^\s\"'#]+")
#: The loggers of Odoo's servers, which write the path of each request.
_LOGGERS = ("werkzeug", "longpolling", "odoo.http")


class AddressMask(logging.Filter):
    """Replaces the token in lines that name an address of the door."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Mask *record* where it is needed; all records pass."""
        if any(isinstance(x, str) and PREFIX in x for x in _texts(record)):
            record.msg = _ADDRESS.sub(MASKED, record.getMessage())
            record.args = ()
        return True


def _texts(record: logging.LogRecord) -> tuple[object, ...]:
    args = record.args if isinstance(record.args, tuple) else ()
    return (record.msg, *args)


def install() -> None:
    """Put the mask on the servers' loggers; once is enough, twice does no harm."""
    for name in _LOGGERS:
        logger = logging.getLogger(name)
        if not any(isinstance(x, AddressMask) for x in logger.filters):
            logger.addFilter(AddressMask())
