# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A short way in for deliveries to an address that was just used.

Odoo prepares each request with a session, routing, languages and several environments,
which costs about five times what storing a delivery costs. So an address that the
route has accepted is remembered for a minute, in this process only, and what comes to
it meanwhile goes straight to :func:`.door.deliver`. The statement that stores looks at
the connection itself: renewed, paused or archived, it is closed at once. Whatever is
not plain is left to the route, body and all.
"""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable, Iterable
from http import HTTPStatus
from io import BytesIO
from time import monotonic, time
from typing import Any

import psycopg2

from odoo.http import Application
from odoo.sql_db import PoolError

from .body import BodyError, read_body
from .door import CLOSED, DeliveryHeaders, Door, deliver
from .masking import MASKED, PREFIX

Environ = dict[str, Any]
#: Seconds after which the route is asked again: it finds the database, sees that
#: the addon was updated, and reads the secret anew.
MEMORY_SECONDS = 60.0
MOST = 1000
_known: dict[tuple[str | None, ...], tuple[float, str, Door]] = {}


def remember(environ: Environ, database: str, door: Door) -> None:
    """Let what comes to this address in the next minute take the short way."""
    if len(_known) >= MOST:
        _known.clear()
    _known[_key(environ)] = (monotonic() + MEMORY_SECONDS, database, door)


def install() -> None:
    """Put the short way in front of Odoo's application, once a process."""
    if hasattr(Application.__call__, "ledger_webhooks"):
        return
    serve = Application.__call__

    @functools.wraps(serve)
    def call(
        self: Application, environ: Environ, start_response: Callable
    ) -> Iterable[bytes]:
        if environ["PATH_INFO"].startswith(PREFIX):
            status = _answer(environ)
            if status is not None:
                start_response(f"{status} {HTTPStatus(status).phrase}", HEADERS)
                return [b""]
        return serve(self, environ, start_response)

    call.ledger_webhooks = True
    Application.__call__ = call


HEADERS = [("Content-Length", "0"), ("X-Content-Type-Options", "nosniff")]


def _answer(environ: Environ) -> int | None:
    """Return the status, None where the route has to look at it."""
    key = _key(environ)
    until, database, door = _known.get(key, (0.0, "", None))
    if door is None or environ["REQUEST_METHOD"] != "POST" or until < monotonic():
        return None
    _name_thread(database)
    try:
        body = read_body(environ)
    except BodyError as error:
        return error.status
    try:
        headers = DeliveryHeaders(environ)
        status = deliver(database, door, headers, body, together=True)
    except (psycopg2.Error, PoolError, KeyError):
        # The database, the addon or a worker's memory of them is another one now.
        status = CLOSED
    if status != CLOSED:
        return status
    _known.pop(key, None)
    _put_back(environ, body)
    return None


def _key(environ: Environ) -> tuple[str | None, ...]:
    """All that decides which database and which connection a request is for."""
    names = ("HTTP_HOST", "HTTP_X_FORWARDED_HOST", "HTTP_X_ODOO_DATABASE")
    return (environ["PATH_INFO"], *map(environ.get, names), environ.get("HTTP_COOKIE"))


def _name_thread(database: str) -> None:
    """Let the line in the log tell of this request, not of the thread's last one."""
    thread = threading.current_thread()
    thread.query_count = thread.query_time = 0
    thread.perf_t0 = time()
    thread.cursor_mode = None
    thread.dbname = database
    thread.url = MASKED


def _put_back(environ: Environ, body: bytes) -> None:
    environ["wsgi.input"] = BytesIO(body)
    environ["CONTENT_LENGTH"] = str(len(body))
    environ.pop("HTTP_TRANSFER_ENCODING", None)
    environ.pop("wsgi.input_terminated", None)
