# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What whole-system tests stand on: databases of their own and real Odoo processes.

`scripts/test` sets the variables that are read here. Outside of it these fixtures
fail; tests that use none of them run under any pytest.
"""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import socket
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from house import databases, environment
from house.postgres import Postgres
from house.processes import Service, free_port


class OdooProcess:
    """A real Odoo server on a database, to be talked to, stopped or killed."""

    def __init__(self, database: str, home: Path, arguments: tuple[str, ...]) -> None:
        self.database = database
        self.port = free_port(None, _any_port())
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = home / f"odoo-{self.port}.log"
        command = [
            *shlex.split(os.environ["LEDGER_ODOO_BIN"]),
            *("--database", database, "--db-filter", f"^{database}$"),
            *("--http-port", str(self.port), *arguments),
        ]
        self._service = Service("Odoo", command, dict(os.environ), self.log)

    @property
    def pid(self) -> int:
        """The process, for `os.kill`."""
        return self._service.process.pid

    def wait_until_ready(self) -> OdooProcess:
        """Wait until the server answers and the registry is loaded."""
        self._service.wait_until(self._answers, 120)
        return self

    def stop(self) -> None:
        """End the server as an administrator does."""
        self._service.stop()

    def kill(self) -> None:
        """End the server as a power cut does."""
        os.kill(self.pid, signal.SIGKILL)
        self._service.process.wait()

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/web/login", timeout=30) as answer:
                return answer.status == 200
        except (OSError, urllib.error.URLError):
            return False


@pytest.fixture(scope="session")
def postgres() -> Postgres:
    """The PostgreSQL server of this run."""
    names = ("PGHOST", "PGPORT", "PGUSER", "PGPASSWORD")
    variables = {name: os.environ[name] for name in names if name in os.environ}
    return Postgres(variables, Path(shutil.which("psql")).parent)


@pytest.fixture
def new_database(postgres: Postgres) -> Iterator[Callable[[], str]]:
    """Make databases with all addons installed; they are dropped after the test."""
    made: list[str] = []

    def make() -> str:
        name = environment.scratch_name()
        databases.copy(postgres, os.environ["LEDGER_TEMPLATE_DB"], name)
        made.append(name)
        return name

    yield make
    for name in made:
        databases.drop(postgres, name)


@pytest.fixture
def start_odoo(
    new_database: Callable[[], str], tmp_path: Path
) -> Iterator[Callable[..., OdooProcess]]:
    """Start Odoo servers, each on a database of its own unless one is named."""
    started: list[OdooProcess] = []

    def start(*arguments: str, database: str | None = None) -> OdooProcess:
        server = OdooProcess(database or new_database(), tmp_path, arguments)
        started.append(server)
        return server.wait_until_ready()

    yield start
    for server in started:
        server.stop()


def _any_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
