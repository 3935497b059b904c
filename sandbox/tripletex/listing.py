# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Reading: lists with paging, filters, sorting and checksum; single objects."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

from ..wire import Request, Response, dump_json
from . import errors
from .books import Books
from .endpoints import ENUMS, NO_CHECKSUM, SINGLES, Listing
from .fields import STUB, WHOLE, Record, projection
from .filters import Filter, Test
from .schema import MODELS

NOT_ASKED = "'If-None-Match' header not specified"
LIMIT = 1000


class Reader:
    """Answers GET in the books of one company."""

    def __init__(self, books: Books, settings: dict[str, Any]) -> None:
        self._books = books
        self._settings = settings

    def single(self, path: str, key: int, request: Request) -> Response:
        """Return one object.

        :raise ApiError: 404 / 6000
        """
        model = SINGLES[path]
        record = self._books.find(model, key)
        if record is None:
            raise errors.not_found()
        return self.value(model, record, request.arg("fields"))

    def value(
        self, model: str, record: Record, fields: str | None, status: int = 200
    ) -> Response:
        """Return one record as `{"value": …}`."""
        whole = self._settings["bare_reference"] == "whole_on_single"
        wanted = projection(model, fields or "", WHOLE if whole else STUB)
        answer = {"value": wanted.build(record, self._books.find)}
        return Response.json(answer, status)

    def page(
        self, listing: Listing, request: Request, only: Test | None = None
    ) -> Response:
        """Return one page of a list.

        :param only: a further condition that no parameter names
        """
        wanted = projection(listing.model, request.arg("fields") or "")
        start = _whole(request, "from", 0)
        count = _whole(request, "count", LIMIT)
        ids = self._search(listing, request, only)
        keys = ids[start : start + count]
        digest = self._digest(listing, request, keys, len(ids))
        if digest and digest == request.headers.get("if-none-match"):
            return Response(304)
        table = self._books.table(listing.model)
        rows = table.rows(
            request.arg("fields") or "",
            wanted,
            self._books.find,
            self._books.revision,
            keys,
        )
        total = self._total(listing, start, len(keys), len(ids))
        return envelope(rows, start, total, digest, listing.extra)

    def _total(self, listing: Listing, start: int, size: int, found: int) -> int:
        rule = listing.total or self._settings["full_result_size"]
        if rule == "zero":
            return 0
        if rule == "exact":
            return found
        return min(start, found) + size + (1 if start + size < found else 0)

    def _digest(
        self, listing: Listing, request: Request, page: list[int], found: int
    ) -> str | None:
        if listing.checksum is None:
            return None
        if not listing.checksum or self._settings["checksum"] == "unsupported":
            return NO_CHECKSUM
        if not request.headers.get("if-none-match"):
            return NOT_ASKED
        table = self._books.table(listing.model)
        parts = [f"{found}"]
        for key in page:
            record = table.records[key]
            parts.append(f"{key}.{record['version']}")
            parts.extend(self._child_versions(listing, record))
        if self._settings["checksum"] == "restless":
            parts.append(str(table.revision))
            table.revision += 1
        return hashlib.sha256(" ".join(parts).encode()).hexdigest()[:40]

    def _child_versions(self, listing: Listing, record: Record) -> list[str]:
        found: list[str] = []
        for name in listing.children:
            target = MODELS[listing.model].fields[name].target
            children = [self._books.find(target, key) for key in record.get(name, ())]
            found.extend(f"{child['version']}" for child in children if child)
        return found

    # searching

    def _search(
        self, listing: Listing, request: Request, only: Test | None
    ) -> list[int]:
        given = self._given(listing, request)
        tests = [rule.test(text, self._zone) for rule, text in given]
        sorting = _sorting(listing, request)
        key = (
            id(listing),
            tuple((rule.name, text) for rule, text in given),
            request.arg("sorting"),
        )

        def search() -> list[int]:
            return self._matching(listing, tests, sorting)

        table = self._books.table(listing.model)
        steady = only is None and listing.members is None
        if steady and "." not in (request.arg("sorting") or ""):
            ids = table.result(key, search)
        else:
            if only is not None:
                tests.append(only)
            ids = search()
        self._check_size(ids, given)
        return ids

    def _matching(
        self, listing: Listing, tests: list[Test], sorting: list[tuple[Any, bool]]
    ) -> list[int]:
        records = list(self._books.table(listing.model).values())
        if listing.members is not None:
            records = [r for r in records if listing.members(self._books, r)]
        for test in tests:
            records = [record for record in records if test(record)]
        records.sort(key=lambda record: record["id"])
        for path, descending in reversed(sorting):
            records.sort(key=self._sort_key(listing.model, path), reverse=descending)
        return [record["id"] for record in records]

    def _given(self, listing: Listing, request: Request) -> list[tuple[Filter, str]]:
        found, missing = [], []
        for rule in listing.filters.values():
            text = _repeated(request, rule.name)
            if rule.required and not text:
                missing.append(errors.message("Kan ikke være null.", rule.name))
            elif text or self._default(rule):
                found.append((rule, text or self._default(rule) or ""))
            if text and text not in ENUMS.get(rule.name, (text,)):
                raise errors.no_such_path()
        if missing:
            raise errors.parameters(*missing)
        ignored = self._settings["changed_since"] == "ignored"
        return [pair for pair in found if not (ignored and pair[0].kind == "since")]

    def _default(self, rule: Filter) -> str | None:
        hides = self._settings["inactive_default"] == "hidden"
        return rule.default if hides or rule.name != "isInactive" else None

    @property
    def _zone(self) -> str:
        return self._settings["changed_since_zone"]

    def _check_size(self, ids: list[int], given: list[tuple[Filter, str]]) -> None:
        rule = self._settings["row_limit_applies"]
        narrowed = any(text != filter_.default for filter_, text in given)
        if rule == "never" or (rule == "filtered" and not narrowed):
            return
        if len(ids) > self._settings["row_limit"]:
            raise errors.too_many_rows()

    def _sort_key(self, model: str, path: list[str]) -> Callable[[Record], Any]:
        def key(record: Record | None) -> Any:
            here = model
            for name in path[:-1]:
                field = MODELS[here].fields[name]
                record = self._books.find(field.target, (record or {}).get(name))
                here = field.target
            value = (record or {}).get(path[-1])
            if value is None:
                value = MODELS[here].fields[path[-1]].default
            return (value is not None, value)

        return key


