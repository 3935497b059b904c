# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Clients' months are counted: power cuts, two servers, the vendor's limit for a day.

Whatever happens, a month has one set of right figures and one task.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from house.postgres import Postgres
from sandbox.control import Sandbox, World
from tests.support.counting import (
    PAGE,
    Client,
    Office,
    calls_by_client,
    last_month,
    pages_asked,
)
from tests.support.database import Database
from tests.support.succession import Succession, succession
from tests.support.waiting import until

THREE_WORKERS = ("--max-cron-threads", "3")
#: Of 1,000 calls in 24 hours our half; of ours a tenth is kept for people who wait.
HALF_A_DAY, DAY = 500, 24 * 3600
_LAST_TURN = """
SELECT max(lastcall) FROM ir_cron WHERE cron_name LIKE 'Ledger Connectors: lane%'
"""
_BUDGET = """
SELECT allowed, seconds, used, started FROM ledger_budget
 WHERE credential_id = %s AND kind = 'day'
"""
_USED = """
UPDATE ledger_budget SET used = %s WHERE credential_id = %s AND kind = 'day'
"""
_LATER = (
    "UPDATE ledger_budget SET started = started - %(seconds)s"
    " WHERE credential_id = %(credential)s",
    "UPDATE ledger_sync_job SET run_after = run_after - %(time)s"
    " WHERE connection_id = %(connection)s",
    "UPDATE ledger_connection SET set_aside_until = set_aside_until - %(time)s"
    " WHERE id = %(connection)s",
)


@pytest.fixture(scope="module")
def servers(
    postgres: Postgres, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Succession]:
    """Servers on one database, two lanes each."""
    home = tmp_path_factory.mktemp("counting")
    with succession(postgres, home, *THREE_WORKERS) as servers:
        odoo = servers.login()
        settings = odoo.create("res.config.settings", ledger_lanes=2)
        odoo.call("res.config.settings", "execute", [settings])
        Office(odoo, Database(servers.database), last_month()).set_up()
        yield servers


@pytest.fixture
def office(servers: Succession) -> Iterator[Office]:
    """The office, on the first server that runs; all logs have to be quiet."""
    yield Office(servers.login(), Database(servers.database), last_month())
    servers.assert_quiet()


@pytest.fixture
def world(sandbox: Sandbox, office: Office) -> Iterator[World]:
    """SmartAccounts with one empty company; its clients are paused in the end."""
    with sandbox.world("smartaccounts") as world:
        yield world
        world.clear_faults()
        live = [("state", "!=", "paused"), ("system", "=", "smartaccounts")]
        ids = office.odoo.find("ledger.connection", live)
        office.odoo.call("ledger.connection", "action_pause", ids)


def _one_turn(office: Office) -> None:
    """Let the lanes run and wait until one of them is through."""
    before = office.database.value(_LAST_TURN)

    def is_over() -> bool:
        office.wake()
        return office.database.value(_LAST_TURN) != before

    until("a lane has had its turn", is_over)


def _until_held(office: Office, world: World, name: str) -> None:
    def hangs() -> bool:
        office.wake()
        return bool(world.faults()[0]["fired"])

    until(f"{name} is asked for", hangs)
    world.wait_held(name)


# === POWER CUTS === #


def test_a_count_killed_in_the_middle_of_a_month_goes_on_at_its_page(
    servers: Succession, office: Office, world: World
) -> None:
    """What is committed is not read again, but for the page that it stood at."""
    seeded = world.seed_month(office.label, entries=4 * PAGE + 50, documents=False)
    (client,) = office.take_on(world, world.companies())
    world.fault(query={"pageNumber": 4}, hold="page 4")
    office.fall_due([client])
    _until_held(office, world, "page 4")
    assert pages_asked(world, client) == [1, 2, 3]
    office.assert_not_counted(client)
    servers.kill_all()
    world.let_go("page 4", drop=True)
    world.clear_faults()
    world.clear_calls()
    office.odoo = servers.login()
    office.wait_until_ended([client])
    job = office.job(client)
    assert (job["state"], job["trigger"]) == ("done", "schedule"), job
    assert pages_asked(world, client) in ([4, 5], [3, 4, 5])
    office.assert_counted_once(client, seeded)


