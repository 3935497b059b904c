# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Which rights the flows that are on need, and what people call those."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from odoo.tools import LazyTranslate

from .client import missing_rights as lacking

_lt = LazyTranslate(__name__)

_CUSTOMERS = "customerRegister"
_PRODUCTS = "productRegister"
_INVOICES = "salesOrGroupInvoices"
_SEARCH = "salesInvoiceSearch"
_PAID = "markAsPaid"

#: (§2) Where seeing is enough.
_READING = {
    ("partner", "pull"): (_CUSTOMERS,),
    ("product", "pull"): (_PRODUCTS,),
    ("invoice", "pull"): (_SEARCH,),
    ("payment", "pull"): (_SEARCH,),
    ("order", "pull"): (_SEARCH,),
    # Each document is looked for before it is sent a second time.
    ("invoice", "push"): (_SEARCH,),
    ("order", "push"): (_SEARCH,),
}
_WRITING = {
    ("partner", "push"): (_CUSTOMERS,),
    ("product", "push"): (_PRODUCTS,),
    ("invoice", "push"): (_INVOICES,),
    ("order", "push"): (_INVOICES,),
}
_SEEN = {
    _CUSTOMERS: _lt("Customer register: see"),
    _PRODUCTS: _lt("Product register: see"),
    _SEARCH: _lt("Sales invoice search"),
}
_CHANGED = {
    _CUSTOMERS: _lt("Customer register: all rights"),
    _PRODUCTS: _lt("Product register: all rights"),
    _INVOICES: _lt("New sales invoice: all rights"),
    _PAID: _lt("Mark as paid"),
}


def missing_rights(
    env, rights: Mapping[str, Any], flows: Iterable[tuple[str, str]], settings: Any
) -> tuple[str, ...]:
    """Return what the user of the key may not do of what *flows* need, in words.

    :param rights: as ``client.company.rights()`` tells them
    :param flows: entity and direction of those that are on
    :param settings: ``ledger.connection`` record, whose settings need rights as well
    """
    wanted = list(flows)
    sends = any(_INVOICES in _WRITING.get(flow, ()) for flow in wanted)
    reads = [name for flow in wanted for name in _READING.get(flow, ())]
    writes = [name for flow in wanted for name in _WRITING.get(flow, ())]
    if sends and settings.procountor_data_from == "register":
        reads.append(_CUSTOMERS)
    if sends and settings.procountor_mark_paid:
        writes.append(_PAID)
    writes = list(dict.fromkeys(writes))
    reads = [name for name in dict.fromkeys(reads) if name not in writes]
    return (
        *(str(env._(_SEEN[name])) for name in lacking(rights, reads, reading=reads)),
        *(str(env._(_CHANGED[name])) for name in lacking(rights, writes, reading=())),
    )
