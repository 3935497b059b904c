# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What people chose on the connection, as far as bodies need it.

Nothing here imports Odoo.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..client import codes
from ..records import UNITS

Names = Mapping[int, str]

AUTO = "auto"
#: (§3) Odoo's standard units by their English names in small letters.
STANDARD_UNITS = {
    **{name.lower(): code for code, name in UNITS.items()},
    **{"t": "TON", "l": "LITER", "kwh": "KILOWATT_HOUR"},
    **{"m2": "SQUARE_METER", "m3": "CUBIC_METER"},
}


@dataclass(frozen=True)
class Choices:
    """The settings of a connection, and its value mappings by Odoo's ids.

    :param channel: ``auto`` or the channel of all invoices
    :param unit: of rows whose unit has no counterpart
    :param links_products: rows name the product of the register, where it is linked
    :param penalty: percent of interest on late payment, 0 for none
    :param units: of the vendor, by the English names of Odoo's in small letters
    :param countries: the vendor's names of countries by ISO code, beside its own
    :param accounts: IBANs that people chose, by currency
    """

    channel: str = AUTO
    unit: str = "PIECE"
    links_products: bool = True
    penalty: float = 0.0
    from_register: bool = False
    today: bool = False
    terms: Names = field(default_factory=dict)
    delivery_terms: Names = field(default_factory=dict)
    carriers: Names = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    countries: Mapping[str, str] = field(default_factory=dict)
    accounts: Mapping[str, str] = field(default_factory=dict)

    def unit_of(self, name: str | None) -> str:
        """Return the vendor's unit for Odoo's (§3)."""
        known = (name or "").strip().lower()
        return self.units.get(known) or STANDARD_UNITS.get(known) or self.unit

    def payment_method(self, term: int) -> str:
        """Return how an invoice of this payment term is paid (§3)."""
        return self.terms.get(term) or codes.SAFE_PAYMENT_METHODS[0]
