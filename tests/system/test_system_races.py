# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""People press and type while a run has its answer on the way: nobody loses."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg2
import pytest

from sandbox.control import World
from tests.support.client import OdooClient
from tests.support.sending import Outgoing, connect_outgoing

SUPPLIER = {"name": "Nordvik Rør AS", "is_company": True, "supplier_rank": 1}


@pytest.fixture
def out(odoo: OdooClient, world: World) -> Iterator[Outgoing]:
    """Books that customers, products and invoices are sent to."""
    out = connect_outgoing(odoo, world)
    yield out
    # Lets go of whoever still waits for an answer.
    world.clear_faults()
    out.let_lanes_run()
    out.forget()


@contextmanager
def _somebody_saving(out: Outgoing, table: str, record: int) -> Iterator[None]:
    """A person's transaction that has written a record and commits at the end."""
    connection = psycopg2.connect(dbname=out.database.name)
    try:
        with connection, connection.cursor() as cursor:
            save = f"UPDATE {table} SET write_date = write_date WHERE id = %s"
            cursor.execute(save, [record])
            yield
    finally:
        connection.close()


# === CANCELLED === #


def test_a_run_that_is_cancelled_keeps_what_was_sent_and_sends_no_more(
    out: Outgoing, world: World
) -> None:
    """The answer on the way is stored; what was not sent yet goes with the next run."""
    customers = [out.customer(f"Kunde {number} AS") for number in range(3)]
    supplier = out.odoo.create("res.partner", **SUPPLIER)
    out.hold("customer", "after")
    out.ask("partner")
    out.until_held("customer")
    running = [("connection_id", "=", out.books.connection), ("state", "=", "running")]
    jobs = out.odoo.find("ledger.sync.job", running)
    out.odoo.call("ledger.sync.job", "action_cancel", jobs)
    world.let_go("customer")
    out.until_a_run_has_ended("partner")
    (job,) = out.books.jobs()
    assert (job["state"], job["created"]) == ("cancelled", 3)
    out.assert_once(customer=customers)
    assert not world.objects("supplier")
    out.send("partner")
    assert [one["name"] for one in world.objects("supplier")] == [SUPPLIER["name"]]
    (link,) = out.books.links("supplier")
    assert (link["res_id"], link["state"]) == (supplier, "linked")
    out.assert_once(customer=customers)
    assert out.nothing_waits()


# === EDITED === #


def test_an_edit_of_a_customer_and_the_number_from_there_both_stay(
    out: Outgoing, world: World
) -> None:
    """The number comes into the record that the user has just saved."""
    customers = _customers_on_their_way(out)
    out.odoo.write("res.partner", customers[:1], name="Kunde ny AS")
    world.let_go("customer")
    out.let_lanes_run()
    assert out.states("res.partner", customers) == {"linked"}
    assert {job["state"] for job in out.books.jobs()} == {"done"}
    _assert_numbered(out, customers)
    out.send("partner")
    assert out.there("res.partner", customers[0])["name"] == "Kunde ny AS"
    _assert_numbered(out, customers)
    out.assert_once(customer=customers)
    assert out.nothing_waits()


def test_a_customer_that_is_being_saved_when_its_number_comes_gets_it_afterwards(
    out: Outgoing, world: World
) -> None:
    """Two transactions write the same row: the user's is the one that goes first."""
    customers = _customers_on_their_way(out)
    with _somebody_saving(out, "res_partner", customers[1]):
        world.let_go("customer")
        out.until_a_statement_waits()
    out.let_lanes_run()
    assert {job["state"] for job in out.books.jobs()} == {"done"}
    _assert_numbered(out, customers)
    out.assert_once(customer=customers)
    assert out.nothing_waits()


def _customers_on_their_way(out: Outgoing) -> list[int]:
    """Customers whose numbers the vendor has given, and is about to tell."""
    out.settle_numbers("partner", "system")
    customers = [out.customer(f"Kunde {number} AS") for number in range(3)]
    out.hold("customer", "after")
    out.ask("partner")
    out.until_held("customer")
    return customers


def _assert_numbered(out: Outgoing, customers: list[int]) -> None:
    found = out.odoo.read("res.partner", [("id", "in", customers)], "ref")
    numbers = {one["id"]: one["ref"] for one in found}
    for customer in customers:
        there = out.there("res.partner", customer)["customerNumber"]
        assert numbers[customer] == str(there)


def test_an_edit_of_an_invoice_and_the_number_from_there_both_stay(
    out: Outgoing, world: World
) -> None:
    """The sender sees to what the user has just saved."""
    customer = out.customer()
    out.send("partner")
    moves = [out.invoice(customer) for _number in range(2)]
    out.hold("invoice", "after")
    out.ask("invoice")
    out.until_held("invoice")
    out.odoo.write("account.move", moves[:1], invoice_origin="SO1")
    world.let_go("invoice")
    out.let_lanes_run()
    _assert_booked(out, moves)
    (kept,) = out.odoo.read("account.move", [("id", "=", moves[0])], "invoice_origin")
    assert kept["invoice_origin"] == "SO1"
    out.send("partner", "invoice")
    out.assert_once(customer=[customer], invoice=moves)
    assert out.nothing_waits()


def test_an_invoice_that_is_being_saved_when_its_number_comes_gets_it_afterwards(
    out: Outgoing, world: World
) -> None:
    """Two transactions write the same row: the user's is the one that goes first."""
    customer = out.customer()
    out.send("partner")
    moves = [out.invoice(customer) for _number in range(2)]
    out.hold("invoice", "after")
    out.ask("invoice")
    out.until_held("invoice")
    with _somebody_saving(out, "account_move", moves[0]):
        world.let_go("invoice")
        out.until_a_statement_waits()
    out.let_lanes_run()
    _assert_booked(out, moves)
    out.send("partner", "invoice")
    out.assert_once(customer=[customer], invoice=moves)
    assert out.nothing_waits()


def _assert_booked(out: Outgoing, moves: list[int]) -> None:
    assert {job["state"] for job in out.books.jobs()} == {"done"}
    found = out.odoo.read("account.move", [("id", "in", moves)], "ledger_number")
    numbers = {one["id"]: one["ledger_number"] for one in found}
    for move in moves:
        there = out.there("account.move", move)["invoiceNumber"]
        assert numbers[move] == str(there)
