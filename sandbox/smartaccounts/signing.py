# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Who signed a call, and when (dossier §2)."""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qs

from . import tallinn
from .errors import refused

_MARK = b"&signature="


def signature(secret: str, signed: bytes) -> str:
    """Return HMAC-SHA256 of the bytes of query and body, in lower-case hex."""
    return hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()


def split(raw_query: bytes) -> tuple[bytes, str]:
    """Part the signature from what it was made of.

    :param raw_query: the bytes that were sent
    :return: the query before it, and the signature
    :raise ApiError: 401, there is none, or something comes after it
    """
    signed, found, given = raw_query.rpartition(_MARK)
    if not found:
        raise refused(401, "SIGNATURE-MISSING", "Signature is missing")
    if b"&" in given:
        text = "Signature has to be the last parameter"
        raise refused(401, "SIGNATURE-NOT-LAST", text)
    return signed, given.decode("latin-1")


def is_right(secret: str, signed: bytes, given: str, settings: dict[str, Any]) -> bool:
    """Tell whether a signature is that of these bytes.

    :param signed: query without signature, and body, with nothing between
    """
    if settings["upper_case_hex"] == "accepted":
        given = given.lower()
    wanted = signature(secret, signed)
    return hmac.compare_digest(wanted.encode(), given.encode("utf-8", "replace"))


def public_key(signed: bytes) -> str:
    """Return the parameter apikey, or an empty text."""
    return _parameter(signed, "apikey")


def _parameter(signed: bytes, name: str) -> str:
    values = parse_qs(signed.decode("latin-1")).get(name)
    return values[0] if values else ""


def check_time(signed: bytes, now: datetime, settings: dict[str, Any]) -> None:
    """Refuse a call that was made too long ago, or too far ahead.

    :raise ApiError: with the status that the settings name
    """
    allowed = timedelta(minutes=settings["tolerance_minutes"])
    moments = _readings(_parameter(signed, "timestamp"), settings)
    if not any(abs(now - moment) <= allowed for moment in moments):
        status = settings["stale_status"]
        raise refused(status, "TIMESTAMP-EXPIRED", "Request timestamp is out of range")


def _readings(text: str, settings: dict[str, Any]) -> list[datetime]:
    try:
        moments = tallinn.read_timestamp(text)
    except ValueError:
        return []
    how = settings["doubled_hour"]
    if len(moments) == 1 or how == "either":
        return moments
    return {"first": moments[:1], "second": moments[1:], "refused": []}[how]


def fold(settings: dict[str, Any]) -> int:
    """Return which of two equal hours a filter means: 0 the first, 1 the second."""
    return 1 if settings["doubled_hour"] == "second" else 0
