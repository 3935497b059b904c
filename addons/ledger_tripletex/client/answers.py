# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the bodies of answers hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from transport.answers import ErrorContent
    from transport.exchange import Answer
    from transport.http import HttpClient

Record = dict[str, Any]

REQUEST_ID_HEADER = "x-tlx-request-id"
#: (§8) Calls per window, calls left in it, seconds until it ends.
LIMIT_HEADERS = ("X-Rate-Limit-Limit", "X-Rate-Limit-Remaining", "X-Rate-Limit-Reset")


def envelope(http: HttpClient, answer: Answer) -> Record:
    """Return the object that *answer* consists of.

    :raises transport.errors.BadAnswer: it is something else
    """
    if isinstance(answer.data, dict):
        return answer.data
    raise http.bad_answer(answer, "the answer is no JSON object")


def single(http: HttpClient, answer: Answer) -> Record:
    """Return the ``value`` of *answer* (§5).

    :raises transport.errors.BadAnswer: there is none
    """
    value = envelope(http, answer).get("value")
    if isinstance(value, dict):
        return value
    raise http.bad_answer(answer, "the answer has no value")


def many(http: HttpClient, answer: Answer) -> list[Record]:
    """Return the ``values`` of *answer* (§5).

    :raises transport.errors.BadAnswer: there are none
    """
    values = envelope(http, answer).get("values")
    if isinstance(values, list) and all(isinstance(value, dict) for value in values):
        return values
    raise http.bad_answer(answer, "the answer has no list of values")


def read_error(answer: Answer) -> ErrorContent | None:
    """Return code, message and validation messages of an error body (§6).

    :return: None if the body is not one of Tripletex
    """
    data = answer.data
    if not isinstance(data, dict) or "code" not in data:
        return None
    message = data.get("message") or data.get("developerMessage") or ""
    problems = data.get("validationMessages") or ()
    details = [_problem(problem) for problem in problems if isinstance(problem, dict)]
    return str(data["code"]), str(message), details


def _problem(problem: Record) -> tuple[str, str, str]:
    # (§6) "null." stands for the object itself, "arg:" for a parameter.
    name = str(problem.get("field") or "").removeprefix("arg:")
    path = str(problem.get("path") or "").removeprefix("null.")
    return name, str(problem.get("message") or ""), path
