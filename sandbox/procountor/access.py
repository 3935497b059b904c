# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Clients, API keys and tokens: who may call, and as whom (dossier §2)."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from ..clock import Clock
from ..wire import Request
from . import jwt
from .company import Company, User
from .errors import unauthorized

REFRESH_DAYS = 180
MOST_REFRESH_TOKENS = 100
ISSUER = "https://sandbox.procountor.example"


@dataclass(eq=False)
class Client:
    """An application of an integrator."""

    id: str
    secret: str
    redirect_uri: str
    calls: list[datetime] = field(default_factory=list)
    refusals: int = 0
    suspended: bool = False


@dataclass(eq=False)
class Grant:
    """User, company and client that something was given to, until when."""

    user: User
    company: Company
    client: Client
    expires: datetime | None = None
    # the API key behind an access token
    key: str = ""


class Access:
    """All clients, keys and tokens of a world."""

    def __init__(self, clock: Clock, settings: dict[str, Any]) -> None:
        self._clock = clock
        self._settings = settings
        self._secret = secrets.token_hex(16)
        self._serial = 0
        self.clients: dict[str, Client] = {}
        self.companies: dict[int, Company] = {}
        self.users: dict[int, User] = {}
        self.keys: dict[str, Grant] = {}
        self.tokens: dict[str, Grant] = {}
        self.refresh_tokens: dict[str, Grant] = {}
        self.codes: dict[str, Grant] = {}

    def _later(self, seconds: float) -> datetime:
        return self._clock.now() + timedelta(seconds=seconds)

    def _claims(self, grant: Grant) -> dict[str, Any]:
        self._serial += 1
        return {
            "iss": ISSUER,
            "aud": grant.client.id,
            "sub": grant.user.id,
            "cid": grant.company.id,
            "iat": int(self._clock.now().timestamp()),
            "jti": f"{self._serial}-{secrets.token_hex(4)}",
        }

    def new_key(self, user: User, company: Company, client: Client) -> str:
        """Return a new API key, bound to user, company and client."""
        grant = Grant(user, company, client)
        user.companies.add(company.id)
        key = jwt.make(self._claims(grant), self._secret)
        self.keys[key] = grant
        return key

    def key_of(self, user: User, company: Company, client: Client) -> str | None:
        """Return the key that a user has already, or None."""
        for key, grant in self.keys.items():
            if (grant.user, grant.company, grant.client) == (user, company, client):
                return key
        return None

    def new_token(self, grant: Grant, key: str = "", scope: str = "m2m") -> str:
        """Return a new access token.

        :param key: API key it was given for
        """
        life = self._settings["token_seconds"]
        claims = self._claims(grant)
        claims |= {"auth_time": claims["iat"], "exp": claims["iat"] + life}
        token = jwt.make({**claims, "scope": scope}, self._secret)
        found = Grant(grant.user, grant.company, grant.client, self._later(life), key)
        self.tokens[token] = found
        return token

    def new_refresh_token(self, grant: Grant) -> str:
        """Return a new refresh token; of a hundred the oldest dies."""
        own = (grant.client, grant.company, grant.user)
        same = [
            token
            for token, held in self.refresh_tokens.items()
            if (held.client, held.company, held.user) == own
        ]
        for token in same[: len(same) + 1 - MOST_REFRESH_TOKENS]:
            del self.refresh_tokens[token]
        token = secrets.token_urlsafe(24)
        until = self._later(REFRESH_DAYS * 86400)
        self.refresh_tokens[token] = Grant(*reversed(own), until)
        return token

    def new_code(self, user: User, company: Company, client: Client) -> str:
        """Return a code that a browser carries home; it works once."""
        code = secrets.token_urlsafe(12)
        until = self._later(self._settings["key_code_seconds"])
        self.codes[code] = Grant(user, company, client, until)
        return code

    def take_code(self, code: str, client: Client) -> Grant | None:
        """Return what a code stands for and forget it; None if it is worth nothing."""
        grant = self.codes.pop(code, None)
        if grant is None or grant.client is not client or self.is_over(grant):
            return None
        return grant

    def is_over(self, grant: Grant) -> bool:
        """Tell whether its time is up, or its user may not enter the company."""
        late = grant.expires is not None and grant.expires <= self._clock.now()
        return late or grant.company.id not in grant.user.companies

    def caller(self, request: Request, seen: dict[str, Any]) -> Grant:
        """Return who calls.

        :param seen: gets the company's id for the journal
        :raise ApiError: 401
        """
        kind, _, token = request.headers.get("authorization", "").partition(" ")
        grant = self.tokens.get(token) if kind.lower() == "bearer" else None
        if grant is None or self.is_over(grant):
            raise unauthorized()
        if grant.key and grant.key not in self.keys:
            raise unauthorized()
        seen["user"] = str(grant.company.id)
        return grant

    def forget(self, token: str) -> bool:
        """Make an access token unknown; tell whether it was known."""
        return self.tokens.pop(token, None) is not None
