# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What refusals mean: a stable word for each, whatever shape its body has (§5).

The vendor documents an array ``errors`` with messages and keys, and names few of them.
Where only words tell refusals apart, they are looked for in English and Estonian.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .fields import field_in

if TYPE_CHECKING:
    from transport.answers import ErrorContent
    from transport.exchange import Answer

_KEYS = ("code", "key", "errorCode", "errorKey")
_TEXTS = ("message", "error", "description", "text", "errorMessage")
_FIELDS = ("field", "fieldName", "property", "parameter", "param", "path")
_LONGEST = 500


@dataclass(frozen=True)
class Fault:
    """One message of a refusal.

    :param key: the vendor's word for it, "" if there is none
    :param text: the vendor's sentence
    :param field: name of the field that is meant, "" if none can be made out
    """

    key: str
    text: str
    field: str


@dataclass(frozen=True)
class _Rule:
    code: str
    statuses: frozenset[int]
    words: re.Pattern[str]


def _rule(code: str, statuses: str, words: str) -> _Rule:
    return _Rule(code, frozenset(map(int, statuses.split())), _pattern(words))


def _pattern(words: str) -> re.Pattern[str]:
    """Find one of *words* where a word begins: "blocked" is not "locked"."""
    return re.compile(rf"(?<!\w)(?:{words})")


#: Tried in this order on keys and texts, in small letters, with hyphens as spaces.
#: (§5) The keys of credit notes were seen; the other words are guesses. With 400 come
#: validations too, whose sentences may hold "unpaid", "limit" or "expired".
_RULES = (
    _rule(
        "billing",
        "402 403 503",
        "billing|unpaid|overdue|in debt|indebted|suspended|tasumata|võlgnevus|võla"
        "|peatatud",
    ),
    _rule(
        "service_off",
        "400 401 403 404 503",
        "api service|api teenus|api access|api is|api disabled|api not|api on",
    ),
    _rule(
        "service_off",
        "401 403 503",
        "not activated|not enabled|switched off|disabled|välja lülitatud"
        "|sisse lülitatud|package|pake",
    ),
    _rule(
        "limit",
        "403 429 503",
        "request limit|requests limit|limit of requests|limit exceeded|too many"
        "|rate limit|quota|per minute|limiit|liiga palju",
    ),
    _rule("clock", "400 401 403", "timestamp|time stamp|ajatemp"),
    _rule("clock", "401 403", "expired|aegunud|stale|too old"),
    _rule("auth", "400 403", "signature|apikey|api key|signatuur|allkiri"),
    _rule(
        "rights",
        "400 401 403",
        "permission|no right|not have the right|access denied|forbidden|user group"
        "|puudub õigus|puuduvad õigused|õigused puuduvad",
    ),
    _rule(
        "credit_too_early",
        "400",
        "credit invoice earlier than base|credit invoice entry earlier than base",
    ),
    _rule(
        "period_locked",
        "400",
        "locked|lukus|lukustatud|period closed|closed period|period is closed"
        "|periood on suletud|suletud periood",
    ),
    _rule(
        "exists",
        "400 409",
        "already exist|already in use|in use already|number in use|duplicate"
        "|not unique|juba olemas|juba kasutusel",
    ),
    _rule(
        "not_found",
        "400 404",
        "not found|does not exist|doesn't exist|not exist|ei leitud|ei leia"
        "|ei eksisteeri",
    ),
)
#: (§4) What the first stage of validation finds: it stops there, and speaks English.
_FIRST_STAGE = _pattern(
    "mandatory|required|missing|invalid format|unreadable|unparseable|could not parse"
    "|cannot parse|can not parse|post body|not a valid|unknown"
)
_BY_STATUS = {
    401: "auth",
    402: "billing",
    403: "rights",
    404: "not_found",
    429: "limit",
    503: "unavailable",
}


def read_error(answer: Answer) -> ErrorContent:
    """Return code, message and validation messages of a refusal (§5).

    Codes: ``auth``, ``clock``, ``service_off``, ``rights``, ``limit``, ``billing``,
    ``unavailable`` (503 without a reason), ``credit_too_early``, ``period_locked``,
    ``exists``, ``not_found``, ``unknown_path``, ``malformed`` (first stage of
    validation), ``rules`` (second stage), ``server``.
    """
    found = faults(answer.data)
    code = code_of(answer.status, found)
    if len(found) == 1 and not found[0].field:
        return code, found[0].text or found[0].key, ()
    # Validation messages are told one by one; repeating them here would double them.
    message = " ".join(filter(None, (fault.key for fault in found)))
    details = [(fault.field, fault.text or fault.key, "") for fault in found]
    return code, message or f"HTTP {answer.status}", details


def code_of(status: int, found: list[Fault]) -> str:
    """Return the stable word for a refusal with *status* and these messages.

    :param status: 200, with errors in its body, counts as 400
    """
    status = 400 if status < 300 else status
    text = "|".join(f"{fault.key} {fault.text}" for fault in found)
    text = text.lower().replace("-", " ").replace("_", " ")
    for rule in _RULES:
        if status in rule.statuses and rule.words.search(text):
            return rule.code
    if status == 404 and not found:
        return "unknown_path"
    if status >= 500:
        return _BY_STATUS.get(status, "server")
    return _BY_STATUS.get(status) or _stage(found, text)


def _stage(found: list[Fault], text: str) -> str:
    first = len(found) == 1 and _FIRST_STAGE.search(text)
    return "malformed" if first or not found else "rules"


def faults(data: Any) -> list[Fault]:
    """Return the messages in the body of a refusal, in any of the shapes seen (§5).

    :param data: decoded JSON, or text; a page of HTML has no message for us
    """
    return [fault for fault in _faults(data) if fault.key or fault.text]


def has_errors(data: Any) -> bool:
    """Tell whether a body lists errors, whatever its status."""
    return isinstance(data, dict) and bool(data.get("errors"))


def _faults(data: Any) -> Iterator[Fault]:
    if isinstance(data, str):
        if not data.lstrip().startswith("<"):
            yield _fault("", data, "")
    elif isinstance(data, list):
        for part in data:
            yield from _faults(part)
    elif isinstance(data, dict):
        yield from _faults_of_object(data)


def _faults_of_object(data: dict[str, Any]) -> Iterator[Fault]:
    listed = data.get("errors")
    if isinstance(listed, dict) and not set(listed) & {*_KEYS, *_TEXTS}:
        for name, text in listed.items():
            yield _fault("", str(text), name)
    elif listed:
        yield from _faults(listed)
    elif isinstance(data.get("error"), dict | list):
        yield from _faults(data["error"])
    else:
        text = _first(data, _TEXTS)
        yield _fault(_first(data, _KEYS), text, _first(data, _FIELDS))


def _fault(key: str, text: str, field: str) -> Fault:
    text = " ".join(text.split())[:_LONGEST]
    return Fault(key, text, field or field_in(text))


def _first(data: dict[str, Any], names: tuple[str, ...]) -> str:
    values = (data.get(name) for name in names)
    found = (v for v in values if isinstance(v, str | int) and not isinstance(v, bool))
    return next((str(value) for value in found if value != ""), "")
