# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Servers that are killed and replaced on one database, for many tests."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from house import databases, environment
from house.postgres import Postgres
from sandbox.control import World
from tests.conftest import OdooProcess

from .client import OdooClient
from .logs import assert_quiet
from .sending import ENTITIES, Outgoing, connect_outgoing


class Succession:
    """Servers on a database of their own; who is killed is replaced when asked for.

    :param home: folder for their logs
    :param arguments: of every server
    """

    def __init__(self, database: str, home: Path, *arguments: str) -> None:
        self.database = database
        self._home = home
        self._arguments = arguments
        self._alive: list[OdooProcess] = []
        self._dead: list[OdooProcess] = []

    def server(self, number: int = 0) -> OdooProcess:
        """Return a running server; it and those before it are started if need be."""
        while len(self._alive) <= number:
            started = OdooProcess(self.database, self._home, self._arguments)
            self._alive.append(started)
            started.wait_until_ready()
        return self._alive[number]

    def login(self, number: int = 0) -> OdooClient:
        """Log a manager in on a server."""
        return OdooClient(self.server(number).url, self.database)

    def kill(self, number: int = 0) -> None:
        """End a server as a power cut does; those after it move up."""
        killed = self._alive.pop(number)
        killed.kill()
        self._dead.append(killed)

    def kill_all(self) -> None:
        """End all servers at once, whichever of them is at work."""
        while self._alive:
            self.kill()

    def assert_quiet(self) -> None:
        """Fail on warnings and errors of any server; of the dead they are read once."""
        dead, self._dead = self._dead, []
        for server in [*dead, *self._alive]:
            assert_quiet(server.log)

    def stop(self) -> None:
        """End all of them as an administrator does."""
        for server in self._alive:
            server.stop()


@contextmanager
def succession(postgres: Postgres, home: Path, *arguments: str) -> Iterator[Succession]:
    """Make a database for servers in succession; it is dropped in the end.

    :param home: folder for their logs
    :param arguments: of every server
    """
    name = environment.scratch_name()
    databases.copy(postgres, os.environ["LEDGER_TEMPLATE_DB"], name)
    servers = Succession(name, home, *arguments)
    try:
        yield servers
    finally:
        servers.stop()
        databases.drop(postgres, name)


@contextmanager
def connecting(servers: Succession, world: World) -> Iterator[Callable[..., Outgoing]]:
    """Yield what connects these servers to a world, see ``connect_outgoing()``.

    Connections end with the block; all logs have to be quiet then.
    """
    made: list[Outgoing] = []

    def connect(*entities: str, **settings: Any) -> Outgoing:
        sent = entities or ENTITIES
        made.append(connect_outgoing(servers.login(), world, sent, **settings))
        return made[-1]

    yield connect
    # Lets go of whoever still waits for an answer.
    world.clear_faults()
    for out in made:
        out.books.odoo = servers.login()
        out.let_lanes_run()
        out.forget()
    servers.assert_quiet()
