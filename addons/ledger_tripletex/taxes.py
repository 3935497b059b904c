# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""VAT types of Tripletex and the Odoo taxes that most likely are the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .client import TripletexClient

_FIELDS = "id,number,name,percentage"
Option = tuple[str, str, dict[str, Any]]


def options(client: TripletexClient, used: Iterable[str]) -> list[Option]:
    """Return ``(code, label, hint)`` of VAT types, those of sales first.

    Others are listed only where records use them: they would stand in the list as
    unmapped although nothing ever asks for them.

    :param used: codes that records use
    """
    sales = list(_read(client, outgoing=True))
    known = {code for code, _label, _hint in sales}
    missing = set(used) - known
    if not missing:
        return sales
    others = _read(client, outgoing=False)
    return [*sales, *(option for option in others if option[0] in missing)]


def _read(client: TripletexClient, outgoing: bool) -> Iterator[Option]:
    # (§4) Values of an enumeration are upper case, or the path "is not found".
    params = {"typeOfVat": "OUTGOING"} if outgoing else {}
    for page in client.pages("/ledger/vatType", fields=_FIELDS, params=params):
        for record in page.values:
            percentage = record.get("percentage") or 0
            hint = {
                "percentage": percentage,
                "number": str(record.get("number") or ""),
                "outgoing": outgoing,
            }
            label = f"{record.get('number')} – {record.get('name')} ({percentage:g} %)"
            yield str(record["id"]), label, hint


def suggestion(taxes: Any, hint: dict[str, Any]) -> Any:
    """Return the one sales tax that *hint* describes, or an empty recordset.

    The Norwegian chart of accounts carries the standard's codes on its taxes, and the
    vendor's numbers are those codes; elsewhere the rate has to be unique.

    :param taxes: ``account.tax`` recordset of the company's percentage taxes on sales
    """
    if not hint.get("outgoing"):
        return taxes.browse()
    if "l10n_no_standard_code" in taxes._fields:
        number = hint["number"]
        if same := taxes.filtered(lambda tax: tax.l10n_no_standard_code == number):
            return same if len(same) == 1 else taxes.browse()
    same = taxes.filtered(lambda tax: abs(tax.amount - hint["percentage"]) < 0.005)
    return same if len(same) == 1 else taxes.browse()