def test_a_month_killed_after_its_last_page_has_one_task(
    servers: Succession, office: Office, world: World
) -> None:
    """Figures and task come together or not at all."""
    seeded = world.seed_month(office.label, entries=30, documents=False)
    (client,) = office.take_on(world, world.companies())
    with office.database.locked("project_task"):
        office.fall_due([client])
        until(
            "the task is about to be stored",
            lambda: office.wake() or office.database.has_waiting_statement(),
        )
        office.assert_not_counted(client)
        servers.kill_all()
    office.odoo = servers.login()
    office.wait_until_ended([client])
    assert office.job(client)["state"] == "done", office.job(client)
    office.assert_counted_once(client, seeded)


# === TWO SERVERS === #


def test_two_servers_count_each_client_once(
    servers: Succession, office: Office, world: World
) -> None:
    """Four lanes are after the same clients, and share them."""
    servers.server(1)
    companies = world.add_companies(6)
    sizes = (PAGE + 1, 2 * PAGE, 2, PAGE, PAGE + 50, 1)
    seeded = [
        _seed(world, office, one, size)
        for one, size in zip(companies, sizes, strict=True)
    ]
    clients = office.take_on(world, companies)
    office.fall_due(clients)
    office.wait_until_ended(clients)
    _one_turn(office)
    assert [job["state"] for job in office.jobs(clients)] == 6 * ["done"]
    for client, counts in zip(clients, seeded, strict=True):
        office.assert_counted_once(client, counts)
    asked = [pages_asked(world, client) for client in clients]
    *others, empty = asked
    assert others == [[1, 2], [1, 2], [1], [1], [1, 2]]
    # Its last day is asked for once more if no other month had one with entries yet.
    assert empty in ([1], [1, 1])


def test_two_people_who_ask_for_a_month_during_the_nights_run_make_no_second_task(
    servers: Succession, office: Office, world: World
) -> None:
    """One works at a client's books at a time, the others come after."""
    people = [servers.login(number) for number in range(2)]
    seeded = world.seed_month(office.label, entries=PAGE + 1, documents=False)
    (client,) = office.take_on(world, world.companies())
    world.fault(query={"pageNumber": 2}, times=1, hold="page 2")
    office.fall_due([client])
    _until_held(office, world, "page 2")
    with ThreadPoolExecutor() as pool:
        asked = [pool.submit(office.ask_for_month, [client], one) for one in people]
    assert not any(one.exception() for one in asked)
    _one_turn(office)
    assert pages_asked(world, client) == [1], "nobody else has called"
    office.assert_not_counted(client)
    world.let_go("page 2")
    office.wait_until_ended([client], jobs=3)
    assert [job["state"] for job in office.jobs([client])] == 3 * ["done"]
    office.assert_counted_once(client, seeded)
    assert pages_asked(world, client).count(1) == 3, "once for each who asked"


def _seed(world: World, office: Office, company: dict, entries: int) -> dict:
    number = company["company_id"]
    return world.seed_month(
        office.label, entries=entries, company=number, documents=False
    )


# === THE DAY'S SHARE === #


def test_the_days_share_is_kept_by_two_processes_and_the_rest_comes_later(
    servers: Succession, office: Office, world: World
) -> None:
    """Half of the vendor's calls are for other software, whoever of us calls."""
    seeded = world.seed_month(office.label, entries=4 * PAGE + 1, documents=False)
    (client,) = office.take_on(world, world.companies())
    world.fault(query={"pageNumber": 3}, hold="page 3")
    office.fall_due([client])
    _until_held(office, world, "page 3")
    budget = _budget(office, client)
    assert budget["used"] == 3
    assert budget["allowed"] * DAY / budget["seconds"] <= HALF_A_DAY
    most = budget["allowed"] - budget["allowed"] // 10
    # As if one call were left, after those of other months and flows.
    office.database.rows(_USED, most - 1, client.credential)
    servers.kill_all()
    world.let_go("page 3", drop=True)
    world.clear_faults()
    office.odoo = servers.login()
    servers.server(1)
    office.wait_for([client], ["waiting"])
    for _turn in range(3):
        _one_turn(office)
    _assert_waits_for_budget(office, client)
    assert world.count_calls() == 4, "the one that was cut off is one of them"
    assert _budget(office, client)["used"] == most
    office.assert_not_counted(client)
    world.clear_calls()
    _let_budget_end(office, client)
    office.wait_until_ended([client])
    assert office.job(client)["state"] == "done", office.job(client)
    pages = pages_asked(world, client)
    assert pages[0] > 1, "it goes on where it was"
    assert pages == list(range(pages[0], 6))
    office.assert_counted_once(client, seeded)


