# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A customer is edited on both sides at once, and a bookkeeper decides."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from sandbox.control import World
from tests.support.client import OdooClient
from tests.support.screen import Screen
from tests.support.sending import Outgoing, connect_outgoing

SAILS, FISH = "Sognefjord Seil AS", "Lofoten Fisk AS"
BEFORE = "felles@example.org"
OURS, THEIRS = "odoo@example.org", "tripletex@example.org"
OUR_PHONE, THEIR_SITE = "+47 55 00 00 02", "https://seil.example.org"


@pytest.fixture
def out(odoo: OdooClient, world: World) -> Iterator[Outgoing]:
    """Customers go both ways."""
    out = connect_outgoing(odoo, world, ["partner"], read=["partner"])
    yield out
    out.forget()


def _ask_from_now_on(screen: Screen, out: Outgoing) -> None:
    screen.open(f"ledger-flows/{out.books.flow('partner')['id']}")
    screen.field("conflict_policy").get_by_label("Ask", exact=True).click()
    screen.save()
    screen.shot("flow-asks")


def _edit_on_both_sides(
    screen: Screen, world: World, out: Outgoing, sails: int, fish: int
) -> None:
    screen.open(f"contacts/{sails}")
    screen.see("In step")
    screen.shot("in-step")
    screen.type("email", OURS)
    screen.type("phone", OUR_PHONE)
    screen.save()
    screen.shot("edited-in-odoo")
    out.odoo.write("res.partner", fish, email=OURS)
    there = {x: int(out.link("res.partner", x)["external_id"]) for x in (sails, fish)}
    world.update("customer", there[sails], email=THEIRS, website=THEIR_SITE)
    world.update("customer", there[fish], email=THEIRS)
    out.books.run("partner")
    out.send("partner")


def _follow_the_activity(screen: Screen) -> None:
    """From the clock in the corner to the place where it is decided."""
    screen.page.locator(".o_menu_systray i[aria-label='Activities']").click()
    group = screen.page.locator(".o-mail-ActivityGroup", has_text="Ledger Connection")
    expect(group).to_contain_text("1 Today")
    screen.shot("activities")
    group.click()
    screen.settle()
    screen.page.locator(".o_data_row", has_text="Books of").first.click()
    screen.settle()
    activity = screen.page.locator(".o-mail-Activity").first
    activity.scroll_into_view_if_needed()
    expect(activity).to_contain_text("2 values were changed in Odoo and in Tripletex")
    screen.shot("activity")
    for text in (SAILS, FISH, "Email", OURS, THEIRS):
        expect(activity).to_contain_text(text)
    screen.press("Needs attention")
    screen.shot("needs-attention")
    screen.page.locator("button[name=action_open_place]:visible").click()
    screen.settle()
    screen.shot("conflicts")


def _decide(screen: Screen) -> None:
    """One on its own form, the other one from the list."""
    row = screen.page.locator(".o_data_row", has_text="Sognefjord")
    row.locator("td[name='odoo_text']").click()
    expect(screen.page.locator(".o_form_view")).to_be_visible()
    screen.settle()
    values = screen.page.locator("[name='values'] > div")
    for place, (title, text) in enumerate(
        [("Before", BEFORE), ("In Odoo", OURS), ("In the system", THEIRS)]
    ):
        expect(values.nth(place)).to_contain_text(title)
        expect(values.nth(place)).to_contain_text(text)
    screen.see("Nothing is overwritten before you choose")
    screen.shot("side-by-side")
    screen.press("Keep Odoo's")
    screen.see("This is decided: Odoo's value is kept")
    expect(values.nth(1)).to_contain_text("Kept")
    expect(values.nth(2)).not_to_contain_text("Kept")
    expect(values.nth(2)).to_contain_text(THEIRS)
    screen.shot("decided")
    screen.open("ledger-conflicts")
    row = screen.page.locator(".o_data_row", has_text=THEIRS)
    expect(row).to_have_count(1)
    row.get_by_role("button", name="Take the system's").click()
    screen.settle()
    expect(row).to_have_count(0)
    screen.shot("nothing-left")


def _assert_agreed(out: Outgoing, partner: int, **values: str) -> None:
    """Both sides have these values."""
    (here,) = out.odoo.read("res.partner", [("id", "=", partner)], "email", "website")
    there = out.there("res.partner", partner)
    for name, value in values.items():
        assert here[name] == value, (name, here)
        assert there[name] == value, (name, there)


def test_a_customer_edited_on_both_sides_is_decided_on_the_screen(
    screen: Screen, odoo: OdooClient, world: World, out: Outgoing
) -> None:
    """Fields that one side edited are in step at once; the same one is asked about."""
    sails, fish = (out.customer(name, email=BEFORE) for name in (SAILS, FISH))
    out.send("partner")
    screen.log_in()
    _ask_from_now_on(screen, out)
    _edit_on_both_sides(screen, world, out, sails, fish)
    assert out.there("res.partner", sails)["phoneNumber"] == OUR_PHONE
    _assert_agreed(out, sails, website=THEIR_SITE)
    assert out.there("res.partner", sails)["email"] == THEIRS, "not overwritten"
    screen.open(f"contacts/{sails}")
    screen.see("Needs attention")
    expect(screen.field("email").locator("input")).to_have_value(OURS)
    screen.shot("needs-a-decision")
    _follow_the_activity(screen)
    _decide(screen)
    out.send("partner")
    out.books.run("partner")
    _assert_agreed(out, sails, email=OURS, website=THEIR_SITE)
    _assert_agreed(out, fish, email=THEIRS)
    assert not odoo.count("mail.activity", [("res_model", "=", "ledger.connection")])
    screen.open(f"contacts/{sails}")
    screen.see("In step")
    screen.shot("in-step-again")
    out.assert_once(customer=[sails, fish])
