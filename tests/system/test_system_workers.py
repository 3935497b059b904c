# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Several workers, as on a busy installation: two servers on one database."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable

import pytest

from sandbox.control import World
from tests.conftest import OdooProcess
from tests.support.books import Books, connect, make_office_credential, prepare
from tests.support.claims import Tally, assert_each_once, remote_ids
from tests.support.client import OdooClient, OdooError
from tests.support.database import Database
from tests.support.waiting import until

Serve = Callable[..., OdooProcess]
Login = Callable[[OdooProcess], OdooClient]
THREE_WORKERS = ("--max-cron-threads", "3")
NEW_SESSION = "/token/session/:create"


def _set_lanes(odoo: OdooClient, number: int) -> None:
    settings = odoo.create("res.config.settings", ledger_lanes=number)
    odoo.call("res.config.settings", "execute", [settings])


def _addresses(world: World, path: str) -> Counter[str]:
    calls = world.calls(path=path)
    return Counter(call["path"] + json.dumps(call["query"]) for call in calls)


def test_two_servers_on_one_connection_share_the_work_and_double_nothing(
    serve: Serve, login: Login, database: Database, world: World
) -> None:
    """Both lanes of both servers are after the same books."""
    world.seed(customers=300, products=60, seed=11)
    one, _two = serve(*THREE_WORKERS), serve(*THREE_WORKERS)
    odoo = login(one)
    _set_lanes(odoo, 2)
    books = connect(odoo, world, page_size=20)
    partners = Tally(database, "res.partner")
    world.clear_calls()
    books.go_live()
    assert {job["state"] for job in books.wait_until_ended()} == {"done"}
    assert_each_once(books, database, "customer", remote_ids(world, "customer"))
    assert partners.count() == 300
    twice = [x for x, times in _addresses(world, "^/customer$").items() if times > 1]
    assert not twice
    assert world.count_calls(path=NEW_SESSION) == 0


def test_a_run_by_hand_says_that_the_flow_is_running_already(
    serve: Serve, login: Login, world: World
) -> None:
    """The second worker is told, and leaves the first one alone."""
    world.seed(customers=40, seed=12)
    one, two = serve(), serve()
    books = connect(login(one), world, ["partner"], page_size=20)
    world.fault("^/customer$", nth=2, delay=5)
    books.go_live()
    until("the first server waits", lambda: world.faults()[0]["fired"])
    flow = books.flow("partner")["id"]
    with pytest.raises(OdooError, match="is running already") as refused:
        login(two).call("ledger.flow", "run", [flow])
    assert refused.value.name == "odoo.exceptions.UserError"
    world.clear_faults()
    books.wait_until_ended()
    assert books.jobs()[0]["state"] == "done"


def test_workers_that_meet_a_dead_session_make_one_new_one(
    serve: Serve, login: Login, database: Database, world: World
) -> None:
    """Two clients of an office, read by two workers with one key."""
    world.add_office(["Nordvik Rør AS", "Fjellheim Bakeri AS"])
    for client in world.credentials["client_ids"]:
        world.seed(company=client, customers=30)
    odoo = login(serve(*THREE_WORKERS))
    serve(*THREE_WORKERS)
    _set_lanes(odoo, 2)
    both = _office_books(odoo, world)
    world.expire_sessions()
    world.clear_calls()
    # Long enough for both to be refused with the old session.
    world.fault(times=2, delay=5)
    for books in both:
        books.press("action_sync_now")
    for books in both:
        books.wait_until_ended()
        assert [job["state"] for job in books.jobs()] == ["done"]
    refused = [call for call in world.refused() if call["status"] == 401]
    assert len(refused) == 2, "both workers met the dead session"
    assert world.count_calls(path=NEW_SESSION) == 1


def _office_books(odoo: OdooClient, world: World) -> list[Books]:
    credential = make_office_credential(odoo, world)
    result = []
    for client in world.credentials["client_ids"]:
        connection = odoo.create(
            "ledger.connection",
            name=f"Client {client}",
            credential_id=credential,
            remote_company_id=str(client),
        )
        books = Books(odoo, world, connection, credential)
        prepare(books, ["partner"])
        result.append(books)
    return result
