# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Numbers with a check digit, as the authorities of each country make them."""

from __future__ import annotations

from random import Random


def weighted_mod11(digits: str, weights: tuple[int, ...]) -> int | None:
    """Return the mod-11 check digit, or None where it would be 10."""
    total = sum(int(d) * w for d, w in zip(digits, weights, strict=True))
    rest = (11 - total % 11) % 11
    return None if rest == 10 else rest


def luhn(digits: str) -> int:
    """Return the mod-10 check digit."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        number = int(digit) * (2 if place % 2 == 0 else 1)
        total += number - 9 if number > 9 else number
    return (10 - total % 10) % 10


def norwegian_org_number(random: Random) -> str:
    """Return an organisation number: eight digits and a mod-11 check digit."""
    while True:
        digits = f"{random.choice('89')}{random.randrange(10**7):07d}"
        check = weighted_mod11(digits, (3, 2, 7, 6, 5, 4, 3, 2))
        if check is not None:
            return f"{digits}{check}"


def is_norwegian_org_number(text: str) -> bool:
    """Tell whether a text is nine digits with a right check digit."""
    if len(text) != 9 or not text.isdecimal():
        return False
    check = weighted_mod11(text[:8], (3, 2, 7, 6, 5, 4, 3, 2))
    return check == int(text[8])


def swedish_org_number(random: Random) -> str:
    """Return an organisation number of a limited company, NNNNNN-NNNN."""
    digits = f"556{random.randrange(10**6):06d}"
    number = f"{digits}{luhn(digits)}"
    return f"{number[:6]}-{number[6:]}"


def danish_cvr_number(random: Random) -> str:
    """Return a CVR number: eight digits whose weighted sum is divisible by 11."""
    while True:
        digits = f"{random.randrange(10**6, 10**7):07d}"
        check = weighted_mod11(digits, (2, 7, 6, 5, 4, 3, 2))
        if check is not None:
            return f"{digits}{check}"


def finnish_business_id(random: Random) -> str:
    """Return a Y-tunnus: seven digits, a hyphen, a check digit."""
    while True:
        digits = f"{random.randrange(10**6, 3 * 10**6):07d}"
        check = weighted_mod11(digits, (7, 9, 10, 5, 8, 4, 2))
        if check is not None:
            return f"{digits}-{check}"


def estonian_registry_code(random: Random) -> str:
    """Return a registry code of a company: eight digits with check digit."""
    digits = f"1{random.randrange(10**6):06d}"
    total = sum(int(d) * w for d, w in zip(digits, range(1, 8), strict=True)) % 11
    if total == 10:
        weights = (3, 4, 5, 6, 7, 8, 9)
        total = sum(int(d) * w for d, w in zip(digits, weights, strict=True)) % 11
    return f"{digits}{total % 10}"


def ean13(random: Random, prefix: str = "70") -> str:
    """Return a valid EAN-13; 70 is Norway's prefix."""
    digits = prefix + "".join(random.choice("0123456789") for _ in range(10))
    total = sum(int(d) * (3 if i % 2 else 1) for i, d in enumerate(digits))
    return f"{digits}{(10 - total % 10) % 10}"


def kid(customer: int, invoice: int) -> str:
    """Return a Norwegian payment reference with a mod-10 check digit."""
    digits = f"{customer:07d}{invoice:06d}"
    return f"{digits}{luhn(digits)}"


def norwegian_account(random: Random) -> str:
    """Return a bank account number: eleven digits with a mod-11 check digit."""
    while True:
        digits = f"8601{random.randrange(10**6):06d}"
        check = weighted_mod11(digits, (5, 4, 3, 2, 7, 6, 5, 4, 3, 2))
        if check is not None:
            return f"{digits}{check}"
