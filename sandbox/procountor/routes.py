# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Which call is answered by what."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from . import (
    attachments,
    invoices,
    listing,
    office,
    partners,
    payments,
    products,
    transitions,
)
from .call import Call

Answer = Callable[..., Any]


def _search_invoices(call: Call) -> dict[str, Any]:
    call.need(invoices.SEARCH_RIGHT, "VIEWING_RIGHTS")
    return listing.invoices(call)


# status of the answer where it is not 200
STATUS = {"DELETE /invoices/*/paymentevents/*": 202}
ROUTES: dict[str, Answer] = {
    "GET /status": office.status,
    "GET /sessioninfo": office.session,
    "GET /users": office.user,
    "GET /users/rights": office.rights,
    "GET /users/profiles/*": office.profile,
    "GET /company": office.company,
    "GET /company/deliveryterms": office.delivery_terms,
    "GET /company/invoicetemplates": office.templates,
    "GET /company/usagesettings": office.usage,
    "GET /currencies/company": office.currency,
    "GET /vats/default": office.vats,
    "GET /vats/settings": office.vat_settings,
    "GET /vats/country": office.country_vats,
    "GET /bankaccounts": office.bank_accounts,
    "GET /bankaccounts/*": office.bank_account,
    "GET /invoices": _search_invoices,
    "POST /invoices": invoices.create,
    "GET /invoices/*": invoices.read,
    "PUT /invoices/*": invoices.update,
    "PUT /invoices/*/approve": transitions.approve,
    "PUT /invoices/*/send": transitions.send,
    "PUT /invoices/*/unfinished": transitions.unfinish,
    "PUT /invoices/*/invalidate": transitions.invalidate,
    "PUT /invoices/*/reject": transitions.reject,
    "PUT /invoices/*/notes": transitions.note,
    "PUT /invoices/*/paymentevents/markpaid": payments.mark_paid,
    "GET /invoices/*/paymentevents": payments.search,
    "GET /invoices/*/paymentevents/*": payments.read,
    "DELETE /invoices/*/paymentevents/*": payments.ask_removal,
    "GET /payments/paymentevents": payments.search_all,
    "GET /businesspartners": partners.search,
    "POST /businesspartners": partners.create,
    "GET /businesspartners/groups": partners.search_groups,
    "POST /businesspartners/groups": partners.write_group,
    "GET /businesspartners/groups/*": partners.read_group,
    "PUT /businesspartners/groups/*": partners.write_group,
    "GET /businesspartners/*": partners.read,
    "PUT /businesspartners/*": partners.replace,
    "PATCH /businesspartners/*": partners.patch,
    "GET /products": products.search,
    "POST /products": products.create,
    "GET /products/groups": products.search_groups,
    "POST /products/groups": products.write_group,
    "GET /products/groups/*": products.read_group,
    "PUT /products/groups/*": products.write_group,
    "DELETE /products/groups/*": products.remove_group,
    "GET /products/*": products.read,
    "PUT /products/*": products.replace,
    "DELETE /products/*": products.remove,
    "GET /attachments": attachments.search,
    "POST /attachments": attachments.create,
    "GET /attachments/*": attachments.read,
    "DELETE /attachments/*": attachments.remove,
}
_COMPILED = [
    (re.compile(re.escape(route).replace(r"\*", "([^/]+)") + r"\Z"), route)
    for route in ROUTES
]


def find(method: str, path: str) -> tuple[str, tuple[str, ...]] | None:
    """Return the route of a call and the parts of its path, or None.

    :param path: below the base address, such as /invoices/12
    """
    for pattern, route in _COMPILED:
        found = pattern.match(f"{method} {path}")
        if found is not None:
            return route, found.groups()
    return None
