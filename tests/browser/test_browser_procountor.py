# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A seller's orders become invoices in Procountor, and what is wrong is mended."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from sandbox.control import World
from tests.conftest import OdooProcess
from tests.support.client import OdooClient
from tests.support.screen import Screen
from tests.support.servers import the_sandbox
from tests.support.shop import KEYS, SENT, Shop

from .conftest import VIEWPORT

COMPANY = "Esimerkki Tukku Oy"
LABELS = {"partner": "Partners", "product": "Products", "order": "Orders"}


@pytest.fixture
def world() -> Iterator[World]:
    """A world of Procountor."""
    with the_sandbox().world("procountor") as made:
        yield made


@pytest.fixture
def shop(odoo: OdooClient, world: World) -> Iterator[Shop]:
    """A Finnish wholesaler, before anything is connected."""
    made = Shop(odoo, world)
    yield made
    made.close()


@pytest.fixture
def seller(
    shop: Shop,
    browser: Browser,
    server: OdooProcess,
    tmp_path: Path,
    request: pytest.FixtureRequest,
) -> Iterator[Screen]:
    """The window of somebody who sells, and sets nothing up."""
    kept = os.environ.get("LEDGER_SCREENSHOTS")
    shots = Path(kept) if kept else tmp_path
    page = browser.new_page(viewport=VIEWPORT, locale="en-GB")
    window = Screen(page, server.url, shots / f"{request.node.name}-seller")
    window.log_in(*shop.seller)
    try:
        yield window
    finally:
        if kept:
            page.screenshot(path=shots / f"{request.node.name}-seller-last.png")
        faults = list(window.faults)
        page.close()
    assert not faults, "\n".join(faults)


# === WHAT A MANAGER DOES === #


def _enter_keys(screen: Screen, world: World) -> None:
    screen.open_app()
    screen.press("Configuration")
    screen.page.get_by_role("menuitem", name="Credentials").click()
    screen.settle()
    screen.press("New")
    screen.type("name", "Tukku key")
    screen.choose("system", "Procountor")
    screen.choose("environment", "Other address")
    screen.type("custom_url", world.base_url)
    for name in KEYS:
        screen.type(f"procountor_{name}", world.credentials[name])
    screen.shot("keys")
    screen.save()
    screen.shot("keys-saved")


def _connect(screen: Screen) -> None:
    screen.press("New connection")
    screen.settle()
    screen.type("name", "Tukku")
    screen.save()
    screen.press("Test connection")
    screen.notified(f"Connected to {COMPANY}")
    screen.settle()
    screen.shot("connected")


def _switch_on(screen: Screen) -> None:
    for entity in SENT:
        row = screen.page.locator(
            ".o_field_widget[name='flow_ids'] .o_data_row", has_text=LABELS[entity]
        ).filter(has_text="Odoo → system")
        row.locator("td[name='active'] input").click()
        screen.settle()
    screen.shot("flows")
    if screen.page.locator(".o_form_button_save:visible").count():
        screen.save()


def _look_at_settings(screen: Screen) -> None:
    screen.page.get_by_role("tab", name="Procountor").click()
    screen.see("After the invoice was made")
    screen.page.get_by_role("tab", name="Procountor").scroll_into_view_if_needed()
    screen.page.locator(".o_content").evaluate("x => x.scrollTo(0, x.scrollHeight)")
    screen.shot("settings")
    screen.page.set_viewport_size({"width": 1366, "height": 1700})
    screen.shot("settings-whole")
    screen.page.set_viewport_size(VIEWPORT)


def _open_connection(screen: Screen) -> None:
    screen.open("ledger-dashboard")
    card = screen.page.locator(".o_kanban_record", has_text="Tukku")
    card.get_by_text("Tukku").first.click()
    expect(screen.page.locator(".o_form_view")).to_be_visible()
    screen.settle()


def _map_values(screen: Screen) -> None:
    screen.press("Refresh values")
    screen.settle()
    screen.shot("values")


def test_a_seller_s_orders_are_invoiced_in_procountor(
    screen: Screen, seller: Screen, shop: Shop, world: World
) -> None:
    """As in "Done when": set up, preview, send, number, break, mend, retry."""
    screen.log_in()
    _enter_keys(screen, world)
    _connect(screen)
    _switch_on(screen)
    _look_at_settings(screen)
    _map_values(screen)