def _budget(office: Office, client: Client) -> dict[str, Any]:
    (row,) = office.database.rows(_BUDGET, client.credential)
    names = ("allowed", "seconds", "used", "started")
    return dict(zip(names, row, strict=True))


def _assert_waits_for_budget(office: Office, client: Client) -> None:
    job = office.job(client)
    assert (job["state"], job["owner"]) == ("waiting", "wait"), job
    budget = _budget(office, client)
    end = datetime.fromtimestamp(budget["started"] + budget["seconds"], timezone.utc)
    run_after = office.database.value(
        "SELECT run_after FROM ledger_sync_job WHERE id = %s", job["id"]
    )
    late = run_after.replace(tzinfo=timezone.utc) - end
    assert abs(late) <= timedelta(minutes=1), (run_after, end)
    (state,) = office.odoo.read(
        "ledger.connection", [("id", "=", client.connection)], "state", "failures"
    )
    assert (state["state"], state["failures"]) == ("live", 0), "a limit is no failure"


def _let_budget_end(office: Office, client: Client) -> None:
    seconds = _budget(office, client)["seconds"]
    values = {
        "credential": client.credential,
        "connection": client.connection,
        "seconds": seconds,
        "time": f"interval '{seconds} seconds'",
    }
    for statement in _LATER:
        office.database.rows(statement % values)


# === AN OFFICE === #


def test_broken_clients_do_not_stop_forty_others(office: Office, world: World) -> None:
    """One scheduled action; each ends in words that say what is wrong with it."""
    sizes = [20] * 31 + [0, PAGE, PAGE + 1, 2 * PAGE + 1]
    companies = world.add_companies(len(sizes) + 5)
    seeded = [
        _seed(world, office, one, size)
        for one, size in zip(companies, [*sizes, 5, 5, 5, 5, 5], strict=True)
    ]
    # The broken ones come first.
    clients = office.take_on(world, companies[::-1])[::-1]
    *good, wrong_key, unpaid, used_up, down, hanging = clients
    world.change_keys(wrong_key.number)
    world.unpaid_bill(company=unpaid.number)
    world.use_calls(1000, company=used_up.number)
    world.fault(query={"apikey": hanging.keys["public_key"]}, hold="the vendor")
    world.fault(query={"apikey": down.keys["public_key"]}, status=500, body="<html>")
    office.fall_due(clients)
    office.wait_until_ended(good)
    assert {job["state"] for job in office.jobs(good)} == {"done"}
    for client, counts in zip(good, seeded, strict=False):
        office.assert_counted_once(client, counts)
    calls = calls_by_client(world)
    asked = {client.name: calls[client.number] for client in good}
    needed = [max(1, -(-size // PAGE)) for size in sizes]
    assert [*asked.values()] == needed, asked
    assert office.figures(hanging) == {}, "it still hangs"
    _assert_broken(office, wrong_key, "failed", "reconnect", "keys")
    _assert_broken(office, unpaid, "failed", "reconnect", "unpaid bill")
    _assert_broken(office, used_up, "waiting", "wait", "1,000 a day")
    _assert_broken(office, down, "waiting", "retry", "by itself")
    world.let_go("the vendor")
    office.wait_until_ended([hanging])
    office.assert_counted_once(hanging, seeded[-1])


def _assert_broken(
    office: Office, client: Client, state: str, owner: str, words: str
) -> None:
    office.wait_for([client], [state])
    job = office.job(client)
    assert job["owner"] == owner, job
    assert words in job["error"], job
    office.assert_not_counted(client)
