# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The SmartAccounts client against answers that each test writes down, over real HTTP.

How it gets on with the stand-in is another folder's story.
"""

from __future__ import annotations

import importlib.util
import json
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timezone
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ADDONS = Path(__file__).parents[2] / "addons"
if str(ADDONS / "ledger_connector_base") not in sys.path:
    sys.path.insert(0, str(ADDONS / "ledger_connector_base"))

from transport.http import HttpClient  # noqa: E402

PUBLIC = "11111111aaaa2222bbbb"
SECRET = "s3cr3t-key-for-tests-only"
#: Noon in Tallinn, in winter.
NOON = datetime(2026, 1, 15, 10, tzinfo=timezone.utc)


def _load() -> ModuleType:
    """Load the client under a name of its own: other vendors' are called so, too."""
    folder = ADDONS / "ledger_smartaccounts" / "client"
    name = "smartaccounts_client"
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(
            name, folder / "__init__.py", submodule_search_locations=[str(folder)]
        )
        sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


_load()


class Clock:
    """A clock that stands until a test moves it."""

    def __init__(self, now: datetime = NOON) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


@dataclass
class Seen:
    """A call as its bytes arrived."""

    method: str
    path: str
    query: str
    body: bytes
    headers: dict[str, str]

    @property
    def signature(self) -> str:
        """The last parameter's value."""
        return self.query.rpartition("&signature=")[2]

    @property
    def signed(self) -> str:
        """The query that the signature is over."""
        return self.query.rpartition("&signature=")[0]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def _any_method(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        path, _mark, query = self.path.partition("?")
        fake = self.server.fake
        fake.seen.append(Seen(self.command, path, query, body, dict(self.headers)))
        fake.next()(self)

    do_GET = do_POST = _any_method

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: the tests read what was called."""


class Fake:
    """Answers in the order in which they were written down; the last one repeats."""

    def __init__(self) -> None:
        self.seen: list[Seen] = []
        self._steps: list[Callable] = []
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
        self.server.daemon_threads = True
        self.server.fake = self
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(
            target=self.server.serve_forever, kwargs={"poll_interval": 0.01}
        ).start()

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def answers(self, *steps: Callable) -> None:
        self._steps = list(steps)

    def next(self) -> Callable:
        return self._steps.pop(0) if len(self._steps) > 1 else self._steps[0]

    @staticmethod
    def reply(
        body: Any,
        status: int = 200,
        date: datetime | None = NOON,
        headers: dict[str, str] | None = None,
    ) -> Callable:
        """Answer *body*, text as it is, with the vendor's clock at *date*."""
        text = body if isinstance(body, str) else json.dumps(body, ensure_ascii=False)

        def step(handler: BaseHTTPRequestHandler) -> None:
            content = text.encode()
            handler.send_response_only(status)
            if date:
                handler.send_header("Date", format_datetime(date, usegmt=True))
            for name, value in (headers or {}).items():
                handler.send_header(name, value)
            handler.send_header("Content-Length", str(len(content)))
            handler.end_headers()
            handler.wfile.write(content)

        return step

    @staticmethod
    def hang_up(handler: BaseHTTPRequestHandler) -> None:
        """Close the connection, the call read, without an answer."""
        handler.close_connection = True


@pytest.fixture
def fake() -> Iterator[Fake]:
    fake = Fake()
    yield fake
    fake.stop()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def open_client(fake: Fake, clock: Clock) -> Iterator[Callable]:
    """Open clients; options of the transport are given as a dict ``http``."""
    from smartaccounts_client import SmartAccountsClient

    opened = []

    def open_it(http: dict[str, Any] | None = None, **options: Any) -> Any:
        wire = HttpClient(
            fake.url,
            **{
                "read_error": SmartAccountsClient.read_error,
                "sleep": lambda seconds: None,
                **(http or {}),
            },
        )
        opened.append(wire)
        keys = {"public_key": PUBLIC, "secret_key": SECRET, "clock": clock}
        return SmartAccountsClient(wire, **{**keys, **options})

    yield open_it
    for wire in opened:
        wire.close()


@pytest.fixture
def client(open_client: Callable) -> Any:
    return open_client()
