# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Bodies of invoices, customers and products, from records as they are mapped.

Nothing here imports Odoo. What the vendor would refuse is found by ``checks``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from ..client import codes, usual_channel
from .addresses import addresses_of, named_country
from .checkdigits import business_id, is_business_id, is_reference
from .choices import AUTO, Choices
from .rows import as_id, rows_of, vat_of
from .words import credit_text

Record = dict[str, Any]

OURS = "^"
#: (§3) Fields that are sent as they are mapped.
_PLAIN = ("language", "orderReference", "deliveryStartDate")


@dataclass(frozen=True)
class Terms:
    """What the company's own facts say of one invoice.

    :param number: our number, by which the invoice is found again
    :param rate: foreign per home unit, 1 in the home currency (§3)
    :param iban: our account, "" if there is none
    :param today: the day it is in Finland
    """

    number: str
    rate: float
    iban: str
    today: date


# === INVOICES === #


def invoice_body(values: Record, choices: Choices, terms: Terms) -> Record:
    """Return the body of a sales invoice (§3).

    :param values: the document as it is mapped, whole
    """
    ours = values.get(OURS) or {}
    lines = values.get("invoiceRows") or []
    credit = str(ours.get("isCredit")).lower() == "true"
    body: Record = {
        "type": codes.SALES_INVOICE,
        "status": codes.UNFINISHED,
        "partnerId": as_id(values.get("partnerId")),
        "originalInvoiceNumber": terms.number,
        "discountPercent": 0,
        **{name: values.get(name) for name in _PLAIN},
        **_dated(values, choices, terms),
        **addresses_of(values, choices),
        **_delivery(values, choices),
        **rows_of(lines, terms.number, credit, choices),
        "penaltyPercent": round(choices.penalty, 2) or None,
        "additionalInformation": values.get("additionalInformation"),
    }
    body["paymentInfo"].update(_account(values, choices, terms))
    if credit:
        _name_what_is_credited(body, str(ours.get("creditedNumber") or ""))
    body["invoiceChannel"] = channel_of(body, ours.get("channel"), choices)
    return _without_nothing(body)


def channel_of(body: Record, own: str | None, choices: Choices) -> str:
    """Return how the buyer gets the invoice (§3.1).

    :param own: the customer's channel, which goes before the connection's
    """
    wanted = own or choices.channel
    return usual_channel(body) if wanted == AUTO else wanted


def _dated(values: Record, choices: Choices, terms: Terms) -> Record:
    """Return date and payment; dated today, the days to pay stay as many."""
    ours, payment = values.get(OURS) or {}, values.get("paymentInfo") or {}
    begin, due = values.get("date"), payment.get("dueDate")
    if choices.today and begin and due:
        days = date.fromisoformat(due) - date.fromisoformat(begin)
        begin = terms.today.isoformat()
        due = (terms.today + max(days, timedelta())).isoformat()
    reference = str(payment.get("bankReferenceCode") or "")
    return {
        "date": begin,
        "paymentInfo": {
            "paymentMethod": choices.payment_method(ours.get("term") or 0),
            "currency": payment.get("currency"),
            "currencyRate": terms.rate,
            "dueDate": due,
            # Blank: the vendor makes one. Left out there would be none (§3).
            "bankReferenceCode": reference if is_reference(reference) else "",
            **_early(ours),
        },
    }


def _early(ours: Record) -> Record:
    if not ours.get("early") or not ours.get("earlyPercent"):
        return {}
    option = {
        "numberOfDays": int(ours.get("earlyDays") or 0),
        "discountPercentage": ours["earlyPercent"],
    }
    kind = {"cashDiscountsTermType": "FROM_INV_DATE"}
    return {"cashDiscount": {"optionList": [option], **kind}}


def _account(values: Record, choices: Choices, terms: Terms) -> Record:
    term = (values.get(OURS) or {}).get("term") or 0
    if choices.payment_method(term) == "CASH" or not terms.iban:
        return {}
    return {"bankAccount": {"accountNumber": "".join(terms.iban.split())}}


def _delivery(values: Record, choices: Choices) -> Record:
    ours = values.get(OURS) or {}
    name = choices.delivery_terms.get(ours.get("deliveryTerm") or 0)
    place = (values.get("deliveryTermsInfo") or {}).get("municipality")
    # A place alone is refused: the name is one of the company's list.
    terms = {"name": name, "municipality": place} if name else None
    method = choices.carriers.get(ours.get("carrier") or 0)
    return {"deliveryTermsInfo": terms, "deliveryMethod": method}


