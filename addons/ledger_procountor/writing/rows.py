# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Rows of an invoice, from lines as they are mapped (§3). Nothing here imports Odoo."""

from __future__ import annotations

from collections import Counter
from typing import Any

from ..client import fit_text
from .choices import Choices

Record = dict[str, Any]

OURS = "^"
#: (§3) Characters of what is printed with a row.
LONGEST_TEXT = 512
#: Of a row's name no length is documented; a line of an invoice holds about so many.
LONGEST_NAME = 80
#: Decimals of a price that VAT was taken out of.
PRICE_DECIMALS = 10
SECTIONS = frozenset({"line_section", "line_subsection"})
NOTE = "line_note"


def rows_of(lines: list[Record], number: str, credit: bool, choices: Choices) -> Record:
    """Return ``invoiceRows``, ``extraInfo`` and the header's ``vatStatus``.

    Sections stand above the row that follows, notes below the row before (§3): there
    are no rows of text alone. Lines without a quantity are left out.

    :param number: text of a row that has none
    :param credit: quantities are turned round
    """
    gross = all_include_vat(lines)
    rows: list[Record] = []
    above: list[str] = []
    for line in lines:
        kind = _ours(line).get("kind")
        text = _without_code(line)
        if is_combo(line):
            above.append(f"{text} x {line.get('quantity') or 0:g}")
        elif kind in SECTIONS or (kind == NOTE and not rows):
            above.append(text)
        elif kind == NOTE:
            _append(rows[-1], "explanationText", text)
        elif line.get("quantity"):
            row = _row(line, text or number, gross, credit, choices)
            rows.append(row)
            _append(row, "headerText", "\n".join(filter(None, above)))
            above = []
    if rows and above:
        _append(rows[-1], "explanationText", "\n".join(filter(None, above)))
    return {
        "extraInfo": {"accountingByRow": True, "unitPricesIncludeVat": gross},
        "vatStatus": _most(rows),
        "invoiceRows": rows,
    }


def is_combo(line: Record) -> bool:
    """Tell whether *line* only heads what is in it, as on Odoo's own invoices."""
    return _ours(line).get("type") == "combo"


def all_include_vat(lines: list[Record]) -> bool:
    """Tell whether every line that bears VAT has it in its price.

    An invoice has one kind of price for all its rows.
    """
    taxed = [
        line
        for line in lines
        if line.get("quantity") and _ours(line).get("net") != _ours(line).get("gross")
    ]
    return bool(taxed) and all(map(includes_vat, taxed))


def includes_vat(line: Record) -> bool:
    """Tell whether the price of *line* gives its amount with VAT.

    >>> row = {"quantity": 2, "unitPrice": 125, "^": {"net": 200, "gross": 250}}
    >>> includes_vat(row), includes_vat({**row, "unitPrice": 100})
    (True, False)
    """
    ours = _ours(line)
    if ours.get("net") is None or ours.get("gross") is None:
        return False
    amount = line["quantity"] * _price(line) * _left(line)
    return abs(amount - ours["gross"]) < abs(amount - ours["net"])


def _row(
    line: Record, text: str, gross: bool, credit: bool, choices: Choices
) -> Record:
    name, rest = _split(text)
    status, percent = vat_of(line)
    quantity = line["quantity"]
    price, discount = _discounted(line, _fitting_price(line, gross, percent))
    return {
        **_product(line, choices),
        "product": name,
        "quantity": 0 - quantity if credit else quantity,
        "unit": choices.unit_of(_ours(line).get("unit")),
        "unitPrice": price,
        "discountPercent": discount,
        "vatPercent": percent,
        "vatStatus": status,
        **_texts(rest),
    }


def _product(line: Record, choices: Choices) -> Record:
    """(§5) Only an id links: name and code never do."""
    found: Record = {}
    if choices.links_products and line.get("productId"):
        found["productId"] = as_id(line["productId"])
    if line.get("productCode"):
        found["productCode"] = line["productCode"]
    return found


