# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Lists, page by page, and many records by their ids (§1, §7)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from itertools import pairwise
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from .calls import Caller, Record
from .errors import is_vendors
from .resources import MOST, Resource
from .values import as_query, id_of

if TYPE_CHECKING:
    from transport.exchange import Answer

#: Where to go on, as plain JSON, to be kept and handed back untouched.
Cursor = dict[str, Any]


@dataclass(frozen=True)
class ListPage:
    """A page of a list.

    :param records: untouched
    :param cursor: of the next page, None after the last one
    :param total: of all pages, None where the vendor does not say, and on later pages
    :param date: the vendor's clock when it answered, UTC
    """

    records: list[Record] = field(repr=False)
    cursor: Cursor | None
    total: int | None
    date: datetime | None


class ListReader:
    """Reads lists through *caller*, *page_size* records at a time."""

    def __init__(self, caller: Caller, page_size: int = MOST) -> None:
        if not 1 <= page_size <= MOST:
            raise ValueError(f"a page holds 1 to {MOST} records, not {page_size}")
        self._caller = caller
        self._page_size = page_size

    def pages(
        self, found: Resource, filters: Mapping[str, Any], cursor: Cursor | None
    ) -> Iterator[ListPage]:
        """Yield the pages of *found* from *cursor* on, see the client's ``pages``.

        :raises ValueError: a filter is unknown, or *cursor* is of other filters
        """
        found.check(filters)
        query, headers = found.split(filters)
        question = _digest(found, query, headers)
        if cursor and cursor.get("of") != question:
            raise ValueError("the cursor belongs to a question with other filters")
        start = cursor or {"after": "", "of": question}
        return self._pages(found.path, query, headers, start)

    def walk(self, path: str) -> Iterator[Record]:
        """Yield all records of the list at *path*, which takes no filters."""
        for page in self._pages(path, {}, {}, {"after": "", "of": ""}):
            yield from page.records

    def by_ids(
        self, found: Resource, ids: Iterable[str], params: Mapping[str, Any]
    ) -> Iterator[Record]:
        """Yield the records with these ids, :data:`MOST` in one call (§1).

        :raises ValueError: one is no id, or the list has no such call
        """
        if not found.batch:
            raise ValueError(f"{found.path} is not read by ids")
        wanted = [i for i in dict.fromkeys(map(id_of, ids)) if i]
        for begin in range(0, len(wanted), MOST):
            yield from self._batch(found, wanted[begin : begin + MOST], params)

    def _batch(
        self, found: Resource, ids: list[str], params: Mapping[str, Any]
    ) -> list[Record]:
        http = self._caller.http
        path = f"{found.path}/{','.join(ids)}"
        answer = self._caller.ask(path, params, accept={404})
        if answer.status == 404:
            # From anybody else it would make records look deleted.
            if is_vendors(answer.data):
                return []
            raise http.error_of(answer)
        # (§1) A list for several, the object itself for one.
        records = [answer.data] if isinstance(answer.data, dict) else answer.data
        if not _are_records(records):
            raise http.bad_answer(answer, "the answer is no list of records")
        if not {id_of(record["id"]) for record in records} <= set(ids):
            raise http.bad_answer(answer, "records came that were not asked for")
        return records

    # === PAGES === #

    def _pages(
        self,
        path: str,
        query: Mapping[str, Any],
        headers: Mapping[str, str],
        cursor: Cursor,
    ) -> Iterator[ListPage]:
        following: Cursor | None = cursor
        while following is not None:
            page = self._page(path, query, headers, following)
            following = page.cursor
            yield page

    def _page(
        self,
        path: str,
        query: Mapping[str, Any],
        headers: Mapping[str, str],
        cursor: Cursor,
    ) -> ListPage:
        after = cursor["after"]
        paging = {
            "size": self._page_size,
            "orderById": "ASC",
            "previousId": after or None,
        }
        answer = self._caller.ask(path, {**query, **paging}, headers)
        records, meta = self._results(answer)
        more = bool(records) and len(records) >= self._size(meta)
        records = self._fresh(answer, records, after, more)
        total = meta.get("totalCount") if not after else None
        following = None
        if more:
            following = {"after": id_of(records[-1]["id"]), "of": cursor["of"]}
        return ListPage(records, following, _whole(total), answer.date)

    def _results(self, answer: Answer) -> tuple[list[Record], Record]:
        data = answer.data if isinstance(answer.data, dict) else {}
        records = data.get("results")
        if not _are_records(records):
            raise self._caller.http.bad_answer(answer, "the answer has no results")
        meta = data.get("meta")
        return records, meta if isinstance(meta, dict) else {}

    def _fresh(
        self, answer: Answer, records: list[Record], after: str, more: bool
    ) -> list[Record]:
        """Return *records* without what came before, on this page or an earlier one.

        Going on after the last id leaves none out, and ends. Of the last page the
        order does not matter.

        :raises transport.errors.BadAnswer: the vendor did not keep the order asked for
        """
        by_id = {int(id_of(record["id"])): record for record in records}
        ids = [one for one in by_id if one > int(after or 0)]
        mixed = any(first > second for first, second in pairwise(ids))
        if more and (mixed or not ids):
            raise self._caller.http.bad_answer(answer, "the list is not ordered by id")
        return [by_id[one] for one in ids]

    def _size(self, meta: Record) -> int:
        """Return how many records make a full page: the vendor may cut ours."""
        told = _whole(meta.get("pageSize")) or self._page_size
        return min(told, self._page_size)


def _are_records(records: Any) -> bool:
    return isinstance(records, list) and all(
        isinstance(record, dict) and _has_id(record) for record in records
    )


def _has_id(record: Record) -> bool:
    try:
        return bool(id_of(record.get("id")))
    except ValueError:
        return False


def _whole(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _digest(
    found: Resource, query: Mapping[str, Any], headers: Mapping[str, str]
) -> str:
    text = urlencode(sorted(as_query({**query, **headers}).items()))
    return sha256(f"{found.path}?{text}".encode()).hexdigest()[:16]
