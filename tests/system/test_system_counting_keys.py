# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The window behind the key in the list of clients, in a request of its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sandbox.control import Sandbox, World
from tests.support.client import OdooClient

WINDOW = "ledger.client.keys"


@pytest.fixture
def world(sandbox: Sandbox) -> Iterator[World]:
    """SmartAccounts with one empty company."""
    with sandbox.world("smartaccounts") as world:
        yield world


@pytest.mark.parametrize("before", [(), ("action_test",)], ids=["at_once", "tested"])
def test_good_keys_are_saved_by_one_press_and_the_client_is_live(
    odoo: OdooClient, world: World, before: tuple[str, ...]
) -> None:
    """Calls are noted in transactions of their own; the window's own goes through."""
    partner = odoo.create("res.partner", name="Tamm OÜ")
    wizard = odoo.create(
        WINDOW,
        partner_id=partner,
        system="smartaccounts",
        environment="custom",
        custom_url=world.base_url,
    )
    lines = odoo.read(f"{WINDOW}.line", [("wizard_id", "=", wizard)])
    for line in lines:
        value = world.credentials[line["technical_name"]]
        odoo.write(f"{WINDOW}.line", line["id"], value=value)
    for button in before:
        odoo.call(WINDOW, button, [wizard])
    world.clear_calls()
    odoo.call(WINDOW, "action_save", [wizard])
    domain = [("partner_id", "=", partner)]
    (connection,) = odoo.read("ledger.connection", domain, "state")
    assert connection["state"] == "live"
    assert world.count_calls(path="bankaccounts") == 1, "nothing was done twice"
