# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What was called in a world. Secrets never get in here."""

from __future__ import annotations

import json
import re
from collections import Counter, deque
from typing import Any
from urllib.parse import parse_qsl, urlencode

from .wire import Request, Response

KEPT = 20_000
MASK = "***"
_SECRET_NAMES = re.compile(
    r"token|secret|password|authheadervalue|api_?key|^signature$", re.I
)
FORM = "application/x-www-form-urlencoded"
# what forms of a log-in carry besides
_SECRET_FIELDS = frozenset({"code", "refresh_token", "assertion"})
# user and password in an address
_USER = re.compile(r"//[^/@\s]+@")


class Journal:
    """The calls of one world, oldest first, the newest :data:`KEPT` of them."""

    def __init__(self) -> None:
        self._calls: deque[dict[str, Any]] = deque(maxlen=KEPT)
        self.total = 0

    def write(self, request: Request, answer: Response, seen: dict[str, Any]) -> None:
        """Note one call.

        :param seen: what the stand-in says of it: user, session, request_id, reason
        """
        self.total += 1
        self._calls.append(
            {
                "number": self.total,
                "method": request.method,
                "path": seen["path"],
                "query": [[key, _mask(key, value)] for key, value in request.query],
                "status": None if answer.cut else answer.status,
                "body": _masked_body(request) if request.body else None,
                **{key: seen.get(key) for key in ("user", "session", "request_id")},
                "reason": seen.get("reason"),
                "fault": seen.get("fault"),
                "at": seen.get("at"),
                "seconds": seen.get("seconds"),
            }
        )

    def find(self, **wanted: Any) -> list[dict[str, Any]]:
        """Return calls by method, path (regular expression), status, user, `since`.

        :param wanted: keys left out or None match everything; `since` is the number
            of a call, only later ones are returned
        """
        path = re.compile(wanted.get("path") or "")
        return [
            call
            for call in self._calls
            if wanted.get("method") in (None, call["method"])
            and wanted.get("status") in (None, call["status"])
            and wanted.get("user") in (None, call["user"])
            and call["number"] > (wanted.get("since") or 0)
            and path.search(call["path"])
        ]

    def refused(self) -> list[dict[str, Any]]:
        """Return the calls answered 4xx, and the 503 that a stand-in gave itself."""
        return [call for call in self._calls if _is_refusal(call)]

    def counts(self) -> dict[str, int]:
        """Return how often each method and path was called."""
        found = Counter(f"{call['method']} {call['path']}" for call in self._calls)
        return dict(found)

    def clear(self) -> None:
        """Forget all calls and begin to number anew."""
        self._calls.clear()
        self.total = 0


def _is_refusal(call: dict[str, Any]) -> bool:
    status = call["status"] or 0
    return 400 <= status < 500 or (status == 503 and bool(call["reason"]))


def _mask(key: str, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    return MASK if _SECRET_NAMES.search(key) else _USER.sub("//***@", value)


def _masked_body(request: Request) -> Any:
    text = request.body.decode("utf-8", "replace")
    if request.headers.get("content-type", "").lower().startswith(FORM):
        # a fault may have answered before the stand-in could hide anything
        return _masked_form(text)[:2000]
    try:
        return _masked(json.loads(request.body))
    except ValueError:
        return text[:2000]


def _masked_form(text: str) -> str:
    fields = parse_qsl(text, keep_blank_values=True)
    shown = [(k, MASK if k in _SECRET_FIELDS else _mask(k, v)) for k, v in fields]
    return urlencode(shown, safe="*")


def _masked(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _mask(key, _masked(part)) for key, part in value.items()}
    if isinstance(value, list):
        return [_masked(part) for part in value]
    return value
