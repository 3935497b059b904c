# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Odoo's screens in a real browser, in the words of the person before it."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import (
    ConsoleMessage,
    Error,
    Locator,
    Page,
    Request,
    Response,
    expect,
)

#: Milliseconds; only a hang ends here.
PATIENCE = 60_000
#: Milliseconds between two looks, and how often nothing may be under way.
PAUSE, CALM = 50, 5
APP = "ledger_connector_base.ledger_connector_menu"


class Screen:
    """A browser's window, logged in or not.

    Whatever goes wrong in it is kept in `faults`: JavaScript errors, lines of the
    console, answers 500, Odoo's error dialogue.

    :param page: the window
    :param url: of the server
    :param shots: folder for screenshots
    """

    def __init__(self, page: Page, url: str, shots: Path) -> None:
        self.page = page
        self.faults: list[str] = []
        self._url = url
        self._shots = shots
        self._count = 0
        self._pending: set[Request] = set()
        page.set_default_timeout(PATIENCE)
        expect.set_options(timeout=PATIENCE)
        page.on("pageerror", self._on_error)
        page.on("console", self._on_console)
        page.on("response", self._on_response)
        page.on("request", self._on_request)
        page.on("requestfinished", self._on_answered)
        page.on("requestfailed", self._on_answered)

    # === WHAT GOES WRONG === #

    def _on_error(self, error: Error) -> None:
        self.faults.append(f"JavaScript: {error}")

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.faults.append(f"Console: {message.text}")

    def _on_response(self, response: Response) -> None:
        if response.status >= 500:
            self.faults.append(f"{response.status}: {response.url}")

    def _on_request(self, request: Request) -> None:
        if request.resource_type in ("fetch", "xhr"):
            self._pending.add(request)

    def _on_answered(self, request: Request) -> None:
        self._pending.discard(request)

    def assert_well(self) -> None:
        """Fail if anything went wrong so far."""
        dialog = self.page.locator(".o_error_dialog")
        shown = [dialog.inner_text()] if dialog.count() else []
        assert not self.faults + shown, "\n".join(self.faults + shown)

    def shot(self, name: str) -> None:
        """Keep a picture of the window, which has to be well."""
        self.settle()
        self._picture(name)
        self.assert_well()

    def _picture(self, name: str) -> None:
        self._count += 1
        self._shots.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=self._shots / f"{self._count:02}-{name}.png")

    def refused(self, name: str) -> str:
        """Keep a picture of the dialogue that says no, close it, return its text."""
        dialog = self.page.locator(".o_error_dialog")
        expect(dialog).to_be_visible()
        text = dialog.locator("[role=alert]").inner_text()
        self._picture(name)
        dialog.locator("footer .btn-primary").click()
        expect(dialog).to_have_count(0)
        return text

    def settle(self) -> None:
        """Wait until nothing is loading."""
        calm = 0
        while calm < CALM:
            self.page.wait_for_timeout(PAUSE)
            calm = 0 if self._pending else calm + 1
        expect(self.page.locator(".o_loading_indicator")).to_have_count(0)
        expect(self.page.locator(".o_blockUI")).to_have_count(0)

    # === GOING SOMEWHERE === #

    def log_in(self, login: str = "admin", password: str = "admin") -> None:
        """Log in and wait for the first screen."""
        self.page.goto(f"{self._url}/web/login")
        self.page.fill("input[name=login]", login)
        self.page.fill("input[name=password]", password)
        self.page.click("form.oe_login_form button[type=submit]")
        expect(self.page.locator(".o_main_navbar")).to_be_visible()
        self.settle()

    def open_app(self) -> None:
        """Choose the app from the list of apps."""
        self.page.locator(".o_navbar_apps_menu button").click()
        self.page.locator(f".o-dropdown--menu [data-menu-xmlid='{APP}']").click()
        self.settle()

    def open(self, path: str) -> None:
        """Follow a link to a screen.

        :param path: below ``/odoo/``
        """
        self.page.goto(f"{self._url}/odoo/{path}")
        expect(self.page.locator(".o_action_manager .o_control_panel")).to_be_visible()
        self.settle()

    # === READING === #

    def field(self, name: str) -> Locator:
        """Return a field of the innermost form."""
        inside = self._top()
        return inside.locator(f".o_field_widget[name='{name}']:visible").first

    def see(self, text: str) -> None:
        """Wait until a text is to be read."""
        found = self._top().get_by_text(text).locator("visible=true").first
        expect(found).to_be_visible()

    def notified(self, text: str) -> None:
        """Wait for a notification, and take it away."""
        note = self.page.locator(".o_notification", has_text=text).first
        expect(note).to_be_visible()
        note.locator(".o_notification_close").click()
        expect(note).to_have_count(0)

    def _top(self) -> Locator:
        dialogs = self.page.locator(".o_dialog:visible")
        return dialogs.last if dialogs.count() else self.page.locator("body")

    # === DOING === #

    def press(self, label: str, says: str | None = None) -> None:
        """Press the button or link with this label, and wait for what it begins.

        Whoever looks into the database afterwards finds what the button did.

        :param says: of the notification that comes, and soon goes by itself
        """
        name = re.compile(rf"^\s*{re.escape(label)}\s*$")
        top = self._top()
        buttons = top.get_by_role("button", name=name).locator("visible=true")
        links = top.get_by_role("link", name=name).locator("visible=true")
        tabs = top.get_by_role("tab", name=name).locator("visible=true")
        buttons.or_(links).or_(tabs).first.click()
        if says:
            self.notified(says)
        self.settle()

    def confirm(self) -> None:
        """Say yes in the dialogue that asks."""
        self.page.locator(".modal-footer .btn-primary").click()
        self.settle()

    def type(self, name: str, value: str) -> None:
        """Type into a field."""
        self.field(name).locator("input, textarea").first.fill(value)

    def choose(self, name: str, label: str) -> None:
        """Choose from a field's list."""
        self.field(name).locator("input").first.click()
        self._pick(label)

    def _pick(self, label: str) -> None:
        choices = ".o-autocomplete--dropdown-item, .o_select_menu_item"
        self.page.locator(choices, has_text=label).locator("visible=true").first.click()

    def save(self) -> None:
        """Save the form."""
        self.page.locator(".o_form_button_save:visible").first.click()
        expect(self.page.locator(".o_form_button_save:visible")).to_have_count(0)
        self.settle()
