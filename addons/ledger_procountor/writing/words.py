# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What is printed on a credit note, in the language of the invoice."""

from __future__ import annotations

CREDITS = {
    "FINNISH": "Hyvityslasku laskulle {}",
    "SWEDISH": "Kreditfaktura för faktura {}",
    "DANISH": "Kreditnota til faktura {}",
    "NORWEGIAN": "Kreditnota til faktura {}",
    "ESTONIAN": "Kreeditarve arvele {}",
}
_ENGLISH = "Credit note for invoice {}"


def credit_text(language: str, number: str) -> str:
    """Return the line that names the invoice that is credited.

    >>> credit_text("FINNISH", "1045"), credit_text("", "1045")
    ('Hyvityslasku laskulle 1045', 'Credit note for invoice 1045')
    """
    return CREDITS.get(language, _ENGLISH).format(number)
