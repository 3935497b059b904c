# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A manager opens the API of Procountor on the screen, by each of the three ways."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from sandbox.control import World
from tests.conftest import OdooProcess
from tests.support.client import OdooClient
from tests.support.screen import Screen
from tests.support.servers import the_sandbox

COMPANY = "Esimerkki Tukku Oy"


@pytest.fixture
def world() -> Iterator[World]:
    """A world of Procountor."""
    with the_sandbox().world("procountor") as made:
        yield made


def _credential(
    odoo: OdooClient, world: World, key: str = "", name: str = "Procountor"
) -> int:
    found = world.credentials
    values = {
        "name": name,
        "system": "procountor",
        "environment": "custom",
        "custom_url": world.base_url,
        "procountor_client_id": found["client_id"],
        "procountor_client_secret": found["client_secret"],
    }
    if key:
        values["procountor_api_key"] = key
    return odoo.create("ledger.credential", **values)


def _open(screen: Screen, credential: int, way: str) -> None:
    screen.open(f"ledger-credentials/{credential}")
    screen.press("Open Procountor")
    screen.page.locator(".o_dialog").get_by_label(way).check()
    screen.settle()


def test_a_key_is_entered_and_leads_to_a_connection(
    screen: Screen, odoo: OdooClient, world: World
) -> None:
    """The steps stand there, the client id can be copied, the key is not shown."""
    credential = _credential(odoo, world)
    screen.log_in()
    _open(screen, credential, "Enter the API key")
    dialog = screen.page.locator(".o_dialog")
    expect(dialog).to_contain_text("New API key")
    expect(dialog).to_contain_text(world.credentials["client_id"])
    screen.shot("steps")
    dialog.locator("[name=api_key] input").fill(world.credentials["api_key"])
    dialog.locator("button[name=action_save_keys]").click()
    expect(screen.field("credential_id").locator("input")).to_have_value("Procountor")
    screen.shot("new-connection")
    screen.save()
    screen.press("Test connection", says=f"Connected to {COMPANY}")
    # The form was read anew after the test, and begins with its first tab.
    screen.page.get_by_role("tab", name="Procountor").click()
    screen.see("After the invoice was made")
    screen.page.mouse.wheel(0, 900)
    screen.shot("settings")


def test_a_key_is_fetched_by_logging_in_at_procountor(
    screen: Screen, odoo: OdooClient, world: World
) -> None:
    """The browser goes there and comes back; the credential has its key."""
    credential = _credential(odoo, world)
    screen.log_in()
    _open(screen, credential, "Log in at Procountor")
    field = screen.page.locator(".o_dialog [name=redirect_address]")
    address = field.inner_text().split()[0]
    world.do("redirect_uri", address=address)
    screen.shot("login")
    screen.page.locator(".o_dialog button[name=action_log_in]").click()
    screen.page.get_by_role("button", name=COMPANY).click()
    expect(screen.page.locator(".alert-success")).to_contain_text("is stored on")
    screen.shot("came-back")
    screen.page.get_by_role("link", name="Back to the credential").click()
    screen.page.locator(".o_form_view [name=keys_set]").wait_for()
    expect(screen.page.locator("[name=keys_set]")).to_contain_text("API key")
    screen.shot("credential")


def test_a_customer_s_companies_are_answered(
    screen: Screen, odoo: OdooClient, world: World, server: OdooProcess
) -> None:
    """The landing leads to the list; approved companies are connected."""
    world.do("add_company", name="Saimaan Kahvi Oy", with_key=False)
    own = world.credentials["integrator"]["api_key"]
    _credential(odoo, world, own, "Integrator's own")
    screen.log_in()
    request = world.do("activation_request")["request_id"]
    path = f"/ledger/procountor/activation?requestId={request}"
    screen.page.goto(server.url + path)
    form = screen.page.locator(".o_form_view")
    form.wait_for()
    screen.settle()
    screen.shot("landed")
    if not screen.field("credential_id").locator("input").input_value():
        screen.choose("credential_id", "Integrator's own")
    screen.press("Load the companies")
    screen.shot("companies")
    screen.press("Approve the others")
    screen.press("Send the answers")
    screen.confirm()
    screen.shot("answered")
    found = odoo.read(
        "ledger.connection", [("system", "=", "procountor")], "name", "state"
    )
    assert {COMPANY, "Saimaan Kahvi Oy"} <= {one["name"] for one in found}
