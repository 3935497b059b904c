# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Signs what is sent, over the very bytes that are sent (§2)."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING
from urllib.parse import quote_plus

from .clock import stamp, utc_now

if TYPE_CHECKING:
    from requests import PreparedRequest


def sign(secret: str, query: str, body: bytes = b"") -> str:
    """Return the signature: HMAC-SHA256, in lower-case hex (§2).

    Nothing stands between query and body, and nothing after it.

    :param query: encoded, as it is sent, without "?" and without the signature
    :param body: as it is sent
    """
    return hmac.new(secret.encode(), query.encode() + body, sha256).hexdigest()


class Signature:
    """Adds time, public key and signature to a call, for ``HttpClient.request(auth=)``.

    The transport gives it every attempt of a call, so that each has a time and a
    signature of its own (§2).

    :param public_key: ``apikey``
    :param clock: gives the time, aware
    """

    def __init__(
        self,
        public_key: str,
        secret_key: str,
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        #: The time that the last call was signed with.
        self.signed_at: datetime | None = None
        self._public_key = public_key
        self._secret_key = secret_key
        self._clock = clock

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        """Sign *request*, whose query and body are final, and return it."""
        self.signed_at = self._clock()
        address, _mark, query = (request.url or "").partition("?")
        own = f"timestamp={stamp(self.signed_at)}&apikey={quote_plus(self._public_key)}"
        query = f"{query}&{own}" if query else own
        signature = sign(self._secret_key, query, _bytes(request.body))
        # Last, as §2 asks for, and appended as text: building the address again could
        # spell the query in another way than the signed one.
        request.url = f"{address}?{query}&signature={signature}"
        return request


def _bytes(body: bytes | str | None) -> bytes:
    if isinstance(body, str):
        return body.encode()
    return body or b""
