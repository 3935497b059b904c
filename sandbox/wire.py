# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a vendor's stand-in is handed and what it hands back."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

_dumps = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def dump_json(value: Any) -> bytes:
    """Return `value` as compact UTF-8 JSON."""
    return _dumps(value).encode()


@dataclass
class Request:
    """One HTTP request, already read from the wire.

    `path` is percent-decoded and relative to the vendor's base address; `query`
    keeps the order and the repetition of parameters; header names are lower case.
    `raw_query` are the bytes of the query as they were sent, without the "?". A list
    lets pages after the first begin `shift` records early (a fault asks for that).
    """

    method: str
    path: str
    query: list[tuple[str, str]]
    headers: dict[str, str]
    body: bytes = b""
    raw_query: bytes = b""
    shift: int = 0

    def arg(self, name: str) -> str | None:
        """Return the first value of a query parameter, or None."""
        for key, value in self.query:
            if key == name:
                return value
        return None


@dataclass
class Response:
    """One HTTP answer and how it is to travel.

    `cut` closes the connection instead of answering; `truncate` sends only so many
    bytes of the body; with `declare_full` the header still promises the whole length;
    `drip` is (bytes per piece, seconds between pieces).
    """

    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    cut: bool = False
    truncate: int | None = None
    declare_full: bool = True
    drip: tuple[int, float] | None = None

    @classmethod
    def json(cls, value: Any, status: int = 200, **headers: str) -> Response:
        """Return an answer carrying `value` as JSON."""
        found = {"Content-Type": "application/json;charset=UTF-8", **headers}
        return cls(status, found, dump_json(value))
