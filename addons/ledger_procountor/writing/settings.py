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


def choices_of(connection: Any) -> Choices:
    """Return the settings and value mappings of *connection*.

    :param connection: ``ledger.connection`` record
    """
    chosen: dict[str, dict[Any, str]] = {name: {} for name in _KINDS.values()}
    chosen |= {"units": {}, "countries": {}, "accounts": {}}
    for line in _mapped(connection):
        if line.kind in _KINDS:
            chosen[_KINDS[line.kind]][line.res_id] = line.remote_code
        elif record := _record(line):
            _note(chosen, line.kind, record, line.remote_code)
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
    kinds = [*_KINDS, "unit", "country", "bank_account"]
    domain = [
        ("connection_id", "=", connection.id),
        ("kind", "in", kinds),
        ("res_id", "!=", 0),
    ]
    names = ["kind", "remote_code", "res_id", "is_preferred"]
    found = connection.env["ledger.value.mapping"].search_fetch(domain, names)
    return found.sorted("is_preferred")


def _record(line: Any) -> Any:
    models = {"unit": "uom.uom", "country": "res.country"}
    model = line.env[models.get(line.kind, "res.currency")]
    # Units go by their English names, as the field mapping gives them.
    return model.with_context(lang="en_US").browse(line.res_id).exists()


def _note(chosen: dict[str, dict[Any, str]], kind: str, record: Any, code: str) -> None:
    if kind == "unit":
        chosen["units"][record.name.lower()] = code
    elif kind == "country":
        chosen["countries"][record.code] = code
    else:
        chosen["accounts"][record.name] = code
