# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Power cuts: whatever the moment, nothing is doubled and nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pytest

from sandbox.control import World
from tests.conftest import OdooProcess
from tests.support.books import connect
from tests.support.claims import Tally, assert_each_once, remote_ids
from tests.support.client import OdooClient
from tests.support.database import Database
from tests.support.waiting import until

Serve = Callable[..., OdooProcess]
Login = Callable[[OdooProcess], OdooClient]
CUSTOMERS, PAGE, KILLS = 3000, 100, 5
_LINKED = "SELECT count(*) FROM ledger_binding WHERE resource = %s"
_STATES = "SELECT state FROM ledger_sync_job ORDER BY id"


@pytest.fixture
def expected_in_logs() -> tuple[str, ...]:
    """Odoo takes a third death of the process for a time-out of the action."""
    return ("Job 'Ledger Connectors: lane 1'",)


def _linked(database: Database, resource: str) -> int:
    return database.value(_LINKED, resource)


def _kill_when(
    server: OdooProcess, database: Database, what: str, reached: Callable[[], bool]
) -> None:
    until(what, lambda: database.wake_lanes() or reached())
    server.kill()


def test_a_pull_killed_five_times_brings_every_customer_once(
    serve: Serve, login: Login, database: Database, world: World
) -> None:
    """At moments that a seed chooses, in a page or between two."""
    world.seed(customers=CUSTOMERS, seed=3)
    server = serve()
    books = connect(login(server), world, ["partner"], page_size=PAGE)
    tally = Tally(database, "res.partner")
    moments = sorted(Random(19).sample(range(PAGE, CUSTOMERS - 5 * PAGE), KILLS))
    # So that a page takes as long to come as to be stored.
    world.fault("^/customer$", delay=0.15)
    books.go_live()
    for moment in moments:
        _kill_when(
            server,
            database,
            f"{moment} customers are linked",
            lambda least=moment: _linked(database, "customer") >= least,
        )
        assert database.rows(_STATES) == [("running",)]
        server = serve()
        books.odoo = login(server)
    (job,) = books.wait_until_ended()
    assert job["state"] == "done", job
    assert_each_once(books, database, "customer", remote_ids(world, "customer"))
    assert tally.count() == CUSTOMERS
    tally.assert_all_linked()
    flow = books.flow("partner")
    assert flow["last_full"]
    assert flow["cursor"]["full"] is False


def test_a_page_killed_in_its_middle_leaves_nothing_behind(
    serve: Serve, login: Login, database: Database, world: World
) -> None:
    """Its partners were made, its links were not yet."""
    world.seed(customers=60, seed=5)
    server = serve()
    books = connect(login(server), world, ["partner"], page_size=20)
    tally = Tally(database, "res.partner")
    with database.locked("ledger_binding"):
        books.go_live()
        _kill_when(
            server, database, "a page stores its links", database.has_waiting_statement
        )
        assert tally.count() == 0
        server = serve()
        books.odoo = login(server)
    (job,) = books.wait_until_ended()
    assert job["state"] == "done", job
    assert_each_once(books, database, "customer", remote_ids(world, "customer"))
    assert tally.count() == 60
    tally.assert_all_linked()


def test_a_pull_killed_between_two_pages_goes_on_with_the_next_one(
    serve: Serve, login: Login, database: Database, world: World
) -> None:
    """What is committed is not read a second time."""
    world.seed(customers=100, seed=6)
    world.fault("^/customer$", query={"from": 40}, delay=600)
    server = serve()
    books = connect(login(server), world, ["partner"], page_size=20)
    books.go_live()
    _kill_when(
        server,
        database,
        "the third page is asked for",
        lambda: world.faults()[0]["fired"],
    )
    assert _linked(database, "customer") == 40
    world.clear_faults()
    world.clear_calls()
    books.odoo = login(serve())
    (job,) = books.wait_until_ended()
    assert job["state"] == "done", job
    first = world.calls(path="^/customer$")[0]
    assert ["from", "40"] in first["query"]
    assert_each_once(books, database, "customer", remote_ids(world, "customer"))


def test_invoices_killed_twice_come_once_with_their_customers_and_products(
    serve: Serve, login: Login, database: Database, world: World
) -> None:
    """An invoice brings its customer and products, which nobody may make twice."""
    world.seed(customers=60, products=40, invoices=120, credit_notes=10, seed=8)
    server = serve()
    books = connect(login(server), world, page_size=15)
    partners = Tally(database, "res.partner")
    moves = Tally(database, "account.move")
    books.go_live()
    for least in (20, 70):
        _kill_when(
            server,
            database,
            f"{least} invoices are linked",
            lambda least=least: _linked(database, "invoice") >= least,
        )
        server = serve()
        books.odoo = login(server)
    jobs = books.wait_until_ended()
    assert {job["state"] for job in jobs} == {"done"}, books.troubles()
    assert_each_once(books, database, "invoice", remote_ids(world, "invoice"))
    assert_each_once(books, database, "product", remote_ids(world, "product"))
    assert moves.count() == 120
    partners.assert_all_linked()
    moves.assert_all_linked()
