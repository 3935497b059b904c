# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A real browser before a real server."""

from __future__ import annotations

import os
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from house.postgres import Postgres
from sandbox.control import World
from tests.conftest import OdooProcess
from tests.support.client import OdooClient
from tests.support.database import Database
from tests.support.screen import Screen
from tests.support.servers import serving, the_sandbox

#: Odoo's own: two requests of a page that loads mark the same messages as seen.
BELL = 'UPDATE "discuss_channel_member"'
ARGUMENTS = ("--no-sandbox", "--disable-gpu")
VIEWPORT = {"width": 1366, "height": 900}


@pytest.fixture(scope="module")
def server(
    postgres: Postgres, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[OdooProcess]:
    """The server that the browser talks to; its log has to be quiet.

    Each story has books of its own: customers of another one would be matches here.
    """
    home = tmp_path_factory.mktemp("browser")
    with serving(postgres, home, BELL) as running:
        yield running


@contextmanager
def _address_space() -> Iterator[None]:
    # Odoo limits that of this process; Chromium reserves more than that.
    before = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (before[1], before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)


# Of the package: test classes of Odoo end every process that their own started.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """The browser that `scripts/test` found or installed."""
    program = os.environ.get("LEDGER_CHROMIUM") or "/usr/bin/chromium"
    with _address_space(), sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield running
        running.close()


@contextmanager
def window(
    browser: Browser, server: OdooProcess, tmp_path: Path, name: str
) -> Iterator[Screen]:
    """A fresh window; in the end nothing may have gone wrong in it.

    :param name: of its pictures
    """
    kept = os.environ.get("LEDGER_SCREENSHOTS")
    shots = Path(kept) if kept else tmp_path
    page = browser.new_page(viewport=VIEWPORT, locale="en-GB")
    opened = Screen(page, server.url, shots / name)
    try:
        yield opened
    finally:
        if kept:
            shots.mkdir(parents=True, exist_ok=True)
            page.screenshot(path=shots / f"{name}-last.png")
        faults = list(opened.faults)
        page.close()
    assert not faults, "\n".join(faults)


@pytest.fixture
def screen(
    browser: Browser,
    server: OdooProcess,
    tmp_path: Path,
    request: pytest.FixtureRequest,
) -> Iterator[Screen]:
    """A fresh window; after the test nothing may have gone wrong in it."""
    with window(browser, server, tmp_path, request.node.name) as opened:
        yield opened


@pytest.fixture
def odoo(server: OdooProcess) -> OdooClient:
    """A manager's session, to look at what the clicks did."""
    return OdooClient(server.url, server.database)


@pytest.fixture
def world() -> Iterator[World]:
    """A world of Tripletex with one empty company."""
    with the_sandbox().world("tripletex") as made:
        yield made
        made.clear_faults()


@pytest.fixture
def browser_database(server: OdooProcess) -> Database:
    """The database of the server."""
    return Database(server.database)
