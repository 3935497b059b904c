# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The story of an accounting office: keys, figures, tasks, a correction, a bill."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import expect

from sandbox.control import World
from tests.support.client import OdooClient
from tests.support.database import Database
from tests.support.practice import Practice
from tests.support.practice_books import (
    BEFORE,
    BOOKED,
    CLIENTS,
    FIRST,
    LAST,
    MONTHS,
    SECOND,
    change_books,
    found_books,
    month_end,
)
from tests.support.screen import Screen
from tests.support.servers import the_sandbox

Keys = dict[str, dict[str, Any]]
PROJECT = "Monthly bookkeeping"
TITLES = {f"{name}: documents of {month:%B %Y}" for name in CLIENTS for month in MONTHS}
#: What a task says when it carries corrections.
TOLD = "Corrections of earlier periods"


@pytest.fixture
def world() -> Iterator[World]:
    """SmartAccounts, without any company but those of the story."""
    with the_sandbox().world("smartaccounts") as made:
        yield made


@pytest.fixture
def practice(
    screen: Screen, odoo: OdooClient, browser_database: Database, world: World
) -> Practice:
    """The office with its three clients, who have books but no keys here."""
    odoo.call("res.partner", "create", [{"name": name} for name in CLIENTS])
    odoo.create("project.project", name=PROJECT)
    screen.log_in()
    return Practice(screen, odoo, browser_database, world)


# === KEYS === #


def _give_keys(practice: Practice, keys: Keys) -> None:
    practice.open_clients()
    practice.screen.shot("clients")
    _refuse_wrong_key(practice, keys)
    for client in CLIENTS[1:]:
        practice.open_keys(client)
        practice.enter_keys(keys[client])
        assert keys[client]["iban"] in practice.test_keys()
        _save(practice, client, keys)
    _assert_connected(practice, keys)


def _refuse_wrong_key(practice: Practice, keys: Keys) -> None:
    screen, odoo = practice.screen, practice.odoo
    wrong = {**keys[FIRST], "secret_key": keys[SECOND]["secret_key"]}
    practice.open_keys(FIRST)
    screen.shot("keys-empty")
    practice.enter_keys(wrong)
    said = practice.test_keys()
    screen.shot("keys-refused")
    assert "does not accept the keys" in said
    practice.assert_no_key_shown([*keys.values(), wrong])
    assert not odoo.count("ledger.connection", [("partner_id", "=", FIRST)])
    practice.enter_key("Secret key", keys[FIRST]["secret_key"])
    said = practice.test_keys()
    # The vendor does not tell a company's name, only its bank account.
    assert keys[FIRST]["iban"] in said
    screen.shot("keys-good")
    practice.assert_no_key_shown(keys.values())
    _save(practice, FIRST, keys)


def _save(practice: Practice, client: str, keys: Keys) -> None:
    practice.save_keys()
    practice.screen.notified(keys[client]["iban"])
    practice.screen.settle()


def _assert_connected(practice: Practice, keys: Keys) -> None:
    found = practice.odoo.read("ledger.connection", [], "partner_id", "state")
    assert sorted(one["partner_id"][1] for one in found) == sorted(CLIENTS)
    assert {one["state"] for one in found} == {"live"}
    practice.assert_no_key_shown(keys.values())
    practice.open_keys(FIRST)
    practice.screen.shot("keys-there")
    practice.assert_no_key_shown(keys.values())
    practice.page.locator(".o_dialog").get_by_text("Discard").click()
    assert not practice.odoo.count("ledger.statistics.period", [])


# === SET-UP === #


def _set_up(practice: Practice) -> None:
    screen = practice.screen
    practice.open_menu("Statistics", "Set-up")
    screen.press("New")
    screen.choose("system", "SmartAccounts")
    screen.choose("delivery", "A task")
    screen.shot("set-up-empty")
    screen.press("Activate")
    said = screen.refused("set-up-refused")
    assert "Project: choose the project" in said
    assert "Otherwise for: choose a user" in said
    screen.choose("project_id", PROJECT)
    screen.choose("user_id", "Administrator")
    screen.press("Activate", says="The set-up of SmartAccounts is active")
    screen.shot("set-up")


# === FIGURES AND TASKS === #


def _import_two_months(practice: Practice) -> None:
    screen, page = practice.screen, practice.page
    practice.open_clients()
    practice.tick(*CLIENTS)
    practice.choose_action("Import data")
    practice.choose_month("month_from", BEFORE)
    practice.choose_month("month_to", LAST)
    screen.shot("import-window")
    screen.press("Import")
    expect(page.locator(".o_dialog")).to_have_count(0)
    screen.shot("import-begun")
    jobs = practice.wait_for_jobs()
    assert [job["state"] for job in jobs] == ["done"] * 3, jobs
    screen.notified("Figures of 3 clients are there.")
    page.reload()
    screen.settle()
    expect(screen.field("state").locator(".o_arrow_button_current")).to_have_text(
        "Done"
    )
    screen.shot("import-done")


