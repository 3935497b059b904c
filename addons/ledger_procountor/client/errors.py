# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What refusals mean: a word for each, whatever shape its body has (§8)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from transport.answers import ErrorContent
    from transport.exchange import Answer

TOKEN_PATH = "/oauth/token"

#: The vendor's own codes stand where other refusals have a sentence.
_CODE = re.compile(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+")
_OAUTH_CODE = re.compile(r"[a-z][a-z_]+")
_LONGEST = 500
_BY_STATUS = {
    400: "invalid",
    401: "auth",
    403: "forbidden",
    404: "not_found",
    406: "confirmation_rejected",
    408: "confirmation_expired",
    409: "conflict",
    410: "expired",
    429: "limit",
}


@dataclass(frozen=True)
class Fault:
    """One message of a refusal.

    :param text: the vendor's code or sentence
    :param path: of the field, dotted, "" if it is about the whole
    """

    text: str
    path: str = ""

    @property
    def code(self) -> str:
        """The vendor's code, "" where it has a sentence."""
        return self.text if _CODE.fullmatch(self.text) else ""

    @property
    def field(self) -> str:
        """The name of the field alone, without the objects that it is in."""
        return self.path.rpartition(".")[2]


def read_error(answer: Answer) -> ErrorContent | None:
    """Return code, message and validation messages of a refusal (§8).

    The code is the vendor's own where it has one, as ``CLOSED_FISCAL_PERIOD`` or, from
    the token call, ``invalid_client``. Else it is one of ours: ``stale`` (the version
    is an old one), ``invalid``, ``auth``, ``forbidden`` (rights, status or type),
    ``gateway`` (403, but not from Procountor itself), ``not_found``, ``not_saved``
    (404 to something new), ``unknown_path``, ``wrong_address`` (of the token call),
    ``expired`` (activation link), ``conflict``, ``confirmation_rejected``,
    ``confirmation_expired``, ``limit``, ``unavailable`` (5xx: it may be done
    nevertheless).

    :return: each message's field is its name alone, its path all of it; None for an
        answer that only sends us elsewhere
    """
    if answer.status < 400:
        return None
    found = faults(answer.data)
    code = code_of(answer, found)
    if len(found) == 1 and not found[0].path:
        return code, found[0].text, ()
    # Validation messages are told one by one; repeating them here would double them.
    message = " ".join(fault.code for fault in found if fault.code)
    details = [(fault.field, fault.text, fault.path) for fault in found]
    if not details:
        message = f"HTTP {answer.status}"
    return code, message, details


def code_of(answer: Answer, found: list[Fault]) -> str:
    """Return the word for a refusal with these messages, see :func:`read_error`."""
    status = answer.status
    if status >= 500:
        return "unavailable"
    if status == 404 and urlsplit(answer.url).path.endswith(TOKEN_PATH):
        return "wrong_address"
    if isinstance(answer.data, dict) and (word := _oauth_code(answer.data)):
        return word
    if own := next((fault.code for fault in found if fault.code), ""):
        return own
    if status == 400 and any(map(_is_stale, found)):
        return "stale"
    if status == 404:
        return _missing(answer)
    if status == 403 and not is_vendors(answer.data):
        return "gateway"
    return _BY_STATUS.get(status, "http")


def faults(data: Any) -> list[Fault]:
    """Return the messages in the body of a refusal, in any of the shapes seen (§8).

    :param data: decoded JSON, or text; a page of HTML has no message for us
    """
    return [fault for fault in _faults(data) if fault.text]


def is_vendors(data: Any) -> bool:
    """Tell whether an error's body is Procountor's, and not of who stands before it."""
    return isinstance(data, dict) and isinstance(data.get("errors"), list)


def _faults(data: Any) -> Iterator[Fault]:
    if isinstance(data, str):
        if not data.lstrip().startswith("<"):
            yield _fault(data, "")
    elif isinstance(data, dict):
        yield from _faults_of_object(data)


def _faults_of_object(data: dict[str, Any]) -> Iterator[Fault]:
    listed = data.get("errors") or data.get("constraintViolations")
    if isinstance(listed, list) and listed:
        for part in listed:
            yield _fault_in(part) if isinstance(part, dict) else _fault(part, "")
    elif data.get("error"):
        yield _fault(data.get("error_description") or data["error"], "")
    else:
        yield _fault(data.get("message"), "")


def _fault_in(part: dict[str, Any]) -> Fault:
    text = part.get("message") or part.get("errorCode")
    return _fault(text, part.get("field") or part.get("propertyPath"))


def _fault(text: Any, path: Any) -> Fault:
    return Fault(" ".join(str(text or "").split())[:_LONGEST], str(path or ""))


def _oauth_code(data: dict[str, Any]) -> str:
    word = data.get("error")
    return word if isinstance(word, str) and _OAUTH_CODE.fullmatch(word) else ""


def _is_stale(fault: Fault) -> bool:
    # (§7) The words of it were never seen; nothing else that is sent has such a field.
    return fault.field == "version" or bool(re.search(r"(?i)\bversion\b", fault.text))


def _missing(answer: Answer) -> str:
    if not is_vendors(answer.data):
        return "unknown_path"
    return "not_saved" if answer.method == "POST" else "not_found"
