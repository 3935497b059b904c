# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A seller's orders become invoices in Procountor, and what is wrong is mended."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect

from sandbox.control import World
from tests.conftest import OdooProcess
from tests.support.client import OdooClient
from tests.support.screen import Screen
from tests.support.servers import the_sandbox
from tests.support.shop import KEYS, SENT, Shop

from .conftest import VIEWPORT, window

COMPANY = "Esimerkki Tukku Oy"
LABELS = {"partner": "Partners", "product": "Products", "order": "Orders"}
TALL = {**VIEWPORT, "height": 1500}


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
    with window(browser, server, tmp_path, f"{request.node.name}-seller") as opened:
        opened.log_in(*shop.seller)
        yield opened


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
    screen.save()
    screen.shot("keys")


def _connect(screen: Screen) -> None:
    screen.press("New connection")
    screen.type("name", "Tukku")
    screen.save()
    screen.press("Test connection", says=f"Connected to {COMPANY}")
    screen.shot("connected")


def _switch_on(screen: Screen) -> None:
    """Flows that are off stand in the list as well; sending is off at first."""
    for entity in SENT:
        rows = screen.field("all_flow_ids").locator(".o_data_row")
        row = rows.filter(has_text=LABELS[entity]).filter(has_text="Odoo → system")
        toggle = row.locator("td[name='active'] input")
        expect(toggle).not_to_be_checked()
        toggle.click()
        expect(toggle).to_be_checked()
        screen.settle()
    screen.shot("flows")
    if screen.page.locator(".o_form_button_save:visible").count():
        screen.save()


def _look_at_settings(screen: Screen) -> None:
    screen.page.get_by_role("tab", name="Procountor").click()
    screen.see("After the invoice was made")
    screen.page.set_viewport_size(TALL)
    screen.shot("settings")
    screen.page.set_viewport_size(VIEWPORT)


def _open_connection(screen: Screen) -> None:
    screen.open("ledger-dashboard")
    card = screen.page.locator(".o_kanban_record", has_text="Tukku")
    card.get_by_text("Tukku").first.click()
    expect(screen.page.locator(".o_form_view")).to_be_visible()
    screen.settle()


def _map_values(screen: Screen, code: str, tax: str) -> None:
    """Choose the counterpart of what the connection says is missing."""
    _open_connection(screen)
    screen.see("have no counterpart in Odoo yet")
    screen.press("Choose the counterparts")
    screen.shot("missing-values")
    exact = screen.page.locator("td[name='remote_code']").get_by_text(code, exact=True)
    row = screen.page.locator(".o_data_row").filter(has=exact)
    row.locator("td[name='res_id']").click()
    screen.page.locator("td[name='res_id'] input").fill(tax)
    choices = screen.page.locator(".o-autocomplete--dropdown-item:visible")
    choices.filter(has_text="Sales").first.click()
    screen.page.locator(".o_list_button_save:visible").first.click()
    screen.settle()


def _set_up(screen: Screen, world: World) -> None:
    screen.log_in()
    _enter_keys(screen, world)
    _connect(screen)
    _switch_on(screen)
    _look_at_settings(screen)
    screen.press("Refresh values")
    domestic = screen.page.locator(".o_data_row", has_text="1 Domestic – 25.5 %")
    expect(domestic).to_contain_text("ALV 25.5 %")
    screen.shot("values")
    _map_values(screen, "3:0", "0% EX")
    _open_connection(screen)
    screen.press("Go live")
    screen.confirm()
    screen.shot("live")


def _read(screen: Screen, shop: Shop) -> None:
    """Somebody presses *Sync now*; the lanes do the rest."""
    _open_connection(screen)
    screen.press("Sync now")
    shop.work()


# === WHAT A SELLER DOES === #


def _open_order(seller: Screen, order: int) -> None:
    seller.open(f"sales/{order}")
    seller.settle()


def _confirm(seller: Screen, shop: Shop, **values: int) -> int:
    order = shop.quotation(**values)
    _open_order(seller, order)
    seller.press("Confirm")
    state = seller.field("state").locator(".o_arrow_button_current")
    expect(state).to_have_text("Sales Order")
    seller.settle()
    return order


def _act(seller: Screen, action: str) -> None:
    seller.page.locator(".o_cp_action_menus button").first.click()
    seller.page.get_by_role("menuitem", name=action, exact=True).click()
    seller.settle()


def _send(seller: Screen, shop: Shop) -> None:
    _act(seller, "Send to ledger")
    seller.notified("1 of 1 records are going to be sent.")
    _see_again(seller, shop)


def _see_again(seller: Screen, shop: Shop) -> None:
    """Look at the form when the lanes are through."""
    shop.work()
    seller.page.reload()
    expect(seller.page.locator(".o_form_view")).to_be_visible()
    seller.settle()


def _banner(seller: Screen) -> Locator:
    return seller.page.locator(".o_form_view .alert-warning:visible")


def _retry(seller: Screen, shop: Shop) -> None:
    seller.press("Retry", says="It is tried again now.")
    _see_again(seller, shop)


def _expect_invoice(seller: Screen, number: int, stage: str) -> None:
    expect(_banner(seller)).to_have_count(0)
    seller.see("In step")
    status = seller.page.locator("[name='ledger_status']").first
    expect(status.locator("[name='ledger_number']")).to_have_text(str(number))
    expect(status.locator("[name='ledger_stage']")).to_have_text(stage)


