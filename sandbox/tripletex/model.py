# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""How a Tripletex object is described: fields, kinds, what is read-only."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

BLANK = {"int": 0, "num": 0, "str": "", "bool": False, "date": None, "null": None}
_FIELD = re.compile(
    r"(?P<name>\w+):(?P<kind>[^!?~<=\s]+)(?:<(?P<length>\d+))?"
    r"(?:=(?P<default>\w+))?(?P<flags>[!?~]*)$"
)


@dataclass(frozen=True)
class Field:
    """One field of an object.

    `kind` is int, num, str, bool, date, enum, ref, refs or values; `target` names
    the model behind a reference; `owned` objects live and change with their parent.
    """

    name: str
    kind: str
    target: str = ""
    owned: bool = False
    choices: tuple[str, ...] = ()
    max_length: int = 0
    default: Any = None
    read_only: bool = False
    on_demand: bool = False
    hidden: bool = False


@dataclass
class Model:
    """One kind of object and the address it is read at.

    `dto` is the name that the vendor uses in its error texts.
    """

    name: str
    path: str
    fields: dict[str, Field] = field(default_factory=dict)

    @property
    def dto(self) -> str:
        """Return the vendor's name of the model in error texts."""
        return f"{self.name}DTO"


def parse_model(name: str, path: str, text: str) -> Model:
    """Read a model from its short form.

    Each word is `name:kind`, where kind is a plain kind, `A|B` for choices, `>M` a
    reference, `+M` one to an owned object, `*M` a list of references, `[M]` a list
    of plain objects. `<n` is the longest text, `=x` the value if none was given,
    `!` read-only, `?` only when asked for by name, `~` never in an answer.
    """
    model = Model(name, path)
    head = "id:int! version:int! changes:[Change]!? url:str!"
    for word in f"{head} {text}".split():
        found = _FIELD.match(word)
        if found is None:
            raise ValueError(f"{name}: cannot read {word!r}")
        model.fields[found["name"]] = _parse_field(**found.groupdict())
    return model


def _parse_field(
    name: str, kind: str, length: str | None, default: str | None, flags: str
) -> Field:
    shape, target, choices = _shape(kind)
    return Field(
        name=name,
        kind=shape,
        target=target,
        owned=kind.startswith("+"),
        choices=choices,
        max_length=int(length or 0),
        default=_default(shape, default),
        read_only="!" in flags,
        on_demand="?" in flags,
        hidden="~" in flags,
    )


def _shape(kind: str) -> tuple[str, str, tuple[str, ...]]:
    if "|" in kind:
        return "enum", "", tuple(part for part in kind.split("|") if part)
    if kind[0] in ">+":
        return "ref", kind[1:], ()
    if kind[0] == "*":
        return "refs", kind[1:], ()
    if kind[0] == "[":
        return "values", kind[1:-1], ()
    return kind, "", ()


def _default(kind: str, text: str | None) -> Any:
    if kind in ("refs", "values"):
        return []
    if text is None:
        return BLANK.get(kind)
    if kind == "bool":
        return text == "true"
    return int(text) if kind in ("int", "num") else text
