# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""First stage: is the body what the service takes? Stops at the first fault (§5)."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from . import tallinn
from .books import Record
from .errors import ApiError, bad_request, refused, unreadable_body
from .fields import Field, Resource

_KINDS: dict[str, tuple[type, ...]] = {
    "S": (str, int, Decimal),
    "D": (str,),
    "N": (int, Decimal),
    "B": (bool,),
    "I": (int,),
    "O": (dict,),
    "A": (list,),
}
# given by every client, though the document says it is only read (dossier §7.4)
TOLERATED = {("payments", "amount")}


def read_json(body: bytes) -> dict[str, Any]:
    """Return the object in a body.

    :raise ApiError: 400, it is empty, no JSON or no object
    """
    try:
        found = json.loads(body, parse_float=Decimal)
    except ValueError:
        raise unreadable_body() from None
    if not isinstance(found, dict):
        raise unreadable_body()
    return found


class Intake:
    """Turns a body into values; what is not given is None."""

    def __init__(self, settings: dict[str, Any]) -> None:
        self._settings = settings

    def read(self, resource: Resource, method: str, body: dict[str, Any]) -> Record:
        """Return the values of a body.

        :param method: add or edit
        :raise ApiError: 400 with the first fault
        """
        values = self._object(resource.fields, method, body, "", resource.name)
        if resource.name == "payments":
            self._need_partner(values)
        return values

    def _need_partner(self, values: Record) -> None:
        name = "clientId" if values["partnerType"] == "CLIENT" else "vendorId"
        if not values[name]:
            raise _missing(name)

    def _object(
        self,
        fields: tuple[Field, ...],
        method: str,
        body: dict[str, Any],
        path: str,
        service: str,
    ) -> Record:
        taken = {f.name: f for f in fields if f.role(method) != "-"}
        if self._settings["unknown_fields"] == "refused":
            self._refuse_unknown(set(body) - set(taken), path, service)
        values: Record = {}
        for name, field in taken.items():
            value = self._value(field, method, body.get(name), path + name, service)
            if value in (None, "", []) and self._is_needed(field, method, service):
                raise _missing(path + name)
            values[name] = value
        return values

    def _refuse_unknown(self, names: set[str], path: str, service: str) -> None:
        for name in sorted(names):
            if (service, name) not in TOLERATED:
                text = f"Unknown field {path}{name}"
                raise bad_request("UNKNOWN-FIELD", text)

    def _is_needed(self, field: Field, method: str, service: str) -> bool:
        if field.name == "vatPc" and service in ("clients", "vendors"):
            return self._settings["partner_vat_pc"] == "mandatory"
        return field.role(method) == "M"

    def _value(
        self, field: Field, method: str, value: Any, path: str, service: str
    ) -> Any:
        if value is None:
            return None
        right = isinstance(value, _KINDS[field.kind])
        if not right or (isinstance(value, bool) and field.kind != "B"):
            raise bad_request("INVALID-VALUE", f"Field {path} has an invalid value")
        if field.kind == "O":
            return self._object(field.members, method, value, f"{path}.", service)
        if field.kind == "A":
            return [
                self._row(field, method, part, f"{path}[{place}]", service)
                for place, part in enumerate(value)
            ]
        return self._plain(field, value, path)

    def _row(
        self, field: Field, method: str, part: Any, path: str, service: str
    ) -> Any:
        if not isinstance(part, dict):
            raise bad_request("INVALID-VALUE", f"Field {path} has an invalid value")
        return self._object(field.members, method, part, f"{path}.", service)

    def _plain(self, field: Field, value: Any, path: str) -> Any:
        if field.kind == "D":
            return _day(value, path)
        if field.kind == "N":
            return Decimal(value)
        if field.kind != "S":
            return value
        text = self._text(str(value), path)
        if field.choices and text not in ("", *field.choices):
            raise bad_request("INVALID-VALUE", f"Field {path} cannot be {text}")
        return text

    def _text(self, text: str, path: str) -> str:
        if max(text, default="") > "\uffff":
            how = self._settings["four_byte_text"]
            if how == "fault":
                raise refused(500, "INTERNAL-ERROR", "Internal error")
            if how == "refused":
                raise bad_request("INVALID-VALUE", f"Field {path} has an invalid value")
        return text


def _day(text: str, path: str) -> Any:
    if not text:
        return None
    try:
        return tallinn.read_day(text)
    except ValueError:
        message = f"Field {path} is not a date dd.MM.yyyy"
        raise bad_request("INVALID-DATE", message) from None


def _missing(path: str) -> ApiError:
    return bad_request("FIELD-MISSING", f"Field {path} is mandatory")
