# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A place that webhooks are delivered to."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

SECRET = "S5Yd3Dz6FWmj7q2uA4Uy"


class Receiver:
    """Listens on loopback and keeps what comes.

    `answers` are the statuses to be answered, one after the other, then 204. While
    `pause` is not set nothing is answered.
    """

    def __init__(self) -> None:
        self.got: list[dict[str, Any]] = []
        self.answers: list[int] = []
        self.pause = threading.Event()
        self.pause.set()
        self._came = threading.Condition()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}/hook/secret-path?x=1"
        serve = self._server.serve_forever
        threading.Thread(target=serve, args=(0.01,), daemon=True).start()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                status = receiver.take(self.path, dict(self.headers.items()), body)
                self.send_response(status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:
                """Say nothing."""

        return Handler

    def take(self, path: str, headers: dict[str, str], body: bytes) -> int:
        """Keep what came and return the status it is answered with."""
        names = {name.lower(): value for name, value in headers.items()}
        with self._came:
            found = {"path": path, "headers": names, "raw": body}
            self.got.append({**found, **json.loads(body)})
            status = self.answers.pop(0) if self.answers else 204
            self._came.notify_all()
        self.pause.wait()
        return status

    def wait(self, count: int = 1) -> None:
        """Wait until so many have come."""
        with self._came:
            assert self._came.wait_for(lambda: len(self.got) >= count, 30)

    def told(self, *names: str) -> list[Any]:
        """Return events and ids of what came, and values of the objects by name."""
        return [
            (got["event"], got["id"], *((got["value"] or {}).get(n) for n in names))
            for got in self.got
        ]

    def keys(self) -> list[str]:
        """Return the idempotency keys of what came."""
        return [got["headers"]["idempotency-key"] for got in self.got]

    def close(self) -> None:
        """Listen no longer."""
        self.pause.set()
        self._server.shutdown()
        self._server.server_close()


def is_signed(got: dict[str, Any], secret: str = SECRET) -> bool:
    """Tell whether a delivery carries the right signature, worked out by hand."""
    text = got["headers"]["idempotency-key"].encode() + b"&" + got["raw"]
    wanted = hmac.new(secret.encode(), text, hashlib.sha512).digest()
    found = got["headers"].get("x-request-signature")
    return found == base64.b64encode(wanted).decode()