def vat_of(line: Record) -> tuple[int | None, float | None]:
    """Return VAT status and percentage of a mapped line, Nones where it has no tax.

    >>> vat_of({"^": {"vat": "1:25.5"}}), vat_of({"^": {"vat": "5:0"}}), vat_of({})
    ((1, 25.5), (5, 0), (None, None))
    """
    status, _colon, percent = str(_ours(line).get("vat") or "").partition(":")
    try:
        number = float(percent)
        return int(status), int(number) if number.is_integer() else number
    except ValueError:
        return None, None


def _fitting_price(line: Record, gross: bool, percent: float | None) -> float:
    """Return the price without VAT where not all prices of the invoice have it."""
    price = _price(line)
    if gross or not includes_vat(line):
        return price
    divisor = line["quantity"] * _left(line)
    exact = _ours(line)["net"] / divisor if divisor else price
    return round(exact or price / (1 + (percent or 0) / 100), PRICE_DECIMALS)


def _discounted(line: Record, price: float) -> tuple[float, float]:
    """(§3) A discount is 0 to 100 percent; Odoo takes surcharges as well."""
    discount = line.get("discountPercent") or 0
    if 0 <= discount <= 100:
        return price, discount
    return round(price * (1 - discount / 100), PRICE_DECIMALS), 0


def _without_code(line: Record) -> str:
    """Return the text of a line; its product's code has a field of its own there.

    >>> _without_code({"product": "[K-1] Kuppi", "productCode": "K-1"})
    'Kuppi'
    """
    text = (line.get("product") or "").strip()
    code = line.get("productCode")
    return text.removeprefix(f"[{code}]").strip() or text if code else text


def _split(text: str) -> tuple[str, str]:
    """Return the name of a row, and what does not fit into it.

    >>> _split("Kuppi\nSininen"), _split("a" * 90)[1]
    (('Kuppi', 'Sininen'), 'aaaaaaaaaa')
    """
    name, _end, rest = text.partition("\n")
    if len(name) > LONGEST_NAME:
        cut = name.rfind(" ", LONGEST_NAME // 2, LONGEST_NAME + 1)
        cut = cut if cut > 0 else LONGEST_NAME
        name, rest = name[:cut], f"{name[cut:].strip()}\n{rest}"
    return name.strip(), rest.strip()


def _texts(rest: str) -> Record:
    """Return the comment; what is too long for it stands below the row."""
    most = _fitting(rest)
    if most == len(rest):
        return {"comment": rest} if rest else {}
    cut = max(rest.rfind(mark, 0, most + 1) for mark in (" ", "\n"))
    cut = cut if cut > 0 else most
    return {"comment": rest[:cut].strip(), "explanationText": rest[cut:].strip()}


def _fitting(text: str) -> int:
    """Return how many characters of *text* fit; spelled in Latin they may be more.

    >>> _fitting("a" * 600), _fitting("щ" * 600)
    (512, 128)
    """
    most = min(len(text), LONGEST_TEXT)
    while (excess := len(fit_text(text[:most])) - LONGEST_TEXT) > 0:
        # A letter becomes four at the most.
        most -= -(-excess // 4)
    return most


def _append(row: Record, name: str, text: str) -> None:
    if text:
        row[name] = "\n".join(filter(None, (row.get(name), text)))


def _most(rows: list[Record]) -> int | None:
    counted = Counter(row["vatStatus"] for row in rows if row["vatStatus"])
    return counted.most_common(1)[0][0] if counted else None


def _ours(line: Record) -> Record:
    return line.get(OURS) or {}


def _price(line: Record) -> float:
    return line.get("unitPrice") or 0


def _left(line: Record) -> float:
    return 1 - (line.get("discountPercent") or 0) / 100


def as_id(value: Any) -> Any:
    """Return the id *value* (text in our records) as the vendor writes it."""
    text = str(value or "").strip()
    return int(text) if text.isdecimal() else value or None
