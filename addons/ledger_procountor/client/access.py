# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Access tokens: asked for with the customer's API key, kept, renewed once (§2)."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from dataclasses import asdict, astuple, dataclass, field
from datetime import datetime, timedelta, timezone
from hashlib import sha256
from typing import TYPE_CHECKING, Any, NamedTuple

from .errors import TOKEN_PATH
from .values import id_of

if TYPE_CHECKING:
    from transport.exchange import Answer
    from transport.http import HttpClient
    from transport.tokens import StoredToken, TokenStore

#: Seconds that a token lives if the answer does not say.
LIFETIME = 3600
#: A token is replaced so long before its end.
MARGIN = timedelta(minutes=2)


class Claims(NamedTuple):
    """What an API key or a token says about itself (§2); nothing proves it.

    :param company: id of the company whose books it opens
    :param user: id of the user in whose name
    :param client: the integrator's client id
    """

    company: str
    user: str
    client: str


@dataclass(frozen=True)
class Keys:
    """What opens the books of one company.

    :param client_id: the integrator's
    :param client_secret: the integrator's
    :param api_key: the customer's; bound to user, company and client id
    :param redirect_uri: the integrator's, "" to send none
    """

    client_id: str
    client_secret: str = field(repr=False)
    api_key: str = field(repr=False)
    redirect_uri: str = ""


@dataclass(frozen=True)
class AccessToken:
    """An access token, as token stores keep it."""

    values: dict[str, str] = field(repr=False)
    expires_at: datetime | None


def claims_of(token: str) -> Claims | None:
    """Return what an API key or access token says about itself, None if nothing (§2).

    The signature is not looked at: its secret is the vendor's.
    """
    parts = token.split(".")
    if len(parts) != 3:
        return None
    try:
        padded = parts[1] + "=" * (-len(parts[1]) % 4)
        claims = json.loads(base64.urlsafe_b64decode(padded))
        audience = claims.get("aud")
        client = audience if isinstance(audience, str) else ""
        return Claims(id_of(claims.get("cid")), id_of(claims.get("sub")), client)
    except (ValueError, AttributeError):
        return None


class Access:
    """Hands out the access token of one API key, shared over processes by *store*.

    :param clock: gives the time, aware
    """

    def __init__(
        self,
        http: HttpClient,
        store: TokenStore,
        keys: Keys,
        clock: Callable[[], datetime],
    ) -> None:
        #: Tokens that were made here, and not taken over from another process.
        self.made = 0
        self._http = http
        self._store = store
        self._keys = keys
        self._clock = clock
        self._token: StoredToken | None = None
        http.masker.add(keys.client_secret, keys.api_key)
        digest = sha256("\n".join((http.base_url, *astuple(keys))).encode()).hexdigest()
        self._name = f"procountor:{digest[:24]}"

    def current(self) -> StoredToken:
        """Return a token that lives for some minutes."""
        if not self._lives(self._token):
            self._token = self._store.get(self._name)
        if self._token is None or not self._lives(self._token):
            return self.renew(self._token)
        return self._known(self._token)

    def renew(self, stale: StoredToken | None) -> StoredToken:
        """Return another token than *stale*.

        :raises transport.errors.NotAuthorised: the keys are not accepted
        """
        self._token = self._store.renew(self._name, stale, lambda _stored: self._make())
        return self._known(self._token)

    def _known(self, token: StoredToken) -> StoredToken:
        # It may come from another process: nothing has told the masker yet.
        self._http.masker.add(token.values["access"])
        return token

    def _lives(self, token: StoredToken | None) -> bool:
        if token is None or token.expires_at is None:
            return False
        return self._clock() + MARGIN < token.expires_at

    def _make(self) -> AccessToken:
        started = self._clock()
        form = {"grant_type": "client_credentials", **_form(self._keys)}
        # A second token does no harm, so the call may be sent again.
        answer = self._http.request("POST", TOKEN_PATH, data=form, idempotent=True)
        self.made += 1
        token = text_in(self._http, answer, "access_token")
        lifetime = answer.data.get("expires_in", LIFETIME)
        return AccessToken({"access": token}, _end(started, lifetime))


def text_in(http: HttpClient, answer: Answer, name: str) -> str:
    """Return the text called *name* in *answer*.

    :raises transport.errors.BadAnswer: there is none
    """
    value = answer.data.get(name) if isinstance(answer.data, dict) else None
    if isinstance(value, str) and value:
        return value
    raise http.bad_answer(answer, f"the answer has no {name}")


def _form(keys: Keys) -> dict[str, str]:
    return {name: value for name, value in asdict(keys).items() if value}


def _end(started: datetime, lifetime: Any) -> datetime:
    try:
        life = timedelta(seconds=float(lifetime))
    except (TypeError, ValueError, OverflowError):
        life = timedelta(seconds=LIFETIME)
    return (started + life).astimezone(timezone.utc)
