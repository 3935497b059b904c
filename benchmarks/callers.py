# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Callers of a server, as lean as can be: they share the machine with it."""

from __future__ import annotations

import socket
from base64 import b64encode
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from hashlib import sha512
from hmac import digest
from multiprocessing import get_context
from time import perf_counter
from uuid import uuid4


def deliveries(port: int, token: str, secret: str, count: int) -> list[bytes]:
    """Return requests that tell of so many customers, signed as Tripletex signs."""
    return [_delivery(port, token, secret, number) for number in range(count)]


def _delivery(port: int, token: str, secret: str, number: int) -> bytes:
    key = str(uuid4())
    body = (
        b'{"subscriptionId": 7, "event": "customer.update", "id": %d, '
        b'"value": {"id": %d, "version": 3}}' % (number + 1, number + 1)
    )
    signed = digest(secret.encode(), f"{key}&".encode() + body, sha512)
    return (
        f"POST /ledger/webhook/{token} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n"
        f"Idempotency-Key: {key}\r\n"
        f"X-Request-Signature: {b64encode(signed).decode()}\r\n\r\n"
    ).encode() + body


def call(
    port: int, requests: Sequence[bytes], callers: int
) -> tuple[float, list[float], int]:
    """Send all *requests*, from a process of its own.

    Each caller keeps its connection as long as the server does.

    :param callers: so many are under way at once
    :return: seconds for all, seconds of each, and how many were not answered by 200
    """
    with ProcessPoolExecutor(1, get_context("fork")) as process:
        return process.submit(_call, port, requests, callers).result()


def _call(
    port: int, requests: Sequence[bytes], callers: int
) -> tuple[float, list[float], int]:
    shares = [requests[first::callers] for first in range(callers)]
    started = perf_counter()
    with ThreadPoolExecutor(callers) as threads:
        found = list(threads.map(lambda share: _one_caller(port, share), shares))
    seconds = perf_counter() - started
    times = [time for share, _refused in found for time in share]
    return seconds, times, sum(refused for _share, refused in found)


def _one_caller(port: int, requests: Sequence[bytes]) -> tuple[list[float], int]:
    times, refused = [], 0
    line: socket.socket | None = None
    for request in requests:
        started = perf_counter()
        line = line or socket.create_connection(("127.0.0.1", port))
        line.sendall(request)
        head = _answer(line.recv)
        times.append(perf_counter() - started)
        refused += b" 200 " not in head.partition(b"\r\n")[0]
        if b"connection: close" in head or head.startswith(b"http/1.0"):
            line.close()
            line = None
    return times, refused


def _answer(receive: Callable[[int], bytes]) -> bytes:
    """Read an answer and return its head in small letters."""
    read = b""
    while b"\r\n\r\n" not in read:
        part = receive(65536)
        if not part:
            return read.lower()
        read += part
    head, _end, rest = read.lower().partition(b"\r\n\r\n")
    size = int(head.partition(b"content-length:")[2].split(b"\r\n")[0] or 0)
    while len(rest) < size and (part := receive(65536)):
        rest += part
    return head
