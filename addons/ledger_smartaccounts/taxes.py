# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""VAT codes of SmartAccounts and the Odoo taxes that most likely are the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .client import decimal_of, flag_of, text_of
from .records import PURCHASE

if TYPE_CHECKING:
    from .client import SmartAccountsClient

Record = dict[str, Any]
Option = tuple[str, str, dict[str, Any]]


def options(
    client: SmartAccountsClient, language: str, purchases: str, used: set[str]
) -> list[Option]:
    """Return ``(code, label, hint)`` of VAT codes, those of sales first (§7.8).

    One code may serve sales and purchases, which are different taxes in Odoo: it is
    offered twice then. Codes out of use are offered where records use them.

    :param language: two letters, for the names
    :param purchases: a word for "purchases"
    :param used: codes that records use
    """
    found = client.settings("vatpcs")
    sales = [_option(one, language, "sale", "", "activeSales") for one in found]
    bought = [
        _option(one, language, "purchase", purchases, "activePurchase") for one in found
    ]
    return [
        (code, label, hint)
        for code, label, hint in [*sales, *bought]
        if hint["active"] or code in used
    ]


def _option(
    record: Record, language: str, use: str, remark: str, active: str
) -> Option:
    code = text_of(record.get("vatPc"))
    percentage = float(decimal_of(record.get("pc")) or 0)
    names = (f"description{language.capitalize()}", "descriptionEn", "descriptionEt")
    name = next(filter(None, map(record.get, names)), "")
    label = " – ".join(filter(None, (code, name, f"{percentage:g} %", remark)))
    hint = {
        "percentage": percentage,
        "use": use,
        "active": flag_of(record.get(active)) is not False,
    }
    return (f"{PURCHASE}{code}" if use == "purchase" else code), label, hint


def suggestion(taxes: Any, hint: dict[str, Any]) -> Any:
    """Return the one tax with the percentage that *hint* describes, or none.

    :param taxes: ``account.tax`` recordset of the company's percentage taxes
    """
    same = taxes.filtered(
        lambda tax: (
            tax.type_tax_use == hint["use"]
            and abs(tax.amount - hint["percentage"]) < 0.005
            and not tax.has_negative_factor
        )
    )
    return same if len(same) == 1 else taxes.browse()
