# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Lines of orders and invoices, with or without VAT in their prices."""

from __future__ import annotations

from typing import Any

Record = dict[str, Any]

EXCLUDING = "unitPriceExcludingVatCurrency"
INCLUDING = "unitPriceIncludingVatCurrency"
_NET = "amountExcludingVatCurrency"
_GROSS = "amountIncludingVatCurrency"
#: Worked out by the vendor; ours only tell whether a price has the VAT in it.
AMOUNTS = frozenset({_NET, _GROSS})
#: (§4) Decimals of a unit price.
PRICE_DECIMALS = 10


def includes_vat(row: Record) -> bool:
    """Tell whether the price of *row* gives its amount with VAT.

    >>> row = {"count": 2, EXCLUDING: 125, _NET: 200, _GROSS: 250}
    >>> includes_vat(row), includes_vat({**row, EXCLUDING: 100})
    (True, False)
    """
    if row.get(_NET) is None or row.get(_GROSS) is None:
        return False
    product = _factor(row) * (row.get(EXCLUDING) or 0)
    return abs(product - row[_GROSS]) < abs(product - row[_NET])


def all_include_vat(rows: list[Record]) -> bool:
    """Tell whether every line that bears VAT has it in its price.

    (§9) An order has one kind of price for all its lines.
    """
    taxed = [row for row in rows if row.get(_NET) != row.get(_GROSS)]
    return bool(taxed) and all(map(includes_vat, taxed))


def priced(row: Record, body: Record, including: bool) -> Record:
    """Return *body* with count, price and text, which are always said (§9).

    A count left out is 0, and neither price nor text come along with the product.

    :param row: the line as it is mapped, its price under ``EXCLUDING`` in either case
    :param including: prices of this order have the VAT in them
    """
    price = row.get(EXCLUDING) or 0
    if not including and includes_vat(row):
        price = round(row[_NET] / _factor(row), PRICE_DECIMALS)
    return {
        **body,
        "description": row.get("description") or "",
        "count": row.get("count") or 0,
        INCLUDING if including else EXCLUDING: price,
    }


def says_nothing(row: Record) -> bool:
    """Tell whether *row* is an empty remark, which the vendor would refuse."""
    product = (row.get("product") or {}).get("id")
    return not (product or row.get("description") or row.get("count"))


def _factor(row: Record) -> float:
    """Return what the price is multiplied by."""
    return (row.get("count") or 0) * (1 - (row.get("discount") or 0) / 100)
