# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The product register (dossier §5)."""

from __future__ import annotations

from typing import Any

from . import listing
from .books import Record, plain
from .call import Call
from .errors import Problems, refused
from .model import PRODUCT, PRODUCT_GROUP

RIGHT = "productRegister"
WHAT = "Product"
GROUP = "Product group"


def search(call: Call) -> dict[str, Any]:
    """Answer `GET /products`."""
    call.need(RIGHT, "VIEWING_RIGHTS")
    return listing.products(call)


def read(call: Call, ids: str) -> Any:
    """Answer `GET /products/{ids}`."""
    call.need(RIGHT, "VIEWING_RIGHTS")
    show = listing.shown_product(call)
    found = [show(one) for one in call.several("products", ids, WHAT)]
    return found if "," in ids else found[0]


def create(call: Call) -> Record:
    """Answer `POST /products`."""
    call.need(RIGHT)
    intake = call.intake()
    product = intake.read(PRODUCT, call.body())
    for name in ("id", "version"):
        product.pop(name, None)
    check(call, product, None, intake.problems)
    return plain(call.books.add("products", product, call.now))


def check(call: Call, product: Record, old: Record | None, problems: Problems) -> None:
    """Check the rules of a product.

    :param old: the product as it is, if it is there already
    :raise ApiError: 400 with every fault
    """
    status, percent = product.get("vatStatus"), product.get("vat")
    if status is not None and status not in [s[0] for s in call.company.statuses]:
        problems.add("vatStatus", "VAT status is not in use.")
    known = [entry[0] for entry in call.company.percentages if entry[1] or entry[2]]
    if percent is not None and percent not in known:
        problems.add("vat", "VAT percentage is not in use.")
    group = product.get("productGroupId")
    if group is not None and call.books.find("productgroups", group) is None:
        problems.add("productGroupId", "Product group not found.")
    _check_code(call, product, old, problems)
    problems.refuse()


def _check_code(
    call: Call, product: Record, old: Record | None, problems: Problems
) -> None:
    code = product.get("code")
    if not code or call.settings["doubled_product_code"] == "allowed":
        return
    for other in call.books.table("products").values():
        same = (other.get("code"), other["type"]) == (code, product.get("type"))
        if other is not old and same:
            problems.add("code", f"Product code {code} is in use.")


def replace(call: Call, id: str) -> Record:
    """Answer `PUT /products/{id}`.

    :raise ApiError: 400 faults or a stale version; 403; 404
    """
    call.need(RIGHT)
    product = call.one("products", id, WHAT)
    intake = call.intake()
    given = intake.read(PRODUCT, call.body())
    call.check_version(product, given.pop("version", None), intake.problems)
    check(call, given, product, intake.problems)
    own = {name: product[name] for name in product if name.startswith("_")}
    own |= {"id": product["id"], "version": product["version"]}
    product.clear()
    product.update({**given, **own})
    call.books.touch(product, call.now)
    return plain(product)


def remove(call: Call, id: str) -> None:
    """Answer `DELETE /products/{id}`; rows that were linked stay as they are."""
    call.need(RIGHT)
    call.books.remove("products", call.one("products", id, WHAT)["id"])


# groups


def _shown_group(group: Record) -> Record:
    return {key: value for key, value in plain(group).items() if key != "version"}


def search_groups(call: Call) -> Record:
    """Answer `GET /products/groups`."""
    call.need(RIGHT, "VIEWING_RIGHTS")
    kind = call.request.arg("type")
    groups = call.books.table("productgroups").values()
    shown = [_shown_group(g) for g in groups if kind in (None, g.get("type"))]
    return {"productGroups": shown}


def read_group(call: Call, id: str) -> Record:
    """Answer `GET /products/groups/{id}`."""
    call.need(RIGHT, "VIEWING_RIGHTS")
    return _shown_group(call.one("productgroups", id, GROUP))


def write_group(call: Call, id: str = "") -> Record:
    """Answer `POST /products/groups` and `PUT /products/groups/{id}`."""
    call.need(RIGHT)
    intake = call.intake()
    given = intake.read(PRODUCT_GROUP, call.body())
    intake.problems.refuse()
    given.pop("id", None)
    if not id:
        return _shown_group(call.books.add("productgroups", given, call.now))
    group = call.one("productgroups", id, GROUP)
    group.update(given)
    return _shown_group(group)


def remove_group(call: Call, id: str) -> None:
    """Answer `DELETE /products/groups/{id}`.

    :raise ApiError: 409 a product is in it; 403; 404
    """
    call.need(RIGHT)
    group = call.one("productgroups", id, GROUP)
    used = (p.get("productGroupId") for p in call.books.table("products").values())
    if group["id"] in used:
        raise refused(409, "Product group is in use.")
    call.books.remove("productgroups", group["id"])
