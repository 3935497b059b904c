# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""HTTP connections that end on time and know how far a call got.

The time-out of ``requests`` starts anew with every byte that arrives, so that a server
which sends one byte every few seconds holds its caller for hours. Here each read is
given what is left of the whole call.
"""

from __future__ import annotations

import http.client
import io
import logging
import socket
import time
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer


@dataclass
class CallState:
    """How far the running call got.

    :param ends_at: when it has to be over, on the clock of ``time.monotonic``
    :param sent: its first byte went out
    """

    ends_at: float
    sent: bool = False

    def left(self) -> float:
        """Return the seconds left.

        :raises TimeoutError: there are none
        """
        left = self.ends_at - time.monotonic()
        if left <= 0:
            raise TimeoutError("the call took too long as a whole")
        return left


#: The call that this thread or greenlet is making.
running_call: ContextVar[CallState | None] = ContextVar("running_call", default=None)


class _TimedStream(io.RawIOBase):
    """Reads from a socket, each time for no longer than the call has left."""

    def __init__(self, sock: socket.socket, state: CallState) -> None:
        self._sock = sock
        self._raw = sock.makefile("rb", buffering=0)
        self._step = sock.gettimeout()
        self._state = state

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int | None:
        left = self._state.left()
        self._sock.settimeout(left if self._step is None else min(left, self._step))
        return self._raw.readinto(buffer)

    def close(self) -> None:
        self._raw.close()
        return super().close()


class _TimedResponse(http.client.HTTPResponse):
    def __init__(self, sock: socket.socket, *args: Any, **kwargs: Any) -> None:
        super().__init__(sock, *args, **kwargs)
        if state := running_call.get():
            self.fp.close()
            self.fp = io.BufferedReader(_TimedStream(sock, state))


def _connect_and_note(connection: http.client.HTTPConnection) -> None:
    # Connecting here, not inside of sending, tells "not reached" from "answer lost".
    if connection.sock is None:
        connection.connect()
    if state := running_call.get():
        state.sent = True


class _Connection(HTTPConnection):
    response_class = _TimedResponse

    def endheaders(self, *args: Any, **kwargs: Any) -> None:
        _connect_and_note(self)
        return super().endheaders(*args, **kwargs)


class _SecureConnection(HTTPSConnection):
    response_class = _TimedResponse

    def endheaders(self, *args: Any, **kwargs: Any) -> None:
        _connect_and_note(self)
        return super().endheaders(*args, **kwargs)


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Connection


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _SecureConnection


_POOLS = {"http": _Pool, "https": _SecurePool}


class TimedAdapter(HTTPAdapter):
    """Lets a ``requests.Session`` use the connections of this module."""

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """Make the pool of direct connections."""
        # pylint: disable=missing-return
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = _POOLS

    def proxy_manager_for(self, proxy: str, **kwargs: Any) -> Any:
        """Return the pool of connections through *proxy*."""
        manager = super().proxy_manager_for(proxy, **kwargs)
        manager.pool_classes_by_scheme = _POOLS
        return manager


def _not_ours(record: logging.LogRecord) -> bool:
    return running_call.get() is None


# urllib3 logs whole addresses at level debug, with tokens that some vendors want in the
# query. Our calls are logged by http.py, masked; those of others stay as they are.
logging.getLogger("urllib3.connectionpool").addFilter(_not_ours)
