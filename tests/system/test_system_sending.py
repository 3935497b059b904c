# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Power cuts while Odoo sends: one record there, one link here, no hole."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from house.postgres import Postgres
from sandbox.control import World
from tests.support.sending import ENTITIES, Outgoing
from tests.support.succession import Succession, connecting, succession
from tests.support.waiting import until

Connect = Callable[..., Outgoing]
#: Leads to the moment of a cut, given what sends, and returns what ends the obstacle.
Moment = Callable[[Outgoing, Callable[[], None]], None]
PATHS = ("customer", "product", "invoice")
TOTAL = 1000.0


#: In minutes: every flow has been due since, every lost call is long over.
LONG = 90


@pytest.fixture(scope="module")
def servers(
    postgres: Postgres, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Succession]:
    """Whoever survives a test serves in the next one."""
    with succession(postgres, tmp_path_factory.mktemp("killed")) as servers:
        yield servers


@pytest.fixture
def connect(servers: Succession, world: World) -> Iterator[Connect]:
    """What connects the servers to a world for sending."""
    with connecting(servers, world) as connect:
        yield connect


@dataclass
class Documents:
    """An invoice with its customer and its product, none of them sent yet."""

    out: Outgoing
    customer: int
    product: int
    invoice: int

    def assert_once(self) -> None:
        """Fail unless all three are there and linked, and nothing is left to do."""
        self.out.assert_once(
            customer=[self.customer], product=[self.product], invoice=[self.invoice]
        )
        there = self.out.there("account.move", self.invoice)
        number = [("id", "=", self.invoice)]
        (move,) = self.out.odoo.read("account.move", number, "ledger_number")
        assert move["ledger_number"] == str(there["invoiceNumber"])
        assert there["amountCurrency"] == TOTAL
        assert not self.out.world.outbox(), "nobody gets mail"
        self.out.send(*ENTITIES)
        assert self.out.nothing_waits()


# === MOMENTS === #


def while_it_reads_what_is_there(out: Outgoing, kill: Callable[[], None]) -> None:
    """Nothing is intended yet: both sides are compared before the first record."""
    out.hold("customer", "before", method="GET")
    out.ask("partner")
    out.until_held("customer")
    kill()
    out.world.clear_faults()


def while_it_stores_what_it_intends(out: Outgoing, kill: Callable[[], None]) -> None:
    """The vendor was not called yet."""
    with out.database.locked("ledger_binding"):
        out.ask("partner")
        out.until_a_statement_waits()
        kill()


def after_the_vendors_work(out: Outgoing, kill: Callable[[], None]) -> None:
    """It is there, and nobody here knows."""
    out.hold("customer", "after")
    out.ask("partner")
    out.until_held("customer")
    kill()
    out.world.let_go("customer", drop=True)


def while_it_stores_the_results(out: Outgoing, kill: Callable[[], None]) -> None:
    """The answer came, and is lost again."""
    out.hold("customer", "after")
    out.ask("partner")
    out.until_held("customer")
    with out.database.locked("ledger_binding"):
        out.world.let_go("customer")
        out.until_a_statement_waits()
        kill()


def while_it_forgets_what_was_noted(out: Outgoing, kill: Callable[[], None]) -> None:
    """The results are stored; that the records have been seen to is not."""
    out.hold("customer", "after")
    out.ask("partner")
    out.until_held("customer")
    with out.database.locked("ledger_outbox"):
        out.world.let_go("customer")
        out.until_a_statement_waits()
        kill()


@pytest.mark.parametrize(
    "moment",
    [
        while_it_reads_what_is_there,
        while_it_stores_what_it_intends,
        after_the_vendors_work,
        while_it_stores_the_results,
        while_it_forgets_what_was_noted,
    ],
    ids=lambda moment: moment.__name__,
)
def test_customers_whose_sender_was_killed_are_there_once(
    servers: Succession, connect: Connect, world: World, moment: Moment
) -> None:
    """Another process takes over; nobody presses anything."""
    out = connect("partner", matching="sure")
    customers = [out.customer(f"Kunde {number} AS") for number in range(3)]
    moment(out, servers.kill)
    out.books.odoo = servers.login()
    out.let_lanes_run()
    out.assert_once(customer=customers)
    assert out.nothing_waits()
    names = {one["name"] for one in world.objects("customer", fields="name")}
    assert names == {f"Kunde {number} AS" for number in range(3)}


