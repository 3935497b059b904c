# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A connection to the database that is kept from one delivery to the next.

To take one from Odoo's pool, begin and commit are five questions to the database,
which cost more than the one that stores. So what arrives in a rush shares a connection
on which each statement is a transaction of its own.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import psycopg2

from odoo.sql_db import Cursor, PoolError, db_connect

#: Seconds after which the pool gets the connection back, so that nobody else lacks it
#: for long and an updated addon is seen.
SECONDS = 30.0


class Line:
    """Lends one cursor, to one thread at a time.

    :param database: name
    """

    def __init__(self, database: str) -> None:
        self._database = database
        self._lock = threading.Lock()
        self._cr: Cursor | None = None

    @contextmanager
    def cursor(self) -> Iterator[Cursor]:
        """Give the cursor; what each of its statements did is committed.

        :raises psycopg2.Error: the database is gone, or whatever is raised inside.
            The next one gets a fresh connection
        :raises PoolError: all connections of this process are in use
        """
        with self._lock:
            try:
                yield self._cr or self._take()
            except BaseException:
                self._give_back()
                raise

    def _take(self) -> Cursor:
        self._cr = db_connect(self._database).cursor()
        self._cr._cnx.autocommit = True
        timer = threading.Timer(SECONDS, self._end)
        timer.daemon = True
        timer.name = f"ledger.webhook.line.{self._database}"
        timer.start()
        return self._cr

    def _end(self) -> None:
        with self._lock:
            self._give_back()

    def _give_back(self) -> None:
        cr, self._cr = self._cr, None
        if cr is None:
            return
        # Broken, or taken out of the pool because its database was dropped.
        with suppress(psycopg2.Error, PoolError):
            cr.close()
