# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Real servers on real databases, connected to worlds of the sandbox."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from house.postgres import Postgres
from sandbox.control import Sandbox, World
from tests.conftest import OdooProcess
from tests.support.client import OdooClient
from tests.support.database import Database
from tests.support.logs import assert_quiet
from tests.support.servers import serving, the_sandbox


@pytest.fixture(scope="session")
def sandbox() -> Sandbox:
    """The stand-ins of the vendors."""
    return the_sandbox()


@pytest.fixture
def make_world(sandbox: Sandbox) -> Iterator[Callable[..., World]]:
    """Make worlds of Tripletex; they end with the test."""
    made: list[World] = []

    def make(**settings: object) -> World:
        world = sandbox.world("tripletex", **settings)
        made.append(world)
        return world

    yield make
    for world in made:
        # Lets go of whoever still waits for an answer.
        world.clear_faults()
        world.drop()


@pytest.fixture
def world(make_world: Callable[..., World]) -> World:
    """A world of Tripletex with one empty company."""
    return make_world()


@pytest.fixture
def database(new_database: Callable[[], str]) -> Database:
    """A database with all addons, for this test alone."""
    return Database(new_database())


@pytest.fixture
def expected_in_logs() -> tuple[str, ...]:
    """Parts of warnings that a test provokes; a file may say others."""
    return ()


@pytest.fixture
def serve(
    database: Database,
    start_odoo: Callable[..., OdooProcess],
    expected_in_logs: tuple[str, ...],
) -> Iterator[Callable[..., OdooProcess]]:
    """Start servers on `database`; in the end their logs have to be quiet."""
    started: list[OdooProcess] = []

    def start(*arguments: str) -> OdooProcess:
        server = start_odoo(*arguments, database=database.name)
        started.append(server)
        return server

    yield start
    for server in started:
        server.stop()
        assert_quiet(server.log, *expected_in_logs)


@pytest.fixture
def login(database: Database) -> Callable[[OdooProcess], OdooClient]:
    """Log a manager in on a server."""
    return lambda server: OdooClient(server.url, database.name)


# Of the package: test classes of Odoo end every process that their own started.
@pytest.fixture(scope="package")
def shared_server(
    postgres: Postgres, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[OdooProcess]:
    """A server for tests that leave it as it was; its log has to be quiet."""
    with serving(postgres, tmp_path_factory.mktemp("shared")) as server:
        yield server


@pytest.fixture
def shared_database(shared_server: OdooProcess) -> Database:
    """The database of the shared server."""
    return Database(shared_server.database)


@pytest.fixture
def odoo(shared_server: OdooProcess) -> Iterator[OdooClient]:
    """A manager's session on the shared server; connections are paused after it."""
    client = OdooClient(shared_server.url, shared_server.database)
    yield client
    live = client.find("ledger.connection", [("state", "!=", "paused")])
    client.call("ledger.connection", "action_pause", live)
