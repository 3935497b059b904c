# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Searching and paging (dossier §3.4, §4, §5, §7)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from operator import itemgetter
from typing import Any

from . import values
from .books import Record, plain
from .call import Call
from .errors import refused

DEFAULT_SIZE = 50
BASIC_INVOICE = (
    *("id", "partnerId", "type", "status", "invoiceNumber", "originalInvoiceNumber"),
    *("invoiceChannel", "date", "version", "invoiceSumInfo", "creatorId"),
    *("counterParty", "isOffer"),
)
# query parameter: key of what is sorted by
INVOICE_ORDERS = {
    "orderByDate": "date",
    "orderByCreated": "_created",
    "orderByVersion": "version",
}
Keep = Callable[[Record], bool]


def page(
    call: Call,
    records: Iterable[Record],
    show: Callable[[Record], Record],
    orders: dict[str, str] | None = None,
    default: str = "DESC",
    paged: bool = True,
) -> dict[str, Any]:
    """Return one page of records.

    :param show: what is told of a record
    :param orders: other keys that may be sorted by, by parameter
    :param default: order by id, if none is asked for
    :param paged: whether there is a parameter `page`
    """
    size = call.whole("size", 1, 200) or DEFAULT_SIZE
    number = (call.whole("page", 0) or 0) if paged else 0
    found = _after(call, _ordered(call, records, orders or {}, default), default)
    start = max(0, number * size - (call.request.shift if number else 0))
    shown = [show(record) for record in found[start : start + size]]
    return {"results": shown, **_meta(call, number, size, len(shown), len(found))}


def _direction(call: Call, name: str, default: str = "") -> str:
    text = call.request.arg(name) or default
    if text not in ("ASC", "DESC", ""):
        raise refused(400, f"Invalid value '{text[:60]}'.", name)
    return text


def _ordered(
    call: Call, records: Iterable[Record], orders: dict[str, str], default: str
) -> list[Record]:
    down = _direction(call, "orderById", default) == "DESC"
    found = sorted(records, key=lambda record: record["id"], reverse=down)
    for name, key in orders.items():
        direction = _direction(call, name)
        if direction:
            found.sort(key=itemgetter(key), reverse=direction == "DESC")
    return found


def _after(call: Call, records: list[Record], default: str) -> list[Record]:
    previous = call.whole("previousId", 0)
    if not previous:
        return records
    shift = call.request.shift
    if _direction(call, "orderById", default) == "DESC":
        return [record for record in records if record["id"] < previous + shift]
    return [record for record in records if record["id"] > previous - shift]


def _meta(call: Call, number: int, size: int, shown: int, total: int) -> Record:
    how = call.settings["meta"]
    if how == "absent":
        return {}
    meta = {"pageNumber": number, "pageSize": size, "resultCount": shown}
    return {"meta": {**meta, "totalCount": total} if how == "whole" else meta}


def _between(low: str | None, high: str | None, value: str | None) -> bool:
    if low is None and high is None:
        return True
    return value is not None and (low or "") <= value <= (high or "9999")


def changed(call: Call) -> Keep:
    """Return the filter by version date."""
    low, high = call.moment("versionStartDate"), call.moment("versionEndDate")
    if call.settings["version_range"] == "inclusive":
        return lambda record: _between(low, high, record["version"])
    return lambda record: (low or "") < record["version"] < (high or "9999")


def matches(how: str, wanted: str | None, value: Any) -> bool:
    """Compare a text with what is searched for.

    :param how: exact, or part: letters large or small, anywhere
    """
    if wanted is None:
        return True
    if how == "exact":
        return str(value or "") == wanted
    return wanted.lower() in str(value or "").lower()


def invoices(call: Call) -> dict[str, Any]:
    """Answer `GET /invoices`."""
    keep = [
        *(_invoice_lists(call), _invoice_days(call), _invoice_numbers(call)),
        *(_invoice_term(call), changed(call)),
    ]
    records = call.books.table("invoices").values()
    found = [record for record in records if all(test(record) for test in keep)]
    return page(call, found, basic_invoice, INVOICE_ORDERS)


def basic_invoice(record: Record) -> Record:
    """Return what a search tells of an invoice: no paymentDate, no rows."""
    found = {name: record[name] for name in BASIC_INVOICE if name in record}
    info = record["paymentInfo"]
    due = {name: info[name] for name in ("dueDate", "newDueDate") if name in info}
    return {**found, **due, "created": record["_created"]}


def _invoice_lists(call: Call) -> Keep:
    statuses = call.choices("status", values.STATUSES)
    types = call.choices("types", values.INVOICE_TYPES)
    channels = call.choices("invoiceChannel", values.CHANNELS)
    products = call.numbers("productId")
    return lambda record: (
        (not statuses or record["status"] in statuses)
        and (not types or record["type"] in types)
        and (not channels or record["invoiceChannel"] in channels)
        and (not products or products & _products(record))
    )


