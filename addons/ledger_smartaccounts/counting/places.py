# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Places in a list that others change while its reading pauses."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from ..reading import moments

if TYPE_CHECKING:
    from ..client.lists import ListPage

#: Plain JSON: ``list`` the vendor's place, ``back`` the one of the page before it and
#: ``at`` when that was read. Empty at the beginning.
Place = dict[str, Any]

#: After so long a pause others may have deleted something meanwhile.
_PAUSE = timedelta(minutes=5)


def pages_from(
    place: Place, read: Callable[[Any], Iterator[ListPage]]
) -> Iterator[tuple[ListPage, Place | None]]:
    """Yield the pages from *place* on, each with the place after it; None at the end.

    (§4) Where something was deleted in a pause, what came after it has moved to the
    page before: it would be on no page that is still to come. So that one is read once
    more.

    :param read: gives the pages from one of the vendor's places on
    """
    at = place.get("list")
    if _was_paused(place):
        # The place stays: each turn gets further than the one before.
        yield next(read(place["back"])), {"list": at}
    for page in read(at):
        yield page, _after(page, at)
        at = page.cursor


def place_in(cursor: dict[str, Any]) -> Place:
    """Return the place that *cursor* holds among other things."""
    return {name: cursor[name] for name in ("list", "back", "at") if name in cursor}


def _after(page: ListPage, at: Any) -> Place | None:
    if page.cursor is None:
        return None
    return {"list": page.cursor, "back": at, "at": moments.now().isoformat()}


def _was_paused(place: Place) -> bool:
    if "back" not in place:
        return False
    return moments.now() - datetime.fromisoformat(place["at"]) > _PAUSE
