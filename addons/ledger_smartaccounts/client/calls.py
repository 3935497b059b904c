# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Signed calls, and what their refusals mean."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

from .body import EMPTY, encode
from .clock import is_doubled, seconds_to_plain_time, skew
from .errors import code_of, faults, has_errors
from .signing import Signature
from .values import as_query

if TYPE_CHECKING:
    from transport.errors import LedgerError
    from transport.exchange import Answer
    from transport.http import HttpClient

#: (§1) Of the vendor's sentences; "" is its own choice.
LANGUAGES = frozenset({"", "en", "et"})
#: Refusals that are read here. 503 is among them: the transport would try it again.
_READ_HERE = frozenset({400, 401, 402, 403, 404, 409, 422, 429, 503})
_MAY_BE_TIME = frozenset({400, 401, 403})
#: Refusals that surely were no work, whatever their status.
_NO_WORK = frozenset({"billing", "service_off"})
#: (§2) Seconds from which a clock is the cause: 900 are tolerated, and Date and
#: timestamp are read seconds apart. Of a refusal for something else that is certain
#: only beyond doubt; one that speaks of time needs less.
_SKEW = {"clock": 60, "auth": 900 - 30}
_SKEW_BEYOND_DOUBT = 900 + 30
_JSON = {"Content-Type": "application/json; charset=utf-8"}


class Caller:
    """Makes calls that are signed with the keys of one company.

    :param language: of the vendor's sentences: ``en``, ``et``, or "" (§1)
    :param clock: gives the time, aware
    """

    def __init__(
        self,
        http: HttpClient,
        *,
        public_key: str,
        secret_key: str,
        language: str,
        clock: Callable[[], datetime],
    ) -> None:
        self.http = http
        http.masker.add(public_key, secret_key)
        self._signature = Signature(public_key, secret_key, clock)
        self._prefix = _prefix(http.base_url, language)

    def ask(self, path: str, params: Mapping[str, Any]) -> Answer:
        """Ask the method at *path*, again if the way there fails (§1).

        :param path: with its method, ``/general/entries:get``
        :raises transport.errors.LedgerError: see :meth:`_error`
        """
        return self._checked(self._send("GET", path, params))

    def find(self, path: str, params: Mapping[str, Any]) -> Answer | None:
        """Ask as :meth:`ask` does, and return None if the vendor finds nothing."""
        answer = self._send("GET", path, params)
        if _is_fine(answer):
            return answer
        if code_of(answer.status, faults(answer.data)) == "not_found":
            return None
        raise self._error(answer)

    def tell(self, path: str, body: Any = None, **params: Any) -> Answer:
        """Send *body*, once: an error with ``sent`` set may come after the work.

        :param body: None sends an empty object (§5)
        """
        data = EMPTY if body is None else encode(body)
        return self._checked(self._send("POST", path, params, data))

    def _send(
        self, method: str, path: str, params: Mapping[str, Any], data: Any = None
    ) -> Answer:
        return self.http.request(
            method,
            quote(f"{self._prefix}{path}", safe="/:"),
            params=as_query(params),
            data=data,
            headers=_JSON if data else None,
            auth=self._signature,
            accept=_READ_HERE,
        )

    # === REFUSALS === #

    def _checked(self, answer: Answer) -> Answer:
        if _is_fine(answer):
            return answer
        raise self._error(answer)

    def _error(self, answer: Answer) -> LedgerError:
        """Return the error that a refusal stands for (§5).

        Its ``code`` is one of ``read_error()``, or of :meth:`_explain_time`. Its
        ``facts`` hold the vendor's ``keys`` and, of a wait, ``until`` (UTC).
        """
        found = faults(answer.data)
        code = code_of(answer.status, found)
        if code in ("limit", "unavailable"):
            error = self._wait(answer, code)
        else:
            error = self.http.error_of(answer)
            error.sent = error.sent and code not in _NO_WORK
        error.code = code
        error.facts["keys"] = [fault.key for fault in found if fault.key]
        if answer.status in _MAY_BE_TIME:
            self._explain_time(error, answer)
        return error

    def _wait(self, answer: Answer, code: str) -> LedgerError:
        waiting = self.http.limit_reached(answer)
        if code == "limit" or answer.method == "GET":
            return waiting
        # Whoever stands in between may have said it after the work was done.
        error = self.http.error_of(answer)
        error.retry_after = waiting.retry_after
        return error

    # === TIME === #

    def _explain_time(self, error: LedgerError, answer: Answer) -> None:
        """Say so in *error* if the call was refused for its time (§2).

        Codes: ``clock_ahead`` and ``clock_behind`` (facts: ``seconds``, ``way``, of
        this machine), ``doubled_hour`` (``retry_after``, fact ``until``), or ``clock``
        where the vendor's words say so and its own clock is not known.
        """
        signed_at = self._signature.signed_at
        if signed_at is None:
            return
        ours = signed_at + timedelta(seconds=answer.elapsed)
        found = skew(ours, answer.date) if answer.date else None
        if found and found.seconds > _SKEW.get(error.code, _SKEW_BEYOND_DOUBT):
            error.code = f"clock_{found.way}"
            error.facts.update(found._asdict())
        elif error.code in ("auth", "clock") and is_doubled(signed_at):
            error.code = "doubled_hour"
            error.retry_after = seconds_to_plain_time(signed_at)
            until = signed_at + timedelta(seconds=error.retry_after)
            error.facts["until"] = until.astimezone(timezone.utc)


def _is_fine(answer: Answer) -> bool:
    return answer.ok and not has_errors(answer.data)


def _prefix(base_url: str, language: str) -> str:
    if language not in LANGUAGES:
        raise ValueError(f"{language!r} is no language of the vendor")
    if urlsplit(base_url).path.endswith("/api"):
        return ""
    return f"/{language}/api" if language else "/api"
