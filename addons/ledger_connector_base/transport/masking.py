# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Takes secrets and personal data out of whatever leaves this package.

Secrets are found twice: by the names of the fields that carry them, and by their values
wherever those turn up. Personal data is found by field names and by the shape of
e-mail addresses.
"""

from __future__ import annotations

import base64
import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qsl, quote, quote_plus, urlencode, urlsplit, urlunsplit

MASK = "***"
#: Shorter values would be found everywhere and hide what a person has to read.
SHORTEST_SECRET = 4
SHORTEST_LEARNT = 8

_SECRET_WORDS = (
    "token secret password passwd passphrase pwd apikey privatekey accesskey sharedkey "
    "encryptionkey clientkey authorization authheadervalue signature credential cookie "
    "sessionid"
).split()
_PERSONAL_WORDS = (
    "email phone mobile fax address bankaccount accountholder iban bban birth "
    "nationalid identitynumber socialsecurity personnumber postalcode zipcode street "
    "contactperson"
).split()
_PERSONAL_NAMES = frozenset({"attn", "city", "ssn", "receiver"})
_NO_PERSONS = frozenset({"filename", "fieldname", "eventname", "hostname"})
#: Leaves of a personal object that are no personal data and help to find an error.
_KEPT_LEAVES = frozenset({"id", "version", "url"})

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_JSON_PAIR = re.compile(r'"([^"\\]{1,80})"(\s*:\s*)("(?:[^"\\]|\\.)*"?|-?\d[\d.eE+-]*)')
_FORM_PAIR = re.compile(r"([\w.%-]{1,80})=([^\s&\"'<>;,]+)")
_AUTHORIZATION = re.compile(r"\b(Basic|Bearer)(\s+)[\w.~+/=-]{4,}")


@lru_cache(maxsize=4096)
def is_secret(name: str) -> bool:
    """Tell whether a field, parameter or header called *name* carries a secret."""
    plain = _plain(name)
    return any(word in plain for word in _SECRET_WORDS)


@lru_cache(maxsize=4096)
def is_personal(name: str) -> bool:
    """Tell whether a field called *name* carries data about a person."""
    plain = _plain(name)
    if plain in _PERSONAL_NAMES or any(word in plain for word in _PERSONAL_WORDS):
        return True
    return plain.endswith("name") and plain not in _NO_PERSONS


def mask_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """Return *headers* with the values of secret ones masked."""
    return {name: MASK if is_secret(name) else value for name, value in headers.items()}


def mask_url(url: str, secrets: Iterable[str] = (), personal: bool = True) -> str:
    """Return *url* without secrets: in its query by name, anywhere by value.

    :param secrets: values to hide wherever they stand
    :param personal: hide query values about persons too
    """
    return Masker(secrets).url(url, personal=personal)


def mask_body(body: Any, personal: bool = True) -> Any:
    """Return a copy of *body* with secrets masked.

    :param body: decoded JSON, or text (JSON, form or any other)
    :param personal: mask names, addresses, e-mails, phones and accounts too
    :return: the kind of thing that *body* is
    """
    if isinstance(body, str):
        return _mask_text(body, personal)
    return _mask_data(body, personal)


def secret_values(data: Any) -> Iterator[str]:
    """Yield the texts in *data* (decoded JSON) that stand under secret names."""
    if isinstance(data, Mapping):
        for name, value in data.items():
            if isinstance(value, str) and is_secret(str(name)):
                yield value
            else:
                yield from secret_values(value)
    elif isinstance(data, list | tuple):
        for value in data:
            yield from secret_values(value)


class Masker:
    """Hides known secret values, and everything the functions above hide.

    :param secrets: values to hide; very short ones are left alone
    """

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        self._forms: set[str] = set()
        self._passing: set[str] = set()
        self._pattern: re.Pattern[str] | None = None
        self._add(secrets, SHORTEST_SECRET)

    def learn(self, data: Any) -> None:
        """Hide from now on what stands under secret names in *data*."""
        self._add(secret_values(data), SHORTEST_LEARNT)

    def add(self, *secrets: str) -> None:
        """Hide *secrets* from now on."""
        self._add(secrets, SHORTEST_LEARNT)

    def pass_by(self, *secrets: str) -> None:
        """Hide *secrets* until others pass by: signatures, one for each call."""
        self._passing = _all_forms(secrets, SHORTEST_LEARNT)
        self._compile()

    def text(self, text: str, personal: bool = True) -> str:
        """Return *text* masked."""
        return self._literal(_mask_text(self._literal(text), personal))

    def url(self, url: str, personal: bool = True) -> str:
        """Return *url* masked."""
        return self._literal(_mask_url(self._literal(url), personal))

    def body(self, body: Any, personal: bool = True) -> str:
        """Return *body* (decoded JSON or text) as masked text."""
        if isinstance(body, str):
            return self.text(body, personal)
        masked = _mask_data(body, personal)
        return self._literal(json.dumps(masked, ensure_ascii=False, default=str))

    def _literal(self, text: str) -> str:
        return self._pattern.sub(MASK, text) if self._pattern else text

    def _add(self, secrets: Iterable[str], shortest: int) -> None:
        forms = _all_forms(secrets, shortest)
        if forms <= self._forms:
            return
        self._forms |= forms
        self._compile()

    def _compile(self) -> None:
        # Longest first, or a secret that begins with another one would leave its end.
        longest = sorted(self._forms | self._passing, key=len, reverse=True)
        text = "|".join(map(re.escape, longest))
        self._pattern = re.compile(text) if text else None


def _all_forms(secrets: Iterable[str], shortest: int) -> set[str]:
    return {form for s in secrets if len(s) >= shortest for form in _forms(s)}


def _forms(secret: str) -> Iterator[str]:
    """Yield the ways in which *secret* can stand in a text."""
    yield secret
    yield quote(secret, safe="")
    yield quote(secret)
    yield quote_plus(secret)
    yield html.escape(secret)
    yield json.dumps(secret)[1:-1]
    yield json.dumps(secret, ensure_ascii=False)[1:-1]
    if len(secret) >= SHORTEST_LEARNT:
        yield from _base64_forms(secret.encode())


def _base64_forms(secret: bytes) -> Iterator[str]:
    """Yield what *secret* looks like inside base64, wherever in the input it begins."""
    for offset in range(3):
        padded = bytes(offset) + secret
        text = base64.b64encode(padded).decode()
        end = len(padded) * 8 // 6
        # The characters at both ends also depend on what stands beside the secret.
        inner = text[(offset * 8 + 5) // 6 : end]
        yield inner
        yield inner.replace("+", "-").replace("/", "_")


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


def _mask_url(url: str, personal: bool) -> str:
    parts = urlsplit(url)
    query = [
        (name, MASK if _hidden(name, personal) and value else value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
    ]
    host = parts.netloc.rpartition("@")[2]
    if host != parts.netloc:
        host = f"{MASK}@{host}"
    text = urlencode(query, safe="*,()/:", quote_via=quote)
    return urlunsplit((parts.scheme, host, parts.path, text, ""))


def _hidden(name: str, personal: bool) -> bool:
    return is_secret(name) or (personal and is_personal(name))


def _mask_data(data: Any, personal: bool) -> Any:
    if isinstance(data, Mapping):
        return {
            name: _mask_field(str(name), value, personal)
            for name, value in data.items()
        }
    if isinstance(data, list | tuple):
        return [_mask_data(value, personal) for value in data]
    if isinstance(data, str) and personal:
        return _EMAIL.sub(MASK, data)
    return data


def _mask_field(name: str, value: Any, personal: bool) -> Any:
    if is_secret(name):
        return value if _says_nothing(value) else MASK
    if personal and is_personal(name):
        return _mask_leaves(value)
    return _mask_data(value, personal)


def _mask_leaves(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {
            name: leaf if name in _KEPT_LEAVES else _mask_leaves(leaf)
            for name, leaf in value.items()
        }
    if isinstance(value, list | tuple):
        return [_mask_leaves(leaf) for leaf in value]
    return value if _says_nothing(value) else MASK


def _says_nothing(value: Any) -> bool:
    return value is None or isinstance(value, bool) or value in ("", [], {})


def _mask_text(text: str, personal: bool) -> str:
    data = _decode(text)
    if data is not None:
        return json.dumps(_mask_data(data, personal), ensure_ascii=False)
    text = _JSON_PAIR.sub(lambda match: _mask_json_pair(match, personal), text)
    text = _FORM_PAIR.sub(lambda match: _mask_form_pair(match, personal), text)
    text = _AUTHORIZATION.sub(rf"\1\2{MASK}", text)
    return _EMAIL.sub(MASK, text) if personal else text


def _decode(text: str) -> Any:
    if text.lstrip()[:1] not in ("{", "["):
        return None
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _mask_json_pair(match: re.Match[str], personal: bool) -> str:
    name, colon, _value = match.groups()
    return f'"{name}"{colon}"{MASK}"' if _hidden(name, personal) else match[0]


def _mask_form_pair(match: re.Match[str], personal: bool) -> str:
    return f"{match[1]}={MASK}" if _hidden(match[1], personal) else match[0]