def envelope(
    rows: list[bytes],
    start: int,
    total: int,
    digest: str | None,
    extra: dict[str, Any] | None = None,
) -> Response:
    """Return a list answer around rows that are JSON already."""
    head = {
        "fullResultSize": total,
        "from": start,
        "count": len(rows),
        "versionDigest": digest,
        **(extra or {}),
    }
    body = dump_json(head)[:-1] + b',"values":[' + b",".join(rows) + b"]}"
    return Response(200, {"Content-Type": "application/json;charset=UTF-8"}, body)


def _repeated(request: Request, name: str) -> str:
    return ",".join(value for key, value in request.query if key == name and value)


def _whole(request: Request, name: str, default: int) -> int:
    text = request.arg(name)
    if not text:
        return default
    try:
        number = int(text)
    except ValueError:
        raise errors.parameter_format(name) from None
    if number < 0:
        raise errors.parameters(errors.message("Må være 0 eller større.", name))
    return number


def _sorting(listing: Listing, request: Request) -> list[tuple[list[str], bool]]:
    found = []
    for part in (request.arg("sorting") or "").split(","):
        name = part.strip().lstrip("-")
        if not name:
            continue
        path = name.split(".")
        here = listing.model
        for step in path:
            field = MODELS[here].fields.get(step) if here else None
            if field is None or field.kind in ("refs", "values"):
                raise errors.illegal_sorting(name)
            here = field.target
        found.append((path, part.strip().startswith("-")))
    return found
