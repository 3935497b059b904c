# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Keys of many clients from a spreadsheet, and the clients who still have none."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from sandbox.control import World
from tests.support.client import OdooClient
from tests.support.counting import Office, last_month
from tests.support.database import Database
from tests.support.practice import Practice
from tests.support.screen import Screen
from tests.support.servers import the_sandbox
from tests.support.waiting import until

GOOD, MISTYPED, INCOMPLETE = CLIENTS = (
    "Metsa Puit OÜ",
    "Lumi Disain OÜ",
    "Kivi Kohvik OÜ",
)
STRANGER = "Tundmatu Klient OÜ"
TESTS = "Ledger Connectors: test imported keys"
Keys = dict[str, dict[str, Any]]


@pytest.fixture
def world() -> Iterator[World]:
    """SmartAccounts."""
    with the_sandbox().world("smartaccounts") as made:
        yield made


@pytest.fixture
def practice(
    screen: Screen, odoo: OdooClient, browser_database: Database, world: World
) -> Practice:
    """An office that is set up; who is a client of it is told by a tag."""
    tag = odoo.create("res.partner.category", name="Bookkeeping client")
    Office(odoo, browser_database, last_month()).set_up(category_id=tag)
    for name in CLIENTS:
        odoo.create("res.partner", name=name, category_id=[(6, 0, [tag])])
    screen.log_in()
    return Practice(screen, odoo, browser_database, world)


def _sheet(keys: Keys) -> bytes:
    """Return a list as an office keeps it: one key mistyped, one forgotten."""
    swapped = keys[GOOD]["secret_key"]
    rows = [
        ("Client", "Public key", "Secret key"),
        (GOOD, keys[GOOD]["public_key"], keys[GOOD]["secret_key"]),
        (MISTYPED, keys[MISTYPED]["public_key"], swapped),
        (INCOMPLETE.upper(), keys[INCOMPLETE]["public_key"], ""),
        (STRANGER, keys[STRANGER]["public_key"], keys[STRANGER]["secret_key"]),
    ]
    return "\r\n".join(";".join(row) for row in rows).encode()


def _asked(odoo: OdooClient) -> set[str]:
    """Return the clients whose keys somebody is asked for."""
    kind = [("summary", "=", "Enter the keys of this client")]
    return {one["res_name"] for one in odoo.read("mail.activity", kind, "res_name")}


def _see_who_lacks_keys(practice: Practice, name: str, lacking: set[str]) -> None:
    practice.open_menu("Statistics", "Clients without keys")
    practice.screen.shot(name)
    shown = practice.page.locator(".o_data_row td[name=complete_name]")
    assert lacking <= set(shown.all_inner_texts())
    assert GOOD in lacking or GOOD not in shown.all_inner_texts()


def _read_the_file(practice: Practice, keys: Keys) -> None:
    screen = practice.screen
    practice.open_menu("Statistics", "Import keys")
    screen.choose("environment", "Other address")
    screen.type("custom_url", practice.world.base_url)
    file = {"name": "keys.csv", "mimeType": "text/csv", "buffer": _sheet(keys)}
    screen.field("file").locator("input[type=file]").set_input_files(file)
    screen.settle()
    screen.shot("file-chosen")
    screen.press("Read the file")
    expect(practice.row(STRANGER)).to_be_visible()
    screen.shot("preview")


def _assert_preview(practice: Practice, keys: Keys) -> None:
    said = {
        GOOD: "Found",
        MISTYPED: "Found",
        INCOMPLETE.upper(): "Key missing",
        STRANGER: "No client fits",
    }
    for label, status in said.items():
        expect(practice.row(label).locator("td[name=status]")).to_have_text(status)
    practice.assert_no_key_shown(keys.values())
    assert not practice.odoo.count("ledger.connection", []), "nobody said yes yet"
    assert practice.world.count_calls() == 0


def _connect_and_test(practice: Practice) -> None:
    screen = practice.screen
    screen.press("Connect and test")
    screen.confirm()
    screen.shot("being-tested")

    def over() -> bool:
        practice.database.wake(TESTS)
        return practice.odoo.count("ledger.keys.import", [("state", "=", "done")]) == 1

    until("all keys are tested", over)
    screen.notified("1 of 2 clients are connected.")
    refresh = practice.page.get_by_role("button", name="Refresh")
    if refresh.count():
        refresh.click()
    expect(practice.row(MISTYPED).locator("td[name=verdict]")).to_have_text("Refused")
    expect(practice.row(GOOD).locator("td[name=verdict]")).to_have_text("Connected")
    expect(practice.row(MISTYPED)).to_contain_text("does not accept the keys")
    screen.shot("tested")


def test_an_office_imports_keys_and_sees_who_has_none(
    practice: Practice, world: World
) -> None:
    """A file is looked at before anything is done, and who is left stays in sight."""
    names = (*CLIENTS, STRANGER)
    keys = {name: world.do("add_company", name=name) for name in names}
    assert _asked(practice.odoo) == set(CLIENTS)
    _see_who_lacks_keys(practice, "without-keys", set(CLIENTS))
    _read_the_file(practice, keys)
    _assert_preview(practice, keys)
    _connect_and_test(practice)
    practice.assert_no_key_shown(keys.values())
    live = [("state", "=", "live")]
    (connected,) = practice.odoo.read("ledger.connection", live, "partner_id")
    assert connected["partner_id"][1] == GOOD
    assert not practice.odoo.count("res.partner", [("name", "=", STRANGER)])
    assert INCOMPLETE in _asked(practice.odoo)
    assert GOOD not in _asked(practice.odoo)
    _see_who_lacks_keys(practice, "without-keys-afterwards", {INCOMPLETE})
