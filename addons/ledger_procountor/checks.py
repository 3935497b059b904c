# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What Procountor would refuse, or take wrongly: found before anything is sent (§3)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from odoo.addons.ledger_connector_base.sync.problems import Problem

from .client import (
    COUNTRIES,
    INVOICE_LENGTHS,
    PARTNER_LENGTHS,
    PRODUCT_LENGTHS,
    channel_lacks,
    codes,
    fit,
    too_long,
)
from .labels import channel_label, label_of
from .taxes import WITHOUT_VAT
from .writing.addresses import ADDRESSES
from .writing.rows import is_combo, vat_of
from .writing.settings import choices_of

Record = dict[str, Any]

#: (§3) Days from the invoice's date to its due date.
LONGEST_TERM = 999
#: (§4) The lengths of an address are those of an invoice's.
_PARTNER = {
    **PARTNER_LENGTHS,
    **{
        path.replace("billingAddress", "address"): most
        for path, most in INVOICE_LENGTHS.items()
        if path.startswith("billingAddress.")
    },
    "additionalInfo.webAddress": 100,
}
_LENGTHS = {"customer": _PARTNER, "product": PRODUCT_LENGTHS}


def check(env: Any, flow: Any, resource: str, record: Any, values: Record) -> None:
    """Hold *record* back if *values* cannot be taken; makes no call.

    Of invoices more is looked at once their body is made, see :func:`check_body`.

    :param flow: ``ledger.flow`` that sends it
    :param record: the Odoo record
    :param values: what is going to be sent, as it is mapped
    :raises Problem: it has to be mended first
    """
    name = record.display_name
    if resource in _LENGTHS:
        _check_lengths(env, name, fit(values).body, _LENGTHS[resource])
        country = (values.get("^") or {}).get("country")
        if country and country not in COUNTRIES:
            country = choices_of(flow.connection_id).countries.get(country, country)
        _check_country(env, name, country)
        info = values.get("invoicingInfo") or {}
        _check_email(env, name, {"counterParty": {"email": info.get("email")}})
        return
    for number, line in _priced(values):
        _check_vat(env, record, number, line)


def check_body(env: Any, name: str, body: Record) -> None:
    """Hold an invoice that the vendor would refuse.

    :param name: of the record, for people
    :param body: as it is sent
    :raises Problem: it has to be mended first
    """
    _check_lengths(env, name, body, INVOICE_LENGTHS)
    _check_addresses(env, name, body)
    _check_dates(env, name, body)
    _check_rows(env, name, body)
    _check_account(env, name, body)
    _check_channel(env, name, body)


# === TEXTS AND ADDRESSES === #


def _check_lengths(env: Any, name: str, body: Record, lengths: dict[str, int]) -> None:
    for found in too_long(body, lengths):
        raise Problem(
            "record",
            env._(
                "The %(field)s of %(record)s has %(length)s characters, and Procountor "
                "takes %(most)s. Shorten it, then retry.",
                field=label_of(env, found.path),
                record=name,
                length=found.length,
                most=found.most,
            ),
            cause=f"length:{found.path.partition('[')[0]}",
        )


def _check_addresses(env: Any, name: str, body: Record) -> None:
    party = body["counterParty"]["counterPartyAddress"]
    if not party.get("name"):
        raise Problem(
            "record",
            env._("The customer of %(record)s has no name. Enter one.", record=name),
            cause="no_name",
        )
    for path in ADDRESSES:
        address = body.get(path)
        if address and not address.get("country"):
            raise _no_country(env, name, label_of(env, f"{path}.country"))
    for address in (party, *(body.get(path) or {} for path in ADDRESSES)):
        if address.get("country"):
            _check_country(env, name, address["country"])


def _check_country(env: Any, name: str, country: str | None) -> None:
    """(§1) The vendor has names of its own; one without is still its ISO code."""
    known = country in COUNTRIES or not country or len(country) > 2
    if known:
        return
    raise Problem(
        "mapping",
        env._(
            "%(record)s has an address in %(country)s, for which Procountor has no "
            "name that is known here. Enter Procountor’s name of that country under "
            "Value mappings, then retry.",
            record=name,
            country=env["res.country"].search([("code", "=", country)]).name or country,
        ),
        cause=f"country:{country}",
    )


def _no_country(env: Any, name: str, field: str) -> Problem:
    return Problem(
        "record",
        env._(
            "%(record)s has no %(field)s, and Procountor refuses an address without. "
            "Enter the country, then retry.",
            record=name,
            field=field,
        ),
        cause="no_country",
    )


# === DATES, ACCOUNT, CHANNEL === #


def _check_dates(env: Any, name: str, body: Record) -> None:
    begin, due = body.get("date"), body["paymentInfo"].get("dueDate")
    if not begin or not due:
        return
    days = (date.fromisoformat(due) - date.fromisoformat(begin)).days
    names = {"record": name, "date": begin, "due": due}
    if days < 0:
        raise Problem(
            "record",
            env._(
                "%(record)s is due on %(due)s, before its date %(date)s. Correct one "
                "of them, then retry.",
                **names,
            ),
            cause="due_before_date",
        )
    if days > LONGEST_TERM:
        raise Problem(
            "record",
            env._(
                "%(record)s is due on %(due)s, more than %(most)s days after its date "
                "%(date)s, and Procountor takes no longer term. Correct one of them, "
                "then retry.",
                most=LONGEST_TERM,
                **names,
            ),
            cause="term_too_long",
        )


