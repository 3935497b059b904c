# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What Tripletex would refuse, or take wrongly: found before anything is sent."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from odoo.tools import LazyTranslate

from odoo.addons.ledger_connector_base.sync.problems import Problem

from .writing.credits import is_credit, no_original, partial

_lt = LazyTranslate(__name__)

#: (SW maxLength) Longest texts by path, and what a person calls them.
LENGTHS: dict[str, tuple[int, Any]] = {
    "name": (255, _lt("name")),
    "number": (100, _lt("number")),
    "organizationNumber": (100, _lt("organisation number")),
    "email": (254, _lt("e-mail")),
    "invoiceEmail": (254, _lt("e-mail")),
    "phoneNumber": (100, _lt("phone number")),
    "ean": (14, _lt("barcode")),
    "reference": (255, _lt("reference")),
    "postalAddress.addressLine1": (255, _lt("street")),
    "postalAddress.addressLine2": (255, _lt("second line of the street")),
    "postalAddress.postalCode": (100, _lt("postal code")),
    "postalAddress.city": (100, _lt("city")),
    "^.reference": (255, _lt("reference")),
}


def check(env: Any, resource: str, record: Any, values: dict[str, Any]) -> None:
    """Hold *record* back if *values* cannot be taken.

    :param record: the Odoo record
    :param values: what is going to be sent, in the shape of the vendor's records
    :raises Problem: it has to be mended first
    """
    _check_lengths(env, record, values)
    if resource == "product":
        _check_price(env, record, values)
    if resource == "invoice" and is_credit(values):
        _check_credit(env, record, values)
    elif resource in ("order", "invoice"):
        _check_taxes(env, record, values)


def _check_lengths(env: Any, record: Any, values: dict[str, Any]) -> None:
    for path, (longest, label) in LENGTHS.items():
        text = str(_read(values, path) or "")
        if len(text) > longest:
            raise Problem(
                "record",
                env._(
                    "The %(field)s of %(record)s has %(length)s characters, and "
                    "Tripletex takes %(longest)s. Shorten it.",
                    field=str(env._(label)),
                    record=record.display_name,
                    length=str(len(text)),
                    longest=str(longest),
                ),
                cause=f"length:{path}",
            )


def _read(values: Any, path: str) -> Any:
    for key in path.split("."):
        values = values.get(key) if isinstance(values, dict) else None
    return values


def _check_price(env: Any, record: Any, values: dict[str, Any]) -> None:
    """A price with VAT in it is not to be booked as one without."""
    included = any(tax.price_include for tax in record.taxes_id)
    if included and values.get("priceExcludingVatCurrency"):
        raise Problem(
            "mapping",
            env._(
                "The sales price of %(record)s has the VAT in it, and the field "
                "mapping sends it as a price without VAT. In the field mapping of the "
                "flow, replace priceExcludingVatCurrency by priceIncludingVatCurrency.",
                record=record.display_name,
            ),
            cause="price_included",
            summary=env._(
                "Sales prices have the VAT in them, and the field mapping sends them "
                "as prices without VAT. In the field mapping of the flow, replace "
                "priceExcludingVatCurrency by priceIncludingVatCurrency."
            ),
        )


def _check_credit(env: Any, record: Any, values: dict[str, Any]) -> None:
    """(§9) Tripletex credits whole invoices, and of its own only."""
    original = record.reversed_entry_id
    if not values.get("creditedInvoice") or not original:
        raise no_original(env, record.display_name)
    same = record.currency_id == original.currency_id
    if not same or record.currency_id.compare_amounts(
        record.amount_total, original.amount_total
    ):
        raise partial(env, record.display_name)


def _check_taxes(env: Any, record: Any, values: dict[str, Any]) -> None:
    """A line without a VAT code would get one from Tripletex."""
    for number, line in _untaxed(values):
        raise Problem(
            "record",
            env._(
                "Line %(number)s of %(record)s (%(text)s) has no tax, and Tripletex "
                "would put one on it. Choose a tax, a zero-rated one if there is none "
                "to pay; or enter a VAT code as default on the line vatType of the "
                "field mapping.",
                number=str(number),
                record=record.display_name,
                text=(line.get("description") or "–").splitlines()[0],
            ),
            cause="no_tax",
            summary=env._(
                "Lines have no tax, and Tripletex would put one on them. Choose taxes, "
                "zero-rated ones where there is none to pay; or enter a VAT code as "
                "default on the line vatType of the field mapping."
            ),
        )


def _untaxed(values: dict[str, Any]) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, line in enumerate(values.get("orderLines") or (), 1):
        code = (line.get("vatType") or {}).get("id")
        if line.get("count") and not code:
            yield number, line
