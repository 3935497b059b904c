# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""An accountant connects the clients of an office on the screen."""

from __future__ import annotations

from playwright.sync_api import expect

from sandbox.control import World
from tests.support.books import make_office_credential
from tests.support.client import OdooClient
from tests.support.screen import Screen

CLIENTS = ("Lyngen Fisk AS", "Sølvberg Snekkeri AS", "Åsgård Kafé AS")


def test_an_office_chooses_the_clients_to_connect(
    screen: Screen, odoo: OdooClient, world: World
) -> None:
    """Two of three are ticked; two connections come of it, and are tested at once."""
    world.add_office(list(CLIENTS))
    credential = make_office_credential(odoo, world)
    screen.log_in()
    screen.open(f"ledger-credentials/{credential}")
    screen.shot("office-credential")
    screen.press("Connect client companies")
    screen.shot("wizard")
    _load(screen)
    screen.shot("wizard-loaded")
    for name in CLIENTS[:2]:
        line = screen.page.locator(".o_dialog .o_data_row", has_text=name)
        line.locator("[name='chosen'] input").click()
    screen.shot("wizard-chosen")
    screen.page.locator(".o_dialog button[name=action_create]").click()
    expect(screen.page.locator(".o_dialog")).to_have_count(0)
    screen.settle()
    screen.shot("connections")
    made = [("credential_id", "=", credential)]
    found = odoo.read("ledger.connection", made, "name", "remote_company_id")
    assert {one["name"] for one in found} == set(CLIENTS[:2])
    for one in found:
        screen.open(f"ledger-connections/{one['id']}")
        screen.press("Test connection", says=f"Connected to {one['name']}")
    screen.shot("tested")


def _load(screen: Screen) -> None:
    rows = screen.page.locator(".o_dialog .o_data_row")
    button = screen.page.locator(".o_dialog button[name=action_load]:visible")
    if not rows.count() and button.count():
        button.first.click()
    expect(rows).to_have_count(len(CLIENTS))
    screen.settle()
