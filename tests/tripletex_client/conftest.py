# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The Tripletex client against the sandbox, over real HTTP and without Odoo."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
for folder in (ROOT, ROOT / "addons" / "ledger_connector_base"):
    if str(folder) not in sys.path:
        sys.path.insert(0, str(folder))

from tests.support.plain.ledger_tripletex.client import (  # noqa: E402
    LIMIT_HEADERS,
    REQUEST_ID_HEADER,
    TripletexClient,
)
from transport.http import HttpClient  # noqa: E402
from transport.tokens import MemoryTokenStore  # noqa: E402

from sandbox.control import Sandbox, World  # noqa: E402


@pytest.fixture(scope="session")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    """The running sandbox named by the environment, or one of our own."""
    if url := os.environ.get("LEDGER_SANDBOX_URL"):
        yield Sandbox(url, os.environ["LEDGER_SANDBOX_KEY"])
        return
    ready = tmp_path_factory.mktemp("sandbox") / "ready.json"
    command = [sys.executable, "-m", "sandbox", "--port", "0", "--ready-file", ready]
    with subprocess.Popen(command, cwd=ROOT) as process:
        while not ready.exists():
            assert process.poll() is None, "the sandbox did not start"
            time.sleep(0.05)
        found = json.loads(ready.read_text())
        yield Sandbox(found["url"], found["key"])
        process.terminate()


@pytest.fixture
def make_world(sandbox: Sandbox) -> Iterator[Callable[..., World]]:
    """Make worlds that are dropped after the test."""
    made = []

    def make(size: dict[str, int] | None = None, **settings: Any) -> World:
        made.append(sandbox.world("tripletex", size=size, **settings))
        return made[-1]

    yield make
    for world in made:
        world.drop()


@pytest.fixture
def world(make_world: Callable[..., World]) -> World:
    """A world with one company, its books still empty."""
    return make_world()


@pytest.fixture
def open_client() -> Iterator[Callable[..., TripletexClient]]:
    """Open clients of a world.

    Options for the client are given as keywords, those for its transport as a dict
    ``http``; ``key`` says whose key opens it, ``employee`` or ``office``.
    """
    opened = []

    def open_it(
        world: World,
        *,
        key: str = "employee",
        http: dict[str, Any] | None = None,
        tokens: Any = None,
        **options: Any,
    ) -> TripletexClient:
        wire = HttpClient(
            world.base_url,
            read_error=TripletexClient.read_error,
            request_id_header=REQUEST_ID_HEADER,
            limit_headers=LIMIT_HEADERS,
            sleep=lambda seconds: None,
            **(http or {}),
        )
        opened.append(wire)
        keys = {
            "consumer_token": world.credentials["consumer_token"],
            "employee_token": world.credentials[f"{key}_token"],
        }
        return TripletexClient(
            wire, tokens or MemoryTokenStore(), **{**keys, **options}
        )

    yield open_it
    for wire in opened:
        wire.close()
