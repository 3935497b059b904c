# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Makes, copies and drops databases together with their file stores."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from .cache import folder
from .postgres import Postgres


def exists(server: Postgres, name: str) -> bool:
    """Tell whether a database is there.

    :param server: where to look
    :param name: the database
    """
    return bool(server.query(f"SELECT 1 FROM pg_database WHERE datname = '{name}'"))


def copy(server: Postgres, template: str, name: str) -> None:
    """Make a database that is like another one, as a database of its own.

    The copy gets its own `database.uuid`: connections tell a copy from the
    original by it.

    :param server: where both are
    :param template: a database that nobody is connected to
    :param name: the new one
    :raise SetupError: when the new one exists already, or the template is in use
    """
    server.query(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY FILE_COPY')
    server.query(
        "UPDATE ir_config_parameter SET value = gen_random_uuid()"
        " WHERE key = 'database.uuid'",
        database=name,
    )
    if _store(template).exists():
        shutil.rmtree(_store(name), ignore_errors=True)
        # Odoo never changes a stored file in place, so both can share it.
        shutil.copytree(_store(template), _store(name), copy_function=os.link)


def drop(server: Postgres, name: str) -> None:
    """Drop a database and its files, whoever is connected; harmless if there is none.

    :param server: where it is
    :param name: the database
    """
    if exists(server, name):
        # Not WITH (FORCE): that would need the right to end the server's own
        # autovacuum, which a plain DROP asks to leave.
        server.query(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
        server.query(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            f" WHERE datname = '{name}' AND usename = current_user"
        )
        server.query(f'DROP DATABASE "{name}"')
    shutil.rmtree(_store(name), ignore_errors=True)


def rename(server: Postgres, name: str, new: str) -> None:
    """Give a database another name.

    :param server: where it is
    :param name: a database that nobody is connected to
    :param new: its new name
    """
    server.query(f'ALTER DATABASE "{name}" RENAME TO "{new}"')
    if _store(name).exists():
        shutil.rmtree(_store(new), ignore_errors=True)
        _store(name).rename(_store(new))


def _store(name: str) -> Path:
    return folder("data", "filestore") / name
