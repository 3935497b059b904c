# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A customer of the vendor: what it has set up (dossier §2, §3.3, §6)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from .books import Books
from .rights import Rights, new_rights

DELIVERY_TERMS = (
    *("EXW - Ex Works", "FCA - Free Carrier", "CPT - Carriage Paid To"),
    *("DAP - Delivered At Place", "DDP - Delivered Duty Paid", "Noudettu"),
)
# percentage, for sales, for purchases; 24 and 14 are those of earlier years
PERCENTAGES = (
    *((25.5, True, True), (13.5, True, True), (10.0, True, True), (0.0, True, True)),
    *((14.0, False, True), (24.0, False, False)),
)
# number, what it is called, for sales, for purchases, percentage must be 0
VAT_STATUSES = (
    (1, "Domestic", True, True, False),
    (2, "EU acquisition of goods", False, True, False),
    (3, "Outside of the EU", True, True, True),
    (4, "EU acquisition of services", False, True, False),
    (5, "EU community sales (product)", True, False, True),
    (6, "EU community sales (service)", True, False, True),
    (7, "Construction services, reverse charge", True, True, True),
    (12, "No VAT handling", True, True, True),
)


@dataclass(eq=False)
class User:
    """Somebody, or something, that logs in."""

    id: int
    name: str
    role: str = "API technical user"
    rights: Rights = field(default_factory=new_rights)
    api_login_only: bool = True
    # companies it may enter
    companies: set[int] = field(default_factory=set)


@dataclass(eq=False)
class Company:
    """One company with its books."""

    id: int
    name: str
    business_id: str
    books: Books
    country: str = "FINLAND"
    currency: str = "EUR"
    product_version: str = "FINANCIALS_PREMIUM"
    office: str = "Tilitoimisto Tarkka Oy"
    # Management > Company info > Usage settings > Integration settings
    api_allowed: bool = True
    # it owns the tool API Integrator, so it may answer activation requests
    integrator: bool = False
    closed_until: date | None = None
    default_channel: str = "EMAIL"
    prices_with_vat: bool = False
    foreign_vat: bool = False
    percentages: list[tuple[float, bool, bool]] = field(
        default_factory=lambda: list(PERCENTAGES)
    )
    statuses: list[tuple[int, str, bool, bool, bool]] = field(
        default_factory=lambda: list(VAT_STATUSES)
    )
    delivery_terms: list[str] = field(default_factory=lambda: list(DELIVERY_TERMS))
    templates: dict[int, str] = field(
        default_factory=lambda: {101: "Peruspohja", 102: "Vienti"}
    )
    # what left the house: {"invoice", "channel", "to", "attachments", "at"}
    outbox: list[dict[str, Any]] = field(default_factory=list)

    @property
    def is_open_to_clients(self) -> bool:
        """Tell whether it allows API clients; only the product Financials can."""
        return self.api_allowed and self.product_version.startswith("FINANCIALS")

    def is_closed(self, day: date) -> bool:
        """Tell whether a day lies in a closed period."""
        return self.closed_until is not None and day <= self.closed_until

    def sells_at(self, percent: float) -> bool:
        """Tell whether a VAT percentage is in use for sales."""
        return any(known == percent and sales for known, sales, _ in self.percentages)

    def sales_status(self, status: int) -> tuple[int, str, bool, bool, bool] | None:
        """Return a VAT status that sales may have, or None."""
        for entry in self.statuses:
            if entry[0] == status and entry[2]:
                return entry
        return None
