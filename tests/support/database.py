# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A database seen from outside of Odoo: what is really in its tables."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg2

_WAITING = """
SELECT count(*) FROM pg_stat_activity
 WHERE datname = current_database() AND wait_event_type = 'Lock'
"""
# As `ir.cron._trigger()` does it: the action itself is locked while it runs.
_TRIGGER = """
INSERT INTO ir_cron_trigger (cron_id, call_at)
SELECT id, now() AT TIME ZONE 'UTC' FROM ir_cron cron
 WHERE active AND cron_name LIKE %s
   AND NOT EXISTS (SELECT FROM ir_cron_trigger WHERE cron_id = cron.id)
"""


class Database:
    """A database of this run's server, by SQL.

    :param name: its name
    """

    def __init__(self, name: str) -> None:
        self.name = name

    def rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """Run a statement in a transaction of its own and return its rows."""
        with self._connected() as connection, connection.cursor() as cursor:
            cursor.execute(sql, values or None)
            return cursor.fetchall() if cursor.description else []

    def value(self, sql: str, *values: Any) -> Any:
        """Return the first value of the first row, None if there is no row."""
        rows = self.rows(sql, *values)
        return rows[0][0] if rows else None

    def has_waiting_statement(self) -> bool:
        """Tell whether a statement of some process waits for a lock."""
        return bool(self.value(_WAITING))

    def wake_lanes(self) -> None:
        """Let the lanes run now, as they do every minute anyway."""
        self.wake("Ledger Connectors: lane%")

    def wake(self, cron: str) -> None:
        """Make scheduled actions due now, and let a worker look for them.

        :param cron: pattern of their names
        """
        self.rows(_TRIGGER, cron)
        Database("postgres").rows("SELECT pg_notify('cron_trigger', %s)", self.name)

    def dump(self) -> str:
        """Return everything that a backup holds, as text."""
        command = ["pg_dump", "--inserts", self.name]
        return subprocess.run(
            command, check=True, capture_output=True, text=True
        ).stdout

    @contextmanager
    def locked(self, table: str) -> Iterator[None]:
        """Keep a table from being written meanwhile; writers wait."""
        with self._connected() as connection, connection.cursor() as cursor:
            cursor.execute(f'LOCK TABLE "{table}" IN SHARE MODE')
            yield

    @contextmanager
    def _connected(self) -> Iterator[Any]:
        connection = psycopg2.connect(dbname=self.name)
        try:
            with connection:
                yield connection
        finally:
            connection.close()
