# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Fields that the service makes out of others."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timezone
from typing import Any
from zoneinfo import ZoneInfo

OSLO = ZoneInfo("Europe/Oslo")
Record = dict[str, Any]


def _party_name(number: str) -> Callable[[Record, Any], str]:
    def name(record: Record, _find: Any) -> str:
        text = record.get("name") or ""
        return f"{text} ({record[number]})" if record.get(number) else text

    return name


def _changes(record: Record, _find: Any) -> list[Record]:
    return [
        {
            "employeeId": employee,
            "timestamp": datetime.fromtimestamp(moment, timezone.utc)
            .astimezone(OSLO)
            .isoformat(timespec="seconds"),
            "changeType": kind,
        }
        for moment, kind, employee in record.get("_changes", ())
    ]


def _address(record: Record, _find: Any) -> str:
    place = f"{record.get('postalCode', '')} {record.get('city', '')}".strip()
    lines = (record.get("addressLine1"), record.get("addressLine2"), place)
    return ", ".join(line for line in lines if line)


def _person(record: Record, _find: Any) -> str:
    names = (record.get("firstName"), record.get("lastName"))
    return " ".join(name for name in names if name)


def _product(record: Record, _find: Any) -> str:
    names = (record.get("number"), record.get("name"))
    return " ".join(name for name in names if name)


def _line(record: Record, find: Any) -> str:
    product = find("Product", record["product"]) if record.get("product") else None
    return record.get("description") or (product or {}).get("name") or ""


def _customer_name(record: Record, find: Any) -> str:
    return (find("Customer", record.get("customer")) or {}).get("name") or ""


def _same(source: str) -> Callable[[Record, Any], Any]:
    return lambda record, _find: record.get(source, "")


def _voucher_number(record: Record, _find: Any) -> str:
    return f"{record.get('number', 0)}-{record.get('year', 0)}"


# (model, field): how it is made
DERIVED: dict[tuple[str, str], Callable[[Record, Any], Any]] = {
    ("Customer", "displayName"): _party_name("customerNumber"),
    ("Supplier", "displayName"): _party_name("supplierNumber"),
    ("Supplier", "locale"): lambda _record, _find: "no_NO",
    ("Contact", "displayName"): _person,
    ("Employee", "displayName"): _person,
    ("Product", "displayName"): _product,
    ("Product", "displayNumber"): _same("number"),
    ("ProductUnit", "displayName"): _same("name"),
    ("ProductUnit", "displayNameShort"): _same("nameShort"),
    ("Account", "numberPretty"): lambda record, _find: str(record["number"]),
    ("Account", "displayName"): lambda r, _find: f"{r['number']} {r['name']}",
    ("VatType", "displayName"): _same("name"),
    ("Currency", "displayName"): _same("code"),
    ("Country", "displayName"): _same("name"),
    ("Department", "displayName"): _same("name"),
    ("Company", "displayName"): _same("name"),
    ("Client", "displayName"): _same("name"),
    ("Order", "displayName"): lambda r, _find: f"{r.get('number', '')} Ordre",
    ("Order", "customerName"): _customer_name,
    ("OrderLine", "displayName"): _line,
    ("PaymentType", "displayName"): _same("description"),
    ("PaymentTypeOut", "displayName"): _same("description"),
    ("VoucherType", "displayName"): _same("name"),
    ("Voucher", "numberAsString"): _voucher_number,
    ("Voucher", "displayName"): _voucher_number,
    ("CustomerCategory", "displayName"): _same("name"),
}
for _model in ("Address", "DeliveryAddress"):
    for _field in ("displayName", "addressAsString", "displayNameInklMatrikkel"):
        DERIVED[_model, _field] = _address


def derivation(model: str, field: str) -> Callable[[Record, Any], Any] | None:
    """Return how a field is made, or None if it is stored."""
    return _changes if field == "changes" else DERIVED.get((model, field))
