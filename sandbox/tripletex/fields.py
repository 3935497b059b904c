# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The `fields` parameter: read once, used for every record (dossier §5.2)."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from .derived import derivation
from .errors import illegal_field
from .model import Field, Model
from .schema import MODELS

HOST = "tripletex.no/v2"
Record = dict[str, Any]
Find = Callable[[str, int], "Record | None"]
# what a bare reference name gives: {id, url}, or the whole object
STUB, WHOLE = "stub", "whole"


class Projection:
    """Turns stored records into answers that carry the wanted fields."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.template: Record = {}
        self.makers: dict[str, Callable[[Any, Find], Any] | None] = {}
        self.derived: list[tuple[str, Callable[[Record, Find], Any]]] = []
        # models whose changes show in these answers though the record is untouched
        self.depends: set[str] = set()

    def add(self, field: Field, sub: Projection | None) -> None:
        """Add a field; `sub` says what is wanted of a referenced object."""
        self.template[field.name] = field.default
        derive = derivation(self.model.name, field.name)
        if field.name == "url":
            self.derived.append(("url", _own_url(self.model)))
        elif derive is not None:
            self.derived.append((field.name, derive))
        elif field.kind in ("ref", "refs"):
            self.makers[field.name] = _reference_maker(field, sub)
            self._depend(field, sub)
        else:
            self.makers[field.name] = None

    def _depend(self, field: Field, sub: Projection | None) -> None:
        if sub is None:
            return
        self.depends |= sub.depends
        if not field.owned:
            self.depends.add(field.target)

    def build(self, record: Record, find: Find) -> Record:
        """Return the answer for one record.

        :param find: looks a record up by model name and id
        """
        answer = self.template.copy()
        makers = self.makers
        for name, value in record.items():
            if name in makers:
                make = makers[name]
                answer[name] = value if make is None else make(value, find)
        for name, derive in self.derived:
            answer[name] = derive(record, find)
        return answer


def _own_url(model: Model) -> Callable[[Record, Find], str]:
    base = f"{HOST}/{model.path}/"
    return lambda record, _find: base + str(record["id"])


def _reference_maker(
    field: Field, sub: Projection | None
) -> Callable[[Any, Find], Any]:
    base = f"{HOST}/{MODELS[field.target].path}/"

    def stub(key: int | None, find: Find) -> Record | None:
        if key is None:
            return None
        return {"id": key, "url": base + str(key)}

    def whole(key: int | None, find: Find) -> Record | None:
        if key is None or sub is None:
            return None
        # of what a test removed from under a reference only the id is left
        record = find(field.target, key) or {"id": key, "version": 0}
        return sub.build(record, find)

    one = stub if sub is None else whole
    if field.kind == "ref":
        return one
    return lambda keys, find: [one(key, find) for key in keys]


@lru_cache(maxsize=512)
def projection(model_name: str, text: str, bare: str = STUB) -> Projection:
    """Return the projection for a `fields` text.

    :param text: comma list with `*`, `sub(...)`; empty for all plain fields
    :param bare: what a reference named without parentheses gives
    :raise ApiError: 400 / 11000 for a name the model does not have
    """
    model = MODELS[model_name]
    found = Projection(model)
    wanted: dict[str, Projection | None] = {}
    for name, inner in split_fields(text or "*"):
        if name == "*":
            for field in _plain(model):
                wanted.setdefault(field.name, None)
            continue
        if name not in model.fields:
            raise illegal_field(name, model.dto)
        wanted[name] = _sub_projection(model, name, inner, bare)
    # answers keep the order of the model, whatever order was asked for
    for field in model.fields.values():
        if field.name in wanted:
            found.add(field, wanted[field.name])
    return found


def _plain(model: Model) -> list[Field]:
    return [f for f in model.fields.values() if not (f.on_demand or f.hidden)]


def _sub_projection(
    model: Model, name: str, inner: str | None, bare: str
) -> Projection | None:
    field = model.fields[name]
    if field.kind not in ("ref", "refs"):
        return None
    if inner is None:
        return projection(field.target, "*") if bare == WHOLE else None
    return projection(field.target, inner, bare)


def split_fields(text: str) -> list[tuple[str, str | None]]:
    """Split a `fields` text at its outer commas.

    >>> split_fields("id,customer(id,name),*")
    [('id', None), ('customer', 'id,name'), ('*', None)]
    """
    parts, depth, start = [], 0, 0
    for place, letter in enumerate(text + ","):
        depth += (letter == "(") - (letter == ")")
        if letter == "," and depth <= 0:
            parts.append(text[start:place].strip())
            start = place + 1
    return [_split_name(part) for part in parts if part]


def _split_name(part: str) -> tuple[str, str | None]:
    name, bracket, inner = part.partition("(")
    return name.strip(), inner.removesuffix(")") if bracket else None