def _check_account(env: Any, name: str, body: Record) -> None:
    payment = body["paymentInfo"]
    if payment.get("paymentMethod") == "CASH" or payment.get("bankAccount"):
        return
    currency = payment.get("currency") or ""
    raise Problem(
        "mapping",
        env._(
            "%(record)s cannot name an account to be paid to: Procountor has no bank "
            "account that is in use and meant for invoices. Mark one there, or choose "
            "one for %(currency)s under Value mappings, then retry.",
            record=name,
            currency=currency,
        ),
        cause=f"no_account:{currency}",
        summary=env._(
            "Procountor has no bank account that is in use and meant for invoices. "
            "Mark one there, or choose one for %(currency)s under Value mappings, "
            "then retry.",
            currency=currency,
        ),
    )


def _check_channel(env: Any, name: str, body: Record) -> None:
    """(§3.1) What the chosen way to the customer needs has to be there."""
    _check_email(env, name, body)
    channel = body["invoiceChannel"]
    if lacking := channel_lacks(body, channel):
        fields = dict.fromkeys(label_of(env, path) for path in lacking)
        raise Problem(
            "record",
            env._(
                "%(record)s is to go out as %(channel)s, and this is missing: "
                "%(fields)s. Fill it in on the customer, or choose another channel, "
                "then retry.",
                record=name,
                channel=channel_label(env, channel),
                fields=", ".join(fields),
            ),
            cause=f"channel:{channel}:{','.join(sorted(lacking))}",
        )


def _check_email(env: Any, name: str, body: Record) -> None:
    email = body["counterParty"].get("email")
    if email and channel_lacks(body, codes.EMAIL):
        raise Problem(
            "record",
            env._(
                "The e-mail address of %(record)s, “%(email)s”, is none that "
                "Procountor takes. Correct it on the customer, then retry.",
                record=name,
                email=email,
            ),
            cause="bad_email",
        )


# === ROWS === #


def _priced(values: Record) -> Iterator[tuple[int, Record]]:
    for number, line in enumerate(values.get("invoiceRows") or (), 1):
        kind = (line.get("^") or {}).get("kind")
        if not line.get("quantity") or is_combo(line):
            continue
        if str(kind or "product") in ("product", "False"):
            yield number, line


def _check_vat(env: Any, record: Any, number: int, line: Record) -> None:
    """A row needs a tax, and the percentage there must be the one that Odoo charges."""
    status, percent = vat_of(line)
    names = {
        "number": number,
        "record": record.display_name,
        "text": (line.get("product") or "–").splitlines()[0][:60],
    }
    if status is None or percent is None:
        raise _no_tax(env, names)
    ours = line.get("^") or {}
    net, gross = ours.get("net"), ours.get("gross")
    if net is None or gross is None:
        return
    unit = record.currency_id.rounding or 0.01
    if abs(gross - net - net * percent / 100) > 2 * unit:
        raise Problem(
            "mapping",
            env._(
                "Line %(number)s of %(record)s (%(text)s) bears %(tax)s VAT on %(net)s "
                "in Odoo, and its tax stands for %(percent)s %% in Procountor. Choose "
                "the right code for the tax under Value mappings, then retry.",
                tax=record.currency_id.format(gross - net),
                net=record.currency_id.format(net),
                percent=percent,
                **names,
            ),
            cause=f"vat_differs:{ours.get('vat')}",
        )


def _no_tax(env: Any, names: dict[str, Any]) -> Problem:
    return Problem(
        "record",
        env._(
            "Line %(number)s of %(record)s (%(text)s) has no tax, and Procountor needs "
            "a VAT status and percentage on each row. Choose a tax, a zero-rated one "
            "if there is none to pay, then retry.",
            **names,
        ),
        cause="no_tax",
        summary=env._(
            "Lines have no tax, and Procountor needs a VAT status and percentage on "
            "each row. Choose taxes, zero-rated ones where there is none to pay."
        ),
    )


def _check_rows(env: Any, name: str, body: Record) -> None:
    rows = body.get("invoiceRows") or []
    if not rows:
        raise Problem(
            "record",
            env._(
                "%(record)s has no line with a quantity, and Procountor takes no "
                "invoice without rows. Add one, or ignore the document here.",
                record=name,
            ),
            cause="no_rows",
        )
    for number, row in enumerate(rows, 1):
        if "vatPercent" not in row or not row.get("vatStatus"):
            text = str(row.get("product"))[:60]
            raise _no_tax(env, {"number": number, "record": name, "text": text})
        if row["vatStatus"] in WITHOUT_VAT and row["vatPercent"]:
            raise _bad_pair(env, name, number, row)


def _bad_pair(env: Any, name: str, number: int, row: Record) -> Problem:
    """(§3.3) Sales outside of the country's VAT have a percentage of 0."""
    pair = {"status": row["vatStatus"], "percent": row["vatPercent"]}
    return Problem(
        "mapping",
        env._(
            "Line %(number)s of %(record)s (%(text)s) would have VAT status %(status)s "
            "with %(percent)s %%, and Procountor takes that status with 0 %% only. "
            "Choose another code for its tax under Value mappings, then retry.",
            number=number,
            record=name,
            text=row["product"][:60],
            **pair,
        ),
        cause=f"vat_pair:{row['vatStatus']}:{row['vatPercent']}",
    )
