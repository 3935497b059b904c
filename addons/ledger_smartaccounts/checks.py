# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What SmartAccounts would refuse, or take wrongly: found before anything is sent."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from odoo.tools import LazyTranslate

from odoo.addons.ledger_connector_base.sync.problems import Problem

from .client import without_emoji

_lt = LazyTranslate(__name__)

Record = dict[str, Any]

#: (§3) Longest line of an address.
LONGEST_LINE = 64
#: Fields that are read again, by path: what is replaced in them would come to Odoo.
TEXTS: dict[str, Any] = {
    "name": _lt("name"),
    "description": _lt("name"),
    "address.address1": _lt("street"),
    "address.address2": _lt("second line of the street"),
    "address.city": _lt("city"),
}


def check(env: Any, resource: str, record: Any, values: Record) -> None:
    """Hold *record* back if *values* cannot be taken.

    :param record: the Odoo record
    :param values: what is going to be sent, in the shape of ``records.complete()``
    :raises Problem: it has to be mended first
    """
    _check_texts(env, record, values)
    if resource == "article":
        _check_article(env, record, values)
    elif resource == "client_invoice":
        _check_rows(env, record, values)


def _check_texts(env: Any, record: Any, values: Record) -> None:
    for path, label in TEXTS.items():
        text = str(_read(values, path) or "")
        names = {"field": str(env._(label)), "record": record.display_name}
        if text != without_emoji(text):
            raise Problem(
                "record",
                env._(
                    "The %(field)s of %(record)s has characters that SmartAccounts "
                    "cannot store, such as emoji. Remove them.",
                    **names,
                ),
                cause=f"emoji:{path}",
            )
        if path.startswith("address.") and len(text) > LONGEST_LINE:
            raise Problem(
                "record",
                env._(
                    "The %(field)s of %(record)s has %(length)s characters, and "
                    "SmartAccounts takes %(longest)s. Shorten it.",
                    length=str(len(text)),
                    longest=str(LONGEST_LINE),
                    **names,
                ),
                cause=f"length:{path}",
            )


def _read(values: Any, path: str) -> Any:
    for key in path.split("."):
        values = values.get(key) if isinstance(values, dict) else None
    return values


def _check_article(env: Any, record: Any, values: Record) -> None:
    """(§7.6) The code is what an article is known by; prices are without VAT."""
    # Its kind is only sent with a new one.
    if "type" in values and not values.get("code"):
        raise Problem(
            "record",
            env._(
                "%(record)s has no internal reference, and SmartAccounts knows "
                "articles by their code. Enter one; it cannot be changed there later.",
                record=record.display_name,
            ),
            cause="no_code",
            summary=env._(
                "Products have no internal reference, and SmartAccounts knows articles "
                "by their code. Enter it on them; they are then sent by themselves."
            ),
        )
    included = any(tax.price_include for tax in record.taxes_id)
    if included and values.get("priceSales"):
        raise Problem(
            "mapping",
            env._(
                "The sales price of %(record)s has the VAT in it, and SmartAccounts "
                "keeps prices without. Switch the line priceSales of the field mapping "
                "off, or choose a tax that is not included in the price.",
                record=record.display_name,
            ),
            cause="price_included",
            summary=env._(
                "Sales prices have the VAT in them, and SmartAccounts keeps prices "
                "without. Switch the line priceSales of the field mapping off."
            ),
        )


def _check_rows(env: Any, record: Any, values: Record) -> None:
    """(§7.1) Each row needs an article and a VAT code."""
    for number, row in _priced(values):
        names = {
            "number": str(number),
            "record": record.display_name,
            "text": (row.get("description") or "–").splitlines()[0],
        }
        if not row.get("code"):
            raise _no_article(env, names)
        if not row.get("vatPc"):
            raise _no_tax(env, names)


def check_articles(env: Any, flow: Any, record: Any, values: Record) -> None:
    """Hold an invoice whose articles Odoo does not know, where invoices are read too.

    Read again, its lines would name products that the lines in Odoo do not have.

    :param flow: ``ledger.flow`` that sends it
    :raises Problem: an article came from a default and is linked to no product
    """
    connection = flow.connection_id
    reading = [("pull", "invoice")]
    if not any((x.direction, x.entity) in reading for x in connection.flow_ids):
        return
    codes = {row.get("code") for _number, row in _priced(values)}
    links = env["ledger.binding"].search_fetch(
        [
            ("connection_id", "=", connection.id),
            ("resource", "=", "article"),
            ("external_id", "in", sorted(codes)),
            ("res_id", "!=", 0),
        ],
        ["external_id"],
    )
    if unknown := codes - set(links.mapped("external_id")):
        names = {"codes": ", ".join(sorted(unknown))}
        raise Problem(
            "record",
            env._(
                "Lines of %(record)s without a product are sent as article %(codes)s, "
                "which no product in Odoo is linked to. Run the flow that reads "
                "articles once, then retry.",
                record=record.display_name,
                **names,
            ),
            cause="unknown_article",
            summary=env._(
                "Invoice lines are sent as article %(codes)s, which no product in Odoo "
                "is linked to. Run the flow that reads articles once, then retry.",
                **names,
            ),
        )


def _priced(values: Record) -> Iterator[tuple[int, Record]]:
    for number, row in enumerate(values.get("rows") or (), 1):
        if row.get("quantity"):
            yield number, row


def _no_article(env: Any, names: dict[str, str]) -> Problem:
    return Problem(
        "record",
        env._(
            "Line %(number)s of %(record)s (%(text)s) has no product, and "
            "SmartAccounts needs an article on each line. Choose a product; or enter "
            "an article code as default on the line rows[].code of the field mapping.",
            **names,
        ),
        cause="no_article",
        summary=env._(
            "Lines have no product, and SmartAccounts needs an article on each line. "
            "Choose products; or enter an article code as default on the line "
            "rows[].code of the field mapping."
        ),
    )


def _no_tax(env: Any, names: dict[str, str]) -> Problem:
    return Problem(
        "record",
        env._(
            "Line %(number)s of %(record)s (%(text)s) has no tax, and SmartAccounts "
            "needs a VAT code on each line. Choose a tax, a zero-rated one if there is "
            "none to pay; or enter a VAT code as default on the line rows[].vatPc of "
            "the field mapping.",
            **names,
        ),
        cause="no_tax",
        summary=env._(
            "Lines have no tax, and SmartAccounts needs a VAT code on each line. "
            "Choose taxes, zero-rated ones where there is none to pay; or enter a VAT "
            "code as default on the line rows[].vatPc of the field mapping."
        ),
    )
