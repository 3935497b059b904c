# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Reads the body of a delivery: never more than a limit, never longer than a time.

Odoo's servers have time-outs for a silent client, none for one that sends a byte now
and then. What can be done depends on the server, which hands its socket over in the
environment: threaded and prefork servers give a buffered file, whose single reads get
what is left of the time; with pieces ("chunked") and on the evented server the socket
is shut for reading when time is over. Without a socket the server's own time-outs hold.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from selectors import EVENT_READ, DefaultSelector
from socket import SHUT_RD
from time import monotonic
from typing import Any

#: Bytes of the raw body. Tripletex sends one record a delivery.
LIMIT = 256 * 1024
#: Seconds for the whole body.
SECONDS = 5.0
#: Seconds that a client with a body too large gets, so that it can read the answer.
PARTING_SECONDS = 1.0
_PIECE = 64 * 1024


class BodyError(Exception):
    """The body is not taken; ``status`` is the answer."""

    status = 400


class TooLarge(BodyError):
    """The body is larger than the limit."""

    status = 413


class TooSlow(BodyError):
    """The body did not come in time."""

    status = 408


def read_body(
    environ: dict[str, Any], limit: int = LIMIT, seconds: float = SECONDS
) -> bytes:
    """Return the whole body of a request.

    :param environ: the server's own WSGI environment, with its socket
    :param limit: bytes
    :param seconds: for all of it
    :raises BodyError: it is too large, too slow, or ends early
    """
    stream = environ["wsgi.input"]
    connection = environ.get("werkzeug.socket") or environ.get("socket")
    announced = _announced(environ)
    if announced is not None and announced > limit:
        _let_go(stream, connection)
        raise TooLarge
    try:
        if announced is None:
            return _in_pieces(stream, connection, limit, seconds)
        return _counted(stream, connection, announced, seconds)
    except TimeoutError:
        if connection is not None:
            _shut(connection)
        raise TooSlow from None
    except OSError:
        raise BodyError from None


def _announced(environ: dict[str, Any]) -> int | None:
    """Return the body's length, None if it comes in pieces."""
    if "chunked" in environ.get("HTTP_TRANSFER_ENCODING", "").lower():
        return None
    try:
        length = int(environ.get("CONTENT_LENGTH") or 0)
    except ValueError:
        raise BodyError from None
    if length < 0:
        raise BodyError
    return length


def _counted(stream: Any, connection: Any, size: int, seconds: float) -> bytes:
    if connection is None or not size:
        return _exactly(stream.read(size), size)
    if hasattr(stream, "read1"):
        with _without_waiting(connection):
            return _exactly(_timed(stream, connection, size, seconds), size)
    if _is_here(stream, connection, size):
        return _exactly(stream.read(size), size)
    with _shut_after(connection, seconds):
        return _exactly(stream.read(size), size)


@contextmanager
def _without_waiting(connection: Any) -> Iterator[None]:
    """Let reads return at once; one that timed out would spoil the file for good."""
    before = connection.gettimeout()
    connection.setblocking(False)
    try:
        yield
    finally:
        connection.settimeout(before)


def _is_here(stream: Any, connection: Any, size: int) -> bool:
    """Tell whether it came along with the headers, as small bodies do (evented)."""
    source = getattr(stream, "rfile", None)
    if not hasattr(source, "peek"):
        return False
    with _without_waiting(connection):
        return len(source.peek(size)) >= size


def _timed(stream: Any, connection: Any, size: int, seconds: float) -> bytes:
    deadline = monotonic() + seconds
    parts, left, is_ready = [], size, False
    while left:
        part = stream.read1(min(left, _PIECE))
        if not part and is_ready:
            break  # what there was to read is the end
        parts.append(part or b"")
        left -= len(parts[-1])
        is_ready = not part
        if left and (is_ready or monotonic() >= deadline):
            _wait(connection, deadline - monotonic())
    return b"".join(parts)


def _wait(connection: Any, seconds: float) -> None:
    """Wait until there is something to read.

    :raises TimeoutError: there was nothing for so long
    """
    with DefaultSelector() as selector:
        selector.register(connection, EVENT_READ)
        if seconds <= 0 or not selector.select(seconds):
            raise TimeoutError


def _exactly(body: bytes, size: int) -> bytes:
    if len(body) < size:
        raise BodyError
    return body


def _in_pieces(stream: Any, connection: Any, limit: int, seconds: float) -> bytes:
    parts, size = [], 0
    with _shut_after(connection, seconds):
        while part := stream.read(_PIECE):
            parts.append(part)
            size += len(part)
            if size > limit:
                break
    if size > limit:
        _let_go(stream, connection)
        raise TooLarge
    return b"".join(parts)


@contextmanager
def _shut_after(connection: Any, seconds: float) -> Iterator[None]:
    """Shut the connection for reading when time is over.

    :raises TimeoutError: it was
    """
    if connection is None:
        yield
        return
    over = threading.Event()

    def end() -> None:
        over.set()
        _shut(connection)

    timer = threading.Timer(seconds, end)
    timer.daemon = True
    timer.start()
    before = connection.gettimeout()
    # The prefork server's own is shorter and would spoil the file.
    connection.settimeout(2 * seconds)
    try:
        yield
    except (OSError, BodyError):
        # Shut in the middle of a piece, the reader complains about its end.
        if not over.is_set():
            raise
    finally:
        timer.cancel()
        connection.settimeout(before)
    if over.is_set():
        raise TimeoutError


def _let_go(stream: Any, connection: Any) -> None:
    """Swallow for a moment what is still sent: unread, it would eat up the answer."""
    try:
        with _shut_after(connection, PARTING_SECONDS):
            while stream.read(_PIECE):
                pass
    except OSError:
        # Time is over (which is an OSError too), or the client has left.
        return


def _shut(connection: Any) -> None:
    try:
        connection.shutdown(SHUT_RD)
    except OSError:
        # The client has left.
        return
