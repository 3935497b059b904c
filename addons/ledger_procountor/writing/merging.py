# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Three invoices become one: as it was sent, as it would be now, as it is there.

An invoice is only written as a whole (§3). What Odoo did not change since it was sent
stays as the bookkeepers made it. Rows are taken as a whole. Nothing here imports Odoo.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .addresses import ADDRESSES
from .totals import is_rounding_row, plain

Record = dict[str, Any]

_ROWS = "invoiceRows"
#: What of a row is its own; ids and versions are the vendor's.
_FACE = ("product", "comment", "headerText", "explanationText", "productCode")
_NUMBERS = ("quantity", "unitPrice", "discountPercent", "vatPercent", "vatStatus")
#: The vendor keeps fewer decimals of a price than Odoo gives it.
_SAME_NUMBER = 0.005


def merged_invoice(
    there: Mapping[str, Any], before: Mapping[str, Any], now: Mapping[str, Any]
) -> Record:
    """Return the whole invoice as it is sent back.

    :param there: the vendor's record, with the ``version`` that was read
    :param before: the body as it was sent; empty where nobody knows
    :param now: the body as it would be made anew
    """
    made = _merged(dict(there), before, now)
    made["counterParty"] = _with_address(made, there, before, now)
    moved = _buyer(before) != _buyer(now)
    for name in ADDRESSES:
        if name not in now and (moved or name in before):
            made.pop(name, None)
        elif name in now and before.get(name) != now[name]:
            made[name] = now[name]
    if there.get("notes") and now.get("notes"):
        made["notes"] = _together(str(there["notes"]), str(now["notes"]))
    return plain({**made, "version": there.get("version")})


def are_rows_edited(there: Mapping[str, Any], before: Mapping[str, Any]) -> bool:
    """Tell whether somebody there edited rows since they were sent.

    :param before: the body as it was sent; empty where nobody knows
    """
    return bool(before) and not same_rows(there, before)


def same_rows(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Tell whether two invoices have the same rows, but for our row of rounding."""
    first, second = _rows(one), _rows(other)
    return len(first) == len(second) and all(map(_same_row, first, second))


def _rows(invoice: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [row for row in invoice.get(_ROWS) or () if not is_rounding_row(row)]


def _same_row(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    texts = all(_text(one.get(name)) == _text(other.get(name)) for name in _FACE)
    return texts and all(
        abs(float(one.get(name) or 0) - float(other.get(name) or 0)) < _SAME_NUMBER
        for name in _NUMBERS
        if one.get(name) is not None and other.get(name) is not None
    )


def _text(value: Any) -> str:
    return " ".join(str(value or "").split())


def _merged(there: Any, before: Any, now: Any) -> Any:
    """Return *there* with what differs between *before* and *now*."""
    result = dict(there)
    for name in {**before, **now}:
        was, wanted = before.get(name), now.get(name)
        if name == _ROWS:
            if not same_rows({_ROWS: was}, {_ROWS: wanted}):
                result[name] = wanted
        elif isinstance(wanted, Mapping) or isinstance(was, Mapping):
            inner = result.get(name)
            inner = inner if isinstance(inner, Mapping) else {}
            result[name] = _merged(inner, was or {}, wanted or {})
        elif was == wanted:
            continue
        elif name in now:
            result[name] = wanted
        else:
            result.pop(name, None)
    return result


def _with_address(made: Record, there: Any, before: Any, now: Any) -> Record:
    """Where the buyer moved, no line of the old address is left."""
    party = dict(made.get("counterParty") or {})
    if _buyer(before) != _buyer(now) and _buyer(now):
        party["counterPartyAddress"] = _buyer(now)
    return party


def _buyer(invoice: Mapping[str, Any]) -> Any:
    return (invoice.get("counterParty") or {}).get("counterPartyAddress")


def _together(theirs: str, ours: str) -> str:
    return theirs if ours in theirs else f"{theirs}\n{ours}"
