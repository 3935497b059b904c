# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A call on its way: built once, signed before each attempt."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import requests
from requests.auth import AuthBase

from .masking import Masker, is_secret


@dataclass(frozen=True)
class Call:
    """A call as it will be sent, perhaps several times.

    :param request: without signature: what is recorded and told of the call
    :param auth: signs it
    :param body: before it was encoded
    :param accept: error statuses that are answers
    :param retried: may be sent again
    """

    request: requests.PreparedRequest
    auth: AuthBase | None
    body: Any = field(repr=False)
    accept: Collection[int]
    retried: bool

    @property
    def method(self) -> str:
        """The HTTP method."""
        return self.request.method or ""

    @property
    def url(self) -> str:
        """The address, without what a signature adds to it."""
        return self.request.url or ""

    def signed(self, masker: Masker) -> requests.PreparedRequest:
        """Return what is sent in this attempt.

        Signatures age, so that each attempt needs one of its own.

        :param masker: learns what the signature adds
        """
        if self.auth is None:
            return self.request
        signed = self.auth(self.request.copy())
        query = parse_qsl(urlsplit(signed.url or "").query)
        added = [*query, *signed.headers.items()]
        masker.pass_by(*(str(value) for name, value in added if is_secret(name)))
        return signed