def _name_what_is_credited(body: Record, number: str) -> None:
    """(§3) No field links a credit note to its invoice."""
    if not number:
        return
    text = credit_text(body.get("language") or "", number)
    above = body.get("additionalInformation")
    body["additionalInformation"] = "\n".join(filter(None, (text, above)))
    body["orderReference"] = number


def _without_nothing(body: Record) -> Record:
    return {name: value for name, value in body.items() if value is not None}


# === WITH THE DATA OF THE REGISTER === #


def with_register(values: Record, partner: Record) -> Record:
    """Return *values* with the buyer as the register has it (§4, last point).

    Where the goods go is known in Odoo alone.

    :param partner: the vendor's whole record
    """
    info = partner.get("invoicingInfo") or {}
    home = {"name": partner.get("name"), **(partner.get("address") or {})}
    party = {
        **(values.get("counterParty") or {}),
        **_given(info, "customerNumber", "identifier", "email"),
        "counterPartyAddress": home,
        "einvoiceAddress": {
            "address": info.get("einvoiceAddress"),
            "operator": info.get("einvoiceOperator"),
        },
    }
    ours = dict(values.get(OURS) or {})
    for name in ("country", "billingCountry", "channel"):
        ours.pop(name, None)
    if info.get("invoiceChannel") in codes.CHANNELS:
        ours["channel"] = info["invoiceChannel"]
    return {
        **values,
        **_given(info, "language"),
        "counterParty": party,
        "billingAddress": partner.get("billingAddress") or {},
        OURS: ours,
    }


def _given(record: Record, *names: str) -> Record:
    return {name: record[name] for name in names if record.get(name)}


# === REGISTERS === #


def new_partner(values: Record, choices: Choices) -> Record:
    """Return the body of a new customer (§4)."""
    body = partner_changes(values, values, choices)
    return {
        **body,
        "type": codes.CUSTOMER,
        "address": {"name": body["name"], **(body.get("address") or {})},
        "paymentInfo": {"paymentMethod": codes.SAFE_PAYMENT_METHODS[0]},
        "registryInfo": {"active": True, **(body.get("registryInfo") or {})},
    }


def partner_changes(values: Record, whole: Record, choices: Choices) -> Record:
    """Return what changes of a customer; what is empty in it is emptied there.

    :param values: what changed, as it is mapped
    :param whole: all that is mapped
    """
    body = {name: value for name, value in values.items() if name != OURS}
    ours = values.get(OURS) or {}
    if "country" in ours:
        named = named_country(ours["country"], choices)
        body["address"] = {**(body.get("address") or {}), "country": named}
    info = body.get("invoicingInfo")
    if info and "identifier" in info:
        found = business_id(info["identifier"] or "")
        country = (whole.get(OURS) or {}).get("country") or ""
        kind = _identifier_type(found, country)
        body["invoicingInfo"] = {**info, "identifier": found, "identifierType": kind}
    if "name" in values:
        body["address"] = {**(body.get("address") or {}), "name": values["name"]}
    return body


def _identifier_type(identifier: str, country: str) -> str:
    """(§4) FI for a Finnish business id, else the country, "" where it is unknown."""
    if not identifier:
        return ""
    if is_business_id(identifier) and country in ("", "FI", "AX"):
        return codes.BUSINESS_ID
    return country if country not in ("FI", "AX") else ""


def new_product(values: Record, choices: Choices, currency: str) -> Record:
    """Return the body of a new product (§5).

    :param currency: of the books, for products without one
    """
    body = product_changes(values, choices)
    return {
        "price": 0,
        "active": True,
        **body,
        "type": codes.SALES,
        "discount": 0,
        "currency": body.get("currency") or currency,
        "unit": body.get("unit") or choices.unit_of(None),
    }


def product_changes(values: Record, choices: Choices) -> Record:
    """Return what changes of a product."""
    body = {name: value for name, value in values.items() if name != OURS}
    ours = values.get(OURS) or {}
    if "vat" in ours:
        status, percent = vat_of(values)
        body.update(vat=percent, vatStatus=status)
    if "unit" in ours:
        body["unit"] = choices.unit_of(ours["unit"])
    return body
