# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Texts that the vendor cannot store: spelled otherwise, and told (§1)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from odoo.addons.ledger_connector_base.sync.problems import Problem

from ..client import prepared
from ..labels import label_of

if TYPE_CHECKING:
    from ..client import Replaced

Record = dict[str, Any]

#: (§3) Characters of the internal notes.
LONGEST_NOTES = 10_000


def spelled(env: Any, name: str, body: Record) -> Record:
    """Return an invoice's *body* as it is sent; its notes say what was spelled anew.

    :param name: of the record, for people
    :raises Problem: nothing is left of a text
    """
    sent, replaced = prepared(body)
    check_readable(env, name, replaced)
    if said := told(env, replaced):
        notes = str(sent.get("notes") or "")
        if said not in notes:
            notes = "\n".join(filter(None, (notes, said)))
        sent["notes"] = prepared({"notes": notes})[0]["notes"][:LONGEST_NOTES]
    return sent


def note_of(env: Any, values: Record) -> str:
    """Return what is said of texts in *values* that are spelled otherwise, or ""."""
    return told(env, prepared(values)[1])


def told(env: Any, replaced: Iterable[Replaced]) -> str:
    """Return what a person is told of *replaced* texts, "" if there are none."""
    pairs = dict.fromkeys(_pair(one) for one in replaced)
    if not pairs:
        return ""
    return env._(
        "Characters that Procountor cannot store were replaced: %(texts)s",
        texts="; ".join(pairs),
    )


def check_readable(env: Any, name: str, replaced: Iterable[Replaced]) -> None:
    """Hold a record of whose text nothing would be left.

    :raises Problem: such as a name in Chinese
    """
    for one in replaced:
        if not one.after.strip("? \n"):
            raise Problem(
                "record",
                env._(
                    "The %(field)s of %(record)s (“%(text)s”) has no letter that "
                    "Procountor can store. Write it in Latin letters, then retry.",
                    field=label_of(env, one.path),
                    record=name,
                    text=one.before[:60],
                ),
                cause=f"letters:{one.path}",
            )


def _pair(one: Replaced) -> str:
    return f"{_short(one.before)} => {_short(one.after)}"


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= 60 else f"{flat[:59]}…"
