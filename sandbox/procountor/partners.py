# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The register of customers and suppliers (dossier §4)."""

from __future__ import annotations

from typing import Any

from . import checks, listing
from .books import Record, plain
from .call import Call
from .errors import Problems, refused
from .intake import NULL
from .model import PARTNER, PARTNER_GROUP, PATCHED

WHAT = "Business partner"
RIGHTS = {"CUSTOMER": "customerRegister", "SUPPLIER": "supplierRegister"}


def _need(call: Call, kind: str, level: str = "ALL_RIGHTS") -> None:
    call.need(RIGHTS.get(kind, "customerRegister"), level)


def search(call: Call) -> dict[str, Any]:
    """Answer `GET /businesspartners`."""
    _need(call, "CUSTOMER", "VIEWING_RIGHTS")
    return listing.partners(call)


def read(call: Call, ids: str) -> Any:
    """Answer `GET /businesspartners/{ids}`."""
    _need(call, "CUSTOMER", "VIEWING_RIGHTS")
    found = [plain(one) for one in call.several("businesspartners", ids, WHAT)]
    return found if "," in ids else found[0]


def create(call: Call) -> Record:
    """Answer `POST /businesspartners`."""
    intake = call.intake()
    partner = intake.read(PARTNER, call.body())
    _need(call, partner.get("type", "CUSTOMER"))
    for name in ("id", "version"):
        partner.pop(name, None)
    check(call, partner, None, intake.problems)
    complete(call, partner)
    return plain(call.books.add("businesspartners", partner, call.now))


def complete(call: Call, partner: Record) -> None:
    """Fill in what a partner has even if nobody said it."""
    registry = partner.setdefault("registryInfo", {})
    registry.setdefault("active", True)
    registry.setdefault("partnerGroups", [])
    for person in partner.get("contactPersons", []):
        person.setdefault("id", call.books.new_id())


def check(call: Call, partner: Record, old: Record | None, problems: Problems) -> None:
    """Check the rules of a partner.

    :param old: the partner as it is, if it is there already
    :raise ApiError: 400 with every fault
    """
    if partner.get("type") == "CUSTOMER" and not partner.get("address"):
        problems.add("address", NULL)
    info = partner.get("invoicingInfo", {})
    _check_identifier(call, info, problems)
    _check_number(call, partner, old, problems)
    _check_details(partner, info, problems)
    problems.refuse()


def _check_identifier(call: Call, info: Record, problems: Problems) -> None:
    if not call.settings["brn_check"]:
        return
    kind, given = info.get("identifierType"), info.get("identifier", "")
    bad = kind == "FI" and not checks.is_business_id(given)
    if bad or (kind and not given):
        problems.add("invoicingInfo.identifier", "ERROR_BRN_CODE")


def _check_number(
    call: Call, partner: Record, old: Record | None, problems: Problems
) -> None:
    info = partner.get("invoicingInfo", {})
    number, how = info.get("customerNumber"), call.settings["doubled_customer_number"]
    if not number or how == "never":
        return
    for other in call.books.table("businesspartners").values():
        known = other.get("invoicingInfo", {})
        if other is old or known.get("customerNumber") != number:
            continue
        if other["type"] != partner.get("type"):
            continue
        if how == "always" or known.get("identifier") != info.get("identifier"):
            text = f"Customer number {number} is in use."
            problems.add("invoicingInfo.customerNumber", text)


def _check_details(partner: Record, info: Record, problems: Problems) -> None:
    days = partner.get("paymentInfo", {}).get("paymentTermDays", "0")
    if not days.isdigit() or int(days) > 999:
        problems.add("paymentInfo.paymentTermDays", "Invalid value.")
    if info.get("email") and not checks.is_email(info["email"]):
        problems.add("invoicingInfo.email", "Invalid email address.")
    if info.get("invoiceChannel") in ("EDIFACT", "PAPER_INVOICE"):
        problems.add("invoicingInfo.invoiceChannel", "Invoice channel is not allowed.")