def _assert_counted(practice: Practice) -> None:
    for client, months in BOOKED.items():
        for month, booked in zip(MONTHS, months, strict=True):
            practice.assert_counted(client, month, booked)
            assert practice.period(client, month)["state"] == "open"
    assert practice.odoo.count("ledger.statistics.period", []) == 6
    assert not practice.odoo.count("ledger.statistics.correction", [])


def _look_at_tasks(practice: Practice) -> None:
    screen = practice.screen
    assert set(practice.tasks()) == TITLES
    for title, task in practice.tasks().items():
        client, month = title.split(": documents of ")
        ended = month_end(BEFORE if month == f"{BEFORE:%B %Y}" else LAST)
        assert task["date_deadline"].startswith(f"{ended}"), task
        assert task["partner_id"][1] == client
        assert task["user_ids"] == [practice.odoo.uid]
    screen.open("all-tasks?view_type=list")
    screen.shot("tasks")
    _open_task(practice, FIRST, LAST)
    screen.shot("task")
    screen.see("Sales invoices")
    practice.page.locator("button[name=action_open_ledger_period]").click()
    screen.see(f"{FIRST}: {LAST:%B %Y}")
    screen.shot("period-of-the-task")


def _open_task(practice: Practice, client: str, month: date) -> None:
    practice.row(client, f"{month:%B %Y}").locator("td[name=name]").click()
    expect(practice.page.locator(".o_form_view")).to_be_visible()
    practice.screen.settle()


def _look_at_figures(practice: Practice) -> None:
    screen = practice.screen
    practice.open_menu("Statistics", "Figures")
    screen.shot("figures")
    practice.switch_view("pivot")
    screen.shot("pivot")
    for client, months in BOOKED.items():
        booked = [sum(kinds.values()) for kinds in months]
        shown = practice.pivot_row(client)
        assert shown == [*booked, sum(booked)], (client, shown)
    practice.switch_view("graph")
    screen.shot("graph")


# === A FROZEN MONTH === #


def _open_period(practice: Practice, client: str, month: date) -> None:
    practice.open_menu("Statistics", "Periods")
    practice.row(client, f"{month:%b} 1").locator("td[name=partner_id]").click()
    practice.screen.see(f"{client}: {month:%B %Y}")
    practice.screen.settle()


def _freeze(practice: Practice) -> None:
    screen = practice.screen
    _open_period(practice, FIRST, BEFORE)
    screen.press("Freeze")
    expect(screen.field("state").locator(".o_arrow_button_current")).to_have_text(
        "Frozen"
    )
    screen.shot("frozen")
    assert practice.period(FIRST, BEFORE)["state"] == "frozen"
    assert practice.period(FIRST, LAST)["state"] == "open"
    assert practice.period(SECOND, BEFORE)["state"] == "open"


def _run_and_see_corrections(practice: Practice) -> None:
    screen = practice.screen
    jobs = practice.fall_due()
    assert {job["state"] for job in jobs} == {"done"}, jobs
    _assert_corrected(practice)
    practice.open_menu("Statistics", "Corrections")
    screen.shot("corrections")
    expect(practice.row("Bank payments", f"{BEFORE:%B %Y}")).to_contain_text("2")
    expect(practice.row("Manual entries", f"{LAST:%B %Y}")).to_contain_text("-1")
    _open_period(practice, FIRST, LAST)
    screen.press("Corrections carried here")
    screen.shot("corrections-carried")
    screen.open("all-tasks?view_type=list")
    _open_task(practice, FIRST, LAST)
    screen.see(TOLD)
    screen.shot("task-with-corrections")


def _assert_corrected(practice: Practice) -> None:
    before, last = BOOKED[FIRST]
    practice.assert_counted(FIRST, BEFORE, before)
    practice.assert_counted(FIRST, LAST, last)
    changes = {"bank_payment": 2, "manual_entry": -1, "entries": 1}
    assert practice.figures(FIRST, LAST, "correction") == changes
    assert practice.figures(FIRST, BEFORE, "correction") == {}
    assert practice.odoo.count("ledger.statistics.period", []) == 6
    tasks = practice.tasks()
    assert set(tasks) == TITLES, "no second task"
    corrected = {title for title, task in tasks.items() if TOLD in task["description"]}
    assert corrected == {f"{FIRST}: documents of {LAST:%B %Y}"}


