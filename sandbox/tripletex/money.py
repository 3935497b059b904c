# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Amounts of orders and invoices, in decimals (dossier §9)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from .fields import Record

CENT = Decimal("0.01")


def decimal(value: Any) -> Decimal:
    """Return a JSON number as the decimal it was written as."""
    return Decimal(str(value or 0))


def cents(amount: Decimal) -> Decimal:
    """Round to two decimals, halves away from zero."""
    return amount.quantize(CENT, ROUND_HALF_UP)


def number(amount: Decimal) -> float | int:
    """Return an amount as a JSON number: 12, not 12.0."""
    return int(amount) if amount == int(amount) else float(amount)


def price_line(line: Record, percentage: float, includes_vat: bool) -> None:
    """Fill in the prices and amounts of an order line.

    :param line: with count, discount (percent) and one of the two unit prices
    :param percentage: of the line's VAT type
    :param includes_vat: the order's `isPrioritizeAmountsIncludingVat`
    """
    factor = 1 + decimal(percentage) / 100
    count = decimal(line.get("count"))
    share = 1 - decimal(line.get("discount")) / 100
    if includes_vat:
        gross_price = decimal(line.get("unitPriceIncludingVatCurrency"))
        net_price = gross_price / factor
        gross = cents(count * gross_price * share)
        net = cents(gross / factor)
    else:
        net_price = decimal(line.get("unitPriceExcludingVatCurrency"))
        gross_price = net_price * factor
        net = cents(count * net_price * share)
        gross = cents(net * factor)
    line["unitPriceExcludingVatCurrency"] = number(round(net_price, 10))
    line["unitPriceIncludingVatCurrency"] = number(round(gross_price, 10))
    line["amountExcludingVatCurrency"] = number(net)
    line["amountIncludingVatCurrency"] = number(gross)


@dataclass
class VatSum:
    """What the lines of one VAT type come to, in the invoice's currency."""

    vat_type: int
    net: Decimal = Decimal(0)
    vat: Decimal = Decimal(0)


def sum_by_vat(
    lines: Iterable[Record], percentages: dict[int, float], rounding: str
) -> list[VatSum]:
    """Add lines up per VAT type.

    :param percentages: by VAT type id
    :param rounding: "line": the VAT of each line is rounded; "invoice": of the sum
    """
    sums: dict[int, VatSum] = {}
    for line in lines:
        found = sums.setdefault(line["vatType"], VatSum(line["vatType"]))
        net = decimal(line["amountExcludingVatCurrency"])
        found.net += net
        found.vat += decimal(line["amountIncludingVatCurrency"]) - net
    if rounding == "invoice":
        for found in sums.values():
            share = decimal(percentages[found.vat_type]) / 100
            found.vat = cents(found.net * share)
    return list(sums.values())


def in_kroner(amount: Decimal, price: float, factor: int) -> Decimal:
    """Convert into NOK.

    :param price: NOK for `factor` units of the currency
    """
    return cents(amount * decimal(price) / factor)


def whole_krone(amount: Decimal) -> Decimal:
    """Return what has to be added to reach a whole krone."""
    return amount.quantize(Decimal(1), ROUND_HALF_UP) - amount
