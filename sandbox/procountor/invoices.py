# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Sales invoices: making, changing and showing them (dossier §3)."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from . import checks, money, values
from .books import Books, Record, plain
from .call import Call
from .errors import Problems, refused
from .intake import Intake
from .model import INVOICE
from .rules import InvoiceRules

RIGHT = "salesOrGroupInvoices"
SEARCH_RIGHT = "salesInvoiceSearch"
# given by the vendor, whatever is sent
FIXED = ("status", "partnerId", "invoiceNumber")
MOST_DISCOUNTS = 3
# a change of these makes a new ledger receipt
POSTED = ("invoiceRows", "vatStatus", "discountPercent", "extraInfo")


def show(books: Books, invoice: Record) -> Record:
    """Return an invoice as it is read, with its attachments."""
    attached = [
        {key: value for key, value in plain(found).items() if key != "version"}
        for found in books.table("attachments").values()
        if found["referenceType"] == "INVOICE" and found["referenceId"] == invoice["id"]
    ]
    return {**plain(invoice), "attachments": attached}


def read(call: Call, ids: str) -> Any:
    """Answer `GET /invoices/{ids}`: an object for one id, a list for several."""
    call.need(SEARCH_RIGHT, "VIEWING_RIGHTS")
    found = [show(call.books, one) for one in call.several("invoices", ids, "Invoice")]
    return found if "," in ids else found[0]


def create(call: Call) -> Record:
    """Answer `POST /invoices`.

    :raise ApiError: 400 with every fault; 403
    """
    call.need(RIGHT)
    call.flag("addCollectionPenalCosts")
    intake = call.intake()
    invoice = _read_body(call, intake)
    for name in ("id", "version", "status", "invoiceNumber"):
        invoice.pop(name, None)
    if call.settings["partner_fills_invoice"]:
        _fill_from_register(call.books, invoice)
    InvoiceRules(call, invoice, intake.problems).check()
    invoice["status"] = "UNFINISHED"
    invoice["invoiceNumber"] = call.books.next_invoice_number()
    invoice["creatorId"] = call.grant.user.id
    call.books.add("invoices", invoice, call.now)
    invoice["ledgerReceiptId"] = call.books.new_id()
    complete(call, invoice)
    return show(call.books, invoice)


def _read_body(call: Call, intake: Intake) -> Record:
    body = call.body()
    invoice = intake.read(INVOICE, body)
    kind = invoice.get("type")
    if kind is not None and kind not in values.SALES_TYPES:
        call.need("purchaseInvoices")
        raise refused(400, "Invoice type is not supported.", "type")
    return invoice


def _fill_from_register(books: Books, invoice: Record) -> None:
    """Take what the counterparty lacks from the register."""
    partner = books.find("businesspartners", invoice.get("partnerId"))
    if partner is None or "counterParty" not in invoice:
        return
    info, party = partner.get("invoicingInfo", {}), invoice["counterParty"]
    for name in ("identifier", "customerNumber", "email"):
        if name in info:
            party.setdefault(name, info[name])


def complete(call: Call, invoice: Record) -> None:
    """Fill in what the vendor works out: addresses, row ids, reference, sums."""
    home = invoice["counterParty"]["counterPartyAddress"]
    for name in ("billingAddress", "deliveryAddress"):
        invoice.setdefault(name, deepcopy(home))
    for row in invoice["invoiceRows"]:
        row.setdefault("id", call.books.new_id())
    invoice.setdefault("isOffer", False)
    _order_discounts(invoice["paymentInfo"])
    _give_reference(invoice)
    rounding = call.settings["sum_rounding"]
    invoice["invoiceSumInfo"] = money.sums(invoice, call.company.currency, rounding)


def _order_discounts(info: Record) -> None:
    """Keep three cash discounts and put them in order; more are ignored."""
    discount = info.get("cashDiscount")
    if discount is not None and "optionList" in discount:
        kept = discount["optionList"][:MOST_DISCOUNTS]
        kept.sort(key=lambda option: option.get("numberOfDays", 0))
        discount["optionList"] = kept


def _give_reference(invoice: Record) -> None:
    """Make a reference where an empty one was sent; none where the key was missing."""
    info = invoice["paymentInfo"]
    if info.get("bankReferenceCode") == "":
        international = info.get("bankReferenceCodeType") == "RF"
        make = checks.rf_reference if international else checks.finnish_reference
        info["bankReferenceCode"] = make(invoice["invoiceNumber"])
        info.setdefault("bankReferenceCodeType", "FI")


def update(call: Call, id: str) -> Record:
    """Answer `PUT /invoices/{id}`: everything is replaced.

    :raise ApiError: 400 faults or a stale version; 403 it is not unfinished; 404
    """
    call.need(RIGHT)
    invoice = call.one("invoices", id, "Invoice")
    if invoice["status"] != "UNFINISHED":
        raise refused(403, "Invoice can be updated only when it is UNFINISHED.")
    intake = call.intake()
    given = _read_body(call, intake)
    call.check_version(invoice, given.pop("version", None), intake.problems)
    _keep_fixed(call, invoice, given, intake.problems)
    _check_row_ids(invoice, given, intake.problems)
    InvoiceRules(call, given, intake.problems).check()
    _replace(call, invoice, given)
    return show(call.books, invoice)


def _keep_fixed(call: Call, old: Record, new: Record, problems: Problems) -> None:
    for name in FIXED:
        given = new.pop(name, old.get(name))
        if given != old.get(name) and call.settings["fixed_fields"] == "refused":
            problems.add(name, "Value cannot be changed.")
        if name in old:
            new[name] = old[name]


def _check_row_ids(old: Record, new: Record, problems: Problems) -> None:
    known = {row["id"] for row in old["invoiceRows"]}
    for place, row in enumerate(new.get("invoiceRows", [])):
        if "id" in row and row["id"] not in known:
            problems.add(f"invoiceRows[{place}].id", "Invoice row not found.")


def _replace(call: Call, invoice: Record, given: Record) -> None:
    own = ("id", "version", "creatorId", "ledgerReceiptId", "paymentDate")
    kept = {
        name: value
        for name, value in invoice.items()
        if name.startswith("_") or name in own
    }
    before = _posted(invoice)
    invoice.clear()
    invoice.update({**given, **kept})
    complete(call, invoice)
    if _posted(invoice) != before:
        invoice["ledgerReceiptId"] = call.books.new_id()
    call.books.touch(invoice, call.now)


def _posted(invoice: Record) -> list[Any]:
    return deepcopy([invoice.get(name) for name in POSTED])