def replace(call: Call, id: str) -> Record:
    """Answer `PUT /businesspartners/{id}`: what is not sent is emptied."""
    partner = call.one("businesspartners", id, WHAT)
    _need(call, partner["type"])
    intake = call.intake()
    given = intake.read(PARTNER, call.body())
    check(call, given, partner, intake.problems)
    for name in [key for key in partner if not key.startswith("_") and key != "id"]:
        if name != "version":
            del partner[name]
    partner.update({k: v for k, v in given.items() if k not in ("id", "version")})
    complete(call, partner)
    call.books.touch(partner, call.now)
    return plain(partner)


def patch(call: Call, id: str) -> Record:
    """Answer `PATCH /businesspartners/{id}`: what is not sent stays.

    :raise ApiError: 400 faults, no version or a stale one; 403; 404
    """
    partner = call.one("businesspartners", id, WHAT)
    _need(call, partner["type"])
    intake, body = call.intake(), call.body()
    given = intake.read(PARTNER, _patchable(call, body), partial=True)
    version = call.request.arg("version") or given.pop("version", None)
    call.check_version(partner, version, intake.problems)
    _check_type(given, intake.problems)
    given = {k: v for k, v in given.items() if k not in ("id", "version")}
    merged = {**partner, **_merged(call, partner, given)}
    check(call, merged, partner, intake.problems)
    partner.update(merged)
    call.books.touch(partner, call.now)
    if call.settings["patch_answer"] == "message":
        return {"message": "Business partner updated."}
    return plain(partner)


def _check_type(given: Record, problems: Problems) -> None:
    if given.get("type") == "PERSON":
        problems.add("type", "Only customers and suppliers can be updated.")


def _patchable(call: Call, body: Any) -> Any:
    """Return the fields that a partial update takes."""
    if not isinstance(body, dict):
        return body
    others = sorted(body.keys() - set(PATCHED))
    if others and call.settings["patch_other_fields"] == "refused":
        raise refused(400, "Field cannot be updated.", others[0])
    found = {name: value for name, value in body.items() if name in PATCHED}
    payment = found.get("paymentInfo")
    if isinstance(payment, dict) and call.settings["patch_depth"] == "fields":
        # what is required may be there already
        known = {"paymentMethod": "BANK_TRANSFER"}
        found["paymentInfo"] = {**known, **payment}
    return found


def _merged(call: Call, partner: Record, given: Record) -> Record:
    if call.settings["patch_depth"] == "objects":
        return given
    found = {
        name: {**partner.get(name, {}), **value} if isinstance(value, dict) else value
        for name, value in given.items()
    }
    if "paymentInfo" in found and "paymentMethod" in partner["paymentInfo"]:
        sent = call.body().get("paymentInfo") or {}
        method = sent.get("paymentMethod") or partner["paymentInfo"]["paymentMethod"]
        found["paymentInfo"]["paymentMethod"] = method
    return found


# groups


def search_groups(call: Call) -> dict[str, Any]:
    """Answer `GET /businesspartners/groups`."""
    _need(call, "CUSTOMER", "VIEWING_RIGHTS")
    name, kind = call.request.arg("name"), call.request.arg("type")
    active = call.flag("active")
    found = [
        group
        for group in call.books.table("partnergroups").values()
        if listing.matches("part", name, group["name"])
        and kind in (None, group["type"])
        and active in (None, group["active"])
    ]
    return listing.page(call, found, shown_group)


def shown_group(group: Record) -> Record:
    """Return a group as it is read."""
    return {key: value for key, value in plain(group).items() if key != "version"}


def read_group(call: Call, id: str) -> Record:
    """Answer `GET /businesspartners/groups/{id}`."""
    _need(call, "CUSTOMER", "VIEWING_RIGHTS")
    return shown_group(call.one("partnergroups", id, "Business partner group"))


def write_group(call: Call, id: str = "") -> Record:
    """Answer `POST /businesspartners/groups` and `PUT …/groups/{id}`."""
    _need(call, "CUSTOMER")
    intake = call.intake()
    given = {"active": True, **intake.read(PARTNER_GROUP, call.body())}
    intake.problems.refuse()
    given.pop("id", None)
    if not id:
        return shown_group(call.books.add("partnergroups", given, call.now))
    group = call.one("partnergroups", id, "Business partner group")
    group.update(given)
    return shown_group(group)
