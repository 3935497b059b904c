# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Books of an office's three clients in SmartAccounts, two months of them."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import Any

from sandbox.control import World

from .counting import last_month

Kinds = dict[str, int]
#: The vendor's words for what is booked in a month, and what Odoo calls it.
SALES, PURCHASE, BANK, MANUAL = (
    "CLIENT_INVOICE",
    "VENDOR_INVOICE",
    "BANK_PAYMENT",
    "LEDGER_ENTRY",
)
CODES = {
    SALES: "sales_invoice",
    PURCHASE: "purchase_invoice",
    BANK: "bank_payment",
    MANUAL: "manual_entry",
}
FIRST, SECOND, THIRD = CLIENTS = (
    "Õunapuu Talu OÜ",
    "Rebane Ehitus OÜ",
    "Saarte Kalurid OÜ",
)
#: What each client has booked in the month before the last one, and in the last.
BOOKED: dict[str, tuple[Kinds, Kinds]] = {
    FIRST: (
        {SALES: 6, PURCHASE: 4, BANK: 9, MANUAL: 2},
        {SALES: 5, PURCHASE: 3, BANK: 8, MANUAL: 2},
    ),
    SECOND: ({SALES: 3}, {SALES: 3, MANUAL: 1}),
    # Nothing was booked in the last month.
    THIRD: ({BANK: 2}, {}),
}


def month_before(month: date) -> date:
    """Return the first day of the month before *month*."""
    return (month.replace(day=1) - timedelta(days=1)).replace(day=1)


def month_end(month: date) -> date:
    """Return the last day of a month."""
    return month.replace(day=monthrange(month.year, month.month)[1])


LAST = last_month()
BEFORE = month_before(LAST)
MONTHS = (BEFORE, LAST)


def found_books(world: World) -> dict[str, dict[str, Any]]:
    """Found the companies, book their months, and return their keys by name."""
    made = {name: world.do("add_company", name=name) for name in CLIENTS}
    for name, months in BOOKED.items():
        for month, kinds in zip(MONTHS, months, strict=True):
            number = made[name]["company_id"]
            world.do("seed_month", month=f"{month:%Y-%m}", kinds=kinds, company=number)
    return made


def change_books(world: World, company: int) -> None:
    """Two payments come late, and an entry is taken out, all in the earlier month."""
    for day in (27, 28):
        late = f"{BEFORE.replace(day=day):%d.%m.%Y}"
        world.add("entries", company=company, docType=BANK, date=late)
    mistaken = next(
        entry
        for entry in world.objects("entries", company=company)
        if entry["docType"] == MANUAL and entry["date"].endswith(f"{BEFORE:%m.%Y}")
    )
    world.delete("entries", mistaken["id"], company=company)
