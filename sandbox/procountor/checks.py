# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Check digits and forms: references, business ids, account numbers, addresses."""

from __future__ import annotations

import re

_EMAIL = re.compile(r"[^@\s,;]+@[^@\s,;]+\.[^@\s,;.]+\Z")
_IBAN = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{10,30}\Z")
_BUSINESS_ID = re.compile(r"(\d{7})-(\d)\Z")


def finnish_check_digit(body: str) -> str:
    """Return the check digit: weights 7, 3, 1 from the right (dossier §11)."""
    total = sum(
        int(digit) * (7, 3, 1)[place % 3] for place, digit in enumerate(reversed(body))
    )
    return str(-total % 10)


def finnish_reference(serial: int) -> str:
    """Return a Finnish reference: at least three digits and the check digit."""
    body = f"{serial:03d}"
    return body + finnish_check_digit(body)


def rf_reference(serial: int) -> str:
    """Return an international reference over the Finnish one."""
    body = finnish_reference(serial)
    return f"RF{98 - remainder(body + 'RF00'):02d}{body}"


def is_reference(text: str) -> bool:
    """Tell whether a reference has the right check digit, Finnish or RF."""
    compact = text.replace(" ", "")
    if compact.upper().startswith("RF"):
        digits = compact[4:] + compact[:4]
        return compact.isalnum() and len(compact) > 4 and remainder(digits) == 1
    fits = compact.isascii() and compact.isdigit() and 4 <= len(compact) <= 20
    return fits and finnish_check_digit(compact[:-1]) == compact[-1]


def is_business_id(text: str) -> bool:
    """Tell whether a Finnish business id has the right check digit."""
    found = _BUSINESS_ID.match(text)
    if found is None:
        return False
    weights = (7, 9, 10, 5, 8, 4, 2)
    pairs = zip(found[1], weights, strict=True)
    rest = sum(int(digit) * weight for digit, weight in pairs) % 11
    return rest != 1 and int(found[2]) == (11 - rest if rest else 0)


def is_iban(text: str) -> bool:
    """Tell whether an account number has the form of an IBAN and its check digits."""
    return bool(_IBAN.match(text)) and remainder(text[4:] + text[:4]) == 1


def is_email(text: str) -> bool:
    """Tell whether a text looks like one e-mail address."""
    return bool(_EMAIL.match(text))


def odd_character(text: str) -> str:
    """Return the first character that Windows-1252 lacks, or nothing."""
    for character in text:
        if not _is_known(character):
            return character
    return ""


def _is_known(character: str) -> bool:
    try:
        character.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return True


def remainder(text: str) -> int:
    """Return the remainder by 97 of digits and letters, as account numbers have it."""
    return int("".join(str(int(letter, 36)) for letter in text)) % 97