def test_a_call_that_is_worked_on_after_its_sender_died_makes_no_second_record(
    servers: Succession, connect: Connect, world: World
) -> None:
    """The next process asks before the vendor has got round to it."""
    out = connect("partner")
    customers = [out.customer(f"Kunde {number} AS") for number in range(3)]
    out.hold("customer", "before")
    out.ask("partner")
    out.until_held("customer")
    servers.kill()
    world.clear_calls()
    out.books.odoo = servers.login()
    out.let_lanes_run()
    assert world.count_calls(path="^/customer$", method="GET"), "the vendor was asked"
    assert out.states("res.partner", customers) == {"uncertain"}
    world.let_go("customer")
    until("the late call has done its work", lambda: world.objects("customer"))
    out.let_time_pass(minutes=2)
    out.assert_once(customer=customers)
    assert out.nothing_waits()


def test_a_call_that_never_arrived_is_made_again_when_that_is_certain(
    servers: Succession, connect: Connect, world: World
) -> None:
    """Not before, however often the vendor is asked, and then once."""
    out = connect("partner")
    customer = out.customer()
    out.hold("customer", "before")
    out.ask("partner")
    out.until_held("customer")
    # Its process may have waited for the answer for a whole minute.
    out.let_time_pass(minutes=1, run=False)
    servers.kill()
    world.let_go("customer", drop=True)
    world.clear_faults()
    out.books.odoo = servers.login()
    out.let_lanes_run()
    world.clear_calls()
    out.send("partner")
    assert world.count_calls(path="^/customer$", method="GET"), "the vendor was asked"
    assert out.states("res.partner", [customer]) == {"uncertain"}
    assert not world.objects("customer")
    out.let_time_pass(minutes=2)
    out.assert_once(customer=[customer])
    assert out.nothing_waits()


# === INVOICES === #


@pytest.fixture
def documents(connect: Connect) -> Documents:
    """An invoice whose customer and product the vendor does not have either."""
    out = connect()
    customer, product = out.customer(), out.product()
    return Documents(out, customer, product, out.invoice(customer, product))


@pytest.mark.parametrize("path", PATHS)
def test_an_invoice_killed_after_a_call_of_it_was_booked_is_there_once(
    servers: Succession, documents: Documents, path: str
) -> None:
    """Whether its customer, its product or itself was being made."""
    out = documents.out
    out.hold(path, "after")
    out.ask("invoice")
    out.until_held(path)
    servers.kill()
    out.world.let_go(path, drop=True)
    out.books.odoo = servers.login()
    out.let_lanes_run()
    out.let_time_pass(LONG)
    documents.assert_once()


@pytest.mark.parametrize("path", PATHS)
def test_an_invoice_killed_before_the_vendor_worked_on_a_call_is_there_once(
    servers: Succession, documents: Documents, path: str
) -> None:
    """The vendor does its work when the next process has asked already."""
    out = documents.out
    out.hold(path, "before")
    out.ask("invoice")
    out.until_held(path)
    servers.kill()
    out.books.odoo = servers.login()
    out.let_lanes_run()
    assert not out.world.objects(path)
    assert not out.world.objects("invoice")
    out.world.let_go(path)
    until("the late call has done its work", lambda: out.world.objects(path))
    out.let_time_pass(LONG)
    documents.assert_once()


def test_an_invoice_killed_while_its_result_is_stored_is_there_once(
    servers: Succession, documents: Documents
) -> None:
    """The vendor's number comes to Odoo with the next process."""
    out = documents.out
    out.hold("invoice", "after")
    out.ask("invoice")
    out.until_held("invoice")
    with out.database.locked("ledger_binding"):
        out.world.let_go("invoice")
        out.until_a_statement_waits()
        servers.kill()
    out.books.odoo = servers.login()
    out.let_lanes_run()
    documents.assert_once()
