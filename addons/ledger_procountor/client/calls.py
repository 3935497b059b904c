# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Calls with a token, renewed once when it is refused, and what their refusals mean."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from .body import encode
from .errors import is_vendors
from .values import as_query

if TYPE_CHECKING:
    from transport.errors import LedgerError
    from transport.exchange import Answer
    from transport.http import HttpClient
    from transport.tokens import StoredToken

    from .access import Access

Record = dict[str, Any]

#: Read here: 401 for the token; 503 because it means "slow down" (§1), so that the
#: transport must not try again at once; 408 because only the vendor's own means no.
_READ_HERE = frozenset({401, 408, 503})
_JSON = {"Content-Type": "application/json"}


class Caller:
    """Makes calls with the tokens of *access*."""

    def __init__(self, http: HttpClient, access: Access) -> None:
        self.http = http
        self._access = access

    def ask(
        self,
        path: str,
        params: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
        accept: Collection[int] = (),
    ) -> Answer:
        """Ask for what is at *path*, again if the way there fails.

        Nothing is sent as a body: a gateway of the vendor refuses that (§1).

        :param headers: search values that may not stand in an address (§1)
        :param accept: error statuses that the caller wants to see
        """
        return self._call("GET", path, params, headers, None, accept)

    def tell(
        self,
        method: str,
        path: str,
        body: Any = None,
        params: Mapping[str, Any] | None = None,
    ) -> Answer:
        """Send *body*, once: an error with ``sent`` set may come after the work.

        :param body: None sends none
        """
        data = None if body is None else encode(body)
        return self._call(method, path, params, _JSON if data else {}, data, ())

    def upload(self, path: str, data: bytes, content_type: str) -> Answer:
        """Send *data*, once, as :meth:`tell` does."""
        headers = {"Content-Type": content_type}
        return self._call("POST", path, None, headers, data, ())

    def _call(
        self,
        method: str,
        path: str,
        params: Mapping[str, Any] | None,
        headers: Mapping[str, str] | None,
        data: bytes | None,
        accept: Collection[int],
    ) -> Answer:
        def send(token: StoredToken) -> Answer:
            bearer = {"Authorization": f"Bearer {token.values['access']}"}
            return self.http.request(
                method,
                quote(path, safe="/,"),
                params=as_query(params or {}),
                data=data,
                headers={**(headers or {}), **bearer},
                accept={*_READ_HERE, *accept},
            )

        token = self._access.current()
        made = self._access.made
        answer = send(token)
        # A refused call was not worked on, so writes, too, may be sent once more. The
        # next token may be one that another process made, and dead as well.
        while answer.status == 401 and self._access.made == made:
            token = self._access.renew(token)
            answer = send(token)
        if answer.status in _READ_HERE:
            raise self._error(answer)
        return answer

    def _error(self, answer: Answer) -> LedgerError:
        error = self.http.error_of(answer)
        if answer.status == 408 and not is_vendors(answer.data):
            error.code, error.sent = "unavailable", answer.method != "GET"
        if answer.status != 503:
            return error
        waiting = self.http.limit_reached(answer)
        if answer.method == "GET":
            return waiting
        # Whoever stands in between may have said it after the work was done.
        error.retry_after = waiting.retry_after
        return error


def object_in(http: HttpClient, answer: Answer) -> Record:
    """Return the object that *answer* consists of.

    :raises transport.errors.BadAnswer: it is something else
    """
    if isinstance(answer.data, dict):
        return answer.data
    raise http.bad_answer(answer, "the answer is no JSON object")
