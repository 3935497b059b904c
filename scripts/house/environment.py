# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Sets up everything a command needs and hands it over."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

from . import databases, odoo_source, postgres, venv
from .cache import folder
from .odoo_runtime import OdooRuntime

SCRATCH = "ledger_scratch"


@contextmanager
def opened(python_path: tuple[Path, ...] = ()) -> Iterator[OdooRuntime]:
    """Set up what is missing and give an Odoo that can be run.

    :param python_path: more folders with Python packages and addons
    :return: the Odoo; its server and its folder end with the context
    :raise SetupError: when something cannot be set up
    """
    with ThreadPoolExecutor(1) as beside:
        # The first time, each keeps one core busy for most of a minute.
        fetched = beside.submit(odoo_source.find)
        python = venv.ensure()
        source = fetched.result()
    with postgres.running(python) as server:
        _forget_dead_runs(server)
        home = Path(mkdtemp(prefix=f"{os.getpid()}-", dir=folder("runs")))
        try:
            runtime = OdooRuntime(source, python, server, home, python_path)
            runtime.write_configuration()
            yield runtime
        finally:
            shutil.rmtree(home, ignore_errors=True)


def scratch_name() -> str:
    """Return a name for a database that ends with this run, however that ends."""
    return f"{SCRATCH}_{os.getpid()}_{os.urandom(4).hex()}"


def _forget_dead_runs(server: postgres.Postgres) -> None:
    for path in folder("runs").iterdir():
        if not _is_alive(path.name.partition("-")[0]):
            shutil.rmtree(path, ignore_errors=True)
    rows = server.query(
        f"SELECT datname FROM pg_database WHERE datname LIKE '{SCRATCH}%'"
    )
    for (name,) in rows:
        maker = re.match(rf"{SCRATCH}_(\d+)_", name)
        if maker and not _is_alive(maker[1]):
            databases.drop(server, name)


def _is_alive(pid: str) -> bool:
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
