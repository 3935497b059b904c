# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""One attempt of a call: connects, sends, reads all of the answer, on time.

Every failure of the wire becomes one of the classes in ``errors``.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timezone
from http.cookiejar import DefaultCookiePolicy
from typing import Any

import requests
from requests.utils import get_environ_proxies
from urllib3.exceptions import ReadTimeoutError

from .errors import AnswerLost, BadAnswer, ConnectionFailed, LedgerError, TimedOut
from .wire import CallState, TimedAdapter, running_call

_CHUNK = 65536
_TIMEOUTS = (requests.Timeout, TimeoutError, ReadTimeoutError)


@dataclass(frozen=True)
class Received:
    """An answer as it came, decompressed."""

    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)
    sent_at: datetime
    elapsed: float


class Broken(Exception):
    """The answer ended before it was complete, or is larger than allowed."""


def open_session(secure: bool) -> requests.Session:
    """Return a session that keeps connections, but neither cookies nor passwords.

    :param secure: false lets the session speak plain HTTP
    """
    session = requests.Session()
    # Not trusted: a .netrc of the server's user would replace our Authorization.
    session.trust_env = False
    session.headers.clear()
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    session.adapters.clear()
    session.mount("https://", TimedAdapter(pool_maxsize=2))
    if not secure:
        session.mount("http://", TimedAdapter(pool_maxsize=2))
    return session


def environment_options(url: str, verify: bool | str, local: bool) -> dict[str, Any]:
    """Return proxies and certificates as the server's environment sets them.

    :param verify: false, true or the path of a bundle of certificates
    :param local: the host is this machine, which no proxy reaches
    """
    if verify is True:
        names = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")
        verify = next(filter(None, map(os.environ.get, names)), True)
    proxies = {} if local else dict(get_environ_proxies(url, no_proxy=None))
    return {"verify": verify, "proxies": proxies}


def attempt(
    session: requests.Session,
    request: requests.PreparedRequest,
    *,
    connect_timeout: float,
    read_timeout: float,
    total_timeout: float,
    max_bytes: int,
    options: Mapping[str, Any],
) -> Received:
    """Send *request* once and return the whole answer.

    :param connect_timeout: seconds
    :param read_timeout: seconds without a byte
    :param total_timeout: seconds for everything
    :param max_bytes: largest body, decompressed
    :raises ConnectionFailed: nothing was sent
    :raises AnswerLost: the answer did not come, or broke off
    :raises TimedOut: it took too long
    :raises BadAnswer: it is larger than *max_bytes*
    """
    state = CallState(time.monotonic() + total_timeout)
    timeout = (min(connect_timeout, total_timeout), min(read_timeout, total_timeout))
    reset = running_call.set(state)
    try:
        return _exchange(session, request, timeout, max_bytes, options)
    except (requests.RequestException, OSError, ValueError, Broken) as error:
        failure = _failure(error, state.sent)
    finally:
        running_call.reset(reset)
    # Raised out here: the exception above names the address with all of its query.
    raise failure


def _exchange(
    session: requests.Session,
    request: requests.PreparedRequest,
    timeout: tuple[float, float],
    max_bytes: int,
    options: Mapping[str, Any],
) -> Received:
    sent_at = datetime.now(timezone.utc)
    started = time.monotonic()
    with session.send(
        request, timeout=timeout, stream=True, allow_redirects=False, **options
    ) as response:
        body = _read(response, max_bytes)
    elapsed = time.monotonic() - started
    return Received(response.status_code, response.headers, body, sent_at, elapsed)


def _read(response: requests.Response, max_bytes: int) -> bytes:
    body = bytearray()
    for chunk in response.iter_content(_CHUNK):
        body += chunk
        if len(body) > max_bytes:
            raise Broken(f"the answer is larger than {max_bytes} bytes")
    # Not every urllib3 that Odoo 19 runs with compares the two.
    announced = response.headers.get("Content-Length", "")
    if response.request.method == "HEAD" or response.status_code in (204, 304):
        return bytes(body)
    if announced.isdigit() and response.raw.tell() < int(announced):
        raise requests.exceptions.ChunkedEncodingError("the answer broke off")
    return bytes(body)


def _failure(error: Exception, sent: bool) -> LedgerError:
    if isinstance(error, Broken):
        return BadAnswer(str(error), sent=sent)
    if _is_timeout(error):
        where = "answer" if sent else "connection"
        return TimedOut(f"no {where} in time", sent=sent)
    if isinstance(error, requests.exceptions.ContentDecodingError):
        return BadAnswer("the answer cannot be decompressed", sent=sent)
    if sent:
        return AnswerLost("the connection broke before the answer's end", sent=True)
    if isinstance(error, requests.exceptions.ProxyError):
        return ConnectionFailed("the proxy did not make the connection")
    if isinstance(error, requests.exceptions.SSLError):
        return ConnectionFailed("the host's TLS certificate was not accepted")
    if isinstance(error, requests.ConnectionError | OSError):
        return ConnectionFailed("no connection to the host")
    return ConnectionFailed(f"the call could not be built ({type(error).__name__})")


def _is_timeout(error: BaseException) -> bool:
    if isinstance(error, _TIMEOUTS):
        return True
    # requests wraps a time-out while reading the body as a ConnectionError.
    return any(isinstance(arg, _TIMEOUTS) for arg in error.args)


def decode(body: bytes, parse_float: Callable[[str], Any] | None = None) -> Any:
    """Return the JSON in *body*, None for an empty one.

    :param parse_float: makes a number out of the text of one with decimals
    :raises ValueError: it is no JSON
    """
    if not body.strip():
        return None
    try:
        return json.loads(
            body, parse_float=parse_float, parse_constant=_refuse_constant
        )
    except RecursionError:
        raise ValueError("nested too deeply") from None


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON number")
