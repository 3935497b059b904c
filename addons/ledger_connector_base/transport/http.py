# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""HTTP with a vendor: retries, limits, masking and a record of every call."""

from __future__ import annotations

import logging
import random
import time
from base64 import b64encode
from collections.abc import Callable, Collection, Mapping
from datetime import datetime, timezone
from types import TracebackType
from typing import Any

import requests
from requests.auth import AuthBase

from .address import check_address
from .answers import READING, AnswerReader, ErrorContent
from .attempt import Received, attempt, environment_options, open_session
from .budget import Budget, backoff
from .call import Call
from .errors import (
    AnswerLost,
    BadAnswer,
    ConnectionFailed,
    LedgerError,
    LimitReached,
    NoTimeLeft,
    TimedOut,
    VendorError,
)
from .exchange import LONGEST_BODY, Answer, Exchange, Recorder
from .masking import Masker

_logger = logging.getLogger(__name__)

RETRIED = frozenset({500, 502, 503, 504})
LONGEST_PAUSE = 4.0
#: Seconds that a run must have left for a call whose answer must not be lost.
LEAST_TIME = 10.0
_INSTANT = 0.01
_NO_TIME = "the run has no time left"
USER_AGENT = "Ledger-Connectors-for-Odoo/19.0"


class HttpClient:
    """Calls one vendor. For one thread; keeps its connection open between calls.

    :param base_url: start of every address; https, or http to this very machine
    :param budget: asked before each attempt
    :param recorder: given an :class:`Exchange` per attempt
    :param masker: hides secrets; learns those that are sent
    :param read_error: reads the vendor's error body, None if it is not the vendor's
    :param request_id_header: header with the vendor's name for the call
    :param limit_headers: headers with the limit, what remains and the seconds to reset
    :param connect_timeout: seconds
    :param read_timeout: seconds without a byte
    :param total_timeout: seconds for one attempt, by default twice *read_timeout*
    :param deadline: seconds left for the whole run, None for no end
    :param max_bytes: largest body of an answer, decompressed
    :param retries: further attempts of calls that only read
    :param patience: seconds that a call sits out for the budget
    :param verify: check certificates; the path of a bundle of own ones
    :param allow_plain: allow http to other machines, for closed networks only
    :param parse_float: makes numbers out of the texts of those with decimals
    :param recorder_bodies: record bodies too
    :param mask_personal: mask data about persons in what is recorded
    :param sleep: waits, in seconds
    :raises InsecureAddress: *base_url* is neither https nor allowed to be plain
    """

    def __init__(
        self,
        base_url: str,
        *,
        budget: Budget | None = None,
        recorder: Recorder | None = None,
        masker: Masker | None = None,
        read_error: Callable[[Answer], ErrorContent | None] | None = None,
        request_id_header: str | None = None,
        limit_headers: tuple[str, str, str] | None = None,
        connect_timeout: float = 5.0,
        read_timeout: float = 30.0,
        total_timeout: float | None = None,
        deadline: Callable[[], float | None] | None = None,
        max_bytes: int = 50_000_000,
        retries: int = 2,
        patience: float = 0.0,
        user_agent: str = USER_AGENT,
        verify: bool | str = True,
        allow_plain: bool = False,
        parse_float: Callable[[str], Any] | None = None,
        recorder_bodies: bool = False,
        mask_personal: bool = True,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.base_url = base_url.strip().rstrip("/")
        self.masker = masker or Masker()
        secure, local = check_address(self.base_url, allow_plain)
        self._options = environment_options(self.base_url, verify, local)
        self._session = open_session(secure)
        self._session.headers["User-Agent"] = user_agent
        self._session.headers["Accept"] = "application/json"
        self._session.headers["Accept-Encoding"] = "gzip, deflate"
        self._budget = budget
        self._recorder = recorder
        self._recorder_bodies = recorder_bodies
        self._mask_personal = mask_personal
        self._reader = AnswerReader(
            self.masker, read_error, request_id_header, parse_float
        )
        self._limit_headers = limit_headers
        self._connect_timeout = connect_timeout
        self._read_timeout = read_timeout
        self._total_timeout = total_timeout or 2 * read_timeout
        self._deadline = deadline
        self._max_bytes = max_bytes
        self._retries = retries
        self._patience = patience
        self._sleep = sleep

    def __enter__(self) -> HttpClient:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection."""
        self._session.close()

    def request(
        self,
        method: str,
        path: str,
        *,
        params: Mapping[str, Any] | None = None,
        json: Any = None,
        data: Any = None,
        headers: Mapping[str, str] | None = None,
        auth: AuthBase | tuple[str, str] | None = None,
        accept: Collection[int] = (),
        idempotent: bool | None = None,
    ) -> Answer:
        """Call the vendor and return its answer.

        :param path: starts with a slash, encoded, without query
        :param params: query; None values are left out
        :param json: body, or
        :param data: body as ``requests`` takes it
        :param auth: user name and password of Basic, or an object that signs: it is
            given the prepared call, before each attempt anew
        :param accept: error statuses that are answers for the caller; 304 always is
        :param idempotent: may be sent again; by default only GET, HEAD and OPTIONS
        :raises NotAuthorised: 401
        :raises LimitReached: the budget is used up, or 429
        :raises VendorError: the vendor says what is wrong, or another error status
        :raises BadAnswer: the answer cannot be read
        :raises ConnectionFailed: the vendor cannot be reached
        :raises AnswerLost: the answer did not come or broke off
        :raises TimedOut: it took too long
        :raises NoTimeLeft: the run has no time left for it; a call that writes was
            not begun
        """
        headers = dict(headers or {})
        if isinstance(auth, tuple):
            headers["Authorization"] = _basic(*auth)
            self.masker.add(auth[1])
            auth = None
        for part in (params, json, data, headers):
            self.masker.learn(part)
        prepared = self._prepare(method, path, params, json, data, headers)
        retried = method.upper() in READING if idempotent is None else idempotent
        body = json if json is not None else data
        return self._run(Call(prepared, auth, body, accept, retried))

    def error_of(self, answer: Answer) -> LedgerError:
        """Return the error that *answer*, accepted before, stands for."""
        return self._reader.error_of(answer)

    def bad_answer(self, answer: Answer, reason: str) -> BadAnswer:
        """Return the error for an *answer* that lacks what it has to contain."""
        return self._reader.bad_answer(answer, reason)

    # === BUILDING === #

    def _prepare(
        self,
        method: str,
        path: str,
        params: Mapping[str, Any] | None,
        json: Any,
        data: Any,
        headers: Mapping[str, str],
    ) -> requests.PreparedRequest:
        if not path.startswith("/"):
            raise ValueError("a path starts with a slash")
        url = self.base_url + path
        request = requests.Request(
            method, url, params=params, json=json, data=data, headers=headers
        )
        try:
            return self._session.prepare_request(request)
        except requests.RequestException as error:
            reason = type(error).__name__
        # Raised out here: the exception above quotes what was to be sent.
        raise ConnectionFailed(f"the call could not be built ({reason})")

    # === ATTEMPTS === #

    def _run(self, call: Call) -> Answer:
        left = self._retries if call.retried else 0
        while True:
            try:
                return self._attempt(call)
            except (AnswerLost, ConnectionFailed, VendorError) as error:
                again = left > 0 and _is_passing(error)
                pause = self._pause(error, self._retries - left)
                if not again or pause is None:
                    raise
            left -= 1
            self._sleep(pause)

    def _pause(self, error: LedgerError, attempts: int) -> float | None:
        """Return the seconds to the next attempt, None if it is too far away."""
        pause = backoff(attempts + 1, first=0.4, longest=LONGEST_PAUSE)
        if error.retry_after is not None:
            pause = error.retry_after + random.uniform(0, 0.2)
        if pause > LONGEST_PAUSE or pause >= self._time_left():
            return None
        return pause

    def _attempt(self, call: Call) -> Answer:
        self._take(call)
        at = datetime.now(timezone.utc)
        started = time.monotonic()
        answer: Answer | None = None
        received: Received | None = None
        failure: LedgerError | None = None
        try:
            received = self._receive(call)
            answer = self._reader.understand(call.method, call.url, received)
            self._check(call, answer)
        except LedgerError as error:
            failure = error
        elapsed = time.monotonic() - started
        self._record(call, at, elapsed, received, failure)
        if failure or not answer:
            raise failure or AssertionError("neither an answer nor a failure")
        return answer

    def _time_left(self) -> float:
        left = self._deadline() if self._deadline else None
        return self._total_timeout if left is None else min(left, self._total_timeout)

    def _receive(self, call: Call) -> Received:
        try:
            return attempt(
                self._session,
                call.signed(self.masker),
                connect_timeout=self._connect_timeout,
                read_timeout=self._read_timeout,
                # The budget may have kept us waiting for the last of it.
                total_timeout=max(_INSTANT, self._time_left()),
                max_bytes=self._max_bytes,
                options=self._options,
            )
        except TimedOut:
            # It was the run's end that cut off what may be asked again.
            if not call.retried or self._is_time_for(call):
                raise
        # Sent: what was written before it in the same breath is asked about.
        raise NoTimeLeft(_NO_TIME, sent=True)

    def _is_time_for(self, call: Call) -> bool:
        """Tell whether the run has enough time left for *call*.

        One that may be asked again may be cut off. Of any other nobody would know
        whether it was done.
        """
        least = _INSTANT if call.retried else min(LEAST_TIME, self._total_timeout)
        return self._time_left() >= least

    # === LIMITS === #

    def _take(self, call: Call) -> None:
        """Take a call from the budget, after a short wait if need be.

        :raises LimitReached: the wait is longer than our patience
        :raises NoTimeLeft: the run has no time left for it
        """
        left = self._patience
        while True:
            if not self._is_time_for(call):
                raise NoTimeLeft(_NO_TIME)
            try:
                return self._budget.take() if self._budget else None
            except LimitReached as error:
                wait = error.retry_after or 0.0
                if wait > left or wait >= self._time_left():
                    raise
            left -= wait
            self._sleep(wait)

    def _check(self, call: Call, answer: Answer) -> None:
        """Learn from the answer's limits and raise if it is an error.

        :raises LedgerError: the answer is one that the caller did not ask for
        """
        self._learn_limits(answer)
        if answer.ok or answer.status == 304 or answer.status in call.accept:
            return
        if answer.status == 429:
            raise self.limit_reached(answer)
        raise self.error_of(answer)

    def _learn_limits(self, answer: Answer) -> None:
        if not self._budget or not self._limit_headers or answer.status == 429:
            return
        limit, remaining, reset = map(answer.seconds, self._limit_headers)
        if remaining is None and limit is None and reset is None:
            return
        self._budget.learn(_whole(limit), _whole(remaining), reset)

    def limit_reached(self, answer: Answer) -> LimitReached:
        """Return the error for an *answer* that refuses for the vendor's limit.

        No call is made from now on before the wait is over.
        """
        wait = answer.seconds("Retry-After")
        if wait is None and self._limit_headers:
            wait = answer.seconds(self._limit_headers[2])
        if self._budget:
            wait = self._budget.refused(wait)
        return LimitReached(
            "the vendor's call limit is reached",
            status=answer.status,
            request_id=answer.request_id,
            retry_after=wait,
        )

    # === RECORD === #

    def _record(
        self,
        call: Call,
        at: datetime,
        elapsed: float,
        received: Received | None,
        failure: LedgerError | None,
    ) -> None:
        url = self.masker.url(call.url)
        status = received.status if received else None
        error = failure.code if failure else None
        took = round(elapsed * 1000)
        _logger.debug("%s %s: %s in %d ms", call.method, url, error or status, took)
        if not self._recorder:
            return
        self._recorder(
            Exchange(
                method=call.method,
                url=url,
                status=status,
                duration_ms=took,
                request_id=self._reader.request_id(received) if received else None,
                request_body=self._body(call.body),
                response_body=self._body(received.body if received else None),
                error=error,
                at=at,
            )
        )

    def _body(self, body: Any) -> str | None:
        if not self._recorder_bodies or body is None or body == b"":
            return None
        if isinstance(body, bytes):
            body = body.decode(errors="replace")
        # Masked before it is cut: half of a secret would not be recognised.
        return self.masker.body(body, self._mask_personal)[:LONGEST_BODY]


def _basic(user: str, password: str) -> str:
    # requests would encode as Latin-1, and stumble over a pasted typographic sign.
    return "Basic " + b64encode(f"{user}:{password}".encode()).decode()


def _is_passing(error: LedgerError) -> bool:
    return error.status is None or error.status in RETRIED


def _whole(number: float | None) -> int | None:
    return None if number is None else int(number)
