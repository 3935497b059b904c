# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A tiny vendor on this machine, whose answers each test writes down itself."""

from __future__ import annotations

import json
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import HealthCheck, settings

# How fast the machine is says nothing about the code.
settings.register_profile(
    "patient", deadline=None, suppress_health_check=[*HealthCheck]
)
settings.load_profile("patient")

ADDON = Path(__file__).parents[2] / "addons" / "ledger_connector_base"
if str(ADDON) not in sys.path:
    sys.path.insert(0, str(ADDON))

from transport.http import HttpClient  # noqa: E402

Step = Callable[["Handler"], None]


@dataclass
class Seen:
    """A call that arrived."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes
    client: tuple[str, int]

    @property
    def path(self) -> str:
        return urlsplit(self.target).path

    @property
    def query(self) -> dict[str, list[str]]:
        return parse_qs(urlsplit(self.target).query)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Server

    def handle_one_request(self) -> None:
        try:
            super().handle_one_request()
        except ConnectionError:
            self.close_connection = True

    def _any_method(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        headers = dict(self.headers.items())
        vendor = self.server.vendor
        vendor.seen.append(
            Seen(self.command, self.path, headers, body, self.client_address)
        )
        vendor.next_step()(self)

    do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = _any_method

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: the tests read what was called."""


class Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    vendor: Vendor


class Vendor:
    """What tests see of the server.

    Answers come in the order in which they were written down; the last one repeats.
    """

    def __init__(self) -> None:
        self.seen: list[Seen] = []
        self._steps: list[Step] = [self.reply({"value": {}})]
        self.server = Server(("127.0.0.1", 0), Handler)
        self.server.vendor = self
        self.url = f"http://127.0.0.1:{self.server.server_port}/v2"
        threading.Thread(
            target=self.server.serve_forever, kwargs={"poll_interval": 0.01}
        ).start()

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def answers(self, *steps: Step) -> None:
        self._steps = list(steps)

    def next_step(self) -> Step:
        return self._steps.pop(0) if len(self._steps) > 1 else self._steps[0]

    @staticmethod
    def reply(
        body: Any = None,
        status: int = 200,
        headers: dict[str, str] | None = None,
        length: int | None = None,
    ) -> Step:
        """Answer; a *length* beyond the body's lets the connection break in it."""
        content = body if isinstance(body, bytes) else json.dumps(body).encode()

        def step(handler: Handler) -> None:
            handler.send_response(status)
            announced = len(content) if length is None else length
            for name, value in {
                "Content-Type": "application/json",
                "Content-Length": str(announced),
                **(headers or {}),
            }.items():
                handler.send_header(name, value)
            handler.end_headers()
            if handler.command != "HEAD":
                handler.wfile.write(content)
            handler.close_connection = announced > len(content)

        return step

    @staticmethod
    def hang_up(handler: Handler) -> None:
        """Close the connection, the call read, without an answer."""
        handler.close_connection = True
        handler.connection.shutdown(socket.SHUT_RDWR)

    @staticmethod
    def broken_chunks(handler: Handler) -> None:
        """Announce a chunk and close in the middle of it."""
        handler.send_response(200)
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        handler.wfile.write(b'20\r\n{"values": [')
        handler.close_connection = True

    @staticmethod
    def silence(handler: Handler) -> None:
        """Keep the connection open and say nothing until the caller goes away."""
        handler.close_connection = True
        handler.connection.recv(1)

    @staticmethod
    def drip(start: bytes) -> Step:
        """Send *start*, then one byte at a time until the caller goes away."""

        def step(handler: Handler) -> None:
            handler.close_connection = True
            handler.wfile.write(start)
            while True:
                handler.wfile.write(b"x")
                time.sleep(0.02)

        return step


@pytest.fixture
def vendor() -> Iterator[Vendor]:
    vendor = Vendor()
    yield vendor
    vendor.stop()


@pytest.fixture
def pauses() -> list[float]:
    """Seconds that the client wanted to sleep; nobody sleeps."""
    return []


@pytest.fixture
def open_client(
    vendor: Vendor, pauses: list[float]
) -> Iterator[Callable[..., HttpClient]]:
    """Open clients of the vendor with the options that a test is about."""
    opened = []

    def open_it(base_url: str = vendor.url, **options: Any) -> HttpClient:
        client = HttpClient(base_url, **{"sleep": pauses.append, **options})
        opened.append(client)
        return client

    yield open_it
    for client in opened:
        client.close()
