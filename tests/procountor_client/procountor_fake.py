# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A server that answers what a test writes down, and hands out tokens by itself."""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timezone
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl

#: Noon in Helsinki, in winter.
NOON = datetime(2026, 1, 15, 10, tzinfo=timezone.utc)


def make_jwt(**claims: Any) -> str:
    """Make what looks like a key or token of the vendor."""
    parts = (json.dumps(part).encode() for part in ({"alg": "HS256"}, claims))
    texts = [base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts]
    return ".".join([*texts, "c2lnbmF0dXJlLWZvci10ZXN0cw"])


KEY = make_jwt(aud="testClient", sub=26535, cid=14159, jti="key-for-tests")
KEYS = {
    "client_id": "testClient",
    "client_secret": "s3cr3t-of-the-integrator",
    "api_key": KEY,
}


class Clock:
    """A clock that stands until a test moves it."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


@dataclass
class Seen:
    """A call as its bytes arrived."""

    method: str
    path: str
    query: dict[str, str]
    body: bytes
    headers: dict[str, str]

    @property
    def json(self) -> Any:
        """The body, decoded."""
        return json.loads(self.body)

    @property
    def form(self) -> dict[str, str]:
        """The body of a form."""
        return dict(parse_qsl(self.body.decode()))


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def _any_method(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        path, _mark, query = self.path.partition("?")
        headers = {name.lower(): value for name, value in self.headers.items()}
        seen = Seen(self.command, path, dict(parse_qsl(query)), body, headers)
        self.server.fake.answer(self, seen)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = _any_method

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: the tests read what was called."""


class Fake:
    """Hands out tokens, and answers in the order in which answers were written down.

    The last one repeats.
    """

    def __init__(self) -> None:
        self.seen: list[Seen] = []
        self.tokens: list[Seen] = []
        #: Answers token calls; by default each token is another one.
        self.token_step: Callable | None = None
        self._steps: list[Callable] = []
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
        self.server.daemon_threads = True
        self.server.fake = self
        self.url = f"http://127.0.0.1:{self.server.server_port}/api"
        threading.Thread(
            target=self.server.serve_forever, kwargs={"poll_interval": 0.01}
        ).start()

    def stop(self) -> None:
        """Go away; asked twice it does so once."""
        self.server.shutdown()
        self.server.server_close()

    def answers(self, *steps: Callable) -> None:
        self._steps = list(steps)

    def answer(self, handler: BaseHTTPRequestHandler, seen: Seen) -> None:
        if seen.path.endswith("/oauth/token"):
            self.tokens.append(seen)
            step = self.token_step or self.reply(
                {"access_token": self.token(len(self.tokens)), "expires_in": 3600}
            )
        else:
            self.seen.append(seen)
            step = self._steps.pop(0) if len(self._steps) > 1 else self._steps[0]
        step(handler)

    @staticmethod
    def token(number: int) -> str:
        """The access token that the call with this number gets."""
        return make_jwt(cid=14159, scope="m2m", jti=f"token-{number}")

    @staticmethod
    def reply(
        body: Any = None, status: int = 200, headers: dict[str, str] | None = None
    ) -> Callable:
        """Answer *body*, text as it is, None as nothing."""
        text = json.dumps(body, ensure_ascii=False)
        content = (body if isinstance(body, str) else text).encode()
        content = b"" if body is None else content

        def step(handler: BaseHTTPRequestHandler) -> None:
            handler.send_response_only(status)
            handler.send_header("Date", format_datetime(NOON, usegmt=True))
            for name, value in (headers or {}).items():
                handler.send_header(name, value)
            handler.send_header("Content-Length", str(len(content)))
            handler.end_headers()
            handler.wfile.write(content)

        return step

    def refuse(self, *texts: str, status: int = 400, field: str = "") -> Callable:
        """Answer with messages as the vendor writes them."""
        named = {"field": field} if field else {}
        errors = [{"status": status, "message": text, **named} for text in texts]
        return self.reply({"errors": errors}, status)

    def results(self, *ids: int, size: int = 200, **fields: Any) -> Callable:
        """Answer a page of records with these ids."""
        meta = {"pageNumber": 0, "pageSize": size, "resultCount": len(ids)}
        return self.reply({"results": [{"id": i, **fields} for i in ids], "meta": meta})

    @staticmethod
    def hang_up(handler: BaseHTTPRequestHandler) -> None:
        """Close the connection, the call read, without an answer."""
        handler.close_connection = True
