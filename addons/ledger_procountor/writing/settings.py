# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Reads what people chose on a connection, once for each record that is looked at."""

from __future__ import annotations

from typing import Any

from .choices import Choices

_KINDS = {
    "payment_method": "terms",
    "delivery_term": "delivery_terms",
    "delivery_method": "carriers",
}
#: Those that bodies know by a name of Odoo's, and where they are noted.
_MODELS = {
    "unit": ("uom.uom", "name"),
    "country": ("res.country", "code"),
    "bank_account": ("res.currency", "name"),
}
_CALLED = {"unit": "units", "country": "countries", "bank_account": "accounts"}


def choices_of(connection: Any) -> Choices:
    """Return the settings and value mappings of *connection*.

    :param connection: ``ledger.connection`` record
    """
    chosen: dict[str, dict[Any, str]] = {name: {} for name in _KINDS.values()}
    chosen |= {"units": {}, "countries": {}, "accounts": {}}
    lines = _mapped(connection)
    names = {kind: _names(lines, kind) for kind in _MODELS}
    for line in lines:
        if line.kind in _KINDS:
            chosen[_KINDS[line.kind]][line.res_id] = line.remote_code
        elif name := names[line.kind].get(line.res_id):
            chosen[_CALLED[line.kind]][name] = line.remote_code
    return Choices(
        channel=connection.procountor_channel or "auto",
        unit=connection.procountor_unit or "PIECE",
        links_products=connection.procountor_products != "text",
        penalty=connection.procountor_penalty or 0.0,
        from_register=connection.procountor_data_from == "register",
        today=connection.procountor_invoice_date == "today",
        **chosen,
    )


def _mapped(connection: Any) -> Any:
    """Return the value mappings that are made, those used for sending last."""
    kinds = [*_KINDS, *_MODELS]
    domain = [
        ("connection_id", "=", connection.id),
        ("kind", "in", kinds),
        ("res_id", "!=", 0),
    ]
    names = ["kind", "remote_code", "res_id", "is_preferred"]
    found = connection.env["ledger.value.mapping"].search_fetch(domain, names)
    return found.sorted("is_preferred")


def _names(lines: Any, kind: str) -> dict[int, str]:
    """Return what the bodies call the records of *lines*, by their ids."""
    model, field = _MODELS[kind]
    chosen = lines.filtered(lambda line: line.kind == kind)
    # Units go by their English names, as the field mapping gives them.
    english = lines.env[model].with_context(lang="en_US")
    found = english.browse(chosen.mapped("res_id")).exists()
    lower = kind == "unit"
    return {x.id: x[field].lower() if lower else x[field] for x in found if x[field]}
