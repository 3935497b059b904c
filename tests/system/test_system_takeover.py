# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Several workers send, and people go on editing: nothing twice, nothing lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from house.postgres import Postgres
from sandbox.control import World
from tests.support.client import OdooClient, OdooError
from tests.support.sending import ENTITIES, Outgoing
from tests.support.succession import Succession, connecting, succession
from tests.support.waiting import until

Connect = Callable[..., Outgoing]
THREE_WORKERS = ("--max-cron-threads", "3")
_LAST_TURN = """
SELECT lastcall FROM ir_cron WHERE cron_name = 'Ledger Connectors: lane 1'
"""
DIALOGUE = "account.move.send.wizard"


@pytest.fixture(scope="module")
def servers(
    postgres: Postgres, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Succession]:
    """Two servers on one database, two lanes each."""
    home = tmp_path_factory.mktemp("two")
    with succession(postgres, home, *THREE_WORKERS) as servers:
        odoo = servers.login()
        settings = odoo.create("res.config.settings", ledger_lanes=2)
        odoo.call("res.config.settings", "execute", [settings])
        yield servers


@pytest.fixture
def connect(servers: Succession, world: World) -> Iterator[Connect]:
    """What connects the servers to a world for sending."""
    with connecting(servers, world) as connect:
        yield connect


@pytest.fixture
def clients(servers: Succession) -> list[OdooClient]:
    """A session on either server."""
    return [servers.login(number) for number in range(2)]


# === TWO SERVERS === #


def test_two_servers_that_send_the_same_records_make_one_set_of_them(
    connect: Connect, clients: list[OdooClient]
) -> None:
    """Lanes and buttons of both are after the same records."""
    out = connect()
    customers = [out.customer(f"Kunde {number} AS") for number in range(12)]
    products = [out.product(f"Stol {number}") for number in range(3)]
    invoices = [
        out.invoice(customer, products[number % 3])
        for number, customer in enumerate(customers)
    ]
    with ThreadPoolExecutor() as people:
        asked = [
            people.submit(out.ask, entity, client)
            for entity in ENTITIES
            for client in clients
        ]
    assert not any(one.exception() for one in asked)
    out.let_lanes_run()
    out.let_time_pass(minutes=2)
    out.assert_once(customer=customers, product=products, invoice=invoices)
    assert out.nothing_waits()


def test_an_invoice_sent_from_two_dialogues_at_once_is_there_once(
    connect: Connect, clients: list[OdooClient]
) -> None:
    """Two people press Send, each on a server of their own."""
    out = connect()
    customer = out.customer()
    invoice = out.invoice(customer)
    out.print(invoice)
    out.hold("invoice", "before")

    def press_send(client: OdooClient) -> str:
        try:
            send_by_dialogue(client, invoice)
        except OdooError as refused:
            return refused.message
        return ""

    with ThreadPoolExecutor() as people:
        said = [people.submit(press_send, client) for client in clients]
        out.until_held("invoice")
        done = until("the second one is told", lambda: [x for x in said if x.done()])
        assert len(done) == 1, "one person sends, the other one is told so"
        assert "do not enter it there by hand" in done[0].result()
        out.world.let_go("invoice")
    assert [one.result() for one in said if one not in done] == [""]
    out.let_time_pass(minutes=2)
    out.assert_once(customer=[customer], invoice=[invoice])


def send_by_dialogue(client: OdooClient, invoice: int) -> None:
    """Open Odoo's dialogue for an invoice and press Send, by download only."""
    action = client.call("account.move", "action_invoice_sent", [invoice])
    shown = {"active_model": "account.move", "active_ids": [invoice]}
    context = {**action["context"], **shown}
    values = {"sending_methods": ["manual"]}
    (wizard,) = client.call(DIALOGUE, "create", [values], context=context)
    client.call(DIALOGUE, "action_send_and_print", [wizard], context=context)


# === A DEAD PROCESS === #


