# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Lists, page by page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from .calls import Caller
from .services import PAGE_NUMBER, Service
from .values import as_query, flag_of, text_of

if TYPE_CHECKING:
    from transport.exchange import Answer
    from transport.http import HttpClient

Record = dict[str, Any]
#: Where to go on, as plain JSON, to be kept and handed back untouched.
Cursor = dict[str, Any]

_NO_LISTS = frozenset({"deleted", "errors"})


@dataclass(frozen=True)
class ListPage:
    """A page of a list.

    :param records: untouched
    :param number: of the page, the first is 1
    :param cursor: of the next page, None after the last one
    :param deleted: ids removed since ``dateFrom``; None where the vendor does not
        say, as on all pages but the first (§4)
    :param date: the vendor's clock when it answered, UTC
    """

    records: list[Record] = field(repr=False)
    number: int
    cursor: Cursor | None
    deleted: tuple[str, ...] | None
    date: datetime | None


class ListReader:
    """Reads lists through *caller*, at most *max_pages* pages of each."""

    def __init__(self, caller: Caller, max_pages: int) -> None:
        self._caller = caller
        self._max_pages = max_pages

    def pages(
        self, service: Service, filters: Mapping[str, Any], cursor: Cursor | None
    ) -> Iterator[ListPage]:
        """Yield the pages of *service* from *cursor* on, see the client's ``pages``.

        :raises ValueError: *cursor* is of a question with other filters
        """
        question = _digest(service, filters)
        if cursor and cursor.get("of") != question:
            raise ValueError("the cursor belongs to a question with other filters")
        return self._pages(service, filters, cursor or _cursor(1, "", question))

    def _pages(
        self, service: Service, filters: Mapping[str, Any], cursor: Cursor
    ) -> Iterator[ListPage]:
        following: Cursor | None = cursor
        while following is not None:
            page = self._page(service, filters, following)
            following = page.cursor
            yield page

    def _page(
        self, service: Service, filters: Mapping[str, Any], cursor: Cursor
    ) -> ListPage:
        http, number = self._caller.http, cursor["page"]
        query = {**filters, PAGE_NUMBER: number}
        answer = self._caller.ask(f"{service.path}:get", query)
        records = records_in(http, answer, service.keys, service.id_field)
        first = _first_id(records, service)
        # (§4) Going on would never end.
        if number > 1 and first == cursor["first"]:
            raise http.bad_answer(answer, "the same page came twice")
        following = None
        if _has_more(http, answer):
            if number >= self._max_pages:
                reason = f"there are more than {self._max_pages} pages"
                raise http.bad_answer(answer, reason)
            following = _cursor(number + 1, first, cursor["of"])
        deleted = _deleted(http, answer)
        return ListPage(records, number, following, deleted, answer.date)


def records_in(
    http: HttpClient, answer: Answer, keys: tuple[str, ...], id_field: str = ""
) -> list[Record]:
    """Return the records in *answer*: those of its only list (§4).

    The vendor does not print the names of its lists. So a list under a known name is
    taken, else the only one there is; a bare list, and one bare record, do as well.

    :param keys: known names, in any case
    :param id_field: by it a bare record is recognised, "" for none
    :raises transport.errors.BadAnswer: there are several lists, or no records in it
    """
    data = answer.data
    if isinstance(data, dict) and id_field and id_field in data:
        data = [data]
    elif isinstance(data, dict):
        data = _only_list(http, answer, keys)
    # An empty body, too, is no list: a proxy may have lost what was in it.
    if not isinstance(data, list) or not all(isinstance(r, dict) for r in data):
        raise http.bad_answer(answer, "the answer is no list of records")
    return data


def _only_list(http: HttpClient, answer: Answer, keys: tuple[str, ...]) -> list[Any]:
    lists = {
        name.lower(): value
        for name, value in answer.data.items()
        if isinstance(value, list) and name not in _NO_LISTS
    }
    known = (key.lower() for key in keys)
    name = next((key for key in known if key in lists), None)
    if name is None and len(lists) > 1:
        names = ", ".join(sorted(lists))
        raise http.bad_answer(answer, f"the answer has several lists: {names}")
    return lists[name] if name else next(iter(lists.values()), [])


def _has_more(http: HttpClient, answer: Answer) -> bool:
    more = answer.data.get("hasMoreEntries") if isinstance(answer.data, dict) else None
    try:
        return bool(flag_of(more))
    except ValueError as error:
        raise http.bad_answer(answer, f"hasMoreEntries: {error}") from None


def _deleted(http: HttpClient, answer: Answer) -> tuple[str, ...] | None:
    found = answer.data.get("deleted") if isinstance(answer.data, dict) else None
    if found is None:
        return None
    if not isinstance(found, list):
        raise http.bad_answer(answer, "the deleted ones are no list")
    ids = (part.get("id") if isinstance(part, dict) else part for part in found)
    return tuple(filter(None, map(text_of, ids)))


def _first_id(records: list[Record], service: Service) -> str:
    return text_of(records[0].get(service.id_field)) if records else ""


def _cursor(page: int, first: str, question: str) -> Cursor:
    return {"page": page, "first": first, "of": question}


def _digest(service: Service, filters: Mapping[str, Any]) -> str:
    text = urlencode(sorted(as_query(filters).items()))
    return sha256(f"{service.path}?{text}".encode()).hexdigest()[:16]
