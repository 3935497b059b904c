# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Which field a sentence of the vendor is about, where only the sentence says it."""

from __future__ import annotations

import re

_NAME = r"[A-Za-z]\w*(?:\[\d+\])?(?:\.[A-Za-z]\w*(?:\[\d+\])?)*"
#: In this order: quoted, before a colon, written together, after the word "field".
_PLACES = (
    re.compile(rf"[\"'`‘’“”„]({_NAME})[\"'`‘’“”]"),
    re.compile(rf"^({_NAME}):"),
    re.compile(r"\b((?:[a-z]\w*(?:\[\d+\])?\.)*[a-z]+[A-Z]\w*)\b"),
    re.compile(r"\b((?:rows|contacts|address)(?:\[\d+\])?\.[a-z]\w*)\b"),
    re.compile(rf"\b(?i:field|parameter|property|väli|parameeter)\s+({_NAME})"),
)
_NO_NAMES = frozenset(
    "is are was must may has have can cannot should value values of in for on "
    "peab on ei".split()
)


def field_in(text: str) -> str:
    """Return the name of a field that *text* is about, "" if none can be made out."""
    found = (match[1] for place in _PLACES if (match := place.search(text)))
    return next((name for name in found if name.lower() not in _NO_NAMES), "")
