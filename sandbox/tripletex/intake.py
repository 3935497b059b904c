# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""From a JSON body to the stored form, and changes to stored records."""

from __future__ import annotations

from typing import Any

from . import errors
from .books import PARTY, Books
from .fields import Record
from .model import Field
from .schema import MODELS

_KINDS: dict[str, tuple[type, ...]] = {
    "int": (int,),
    "num": (int, float),
    "str": (str,),
    "bool": (bool,),
    "date": (str,),
    "enum": (str,),
    "ref": (dict,),
    "refs": (list,),
    "values": (list,),
    "null": (),
}
NO_SUCH_FIELD = "Feltet eksisterer ikke i objektet."


class Intake:
    """Reads bodies for one company's books.

    :param strict: as the vendor reads them; a test through the control door may also
        set what is read-only
    """

    def __init__(self, books: Books, strict: bool = True) -> None:
        self._books = books
        self._strict = strict

    def read(self, model: str, body: Record, path: str = "null") -> Record:
        """Return the stored form of a body; owned objects stay bodies.

        :param path: of the object, for error texts
        :raise ApiError: 422 / 16000 unknown field or wrong JSON type
        """
        problems = []
        values: Record = {}
        for name, value in body.items():
            field = MODELS[model].fields.get(name)
            if field is None:
                problems.append(errors.message(NO_SUCH_FIELD, name, f"{path}.{name}"))
            elif not _fits(field, value):
                text = f"Verdien er ikke av korrekt type for feltet: {field.kind}"
                problems.append(errors.message(text, name, f"{path}.{name}"))
            elif not (self._strict and field.read_only):
                values[name] = self._value(field, value)
        if problems:
            raise errors.mapping(*problems)
        return values

    def _value(self, field: Field, value: Any) -> Any:
        if value is None:
            return field.default
        if field.kind == "ref" and not field.owned:
            return value.get("id")
        if field.kind == "refs" and all(set(item) == {"id"} for item in value):
            return [item["id"] for item in value]
        return value

    def create(self, model: str, values: Record) -> Record:
        """Add a record, with what it owns."""
        owned = self._take_owned(model, values)
        for name, body in owned.items():
            values[name] = self._new_owned(model, name, body)
        return self._books.add(model, values)

    def update(self, model: str, record: Record, values: Record) -> bool:
        """Change a record.

        :return: whether anything was different; if not, its version stays
        """
        changed = False
        for name, body in self._take_owned(model, values).items():
            changed |= self._update_owned(model, record, name, body)
        fields = MODELS[model].fields
        for name, value in values.items():
            if record.get(name, fields[name].default) != value:
                record[name] = value
                changed = True
        if changed:
            self._books.touch(model, record)
            self._mirror(model, record)
        return changed

    def _take_owned(self, model: str, values: Record) -> dict[str, Any]:
        fields = MODELS[model].fields
        names = [name for name in values if name in fields and fields[name].owned]
        return {name: values.pop(name) for name in names}

    def _new_owned(self, model: str, name: str, body: Any) -> int | None:
        if body is None:
            return None
        target = MODELS[model].fields[name].target
        inner = self.read(target, dict(body), name)
        inner.pop("id", None)
        return self._books.add(target, inner)["id"]

    def _update_owned(self, model: str, record: Record, name: str, body: Any) -> bool:
        target = MODELS[model].fields[name].target
        known = self._books.find(target, record.get(name))
        if body is None:
            # an address is emptied, not lost
            return False
        if known is None or body.get("id") not in (None, known["id"]):
            record[name] = self._new_owned(model, name, body)
            return True
        inner = self.read(target, dict(body), name)
        inner.pop("id", None)
        inner.pop("version", None)
        return self.update(target, known, inner)

    def _mirror(self, model: str, record: Record) -> None:
        """Keep the other half of a party that has two ids in step."""
        if not record.get("_twin"):
            return
        other = next(name for name in PARTY if name != model)
        twin = self._books.find(other, record["_twin"])
        if twin is None:
            return
        kept = ("id", "version", "_changes", "_twin")
        twin.update({k: v for k, v in record.items() if k not in kept})
        self._books.touch(other, twin)


def _fits(field: Field, value: Any) -> bool:
    if value is None:
        return True
    if isinstance(value, bool):
        return field.kind == "bool"
    if field.kind == "refs" and isinstance(value, list):
        return all(isinstance(item, dict) for item in value)
    return isinstance(value, _KINDS[field.kind])
