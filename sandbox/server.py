# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The HTTP server: reads requests, hands them to a world, carries out faults.

It stands on the standard library, because the servers at hand close the connection
after every answer, and a client's keep-alive is part of what has to be tested.
"""

from __future__ import annotations

import socket
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, unquote, urlsplit

from .control_door import ControlDoor
from .wire import Request, Response
from .world import Worlds

MAX_BODY = 32 * 1024 * 1024


class Handler(BaseHTTPRequestHandler):
    """One connection; HTTP/1.1 with keep-alive."""

    protocol_version = "HTTP/1.1"
    server_version = "sandbox"
    sys_version = ""
    disable_nagle_algorithm = True
    wbufsize = -1
    server: SandboxServer

    def handle_one_request(self) -> None:
        """Answer one request; a peer that went away ends the connection quietly."""
        try:
            super().handle_one_request()
        except (ConnectionError, TimeoutError):
            self.close_connection = True

    def _answer(self) -> None:
        address = urlsplit(self.path)
        request = Request(
            method=self.command,
            path=unquote(address.path),
            query=parse_qsl(address.query, keep_blank_values=True),
            headers={key.lower(): value for key, value in self.headers.items()},
            body=self._read_body(),
            # the request line was read byte by byte as Latin-1
            raw_query=address.query.encode("latin-1"),
        )
        self._send(self.server.dispatch(request))

    do_GET = do_POST = do_PUT = do_DELETE = do_PATCH = do_HEAD = _answer

    def _read_body(self) -> bytes:
        if "chunked" in self.headers.get("Transfer-Encoding", "").lower():
            return self._read_chunks()
        length = int(self.headers.get("Content-Length") or 0)
        return self.rfile.read(min(length, MAX_BODY)) if length else b""

    def _read_chunks(self) -> bytes:
        pieces = []
        while size := int(self.rfile.readline().split(b";")[0] or b"0", 16):
            pieces.append(self.rfile.read(size))
            self.rfile.readline()
        self.rfile.readline()
        return b"".join(pieces)

    def _send(self, answer: Response) -> None:
        if answer.cut:
            self._cut()
            return
        body = answer.body
        if answer.truncate is not None:
            body = body[: answer.truncate]
        promised = answer.body if answer.declare_full else body
        if "Date" in answer.headers:
            # the stand-in tells the time of its world
            self.send_response_only(answer.status)
        else:
            self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        if answer.status not in (204, 304):
            self.send_header("Content-Length", str(len(promised)))
        self.end_headers()
        if self.command != "HEAD":
            self._send_body(body, answer.drip)
        if len(body) != len(promised):
            self.wfile.flush()
            self._cut()

    def _send_body(self, body: bytes, drip: tuple[int, float] | None) -> None:
        if drip is None:
            self.wfile.write(body)
            return
        size, pause = drip
        for start in range(0, len(body), size):
            self.wfile.write(body[start : start + size])
            self.wfile.flush()
            time.sleep(pause)

    def _cut(self) -> None:
        self.close_connection = True
        try:
            self.connection.shutdown(socket.SHUT_RDWR)
        except OSError:
            # the peer was faster
            return

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: what was called is read through the control door."""


class SandboxServer(ThreadingHTTPServer):
    """Serves every world and the control door on one port."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, host: str, port: int, key: str) -> None:
        self.worlds = Worlds()
        super().__init__((host, port), Handler)
        shown = "127.0.0.1" if host == "0.0.0.0" else host
        self.url = f"http://{shown}:{self.server_address[1]}"
        self.door = ControlDoor(self.worlds, self.url, key)

    def dispatch(self, request: Request) -> Response:
        """Hand a request to the control door or to the world its path names."""
        _empty, name, *rest = request.path.split("/", 2)
        request.path = "/" + (rest[0] if rest else "")
        if name == "_control":
            return self.door.handle(request)
        world = self.worlds.get(name)
        if world is None:
            return Response(404, {"Content-Type": "text/plain"}, b"no such world\n")
        return world.handle(request)
