# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""VAT statuses and percentages of Procountor, and the Odoo taxes that are the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from .client import sales_vat_percentages, sales_vat_statuses
from .records import vat_code

Record = dict[str, Any]
Option = tuple[str, str, dict[str, Any]]

#: (§3.3) Domestic sales.
DOMESTIC = 1
#: (§3.3) Outside of the EU, EU community sales, no VAT handling: without VAT.
WITHOUT_VAT = frozenset({3, 5, 12})
_NOUGHT = Decimal(0)


def options(vats: Mapping[str, Any], used: Iterable[str]) -> list[Option]:
    """Return ``(code, label, hint)`` of what rows of sales may have (§3.3).

    Which status takes which percentage is not told. Those known to be without VAT get
    0 %, domestic sales the company's own percentages, and the others 0 % and those of
    other countries. More can be entered by hand.

    :param vats: as ``client.company.vats()`` tells them
    :param used: codes that records use; they are offered whatever they are
    """
    found = list(_options(vats))
    known = {code for code, _label, _hint in found}
    labels = {str(one.number): one.label for one in sales_vat_statuses(vats)}
    more = (_option(code, labels) for code in used if code not in known)
    return [*found, *filter(None, more)]


def _options(vats: Mapping[str, Any]) -> Iterator[Option]:
    by_country = list(sales_vat_percentages(vats).values())
    own = by_country[0] if by_country else []
    abroad = {x for found in by_country[1:] for x in found}
    for status in sales_vat_statuses(vats):
        percentages = sorted({*abroad, _NOUGHT}, reverse=True)
        if status.number == DOMESTIC:
            percentages = sorted(own, reverse=True)
        elif status.number in WITHOUT_VAT:
            percentages = [_NOUGHT]
        for percent in percentages:
            yield _made(status.number, percent, status.label)


def _option(code: str, labels: Mapping[str, str]) -> Option | None:
    """Return the option of a code that records use, None if it is no such code."""
    status, _colon, percent = code.partition(":")
    try:
        return _made(int(status), Decimal(percent), labels.get(status, ""))
    except (ValueError, ArithmeticError):
        return None


def _made(status: int, percent: Decimal, name: str) -> Option:
    code = vat_code(status, percent) or ""
    shown = f"{code.partition(':')[2]} %"
    label = " – ".join(filter(None, (f"{status} {name}".strip(), shown)))
    return code, label, {"status": status, "percentage": float(percent)}


def suggestion(taxes: Any, usual: Any, hint: Record) -> Any:
    """Return the taxes that domestic sales with this percentage have, the usual first.

    Finnish books have one for goods and one for services. What is without VAT has many
    reasons in Odoo: a person has to say which it is.

    :param taxes: ``account.tax`` recordset of the company's sales taxes in percent
    :param usual: the company's own default among them
    """
    none = taxes.browse()
    if hint["status"] != DOMESTIC or not hint["percentage"]:
        return none
    same = taxes.filtered(
        lambda tax: (
            abs(tax.amount - hint["percentage"]) < 0.005 and not tax.has_negative_factor
        )
    )
    return (same & usual) + (same - usual)
