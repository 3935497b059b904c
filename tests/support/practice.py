# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""An accounting office before its screens, and its clients' books behind them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from playwright.sync_api import Locator, expect

from sandbox.control import World

from .books import ENDED
from .client import OdooClient
from .database import Database
from .logs import assert_without_secrets
from .practice_books import CODES, Kinds
from .screen import Screen
from .waiting import until


class Practice:
    """What an accountant does on the screen, and what has to be true afterwards.

    :param screen: logged in
    :param odoo: a manager's session, to look at the books with
    :param database: behind both
    :param world: SmartAccounts
    """

    def __init__(
        self, screen: Screen, odoo: OdooClient, database: Database, world: World
    ) -> None:
        self.screen = screen
        self.page = screen.page
        self.odoo = odoo
        self.database = database
        self.world = world

    # === GOING SOMEWHERE === #

    def open_clients(self) -> None:
        """Open the list of contacts."""
        self.screen.open("contacts?view_type=list")
        expect(self.page.locator(".o_list_view")).to_be_visible()
        self.screen.settle()

    def open_menu(self, *labels: str) -> None:
        """Choose from the app's menu.

        :param labels: from the bar downwards
        """
        self.screen.open("ledger-dashboard")
        self.screen.press(labels[0])
        for label in labels[1:]:
            self.page.get_by_role("menuitem", name=label, exact=True).click()
        self.screen.settle()

    def switch_view(self, kind: str) -> None:
        """Look at the same records as a list, pivot or graph."""
        self.page.locator(f".o_cp_switch_buttons button.o_{kind}").click()
        expect(self.page.locator(f".o_{kind}_view")).to_be_visible()
        self.screen.settle()

    def row(self, *texts: str) -> Locator:
        """Return the row of the innermost list that holds all these texts."""
        rows = self._top().locator(".o_data_row")
        for text in texts:
            rows = rows.filter(has_text=text)
        return rows.first

    def _top(self) -> Locator:
        # A dialogue has no size of its own: only what is in it is visible.
        dialogs = self.page.locator(".o_dialog")
        return dialogs.last if dialogs.count() else self.page.locator("body")

    def field(self, name: str) -> Locator:
        """Return a field of the innermost dialogue, not one of what lies below it."""
        return self._top().locator(f".o_field_widget[name='{name}']:visible").first

    def fill(self, **values: str) -> None:
        """Type into fields of the innermost dialogue."""
        for name, value in values.items():
            self.field(name).locator("input").first.fill(value)

    def tick(self, *clients: str) -> None:
        """Tick rows of a list."""
        for client in clients:
            self.row(client).locator(".o_list_record_selector input").click()
        self.screen.settle()

    def choose_action(self, label: str) -> None:
        """Choose from the menu *Actions* of the ticked rows."""
        menus = self.page.locator(".o_cp_action_menus button")
        menus.filter(has_text="Actions").first.click()
        self.page.get_by_role("menuitem", name=label, exact=True).click()
        self.screen.settle()

    def choose_month(self, field: str, month: date) -> None:
        """Choose a month with the picker."""
        self.field(field).locator("input, button").first.click()
        picker = self.page.locator(".o_datetime_picker")
        expect(picker).to_be_visible()
        year = picker.locator(".o_header_part")
        while f"{month:%Y}" not in year.inner_text():
            picker.locator(".o_previous").click()
        picker.locator(".o_date_item_cell", has_text=f"{month:%b}").first.click()
        self.screen.settle()

    def add_tags(self, field: str, *labels: str) -> None:
        """Choose several values of a field that holds tags."""
        for label in labels:
            self.fill(**{field: label})
            choices = self.page.locator(".o-autocomplete--dropdown-item:visible")
            choices.filter(has_text=label).first.click()
            tags = self.field(field).locator(".o_tag", has_text=label)
            expect(tags).to_have_count(1)

    def pivot_row(self, title: str) -> list[int]:
        """Return the numbers of a row of the pivot, 0 where it is empty."""
        rows = self.page.locator(".o_pivot tbody tr")
        cells = rows.filter(has=self.page.get_by_text(title)).first.locator("td")
        return [int(text.strip() or 0) for text in cells.all_inner_texts()]

    # === KEYS === #

    def open_keys(self, client: str) -> None:
        """Press the key in the row of a client."""
        self.row(client).locator("button[name=action_ledger_keys]").click()
        expect(self.page.locator(".o_dialog")).to_have_count(1)
        self.screen.settle()

    def enter_key(self, label: str, value: str) -> None:
        """Type a key into its line."""
        name = re.compile(rf"^\s*{label}\s*$")
        cell = self.page.locator(".o_dialog .o_data_row").filter(
            has=self.page.locator("td[name=name]", has_text=name)
        )
        cell.locator("td[name=value]").click()
        cell.locator("td[name=value] input").fill(value)

    def enter_keys(self, keys: dict[str, Any]) -> None:
        """Say where the books are and type both keys."""
        self.screen.choose("environment", "Other address")
        self.screen.type("custom_url", self.world.base_url)
        self.enter_key("Public key", keys["public_key"])
        self.enter_key("Secret key", keys["secret_key"])

    def test_keys(self) -> str:
        """Press *Test connection* and return what the window says then."""
        self.page.locator(".o_dialog button[name=action_test]").click()
        said = self.page.locator(".o_dialog .alert:visible")
        expect(said).to_be_visible()
        self.screen.settle()
        return said.inner_text().strip()

    def save_keys(self) -> None:
        """Press *Save*; the window closes."""
        self.page.locator(".o_dialog button[name=action_save]").click()
        expect(self.page.locator(".o_dialog")).to_have_count(0)

    def assert_no_key_shown(self, keys: Iterable[dict[str, Any]]) -> None:
        """Fail if a key stands on the screen, or can be read back."""
        secrets = [one[name] for one in keys for name in ("public_key", "secret_key")]
        assert_without_secrets("the page", self.page.content(), secrets)
        script = "all => all.map(one => one.value)"
        values = self.page.eval_on_selector_all("input", script)
        assert_without_secrets("an entry field", "\n".join(values), secrets)

    # === RUNS === #

    def wait_for_jobs(self) -> list[dict[str, Any]]:
        """Let the lanes work until nothing is left, and return all jobs."""
        busy = [("state", "not in", ENDED)]

        def over() -> bool:
            self.database.wake_lanes()
            return not self.odoo.count("ledger.sync.job", busy)

        until("all jobs are over", over)
        names = ("state", "error", "trigger", "connection_id")
        return self.odoo.read("ledger.sync.job", [], *names, order="id")

    def fall_due(self) -> list[dict[str, Any]]:
        """Let the set-up's day and hour come, and the run after it; return its jobs."""
        counting = [("entity", "=", "statistics"), ("next_run", "!=", False)]
        flows = self.odoo.find("ledger.flow", counting)
        known = self.odoo.find("ledger.sync.job", [])
        self.odoo.write("ledger.flow", flows, next_run="2020-01-01 00:00:00")

        def begun() -> bool:
            self.database.wake_lanes()
            new = [("id", "not in", known), ("trigger", "=", "schedule")]
            return self.odoo.count("ledger.sync.job", new) >= len(flows)

        until("the scheduled run has begun", begun)
        return [job for job in self.wait_for_jobs() if job["id"] not in known]

    # === WHAT IS TRUE === #

    def tasks(self) -> dict[str, dict[str, Any]]:
        """Return the tasks of counted periods by title; no two have the same."""
        names = ("name", "date_deadline", "user_ids", "partner_id", "description")
        domain = [("ledger_period_id", "!=", False)]
        found = self.odoo.read("project.task", domain, *names)
        tasks = {task["name"]: task for task in found}
        assert len(tasks) == len(found), sorted(task["name"] for task in found)
        return tasks

    def invoices(self) -> list[dict[str, Any]]:
        """Return the customer invoices."""
        names = ("state", "partner_id", "amount_untaxed", "invoice_line_ids")
        domain = [("move_type", "=", "out_invoice")]
        return self.odoo.read("account.move", domain, *names)

    def period(self, client: str, month: date) -> dict[str, Any]:
        """Return the only period of a client's month."""
        domain = [("partner_id", "=", client), ("date_from", "=", f"{month}")]
        names = ("state", "complete", "billed", "invoice_id", "display_name")
        (found,) = self.odoo.read("ledger.statistics.period", domain, *names)
        return found

    def figures(self, client: str, month: date, field: str = "count") -> Kinds:
        """Return the figures of a client's month that are not 0, by code."""
        domain = [("period_id", "=", self.period(client, month)["id"])]
        found = self.odoo.read("ledger.statistics.figure", domain, "kind_id", field)
        kinds = self.odoo.read("ledger.statistics.kind", [], "code")
        codes = {kind["id"]: kind["code"] for kind in kinds}
        return {codes[one["kind_id"][0]]: one[field] for one in found if one[field]}

    def assert_counted(self, client: str, month: date, booked: Kinds) -> None:
        """Fail unless a month's figures are what the world has booked.

        :param booked: numbers by the vendor's words
        """
        expected = {CODES[word]: count for word, count in booked.items()}
        if booked:
            expected["entries"] = sum(booked.values())
        counted = self.figures(client, month)
        assert counted == expected, (client, month, counted)
