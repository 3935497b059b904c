# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Titles with places that are filled for each client and period."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

PLACE = re.compile(r"\{([^{}]*)\}")
#: Places that are no figures.
WORDS = ("client", "month", "period")


def places(title: str) -> list[str]:
    """Return what stands in braces, in order."""
    return [name.strip() for name in PLACE.findall(title)]


def unknown_places(title: str, codes: Iterable[str]) -> list[str]:
    """Return what nobody can fill: unknown words, and braces without a partner.

    :param codes: codes of the kinds that can be counted
    """
    known = {*WORDS, *codes}
    wrong = [f"{{{name}}}" for name in places(title) if name not in known]
    wrong += [brace for brace in "{}" if brace in PLACE.sub("", title)]
    return wrong


def fill(title: str, values: Mapping[str, object]) -> str:
    """Return *title* with its places filled; a kind that was not met counts 0.

    What stands in the values is not filled again: a client may be called "{month}".
    """
    return PLACE.sub(lambda place: str(values.get(place[1].strip(), 0)), title)
