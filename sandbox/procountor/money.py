# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Sums of an invoice. The vendor's own rounding is not documented (dossier §11)."""

from __future__ import annotations

from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from .books import Record

CENT = Decimal("0.01")


def exact(value: Any) -> Decimal:
    """Return a number of a body without the dust of binary fractions."""
    return Decimal(str(value))


def cents(value: Decimal) -> Decimal:
    """Round to two decimals, halves away from zero."""
    return value.quantize(CENT, ROUND_HALF_UP)


def sums(invoice: Record, home: str, rounding: str) -> list[Record]:
    """Return `invoiceSumInfo`: in the company's currency, and in a foreign one.

    :param home: currency of the company
    :param rounding: row, or percent: what is rounded to cents
    """
    net, vat = _totals(invoice, rounding)
    info = invoice["paymentInfo"]
    if info["currency"] == home:
        return [_sum(home, True, net, vat)]
    # foreign per home unit
    rate = exact(info["currencyRate"])
    domestic = _sum(home, True, cents(net / rate), cents(vat / rate))
    return [domestic, _sum(info["currency"], False, net, vat)]


def total(invoice: Record) -> Decimal:
    """Return what the invoice is about, in its own currency."""
    return exact(invoice["invoiceSumInfo"][-1]["invoiceSumTotal"])


def _sum(currency: str, own: bool, net: Decimal, vat: Decimal) -> Record:
    return {
        "currency": currency,
        "inAccountingCurrency": own,
        "excludingVatTotal": float(net),
        "vatSumTotal": float(vat),
        "invoiceSumTotal": float(net + vat),
    }


def _totals(invoice: Record, rounding: str) -> tuple[Decimal, Decimal]:
    gross = invoice["extraInfo"]["unitPricesIncludeVat"]
    left = 1 - exact(invoice["discountPercent"]) / 100
    bases: dict[Decimal, Decimal] = defaultdict(Decimal)
    net = vat = Decimal()
    for row in invoice["invoiceRows"]:
        amount, percent = _amount(row) * left, exact(row["vatPercent"]) / 100
        if rounding == "percent":
            bases[percent] += amount
            continue
        row_net, row_vat = _split(cents(amount), percent, gross)
        net, vat = net + row_net, vat + row_vat
    for percent, base in bases.items():
        base_net, base_vat = _split(cents(base), percent, gross)
        net, vat = net + base_net, vat + base_vat
    return net, vat


def _amount(row: Record) -> Decimal:
    left = 1 - exact(row["discountPercent"]) / 100
    return exact(row["quantity"]) * exact(row["unitPrice"]) * left


def _split(amount: Decimal, percent: Decimal, gross: bool) -> tuple[Decimal, Decimal]:
    """Return net and VAT of an amount in cents."""
    if gross:
        net = cents(amount / (1 + percent))
        return net, amount - net
    return amount, cents(amount * percent)
