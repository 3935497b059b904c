# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""One webhook on its way, and how it is handed over by HTTP."""

from __future__ import annotations

import base64
import http.client
import itertools
import json
import ssl
import time
from collections.abc import Hashable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from urllib.parse import unquote, urlsplit

from .clock import Clock

# on the way: waits for its turn, is being sent
PENDING = ("waiting", "sending")
_numbers = itertools.count(1)


@dataclass
class Delivery:
    """A webhook with what became of it.

    `state` is waiting, sending, held, retrying, delivered, failed (nobody tries any
    more), replaced (a newer one of the same object went out instead) or dropped.
    `kind` is event, resent or sent (by a test). `topic` names subscription and object;
    deliveries of one `lane` go out one after the other.
    """

    owner: int
    url: str
    headers: dict[str, str]
    body: bytes
    topic: Hashable = None
    kind: str = "event"
    lane: str = ""
    state: str = "waiting"
    # by a clock that tests cannot set
    not_before: float = 0.0
    # by the clock of the world
    retry_at: datetime | None = None
    attempts: list[dict[str, Any]] = field(default_factory=list)
    number: int = field(default_factory=lambda: next(_numbers))

    def again(self, **changes: Any) -> Delivery:
        """Return another delivery of the same content."""
        fresh = {"number": next(_numbers), "attempts": [], "retry_at": None}
        return replace(self, **fresh, **{"state": "waiting", **changes})

    @property
    def retries(self) -> bool:
        """Tell whether the vendor would try again."""
        return self.kind == "event"

    def attempt(self, clock: Clock, timeout: float) -> bool:
        """Hand it over once and note how it went.

        :param timeout: real seconds
        :return: whether it was taken (status 2xx)
        """
        begun = time.monotonic()
        found: dict[str, Any] = {"at": clock.now().isoformat(), "status": None}
        try:
            found["status"] = self._post(timeout)
        except (OSError, ValueError, http.client.HTTPException) as error:
            # a ValueError: an address or a header that HTTP cannot carry
            found["error"] = f"{type(error).__name__}: {error}"
        found["seconds"] = round(time.monotonic() - begun, 6)
        self.attempts.append(found)
        return found["status"] is not None and 200 <= found["status"] < 300

    def _post(self, timeout: float) -> int:
        address = urlsplit(self.url)
        connection = _connection(address.scheme, address.netloc, timeout)
        target = address.path or "/"
        if address.query:
            target += f"?{address.query}"
        headers = dict(self.headers)
        if address.username is not None:
            pair = f"{unquote(address.username)}:{unquote(address.password or '')}"
            text = base64.b64encode(pair.encode()).decode()
            headers.setdefault("Authorization", f"Basic {text}")
        try:
            connection.request("POST", target, self.body, headers)
            answer = connection.getresponse()
            answer.read()
            return answer.status
        finally:
            connection.close()

    def as_dict(self) -> dict[str, Any]:
        """Return what a test wants to know of it."""
        return {
            "number": self.number,
            "kind": self.kind,
            "subscription": self.owner,
            "url": self.url,
            "state": self.state,
            "body": _parsed(self.body),
            "headers": self.headers,
            "retry_at": self.retry_at.isoformat() if self.retry_at else None,
            "attempts": self.attempts,
        }


def _connection(scheme: str, netloc: str, timeout: float) -> http.client.HTTPConnection:
    place = netloc.rpartition("@")[2]
    if scheme == "https":
        context = ssl.create_default_context()
        return http.client.HTTPSConnection(place, timeout=timeout, context=context)
    return http.client.HTTPConnection(place, timeout=timeout)


def _parsed(body: bytes) -> Any:
    try:
        return json.loads(body)
    except ValueError:
        return body.decode("utf-8", "replace")
