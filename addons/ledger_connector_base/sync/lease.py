# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The right to work on a connection, held by one worker at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from odoo.sql_db import db_connect


@contextmanager
def lease(dbname: str, name: str, number: int) -> Iterator[bool]:
    """Hold the lease *name*/*number* while the block runs; yields whether it is held.

    A session advisory lock on a database session of its own: it outlives the commit of
    every page, needs no timer, and ends with the process that holds it.

    :param dbname: database of the connection
    :param name: what is leased, e.g. ``ledger_connection``
    :param number: database id of what is leased
    """
    with db_connect(dbname).cursor() as cr:
        cr.execute("SELECT pg_try_advisory_lock(hashtext(%s), %s)", (name, number))
        held = cr.fetchone()[0]
        # An open transaction would keep vacuum from its work for the whole run.
        cr.commit()  # pylint: disable=invalid-commit
        try:
            yield held
        finally:
            if held:
                cr.execute(
                    "SELECT pg_advisory_unlock(hashtext(%s), %s)", (name, number)
                )
