# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Tokens in the vendor's form: JWT, signed HS256 (dossier §2)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from typing import Any

HEADER = {"alg": "HS256", "typ": "JWT"}


def make(claims: dict[str, Any], secret: str) -> str:
    """Return a token with such claims."""
    body = f"{_part(HEADER)}.{_part(claims)}"
    mark = hmac.new(secret.encode(), body.encode(), hashlib.sha256).digest()
    return f"{body}.{_encoded(mark)}"


def _part(value: dict[str, Any]) -> str:
    return _encoded(json.dumps(value, separators=(",", ":")).encode())


def _encoded(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()
