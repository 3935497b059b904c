# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Wakes the lanes once for all events of a moment.

Triggers of scheduled actions in the future are looked at once a minute, and one for
each delivery would cost more than the delivery. So a thread waits for the coalescing
window to pass and wakes the lanes then. It is a courtesy: if the process ends before,
the lanes find the events at their next turn, at most a minute later.
"""

from __future__ import annotations

import logging
import threading
from time import monotonic

import psycopg2

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.sql_db import PoolError

_logger = logging.getLogger(__name__)

#: Seconds on top of the window: an event has to be older than it, not as old.
_MARGIN = 0.25
_lock = threading.Lock()
#: For each database that has a thread waiting: when its last event is due.
_due: dict[str, float] = {}


def ring_after(database: str, seconds: float) -> None:
    """Wake the lanes of *database* in so many seconds, unless that is under way."""
    with _lock:
        waiting = database in _due
        _due[database] = monotonic() + seconds + _MARGIN
    if not waiting:
        _start(database, seconds + _MARGIN)


def _start(database: str, seconds: float) -> None:
    timer = threading.Timer(seconds, _ring, (database,))
    timer.daemon = True
    timer.name = f"ledger.webhook.{database}"
    timer.start()


def _ring(database: str) -> None:
    try:
        _wake(database)
    except (psycopg2.Error, PoolError, KeyError) as error:
        # The lanes come by themselves within a minute.
        _logger.info("Lanes of %s not woken: %s", database, type(error).__name__)
    with _lock:
        left = _due[database] - monotonic()
        if left <= 0:
            del _due[database]
            return
    # More came in meanwhile, whose window is not over.
    _start(database, left)


def _wake(database: str) -> None:
    threading.current_thread().dbname = database
    with Registry(database).cursor() as cr:
        # Nobody is logged in: the vendor called. All that is done is to wake lanes.
        api.Environment(cr, SUPERUSER_ID, {})["ledger.lane"]._wake()
