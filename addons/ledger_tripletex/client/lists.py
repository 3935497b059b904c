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

from .answers import Record, many
from .calls import Caller
from .query import as_query

if TYPE_CHECKING:
    from transport.exchange import Answer

#: (§5.4) Any text that is no checksum makes the vendor compute one.
_NO_CHECKSUM = "none"


@dataclass(frozen=True)
class ListPage:
    """A page of a list.

    :param values: the records, untouched; empty when the page is unchanged
    :param start: offset of the first record
    :param next_start: offset of the next page, None after the last one
    :param key: names the page's question, for the caller's ``checksums``
    :param digest: to be kept under *key* once the page is done; None if there is none
    :param unchanged: the vendor says that nothing changed since the kept digest
    :param date: the vendor's clock when it answered, UTC
    """

    values: list[Record] = field(repr=False)
    start: int
    next_start: int | None
    key: str
    digest: str | None
    unchanged: bool
    date: datetime | None


class ListReader:
    """Reads lists through *caller*, *page_size* records at a time."""

    def __init__(self, caller: Caller, page_size: int) -> None:
        self._caller = caller
        self._page_size = page_size

    def pages(
        self,
        path: str,
        query: dict[str, Any],
        checksums: Mapping[str, str] | None,
        start: int,
        company: str | None,
    ) -> Iterator[ListPage]:
        """Yield the pages of the list at *path*, see ``TripletexClient.pages``."""
        before: list[Record] = []
        position: int | None = start
        while position is not None:
            query.update({"from": position, "count": self._page_size})
            page = self._page(path, query, checksums, company, before)
            before = page.values
            yield page
            position = page.next_start

    def _page(
        self,
        path: str,
        query: Mapping[str, Any],
        checksums: Mapping[str, str] | None,
        company: str | None,
        before: list[Record],
    ) -> ListPage:
        start: int = query["from"]
        key = _key(company or self._caller.company, path, query)
        headers = {}
        kept_next, kept = _split_digest((checksums or {}).get(key))
        if checksums is not None:
            headers["If-None-Match"] = kept or _NO_CHECKSUM
        answer = self._caller.send("GET", path, query, headers=headers, company=company)
        if answer.status == 304 and kept:
            digest = _join_digest(kept_next, kept)
            return ListPage([], start, kept_next, key, digest, True, answer.date)
        values = self._values(answer, before)
        more = self._is_more(answer.data, start, len(values))
        next_start = start + len(values) if more else None
        digest = _join_digest(next_start, _digest(answer.data))
        return ListPage(values, start, next_start, key, digest, False, answer.date)

    def _values(self, answer: Answer, before: list[Record]) -> list[Record]:
        values = many(self._caller.http, answer)
        if values and values == before:
            # Going on would never end.
            raise self._caller.http.bad_answer(answer, "the same page came twice")
        return values

    def _is_more(self, data: Record, start: int, length: int) -> bool:
        """Tell whether to ask for another page (§5.1).

        A full page may be the last one: finding out costs one call, trusting
        ``fullResultSize`` could cost records. A page that the server cut shorter than
        asked for is followed by another one too.
        """
        size = data.get("fullResultSize") or 0
        return length > 0 and (length >= self._page_size or size > start + length)


def _key(company: str, path: str, query: Mapping[str, Any]) -> str:
    text = urlencode(sorted(as_query(query).items()))
    return sha256(f"{company} {path}?{text}".encode()).hexdigest()[:24]


def _digest(data: Record) -> str | None:
    """Return the checksum in *data*; a sentence stands there where there is none.

    (§5.4) Such a sentence, kept and sent, would look like a checksum that never fits.
    """
    digest = data.get("versionDigest")
    if not isinstance(digest, str) or not digest or " " in digest:
        return None
    return digest


def _join_digest(next_start: int | None, digest: str | None) -> str | None:
    # An unchanged page comes without its records: how far it reached is kept here.
    return digest and f"{'' if next_start is None else next_start}|{digest}"


def _split_digest(kept: str | None) -> tuple[int | None, str | None]:
    number, _bar, digest = (kept or "").partition("|")
    return (int(number) if number.isdigit() else None), digest or None
