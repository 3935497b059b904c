# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a server's log may hold, and what not."""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import quote

from house.odoo_runtime import findings

#: Sentences that a user got to read; Odoo logs them all.
_READ_BY_USER = r" WARNING \S+ odoo\.http: "
#: What Odoo says when it is told to stop in the middle of its work is its own matter.
_END = "Initiating shutdown"
_LOST_RACE = "could not serialize access"
#: What Odoo says once it lost one: it repeats the request, and nobody notices.
_REPEATED = "tries left, try again in"
_LINES_BETWEEN = 20


def assert_quiet(log: Path, *expected: str) -> None:
    """Fail on a warning or an error that is not expected of every server.

    :param expected: parts of lines that are expected of this one
    """
    text = log.read_text(errors="replace").partition(_END)[0]
    found = [
        entry
        for entry in findings(text)
        if not any(part in entry.text for part in expected)
        and not _is_refusal(entry.text)
        and not _was_repeated(entry.text, text)
    ]
    assert not found, "\n".join(entry.text for entry in found)


def _is_refusal(entry: str) -> bool:
    return bool(re.search(_READ_BY_USER, entry)) and "Traceback" not in entry


def _was_repeated(entry: str, log: str) -> bool:
    if _LOST_RACE not in entry:
        return False
    after = log.partition(entry)[2].splitlines()[: _LINES_BETWEEN + 1]
    return any(_REPEATED in line for line in after)


def assert_without_secrets(place: str, text: str, secrets: Iterable[str]) -> None:
    """Fail when *text* holds a secret, plain or in a coat it travels in.

    :param place: where *text* comes from, for the message
    """
    for secret in secrets:
        for coat in _coats(secret):
            where = text.find(coat)
            around = text[max(0, where - 200) : where + 100]
            assert where < 0, f"A secret is in {place}: {around}"


def _coats(secret: str) -> set[str]:
    basic = b64encode(f"0:{secret}".encode()).decode()
    coats = {secret, quote(secret, safe=""), basic}
    coats.add(b64encode(secret.encode()).decode().rstrip("="))
    try:
        coats.add(b64decode(secret, validate=True).decode())
    except ValueError:
        pass
    return coats
