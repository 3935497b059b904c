# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a record says only between its fields, put beside them under the key ``^``.

The vendor's own fields stay as they came. Mappings read these as ``^.country``:

- customers: ``businessId`` (never a person's national id), ``isCompany``, ``country``
  (ISO 3166), ``active``
- products: ``vat`` ("status:percent"), ``unit`` (Odoo's English name)
- invoices and orders: ``currency``, ``untaxed``, ``total``, ``outstanding`` (in that
  currency), ``isCredit``, ``isPaid``; and in each of ``invoiceRows``: ``vat``,
  ``unit``, ``name``, ``price`` (without VAT), ``discount`` (the invoice's own in it)
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from .client import codes, country_code, decimal_of, sums_of, text_of

Record = dict[str, Any]

#: Key of what is ours in a record.
OURS = "^"
#: The payments of an invoice, where they were read.
PAYMENTS = "payments"
#: Resources that are one table there.
INVOICES = frozenset({"invoice", "order"})
#: (§3) Units, and how Odoo calls the same unit.
UNITS = {
    **{"PIECE": "Units", "DOZEN": "Dozens", "SIX_PACK": "Pack of 6"},
    **{"MINUTE": "Minutes", "HOUR": "Hours", "DAY": "Days"},
    **{"MILLIMETER": "mm", "CM": "cm", "METER": "m", "KILOMETER": "km"},
    **{"INCH": "in", "FOOT": "ft", "YARD": "yd", "MILE": "mi"},
    **{"SQUARE_METER": "m²", "CUBIC_METER": "m³", "MILLILITRE": "ml", "LITER": "L"},
    **{"GRAM": "g", "KILOGRAM": "kg", "TON": "Ton", "OUNCE": "oz", "POUND": "lb"},
    **{"GALLON_US": "gal (US)", "KILOWATT_HOUR": "KWH"},
}
#: (§3.5) Events that settle an invoice and bring no money.
NO_MONEY = frozenset(
    "ADJUSTMENT CASHDISCOUNT COMPENSATIONINVOICE CORRECTION CREDITLOSS SETOFF "
    "INVOICE_TO_INVOICE INVOICE_TO_JOURNAL JOURNAL_TO_INVOICE JOURNAL_TO_JOURNAL "
    "BANKSTATEMENT_TO_JOURNAL REFERENCEPAYMENT_TO_JOURNAL".split()
)
#: A Finnish national id, whatever type it is said to be.
_NATIONAL_ID = re.compile(r"\d{6}[-+A-FU-Y]\d{3}[0-9A-Y]", re.IGNORECASE)
_DECIMALS = 10


def complete(resource: str, records: Iterable[Record]) -> list[Record]:
    """Put beside the fields of *records* what follows from them, and return them.

    :param records: the vendor's full records, changed in place
    """
    found = list(records)
    make = _COMPLETED.get(resource)
    for record in found:
        if make:
            record[OURS] = make(record)
    return found


def vat_code(status: Any, percent: Any) -> str | None:
    """Return status and percentage as one code, as ``1:25.5``; None without either."""
    if status in (None, "") or percent in (None, ""):
        return None
    return f"{int(status)}:{_plain(percent)}"


def _plain(number: Any) -> str:
    """Return a number without needless noughts: 24.0 is ``24``."""
    text = f"{decimal_of(number) or 0:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


# === REGISTERS === #


def _customer(record: Record) -> Record:
    info = _object(record, "invoicingInfo")
    identifier = text_of(info.get("identifier"))
    kind = text_of(info.get("identifierType"))
    personal = kind == codes.NATIONAL_ID or _NATIONAL_ID.fullmatch(identifier)
    business = None if personal else identifier or None
    country = text_of(_object(record, "address").get("country"))
    return {
        "businessId": business,
        "isCompany": bool(business),
        "country": country_code(country) if country else None,
        "active": _object(record, "registryInfo").get("active") is not False,
    }


def _product(record: Record) -> Record:
    return {
        "vat": vat_code(record.get("vatStatus"), record.get("vat")),
        "unit": UNITS.get(text_of(record.get("unit"))),
    }


# === INVOICES === #


def _invoice(record: Record) -> Record:
    currency = text_of(_object(record, "paymentInfo").get("currency"))
    sums = sums_of(record, currency)
    total = float(sums.gross) if sums else None
    _complete_rows(record)
    found = {
        "currency": currency or None,
        "total": total,
        "untaxed": float(sums.net) if sums else None,
        # (§3) There is no type for it: a credit note is an invoice below nought.
        "isCredit": bool(total and total < 0),
        "isPaid": record.get("status") in codes.SETTLED,
    }
    if PAYMENTS in (ours := record.get(OURS) or {}):
        found[PAYMENTS] = ours[PAYMENTS]
    return {**found, "outstanding": _outstanding(record, found)}


def _outstanding(record: Record, found: Record) -> float | None:
    """What is not paid, None where only payments that were not read would tell."""
    status, total = record.get("status"), found["total"]
    if total is None:
        return None
    if status in (*codes.SETTLED, codes.INVALIDATED):
        return 0.0
    if PAYMENTS not in found:
        return None if status == codes.PARTLY_PAID else total
    paid = sum(_number(one.get("paidAmount")) for one in found[PAYMENTS])
    return round(total - paid, 2)


def _complete_rows(record: Record) -> None:
    gross = _object(record, "extraInfo").get("unitPricesIncludeVat")
    whole = _number(record.get("discountPercent"))
    for row in record.get("invoiceRows") or ():
        percent = _number(row.get("vatPercent"))
        price = _number(row.get("unitPrice"))
        row[OURS] = {
            "vat": vat_code(_status(record, row), row.get("vatPercent")),
            "unit": UNITS.get(text_of(row.get("unit"))),
            "name": "\n".join(filter(None, (row.get("product"), row.get("comment")))),
            "price": round(price / (1 + percent / 100), _DECIMALS) if gross else price,
            "discount": _together(_number(row.get("discountPercent")), whole),
        }


def _status(record: Record, row: Record) -> Any:
    """(§3) A row's own VAT status overrides that of the invoice."""
    return row.get("vatStatus") or record.get("vatStatus")


def _together(first: float, second: float) -> float:
    """Return two discounts, one upon the other, as one percentage."""
    if not second:
        return first
    return round(100 - (100 - first) * (100 - second) / 100, _DECIMALS)


def inner(resource: str, record: Record) -> Iterator[tuple[str, Record]]:
    """Yield ``(resource, record)`` of the payments of an invoice that brought money.

    What takes a payment back has the other sign, and is left to a person.
    """
    if resource != "invoice":
        return
    ours = record.get(OURS) or {}
    sign = -1 if ours.get("isCredit") else 1
    for payment in ours.get(PAYMENTS) or ():
        money = payment.get("type") not in NO_MONEY
        if money and _number(payment.get("paidAmount")) * sign > 0:
            yield "payment", {**payment, OURS: record}


_COMPLETED: dict[str, Callable[[Record], Record]] = {
    "customer": _customer,
    "product": _product,
    "invoice": _invoice,
    "order": _invoice,
}


def _object(record: Record, name: str) -> Record:
    value = record.get(name)
    return value if isinstance(value, dict) else {}


def _number(value: Any) -> float:
    try:
        return float(decimal_of(value) or 0)
    except ValueError:
        # The mapping tells which record has it; the others of the page go on.
        return 0.0
