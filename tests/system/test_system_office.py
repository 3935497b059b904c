# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""An accounting office: one key, many books, and none of them mixed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sandbox.control import World
from tests.support.books import Books, make_credential, make_office_credential, prepare
from tests.support.claims import assert_each_once, remote_ids
from tests.support.client import OdooClient, OdooError
from tests.support.database import Database

WIZARD = "ledger.connection.create"
CLIENTS = ["Lyngen Fisk AS", "Sølvberg Snekkeri AS", "Åsgård Kafé AS"]


@pytest.fixture
def office(make_world: Callable[..., World]) -> World:
    """An office with three clients, each with customers of its own."""
    world = make_world()
    world.add_office(CLIENTS)
    for number, client in enumerate(world.credentials["client_ids"], 1):
        world.seed(company=client, customers=4 * number, seed=number)
    return world


def _wizard(odoo: OdooClient, credential: int) -> int:
    wizard = odoo.create(WIZARD, credential_id=credential)
    odoo.call(WIZARD, "action_load", [wizard])
    return wizard


def _lines(odoo: OdooClient, wizard: int) -> list[dict]:
    domain = [("wizard_id", "=", wizard)]
    names = ("name", "remote_id", "organisation_number", "connection_id")
    return odoo.read(f"{WIZARD}.line", domain, *names)


def _connect_all(odoo: OdooClient, world: World, credential: int) -> list[Books]:
    wizard = _wizard(odoo, credential)
    odoo.call(WIZARD, "action_choose_all", [wizard])
    odoo.call(WIZARD, "action_create", [wizard])
    made = odoo.find("ledger.connection", [("credential_id", "=", credential)])
    return [Books(odoo, world, connection, credential) for connection in made]


def test_the_wizard_lists_the_clients_and_connects_each_once(
    odoo: OdooClient, office: World
) -> None:
    """A second visit shows what is connected, and makes nothing twice."""
    credential = make_office_credential(odoo, office)
    lines = _lines(odoo, _wizard(odoo, credential))
    assert sorted(line["name"] for line in lines) == sorted(CLIENTS)
    assert all(line["organisation_number"] for line in lines)
    made = _connect_all(odoo, office, credential)
    assert len(made) == len(CLIENTS)
    wizard = _wizard(odoo, credential)
    assert all(line["connection_id"] for line in _lines(odoo, wizard))
    odoo.call(WIZARD, "action_choose_all", [wizard])
    with pytest.raises(OdooError, match="at least one company"):
        odoo.call(WIZARD, "action_create", [wizard])


def test_all_clients_are_read_with_one_session_and_their_books_do_not_mix(
    odoo: OdooClient, office: World, shared_database: Database
) -> None:
    """Each connection links the customers of its own client, no others."""
    all_books = _connect_all(odoo, office, make_office_credential(odoo, office))
    for books in all_books:
        prepare(books, ["partner"])
        assert books.run("partner")["state"] == "done"
    for books in all_books:
        domain = [("id", "=", books.connection)]
        names = ("remote_company_id", "remote_company_name")
        found = odoo.read("ledger.connection", domain, *names)[0]
        assert found["remote_company_name"] in CLIENTS
        expected = remote_ids(office, "customer", int(found["remote_company_id"]))
        assert_each_once(books, shared_database, "customer", expected)
    assert office.count_calls(path="/token/session/:create") == 1
    users = {call["user"] for call in office.calls(path="^/customer$")}
    assert users == {str(client) for client in office.credentials["client_ids"]}


def test_the_office_itself_has_no_books_to_read(
    odoo: OdooClient, office: World
) -> None:
    """Its key opens those of its clients only (user name 0 is refused)."""
    credential = make_office_credential(odoo, office)
    connection = odoo.create(
        "ledger.connection", name="The office's own", credential_id=credential
    )
    books = Books(odoo, office, connection, credential)
    said = books.test()
    assert said["type"] == "danger", said
    assert "client" in said["message"].lower(), said["message"]
    assert books.state()["state"] != "ready"


def test_a_company_s_own_key_has_no_clients_and_the_wizard_says_so(
    odoo: OdooClient, office: World
) -> None:
    """Nothing is listed, and the sentence tells what to do."""
    own = make_credential(odoo, office, office.credentials["employee_token"])
    wizard = odoo.create(WIZARD, credential_id=own)
    with pytest.raises(OdooError) as refused:
        odoo.call(WIZARD, "action_load", [wizard])
    assert refused.value.name == "odoo.exceptions.UserError"
    assert "client" in refused.value.message


def test_a_client_taken_from_the_office_stops_alone(
    odoo: OdooClient, office: World
) -> None:
    """The connections of the other clients go on."""
    all_books = _connect_all(odoo, office, make_office_credential(odoo, office))
    for books in all_books:
        prepare(books, ["partner"])
        books.press("action_go_live")
    for books in all_books:
        # Going live begins a run of its own.
        books.wait_until_ended()
    lost, *others = all_books
    domain = [("id", "=", lost.connection)]
    client = odoo.read("ledger.connection", domain, "remote_company_id")[0]
    office.disconnect_client(int(client["remote_company_id"]))
    job = lost.run("partner")
    assert (job["state"], job["owner"]) == ("failed", "reconnect"), job
    assert lost.state()["state"] == "reconnect"
    for books in others:
        assert books.run("partner")["state"] == "done"
        assert books.state()["state"] == "live"