def _products(record: Record) -> set[Any]:
    return {row.get("productId") for row in record["invoiceRows"]}


def _invoice_days(call: Call) -> Keep:
    days = [call.day(name) for name in ("startDate", "endDate")]
    due = [call.day(name) for name in ("dueStartDate", "dueEndDate")]
    made = [call.moment(name) for name in ("createdStartDate", "createdEndDate")]
    return lambda record: (
        _between(*days, record["date"])
        and _between(*due, record["paymentInfo"]["dueDate"])
        and _between(*made, record["_created"])
    )


def _invoice_numbers(call: Call) -> Keep:
    partner, contract = (
        call.whole(name, 0) for name in ("businessPartnerId", "factoringContractId")
    )
    original, number = map(call.request.arg, ("originalInvoiceNumber", "invoiceNumber"))
    how, settings = call.settings["original_number_match"], call.settings
    offer = call.flag("isOffer")
    return lambda record: (
        (partner is None or record.get("partnerId") == partner)
        and (contract is None or record.get("factoringContractId") == contract)
        and matches(how, original, record.get("originalInvoiceNumber"))
        and matches(settings["invoice_number_match"], number, record["invoiceNumber"])
        and (not offer or bool(record.get("isOffer")))
    )


def _invoice_term(call: Call) -> Keep:
    term = call.request.arg("searchTerm")
    if term is None:
        return lambda record: True
    return lambda record: any(
        matches("part", term, value)
        for value in (
            record["counterParty"]["counterPartyAddress"].get("name"),
            record["invoiceNumber"],
            record.get("additionalInformation"),
        )
    )


def partners(call: Call) -> dict[str, Any]:
    """Answer `GET /businesspartners`; name and identifier are headers."""
    active = call.flag("active")
    keep = [_partner_texts(call), _partner_group(call), changed(call)]
    types = call.choices("type", values.PARTNER_TYPES)
    wanted = True if active is None else active
    found = [
        record
        for record in call.books.table("businesspartners").values()
        if record["registryInfo"]["active"] == wanted
        and (not types or record["type"] in types)
        and all(test(record) for test in keep)
    ]
    return page(call, found, basic_partner)


def header(call: Call, name: str) -> str | None:
    """Return a search value that travels as a header, or None."""
    return call.request.headers.get(name)


def _partner_texts(call: Call) -> Keep:
    name, identifier = header(call, "name"), header(call, "identifier")
    number, kind = map(call.request.arg, ("customerNumber", "identifierType"))
    settings = call.settings

    def keep(record: Record) -> bool:
        info = record.get("invoicingInfo", {})
        return (
            matches("part", name, record["name"])
            and matches(
                settings["identifier_match"], identifier, info.get("identifier")
            )
            and matches(
                settings["customer_number_match"], number, info.get("customerNumber")
            )
            and matches("exact", kind, info.get("identifierType"))
        )

    return keep


def _partner_group(call: Call) -> Keep:
    main, group = map(call.request.arg, ("mainGroup", "partnerGroup"))
    return lambda record: (
        matches("exact", main, record.get("additionalInfo", {}).get("group"))
        and (
            group is None
            or any(g["name"] == group for g in record["registryInfo"]["partnerGroups"])
        )
    )


def basic_partner(record: Record) -> Record:
    """Return what a search tells of a partner."""
    info = record.get("invoicingInfo", {})
    names = ("customerNumber", "identifier", "identifierType")
    return {
        **{name: record[name] for name in ("id", "name", "type", "version")},
        "billingAddress": record.get("billingAddress", {}),
        "invoicingInfo": {name: info[name] for name in names if name in info},
        "registryInfo": {"active": record["registryInfo"]["active"]},
    }


def products(call: Call) -> dict[str, Any]:
    """Answer `GET /products`; there are no pages, only `previousId`."""
    types = call.choices("type", values.PRODUCT_TYPES) or {"SALES", "PURCHASE"}
    code, name = map(call.request.arg, ("code", "name"))
    active, groups, new = call.flag("active"), call.numbers("group"), changed(call)
    found = [
        record
        for record in call.books.table("products").values()
        if record["type"] in types
        and matches("part", code, record.get("code"))
        and matches("part", name, record["name"])
        and (active is None or record["active"] == active)
        and (not groups or record.get("productGroupId") in groups)
        and new(record)
    ]
    order = call.settings["product_order"]
    by_version = {"orderByVersion": "version"}
    return page(call, found, shown_product(call), by_version, order, paged=False)


def shown_product(call: Call) -> Callable[[Record], Record]:
    """Return what tells of a product; localized names only if asked for."""
    whole = call.flag("includeLocalizations")

    def show(record: Record) -> Record:
        found = plain(record)
        if not whole:
            found.pop("productLocalizations", None)
        return found

    return show
