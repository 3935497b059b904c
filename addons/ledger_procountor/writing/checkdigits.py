# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Reference numbers and business ids, by their check digits (§11)."""

from __future__ import annotations

import re

#: Of the digits before the last, from the right.
_WEIGHTS = (7, 3, 1)
_BUSINESS_ID = re.compile(r"(?:FI)?(\d{7})-?(\d)", re.IGNORECASE)


def is_reference(text: str) -> bool:
    """Tell whether *text* is a Finnish or international (RF) reference number.

    >>> is_reference("26013"), is_reference("RF30 2601 3"), is_reference("26014")
    (True, True, False)
    """
    compact = "".join(text.split()).upper()
    if not (compact.isascii() and compact.isalnum()):
        return False
    if compact.startswith("RF"):
        return 5 <= len(compact) <= 25 and _remainder(compact[4:] + compact[:4]) == 1
    if not (compact.isdigit() and 4 <= len(compact) <= 20):
        return False
    digits = [int(digit) for digit in reversed(compact[:-1])]
    total = sum(digit * _WEIGHTS[place % 3] for place, digit in enumerate(digits))
    return int(compact[-1]) == -total % 10


def business_id(text: str) -> str:
    """Return a Finnish business id as it is written there, any other text as it is.

    The stroke, by which Odoo says that there is none, is no id.

    >>> business_id("12345671"), business_id("FI12345671"), business_id("SE1")
    ('1234567-1', '1234567-1', 'SE1')
    """
    found = _BUSINESS_ID.fullmatch("".join(text.split()))
    return f"{found[1]}-{found[2]}" if found else text.strip().strip("/")


def is_business_id(text: str) -> bool:
    """Tell whether *text* has the form of a Finnish business id."""
    return bool(re.fullmatch(r"\d{7}-\d", text))


def _remainder(text: str) -> int:
    return int("".join(str(int(letter, 36)) for letter in text)) % 97