def _preview(seller: Screen, world: World, name: str) -> None:
    """What is sent stands there as it will be sent, and is not sent by that."""
    _act(seller, "Show what is sent to the ledger")
    shown = seller.page.locator(".o_dialog pre")
    expect(shown).to_contain_text(f'"originalInvoiceNumber": "{name}"')
    expect(shown).to_contain_text('"unitPrice": 8.9')
    expect(shown).to_contain_text('"vatPercent": 25.5')
    seller.shot("payload")
    seller.press("Close")
    assert not world.objects("invoices")


def _break_and_mend(seller: Screen, shop: Shop, world: World) -> None:
    """No bank account there: the order says so, and goes out once there is one."""
    order = _confirm(seller, shop)
    world.bank_account(False)
    _send(seller, shop)
    expect(_banner(seller)).to_contain_text("bank account")
    seller.shot("no-bank-account")
    assert len(shop.invoices_there()) == 1
    world.bank_account(True)
    _retry(seller, shop)
    there = shop.invoices_there()
    assert len(there) == 2
    assert there[1]["originalInvoiceNumber"] == shop.name_of(order)
    _expect_invoice(seller, there[1]["invoiceNumber"], "Unfinished")
    seller.shot("mended")


def _break_a_tax(seller: Screen, screen: Screen, shop: Shop) -> None:
    """A tax nobody chose a counterpart of: once it is chosen, the order goes."""
    bread = shop.product("Ruisleipä", "LEIPA-1", 4.0, shop.tax_of(10.0))
    _confirm(seller, shop, product=bread)
    _send(seller, shop)
    expect(_banner(seller)).to_contain_text("ALV 10 %")
    seller.shot("no-tax")
    assert len(shop.invoices_there()) == 2
    _act(seller, "Show what is sent to the ledger")
    expect(seller.page.locator(".o_dialog .alert-warning")).to_contain_text("ALV 10 %")
    seller.shot("no-payload")
    seller.press("Close")
    _map_values(screen, "1:10", "ALV 10")
    _see_again(seller, shop)
    if _banner(seller).count():
        _retry(seller, shop)
    there = shop.invoices_there()[-1]
    _expect_invoice(seller, there["invoiceNumber"], "Unfinished")
    assert there["invoiceRows"][0]["vatPercent"] == 10


# === STORIES === #


def test_a_seller_s_orders_are_invoiced_in_procountor(
    screen: Screen, seller: Screen, shop: Shop, world: World
) -> None:
    """As in "Done when": set up, preview, send, number, break, mend, retry."""
    _set_up(screen, world)
    shop.rest()
    order = _confirm(seller, shop)
    seller.see("To be sent")
    seller.shot("confirmed")
    _preview(seller, world, shop.name_of(order))
    _send(seller, shop)
    [there] = shop.invoices_there()
    _expect_invoice(seller, there["invoiceNumber"], "Unfinished")
    seller.see(there["paymentInfo"]["bankReferenceCode"])
    seller.shot("sent")
    world.do("set_status", id=int(there["id"]), status="SENT")
    _read(screen, shop)
    _see_again(seller, shop)
    _expect_invoice(seller, there["invoiceNumber"], "Sent")
    seller.shot("sent-there")
    _break_and_mend(seller, shop, world)
    _break_a_tax(seller, screen, shop)
    screen.open(f"contacts/{shop.customer}")
    screen.press("Invoicing")
    screen.see("Invoices from Procountor")
    screen.shot("customer")


def test_a_sent_invoice_is_credited_once_a_seller_agrees(
    screen: Screen, seller: Screen, shop: Shop
) -> None:
    """The order changed too late: it asks, and makes a credit note and a new one."""
    shop.connect(*SENT, procountor_finish="send")
    order = _confirm(seller, shop)
    name = shop.name_of(order)
    _send(seller, shop)
    [first] = shop.invoices_there()
    assert first["status"] == "SENT"
    shop.change(order, 5)
    _send(seller, shop)
    expect(_banner(seller)).to_contain_text(f"{name} was changed in Odoo")
    expect(_banner(seller)).to_contain_text("sent to the customer already")
    seller.shot("asked")
    assert len(shop.invoices_there()) == 1
    seller.press("Credit it there")
    expect(seller.page.locator(".modal-body")).to_contain_text("credit note")
    seller.shot("really")
    seller.confirm()
    seller.notified("The credit note is made now.")
    expect(seller.page.get_by_role("button", name="Credit it there")).to_have_count(0)
    seller.shot("agreed")
    _see_again(seller, shop)
    numbers = [one["originalInvoiceNumber"] for one in shop.invoices_there()]
    assert numbers == [name, f"{name}-C", f"{name}-2"]
    _expect_invoice(seller, shop.invoices_there()[2]["invoiceNumber"], "Sent")
    seller.shot("credited")


def test_an_invoice_goes_to_procountor_from_odoo_s_send_dialogue(
    screen: Screen, shop: Shop
) -> None:
    """The ledger is ticked; number and status stand on the invoice afterwards."""
    shop.connect("partner", "product", "invoice", procountor_finish="approve")
    invoice = shop.invoice()
    screen.log_in()
    screen.open(f"customer-invoices/{invoice}")
    screen.press("Send")
    expect(screen.page.locator(".o_account_move_send_wizard")).to_be_visible()
    screen.settle()
    expect(screen.page.get_by_label("Send to Procountor")).to_be_checked()
    # The customer gets the invoice from Procountor; without a mail it is not “Send”.
    screen.page.get_by_label("by Email").click()
    screen.settle()
    screen.shot("dialogue")
    screen.press("Generate")
    expect(screen.page.locator(".modal")).to_have_count(0)
    screen.settle()
    [there] = shop.invoices_there()
    assert there["status"] == "NOT_SENT"
    _expect_invoice(screen, there["invoiceNumber"], "Approved")
    screen.shot("sent")
