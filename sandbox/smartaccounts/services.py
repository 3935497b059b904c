# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What each method of a service does with a call (dossier §4, §7)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from ..wire import Request, Response
from . import pdf, tallinn
from .access import Company
from .books import API_USER
from .errors import bad_request, unreadable_body
from .fields import Resource
from .intake import Intake, read_json
from .listing import Lister
from .model import ARTICLES, RESOURCES
from .showing import Showing
from .writing import Author, Writer

_PATH = re.compile(r"/(?:(et|en)/)?api/([a-z/]+):([a-z]+)\Z")
MOST_CODES = 50


@dataclass
class Call:
    """One call of a service, by a company that signed it."""

    company: Company
    settings: dict[str, Any]
    request: Request
    resource: Resource
    language: str
    now: datetime

    @property
    def writer(self) -> Writer:
        """Return who writes for the call."""
        author = Author(self.now, API_USER, self.language)
        return Writer(self.company, self.settings, author)

    @property
    def showing(self) -> Showing:
        """Return what turns objects into answers."""
        return Showing(self.company.books, self.settings)

    def body(self) -> dict[str, Any]:
        """Return the object that was posted.

        :raise ApiError: 400, nothing readable was
        """
        if self.request.method != "POST" or not self.request.body:
            raise unreadable_body()
        return read_json(self.request.body)


def find(path: str) -> tuple[Resource, str, str] | None:
    """Return service, method and language of a path, or None.

    :param path: below the vendor's address: /api/…, /et/api/…, /en/api/…
    """
    found = _PATH.match(path)
    resource = RESOURCES.get(found[2]) if found else None
    if found is None or resource is None or found[3] not in resource.methods:
        return None
    # which language stands behind the address without one is not told
    return resource, found[3], found[1] or "et"


def run(method: str, call: Call) -> Response:
    """Do what a method does.

    :raise ApiError: 400, the call cannot be done
    """
    return _METHODS[method](call)


def _get(call: Call) -> Response:
    if call.request.method == "POST" and call.settings["post_to_get"] == "refused":
        raise bad_request("METHOD-NOT-ALLOWED", "Request method POST is not supported")
    today = tallinn.local(call.now).date()
    lister = Lister(call.company.books, call.settings, today)
    return lister.answer(call.resource, call.request)


def _add(call: Call) -> Response:
    values = Intake(call.settings).read(call.resource, "add", call.body())
    return _written(call, call.writer.add(call.resource, values))


def _edit(call: Call) -> Response:
    values = Intake(call.settings).read(call.resource, "edit", call.body())
    return _written(call, call.writer.edit(call.resource, values))


def _written(call: Call, record: dict[str, Any]) -> Response:
    found = call.showing.returned(call.resource, record)
    return Response.json(found, call.settings["write_status"])


def _delete(call: Call) -> Response:
    call.body()
    # the id counts in the query only; in the body it is as if it were not there
    key = call.request.arg(call.resource.key) or ""
    call.writer.delete(call.resource, key)
    if call.settings["delete_answer"] == "nothing":
        return Response(200)
    return Response.json({})


def _getpdf(call: Call) -> Response:
    record = call.writer.known(call.resource, call.request.arg("id"))
    return pdf.answer(call.resource, record, call.settings)


def _quantities(call: Call) -> Response:
    codes = [code for code in (call.request.arg("codes") or "").split(",") if code]
    if not codes or len(codes) > MOST_CODES:
        text = f"Parameter codes needs 1 to {MOST_CODES} codes"
        raise bad_request("INVALID-PARAMETER", text)
    rows = [_quantity(call, code) for code in codes]
    return Response.json({"quantities": rows})


def _quantity(call: Call, code: str) -> dict[str, Any]:
    article = call.company.books.find(ARTICLES, code)
    if article is None:
        return {"code": code, "quantity": None, "status": "NOT-FOUND"}
    if article["type"] != "WH":
        return {"code": code, "quantity": None, "status": "NOT-WH"}
    quantity = Decimal(str(article.get("_quantity", 0)))
    return {"code": code, "quantity": float(quantity), "status": "OK"}


_METHODS: dict[str, Callable[[Call], Response]] = {
    "get": _get,
    "add": _add,
    "edit": _edit,
    "delete": _delete,
    "getpdf": _getpdf,
    "getwarehousequantities": _quantities,
}
