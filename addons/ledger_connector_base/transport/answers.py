# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Makes sense of what came back: an answer, or one of the errors."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from .attempt import Received, decode
from .errors import BadAnswer, LedgerError, NotAuthorised, Problem, VendorError
from .exchange import Answer, first_words, http_date, plain_text
from .masking import Masker

#: Code, message and validation messages (field, message, path) in an error's body.
ErrorContent = tuple[str, str, Sequence[tuple[str, str, str]]]
#: Methods that change nothing and may be sent again.
READING = frozenset({"GET", "HEAD", "OPTIONS"})

#: Bytes. New tokens come in small answers; large lists are not searched for any.
_LARGEST_LEARNT = 20_000


class AnswerReader:
    """Reads answers of one vendor; all texts that it passes on are masked.

    :param read_error: reads the vendor's error body, None if it is not the vendor's
    :param request_id_header: header with the vendor's name for the call
    :param parse_float: makes a number out of the text of one with decimals
    """

    def __init__(
        self,
        masker: Masker,
        read_error: Callable[[Answer], ErrorContent | None] | None,
        request_id_header: str | None,
        parse_float: Callable[[str], Any] | None = None,
    ) -> None:
        self._masker = masker
        self._read_error = read_error
        self._request_id_header = request_id_header
        self._parse_float = parse_float

    def understand(self, method: str, url: str, received: Received) -> Answer:
        """Return *received* as an answer.

        :raises BadAnswer: the status is one of success, but the body is no JSON
        """
        is_json, data = self._decoded(received.body)
        # Raised out of reach of the decoder's exception, which holds the whole body.
        if not is_json and 200 <= received.status < 300:
            raise self._unreadable(method, received)
        if len(received.body) <= _LARGEST_LEARNT:
            self._masker.learn(data)
        return Answer(
            method=method,
            url=url,
            status=received.status,
            headers=received.headers,
            data=data,
            sent_at=received.sent_at,
            elapsed=received.elapsed,
            date=http_date(received.headers.get("Date")),
            request_id=self.request_id(received),
        )

    def request_id(self, received: Received) -> str | None:
        """Return the vendor's name for the call."""
        name = self._request_id_header
        return received.headers.get(name) if name else None

    def error_of(self, answer: Answer) -> LedgerError:
        """Return the error that *answer* stands for."""
        code, message, problems = self._error_content(answer)
        unauthorised = answer.status == 401
        kind = NotAuthorised if unauthorised else VendorError
        return kind(
            self._clean(message),
            code=None if unauthorised else code,
            status=answer.status,
            request_id=answer.request_id,
            retry_after=answer.seconds("Retry-After"),
            # Where a server fails it may have done the work before.
            sent=answer.status >= 500,
            problems=[
                Problem(self._clean(name), self._clean(text), path)
                for name, text, path in problems
            ],
        )

    def bad_answer(self, answer: Answer, reason: str) -> BadAnswer:
        """Return the error for an *answer* that lacks what it has to contain."""
        return BadAnswer(
            self._clean(reason),
            status=answer.status,
            request_id=answer.request_id,
            sent=answer.method not in READING,
        )

    def _unreadable(self, method: str, received: Received) -> BadAnswer:
        text = self._masker.text(received.body[:20_000].decode(errors="replace"))
        return BadAnswer(
            f"the answer is not JSON: {first_words(text)}",
            status=received.status,
            request_id=self.request_id(received),
            sent=method not in READING,
        )

    def _error_content(self, answer: Answer) -> ErrorContent:
        content = self._read_error(answer) if self._read_error else None
        if content:
            return content
        if 300 <= answer.status < 400:
            return "redirect", "the answer sends us to another address", ()
        words = first_words(self._masker.body(answer.data)) if answer.data else ""
        return VendorError.code, f"HTTP {answer.status} {words}".strip(), ()

    def _decoded(self, body: bytes) -> tuple[bool, Any]:
        """Return whether *body* is JSON, and what is in it, its text if it is not."""
        try:
            return True, decode(body, self._parse_float)
        except ValueError:
            return False, body.decode(errors="replace")

    def _clean(self, text: str) -> str:
        return self._masker.text(plain_text(text), personal=False)
