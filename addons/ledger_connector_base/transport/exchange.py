# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a call brought back, and what is noted about it."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime
from typing import Any

#: Bodies of exchanges are cut to so many characters.
LONGEST_BODY = 20_000
_FIRST_WORDS = 200


@dataclass(frozen=True)
class Answer:
    """An answer of the vendor.

    :param data: decoded JSON; None for an empty body, text for an error that is no JSON
    :param sent_at: when the call was sent, UTC, our clock
    :param elapsed: seconds from sending to the last byte
    :param date: the vendor's clock when it answered, UTC; None if it did not say
    :param request_id: the vendor's name for the call
    """

    method: str
    url: str = field(repr=False)
    status: int
    headers: Mapping[str, str] = field(repr=False)
    data: Any = field(repr=False)
    sent_at: datetime
    elapsed: float
    date: datetime | None = None
    request_id: str | None = None

    @property
    def ok(self) -> bool:
        """Tell whether the status is one of success."""
        return 200 <= self.status < 300

    def seconds(self, header: str, now: datetime | None = None) -> float | None:
        """Return what *header* says in seconds from now, None if it says nothing.

        :param header: its value is a number of seconds or an HTTP date
        :param now: what dates are compared with, by default the answer's own date
        """
        value = self.headers.get(header, "").strip()
        if re.fullmatch(r"\d{1,9}(\.\d+)?", value):
            return float(value)
        moment = http_date(value)
        if moment is None:
            return None
        now = now or self.date or datetime.now(timezone.utc)
        return max(0.0, (moment - now).total_seconds())


@dataclass(frozen=True)
class Exchange:
    """One attempt of a call, masked, to be kept for people who look for an error.

    :param url: masked
    :param status: None when there was no answer
    :param duration_ms: milliseconds
    :param request_body: masked and cut, None unless bodies are recorded
    :param error: code of the failure, None if there was none
    :param at: when it was sent, UTC
    """

    method: str
    url: str
    status: int | None
    duration_ms: int
    request_id: str | None
    request_body: str | None
    response_body: str | None
    error: str | None
    at: datetime


#: Is given every exchange. What it raises reaches the caller in place of the answer.
Recorder = Callable[[Exchange], None]


def http_date(value: str | None) -> datetime | None:
    """Return the moment in a date header, UTC, or None if there is none in it."""
    try:
        moment = parsedate_to_datetime(value or "")
    except (TypeError, ValueError, IndexError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=timezone.utc)
    return moment.astimezone(timezone.utc)


def plain_text(text: str) -> str:
    """Return *text* without markup, on one line; items of lists end in semicolons."""
    text = re.sub(r"(?is)<(script|style|head)\b.*?</\1\s*>", " ", text)
    text = re.sub(r"(?i)</li>\s*<li\b[^<>]*>", "; ", text)
    text = html.unescape(re.sub(r"</?[a-zA-Z!][^<>]*>", " ", text))
    return " ".join(text.split())


def first_words(text: str) -> str:
    """Return the beginning of *text* without markup, on one line."""
    text = plain_text(text[:20_000])
    return text if len(text) <= _FIRST_WORDS else f"{text[:_FIRST_WORDS]}…"