def test_a_job_is_taken_over_when_its_process_dies_and_not_before(
    servers: Succession, connect: Connect, clients: list[OdooClient], world: World
) -> None:
    """The lease dies with the process: nobody waits for a timer."""
    one, two = clients
    out = connect("partner")
    out.books.odoo = two
    customers = [out.customer(f"Kunde {number} AS") for number in range(2)]
    out.hold("customer", "after")
    # In a request of the first server, where no lane is at it.
    with ThreadPoolExecutor() as people:
        request = people.submit(out.run, "partner", one)
        out.until_held("customer")
        assert _jobs(out) == ["running"]
        for _turn in range(3):
            _one_turn(out)
        assert _jobs(out) == ["running"], "it is leased"
        assert world.faults()[0]["fired"] == 1, "nobody else has called"
        servers.kill()
        assert request.exception(), "its caller got no answer"
    world.let_go("customer", drop=True)
    _one_turn(out)
    out.let_lanes_run()
    assert _jobs(out)[0] == "done"
    assert [job["trigger"] for job in out.books.jobs()] == ["manual"]
    out.assert_once(customer=customers)
    assert out.nothing_waits()


def _jobs(out: Outgoing) -> list[str]:
    return [job["state"] for job in out.books.jobs()]


def _one_turn(out: Outgoing) -> None:
    """Let the lanes run and wait until one of them is through."""
    before = out.database.value(_LAST_TURN)

    def is_over() -> bool:
        out.database.wake_lanes()
        return out.database.value(_LAST_TURN) != before

    until("a lane has had its turn", is_over)


# === PEOPLE GO ON EDITING === #


@pytest.mark.parametrize("when", ["before", "after"])
def test_an_edit_made_while_the_customer_is_being_sent_is_sent_after_it(
    servers: Succession, connect: Connect, world: World, when: str
) -> None:
    """The user is neither refused nor kept waiting; both values arrive in order."""
    out, colleague = connect("partner"), servers.login()
    customer = out.customer("Før AS", email="for@example.org")
    out.hold("customer", when)
    out.ask("partner")
    out.until_held("customer")
    booked = [one["name"] for one in world.objects("customer", fields="name")]
    assert booked == (["Før AS"] if when == "after" else [])
    colleague.write("res.partner", customer, name="Etter AS")
    colleague.write("res.partner", customer, email="etter@example.org")
    assert world.let_go("customer") == 1, "the call hung all the time"
    out.send("partner")
    _assert_there(out, customer, name="Etter AS", email="etter@example.org")
    assert [call["method"] for call in _writes(world)] == ["POST", "PUT"]
    out.assert_once(customer=[customer])
    assert out.nothing_waits()


def test_an_edit_made_while_an_edit_is_being_sent_is_sent_after_it(
    servers: Succession, connect: Connect, world: World
) -> None:
    """The same field twice: the last value is the one that stays."""
    out, colleague = connect("partner"), servers.login()
    customer = out.customer("Bergen Bygg AS")
    out.send("partner")
    colleague.write("res.partner", customer, email="en@example.org")
    out.hold("customer", "after", method="PUT")
    out.ask("partner")
    out.until_held("customer")
    colleague.write("res.partner", customer, email="to@example.org")
    _assert_there(out, customer, email="en@example.org")
    assert world.let_go("customer") == 1, "the call hung all the time"
    out.let_lanes_run()
    out.send("partner")
    _assert_there(out, customer, email="to@example.org")
    (kept,) = out.odoo.read("res.partner", [("id", "=", customer)], "email")
    assert kept["email"] == "to@example.org"
    assert not out.odoo.count("ledger.conflict", [])
    assert [call["method"] for call in _writes(world)] == ["POST", "PUT", "PUT"]
    assert out.nothing_waits()


def test_an_edit_made_before_the_sender_dies_is_sent_by_the_next_one(
    servers: Succession, connect: Connect, world: World
) -> None:
    """What was booked is linked, what was edited meanwhile goes as a change."""
    out = connect("partner")
    customer = out.customer("Før AS")
    out.hold("customer", "after")
    out.ask("partner")
    out.until_held("customer")
    out.odoo.write("res.partner", customer, name="Etter AS")
    servers.kill_all()
    world.let_go("customer", drop=True)
    out.books.odoo = servers.login()
    out.let_lanes_run()
    out.send("partner")
    _assert_there(out, customer, name="Etter AS")
    out.assert_once(customer=[customer])
    assert out.nothing_waits()


def _assert_there(out: Outgoing, customer: int, **values: str) -> None:
    there = out.there("res.partner", customer)
    assert {name: there[name] for name in values} == values


def _writes(world: World) -> list[dict]:
    calls = world.calls(path="^/customer")
    return [call for call in calls if call["method"] in ("POST", "PUT")]
