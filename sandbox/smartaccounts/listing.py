# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Lists: whole ones, and pages with what was removed (dossier §4)."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import date
from typing import Any

from ..wire import Request, Response
from .books import Books, Record
from .errors import bad_request
from .fields import Resource
from .filters import Filters
from .showing import Showing

# say how to show, not what to find
_NO_FILTER = ("pageNumber", "timestamp", "apikey", "signature")


class Lister:
    """Answers `:get` of one company."""

    def __init__(self, books: Books, settings: dict[str, Any], today: date) -> None:
        self._books = books
        self._settings = settings
        self._today = today
        self._showing = Showing(books, settings)

    def answer(self, resource: Resource, request: Request) -> Response:
        """Return a list, or one page of it.

        :raise ApiError: 400, a parameter is missing or of no use
        """
        args: dict[str, str] = {}
        for name, value in request.query:
            args.setdefault(name, value)
        if resource.is_paged:
            return self._page(resource, args, request.shift)
        records = list(self._books.table(resource).values())
        return self._envelope(resource, records, args, {})

    def _page(self, resource: Resource, args: dict[str, str], shift: int) -> Response:
        filters = Filters(self._books, self._settings, resource, args, self._today)
        predicates = filters.predicates()

        def search() -> list[Record]:
            records = self._books.table(resource).values()
            found = [r for r in records if all(fits(r) for fits in predicates)]
            return self._ordered(resource, found, filters.by_change())

        found = self._books.result(self._cache_key(resource, args), search)
        number = _page_number(args.get("pageNumber") or "1")
        size = self._settings["page_size"]
        start = (number - 1) * size - (shift if number > 1 else 0)
        more: dict[str, Any] = {"hasMoreEntries": len(found) > start + size}
        since = filters.removed_since()
        if since is not None and number == 1:
            gone = self._books.gone[resource.path]
            more["deleted"] = [key for moment, key in gone if moment >= since]
        return self._envelope(resource, found[start : start + size], args, more)

    def _cache_key(self, resource: Resource, args: dict[str, str]) -> Hashable:
        wanted = [item for item in sorted(args.items()) if item[0] not in _NO_FILTER]
        deciding = ("list_order", "date_to", "doubled_hour")
        how = tuple(self._settings[name] for name in deciding)
        return resource.path, self._today, how, tuple(wanted)

    def _ordered(
        self, resource: Resource, records: list[Record], by_change: bool
    ) -> list[Record]:
        # sorting is stable: equal ones stay in the order they were entered in
        if by_change:
            return sorted(records, key=lambda record: record["_changed"])
        order = self._settings["list_order"]
        if "date" not in resource.days or order == "entered":
            return records
        newest = order == "newest"
        return sorted(records, key=lambda record: record["date"], reverse=newest)

    def _envelope(
        self,
        resource: Resource,
        records: list[Record],
        args: dict[str, str],
        more: dict[str, Any],
    ) -> Response:
        rows = [self._showing.object(resource, record, args) for record in records]
        if self._settings["bare_lists"]:
            return Response.json(rows)
        key = self._settings["list_keys"].get(resource.path, resource.list_key)
        if not rows and self._settings["empty_list"] == "absent":
            return Response.json(more)
        return Response.json({key: rows, **more})


def _page_number(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        message = f"Parameter pageNumber cannot be {text}"
        raise bad_request("INVALID-PARAMETER", message)
    return int(text)
