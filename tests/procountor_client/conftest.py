# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The Procountor client against answers that each test writes down, over real HTTP.

How it gets on with the stand-in is another folder's story.
"""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from procountor_fake import KEYS, Clock, Fake

ADDONS = Path(__file__).parents[2] / "addons"
if str(ADDONS / "ledger_connector_base") not in sys.path:
    sys.path.insert(0, str(ADDONS / "ledger_connector_base"))

from transport.http import HttpClient  # noqa: E402
from transport.tokens import MemoryTokenStore  # noqa: E402


def _load() -> ModuleType:
    """Load the client under a name of its own: other vendors' are called so, too."""
    folder = ADDONS / "ledger_procountor" / "client"
    name = "procountor_client"
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(
            name, folder / "__init__.py", submodule_search_locations=[str(folder)]
        )
        sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


_load()


@pytest.fixture
def fake() -> Iterator[Fake]:
    fake = Fake()
    yield fake
    fake.stop()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def open_http(fake: Fake) -> Iterator[Callable]:
    """Open transports to the fake."""
    from procountor_client import ProcountorClient

    opened = []

    def open_it(**options: Any) -> HttpClient:
        usual = {
            "read_error": ProcountorClient.read_error,
            "sleep": lambda seconds: None,
        }
        opened.append(HttpClient(fake.url, **{**usual, **options}))
        return opened[-1]

    yield open_it
    for http in opened:
        http.close()


@pytest.fixture
def open_client(open_http: Callable, clock: Clock) -> Callable:
    """Open clients; options of the transport are given as a dict ``http``."""
    from procountor_client import ProcountorClient

    def open_it(http: dict[str, Any] | None = None, **options: Any) -> Any:
        tokens = options.pop("tokens", None) or MemoryTokenStore()
        usual = {**KEYS, "clock": clock}
        return ProcountorClient(
            open_http(**(http or {})), tokens, **{**usual, **options}
        )

    return open_it


@pytest.fixture
def client(open_client: Callable) -> Any:
    return open_client()
