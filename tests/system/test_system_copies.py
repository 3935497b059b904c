# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Copies of a live database: restored ones, and those made for tests."""

from __future__ import annotations

import os
import shlex
import subprocess
from collections.abc import Callable, Iterator

import pytest

from house import databases, environment
from house.postgres import Postgres
from tests.conftest import OdooProcess
from tests.support.books import Books, connect
from tests.support.client import OdooClient
from tests.support.database import Database
from tests.support.servers import serving, the_sandbox
from tests.support.waiting import until

Start = Callable[..., OdooProcess]
_SECRETS = """
SELECT (SELECT count(*) FROM ledger_credential WHERE secret_data IS NOT NULL)
     + (SELECT count(*) FROM ledger_token WHERE secret_data IS NOT NULL)
"""


@pytest.fixture(scope="module")
def live(
    postgres: Postgres, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Books]:
    """A live connection that has synced; its server is stopped."""
    home = tmp_path_factory.mktemp("live")
    with the_sandbox().world("tripletex") as world, serving(postgres, home) as server:
        world.seed(customers=15, seed=51)
        books = connect(OdooClient(server.url, server.database), world, ["partner"])
        books.go_live()
        assert books.wait_until_ended()[0]["state"] == "done"
        server.stop()
        yield books


@pytest.fixture
def copy(postgres: Postgres, live: Books) -> Iterator[Database]:
    """A copy of the live database, as a restored backup is one."""
    name = environment.scratch_name()
    # It gets a uuid of its own, as Odoo gives one to what it restores as a copy.
    databases.copy(postgres, live.odoo.database, name)
    live.world.clear_calls()
    yield Database(name)
    databases.drop(postgres, name)


@pytest.fixture
def copied(copy: Database, live: Books, start_odoo: Start) -> Callable[[], Books]:
    """Start a server on the copy; its books are the same ones."""

    def start() -> Books:
        odoo = OdooClient(start_odoo(database=copy.name).url, copy.name)
        return Books(odoo, live.world, live.connection, live.credential)

    return start


def test_a_restored_copy_makes_no_call_and_says_why(
    copied: Callable[[], Books], copy: Database
) -> None:
    """Two databases must not work on one company's books."""
    books = copied()
    # As at the end of the flows' interval.
    copy.rows("UPDATE ledger_flow SET next_run = now() AT TIME ZONE 'UTC'")
    copy.wake_lanes()
    until("the copy was noticed", lambda: books.state()["state"] == "copy")
    state = books.state()
    assert "is a copy" in state["error"]
    assert "Take over" in state["error"]
    assert books.test()["type"] == "danger"
    assert books.world.count_calls() == 0


def test_a_copy_that_takes_over_goes_on(copied: Callable[[], Books]) -> None:
    """After a move to a new server one press is enough, and nothing is doubled."""
    books = copied()
    assert books.press("action_take_over")["params"]["type"] == "success"
    books.world.add("customer", name="Hardanger Frukt AS")
    books.go_live()
    job = books.wait_until_ended()[-1]
    assert (job["state"], job["created"]) == ("done", 1)
    assert books.state()["state"] == "live"


def test_a_neutralized_copy_has_no_secrets_and_is_paused(
    copied: Callable[[], Books], copy: Database
) -> None:
    """By Odoo's own command, as hosts run it."""
    assert copy.value(_SECRETS) >= 2
    command = [*shlex.split(os.environ["LEDGER_ODOO_BIN"]), "neutralize"]
    subprocess.run([*command, "--database", copy.name], check=True)
    assert copy.value(_SECRETS) == 0
    books = copied()
    assert books.state()["state"] == "paused"
    assert books.test()["type"] == "danger"
    assert books.world.count_calls() == 0
