# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Calls in a session: opened when needed, renewed once when refused."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, timezone
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from .answers import Record, single
from .query import as_query

if TYPE_CHECKING:
    from transport.exchange import Answer
    from transport.http import HttpClient
    from transport.tokens import StoredToken, TokenStore

#: (§2.2) Sessions end at midnight there.
OSLO = ZoneInfo("Europe/Oslo")
#: A session is replaced so long before its end.
SESSION_MARGIN = timedelta(minutes=10)
#: (§2.3) Basic user name for the company that owns the employee token.
OWN_COMPANY = "0"
_NEW_SESSION = quote("/token/session/:create", safe="/")


@dataclass(frozen=True)
class SessionToken:
    """A session of Tripletex, as token stores keep it."""

    values: dict[str, str] = field(repr=False)
    expires_at: datetime | None


def oslo_midnight(day: str) -> datetime:
    """Return the moment at which *day* (ISO) begins in Oslo, UTC (§2.2).

    :raises ValueError: *day* is no date
    """
    local = datetime.combine(date.fromisoformat(day), time(), OSLO)
    return local.astimezone(timezone.utc)


class Caller:
    """Makes calls with a session's authorisation.

    :param company: Basic user name
    :param clock: gives the time, aware
    :param session_days: a new session ends at midnight after so many days, at least 1
    """

    def __init__(
        self,
        http: HttpClient,
        tokens: TokenStore,
        *,
        consumer_token: str,
        employee_token: str,
        company: str,
        clock: Callable[[], datetime],
        session_days: int,
    ) -> None:
        self.http = http
        self.company = company
        self._tokens = tokens
        self._consumer_token = consumer_token
        self._employee_token = employee_token
        self._clock = clock
        self._session_days = session_days
        self._session: StoredToken | None = None
        self._created = 0
        http.masker.add(consumer_token, employee_token)
        # The company is not part of it: a session serves all clients of an office.
        parts = (http.base_url, consumer_token, employee_token)
        digest = sha256("\n".join(parts).encode()).hexdigest()
        self._token_name = f"tripletex:{digest[:24]}"

    def send(
        self,
        method: str,
        path: str,
        params: Mapping[str, Any] | None = None,
        *,
        body: Any = None,
        headers: Mapping[str, str] | None = None,
        accept: Collection[int] = (),
        company: str | None = None,
    ) -> Answer:
        """Call, with a new session if the present one is not accepted (§2.2).

        :param path: plain; ``:`` and ``>`` are encoded here (§1)
        :param accept: error statuses that the caller wants to see
        :param company: another Basic user name than the usual one
        :raises transport.errors.NotAuthorised: not even a new session is accepted
        """

        def call(session: StoredToken) -> Answer:
            return self.http.request(
                method,
                quote(path, safe="/"),
                params=as_query(params or {}),
                json=body,
                headers=headers,
                auth=(company or self.company, session.values["token"]),
                accept={401, *accept},
            )

        session = self._live_session()
        created = self._created
        answer = call(session)
        # The next session may be one that another worker made, and dead as well.
        while answer.status == 401 and self._created == created:
            session = self._new_session(session)
            answer = call(session)
        if answer.status == 401:
            raise self.http.error_of(answer)
        return answer

    def _live_session(self) -> StoredToken:
        if not self._lives(self._session):
            self._session = self._tokens.get(self._token_name)
        if self._session is None or not self._lives(self._session):
            return self._new_session(self._session)
        return self._session

    def _new_session(self, stale: StoredToken | None) -> StoredToken:
        self._session = self._tokens.renew(
            self._token_name, stale, lambda _stored: self._create_session()
        )
        return self._session

    def _lives(self, session: StoredToken | None) -> bool:
        if session is None or session.expires_at is None:
            return False
        return self._clock() + SESSION_MARGIN < session.expires_at

    def _create_session(self) -> SessionToken:
        answer = self._ask_for_session()
        self._created += 1
        session = _session_in(single(self.http, answer))
        if session is None:
            reason = "the answer has no session token with a date"
            raise self.http.bad_answer(answer, reason)
        return session

    def _ask_for_session(self) -> Answer:
        """Create a session: by POST, where that is missing by PUT (§2.1)."""
        today = (self._clock() + SESSION_MARGIN).astimezone(OSLO).date()
        body = {
            "consumerToken": self._consumer_token,
            "employeeToken": self._employee_token,
            "expirationDate": (today + timedelta(self._session_days)).isoformat(),
        }
        # A second session does no harm, so both may be sent again.
        answer = self.http.request(
            "POST", _NEW_SESSION, json=body, accept={404, 405}, idempotent=True
        )
        if answer.status in (404, 405):
            return self.http.request("PUT", _NEW_SESSION, params=body, idempotent=True)
        return answer


def _session_in(value: Record) -> SessionToken | None:
    token, day = value.get("token"), value.get("expirationDate")
    if not token or not isinstance(token, str) or not isinstance(day, str):
        return None
    try:
        # The date in the answer counts, not the one asked for (§2.2).
        return SessionToken({"token": token}, oslo_midnight(day))
    except ValueError:
        return None