# === THE BILL === #


def _agree(practice: Practice) -> None:
    screen = practice.screen
    practice.open_menu("Statistics", "Agreements")
    screen.press("New")
    screen.choose("partner_id", FIRST)
    # By default it begins with this year.
    screen.field("date_from").locator("input, button").first.click()
    screen.type("date_from", f"{BEFORE:%m/%d/%Y}")
    practice.page.keyboard.press("Tab")
    practice.page.locator("[name=line_ids]").get_by_text("Add a line").click()
    expect(practice.page.locator(".o_dialog")).to_have_count(1)
    practice.fill(name="Invoices booked", price_unit="2.50")
    practice.add_tags("kind_ids", "Sales invoices", "Purchase invoices")
    screen.shot("price-per-piece")
    screen.press("Save & New")
    practice.add_tags("kind_ids", "Bank payments")
    practice.field("scheme").get_by_text("Base fee, and a price").click()
    practice.fill(name="Bank payments", base_fee="40", included_count="8")
    practice.fill(price_unit="1.25")
    screen.shot("price-base-fee")
    screen.press("Save & Close")
    expect(practice.page.locator(".o_dialog")).to_have_count(0)
    screen.save()
    screen.shot("agreement")


def _show_bill(practice: Practice) -> None:
    practice.open_menu("Statistics", "Create invoices")
    practice.choose_month("month_from", BEFORE)
    practice.page.locator(".o_dialog button[name=action_show]").click()
    expect(practice.row(FIRST, f"{BEFORE:%B %Y}")).to_be_visible()
    practice.screen.settle()


def _bill(practice: Practice) -> None:
    screen = practice.screen
    _show_bill(practice)
    screen.shot("bill")
    expect(practice.row(SECOND)).to_contain_text("No agreement for this period.")
    assert not practice.invoices()
    screen.press("Create draft invoices")
    expect(screen.field("state").locator(".o_arrow_button_current")).to_have_text(
        "Draft"
    )
    screen.shot("invoice")
    _assert_billed(practice)


def _assert_billed(practice: Practice) -> None:
    (invoice,) = practice.invoices()
    assert (invoice["state"], invoice["partner_id"][1]) == ("draft", FIRST)
    lines = [("id", "in", invoice["invoice_line_ids"])]
    found = practice.odoo.read(
        "account.move.line", lines, "name", "quantity", "price_unit", order="sequence"
    )
    before, last = f"{BEFORE:%B %Y}", f"{LAST:%B %Y}"
    assert [(one["name"], one["quantity"], one["price_unit"]) for one in found] == [
        (f"Invoices booked, {before}", 10, 2.5),
        (f"Bank payments, {before}: base fee, 8 included", 1, 40),
        (f"Bank payments, {before}: above the 8 included", 1, 1.25),
        (f"Invoices booked, {last}", 8, 2.5),
        (f"Bank payments, {last}: base fee, 8 included", 1, 40),
        (f"Bank payments, {before}, correction: above the 8 included", 2, 1.25),
    ]
    for month in MONTHS:
        period = practice.period(FIRST, month)
        assert (period["state"], period["billed"]) == ("frozen", True)
        assert period["invoice_id"][0] == invoice["id"]
        other = practice.period(SECOND, month)
        assert (other["state"], other["billed"]) == ("open", False)


def _bill_again_in_vain(practice: Practice) -> None:
    _show_bill(practice)
    for month in MONTHS:
        row = practice.row(FIRST, f"{month:%B %Y}")
        expect(row).to_contain_text("Billed already")
    practice.screen.shot("billed-already")
    button = practice.page.locator(".o_dialog button[name=action_create_invoices]")
    expect(button).to_have_count(0)
    practice.page.locator(".o_dialog footer").get_by_text("Close").click()
    assert len(practice.invoices()) == 1


def test_an_office_counts_corrects_and_bills_its_clients(
    practice: Practice, world: World
) -> None:
    """As in "Done when": keys, two months, tasks, freeze, correction, invoice."""
    keys = found_books(world)
    _give_keys(practice, keys)
    _set_up(practice)
    _import_two_months(practice)
    _assert_counted(practice)
    _look_at_tasks(practice)
    _look_at_figures(practice)
    _freeze(practice)
    change_books(world, keys[FIRST]["company_id"])
    _run_and_see_corrections(practice)
    _agree(practice)
    _bill(practice)
    _bill_again_in_vain(practice)
    practice.screen.open("ledger-figures")
    practice.screen.shot("figures-in-the-end")
    practice.assert_no_key_shown(keys.values())
