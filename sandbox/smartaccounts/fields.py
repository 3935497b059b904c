# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a service and its fields are."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Field:
    """One field of an object.

    `kind` is S text, D day, N decimal, B boolean, I whole number, M moment, O object,
    A list of objects. `flags` tell of get (g), add and edit (M mandatory, o optional,
    - not accepted). `fetch` names the parameter that a list shows it for.
    """

    name: str
    kind: str
    flags: str
    fetch: str = ""
    choices: tuple[str, ...] = ()
    members: tuple[Field, ...] = ()

    @property
    def readable(self) -> bool:
        """Tell whether answers have it."""
        return self.flags[0] == "g"

    def role(self, method: str) -> str:
        """Return M, o or - for add or edit."""
        return self.flags[1 if method == "add" else 2]


@dataclass(frozen=True)
class Resource:
    """One service that keeps objects.

    `list_key` is what its list is called in an answer, `what` what one of them is
    called in texts, `returned` what a write answers: name there, name of the field.
    """

    path: str
    list_key: str
    what: str
    fields: tuple[Field, ...]
    returned: tuple[tuple[str, str], ...] = ()
    key: str = "id"
    methods: tuple[str, ...] = ("get", "add", "edit", "delete")
    # values of dateType: the field that each looks at
    days: dict[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The last part of the path."""
        return self.path.rpartition("/")[2]

    @property
    def is_paged(self) -> bool:
        """Tell whether the service has a change history."""
        return not self.path.startswith("settings/")


def parse(text: str) -> tuple[Field, ...]:
    """Read lines of name, kind[:choice|choice], flags and fetch parameter.

    A name with a full stop is a member of the field named before it.
    """
    members: dict[str, list[Field]] = {"": []}
    order: list[tuple[str, list[str]]] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        name, *rest = line.split()
        parent, _dot, own = name.rpartition(".")
        order.append((parent, [own, *rest]))
    # members first, so that their parent can take them
    for parent, words in sorted(order, key=lambda found: not found[0]):
        owner = words[0] if not parent else None
        found = _field(words, tuple(members.get(owner or "?", ())))
        members.setdefault(parent, []).append(found)
    return tuple(members[""])


def _field(words: list[str], members: tuple[Field, ...]) -> Field:
    name, kind, flags, *fetch = words
    kind, _colon, choices = kind.partition(":")
    allowed = tuple(choices.split("|")) if choices else ()
    return Field(name, kind, flags, fetch[0] if fetch else "", allowed, members)
