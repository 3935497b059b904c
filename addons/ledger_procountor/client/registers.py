# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The registers of customers and products (§4, §5)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .body import merged
from .calls import Caller, Record
from .codes import CUSTOMER, SALES
from .lists import ListReader
from .resources import RESOURCES
from .texts import fit
from .values import text_of
from .writes import Written, change, create

_PARTNERS = RESOURCES["partners"].path
_PRODUCTS = RESOURCES["products"].path
#: (§4) What a partial update takes; the rest goes only with a full one.
PATCHED = frozenset({"name", "type", "address", "invoicingInfo", "paymentInfo"})


def plain_identifier(value: Any) -> str:
    """Return a business or national id as it is compared: letters and digits alone."""
    return "".join(filter(str.isalnum, text_of(value))).casefold()


class Partners:
    """The register of business partners."""

    def __init__(self, caller: Caller, lists: ListReader) -> None:
        self._caller = caller
        self._lists = lists

    def find_by_number(
        self, number: str, *, kind: str = CUSTOMER, active: bool | None = None
    ) -> list[Record]:
        """Return the partners with exactly this customer number, as lists show them.

        More than one is possible (§4); who asks has to let a person choose.

        :param active: None looks among those that are not, too
        """
        filters = {"customerNumber": _sought(number), "type": kind}
        return self._find(filters, "customerNumber", active)

    def find_by_identifier(
        self, identifier: str, *, kind: str = CUSTOMER, active: bool | None = None
    ) -> list[Record]:
        """Return the partners with this business or national id.

        Blanks, hyphens and capitals make no difference here.
        """
        filters = {"identifier": _sought(identifier), "type": kind}
        return self._find(filters, "identifier", active)

    def _find(
        self, filters: dict[str, Any], name: str, active: bool | None
    ) -> list[Record]:
        wanted = _comparable(name, filters[name])
        found: dict[str, Record] = {}
        for state in (True, False) if active is None else (active,):
            asked = {**filters, "active": state}
            for page in self._lists.pages(RESOURCES["partners"], asked, None):
                found.update(
                    (text_of(record["id"]), record)
                    for record in page.records
                    if _comparable(name, _invoicing(record).get(name)) == wanted
                )
        return list(found.values())

    def add(self, body: Mapping[str, Any]) -> Written:
        """Create a partner (§4).

        :raises transport.errors.BadAnswer: no id came back; it may be there
        """
        return create(self._caller, _PARTNERS, body)

    def change(self, current: Mapping[str, Any], changes: Mapping[str, Any]) -> Written:
        """Change some fields of a partner, and empty none of the others (§4).

        Where the vendor takes a part, the part goes out with all that stands beside the
        changed field in its object, so that it does not matter whether objects are
        merged or replaced there. Else the whole record goes out, as it was read.

        :param current: the full record, just read, with its ``version``
        :param changes: shaped as the record; objects are merged into those there are.
            A blank empties a field only where the whole record goes out
        :return: ``data`` may be empty: read the record again for its new version
        :raises ValueError: *current* has no version
        """
        if not current.get("version"):
            raise ValueError("a partner is changed with the version that was read")
        whole = merged(dict(current), dict(changes))
        method, body = "PUT", _without_files(whole)
        if set(changes) <= PATCHED:
            method, body = "PATCH", {name: whole[name] for name in changes}
            body["version"] = current["version"]
        return change(self._caller, method, _PARTNERS, text_of(current["id"]), body)


class Products:
    """The register of products."""

    def __init__(self, caller: Caller, lists: ListReader) -> None:
        self._caller = caller
        self._lists = lists

    def find(
        self, code: str, *, kind: str = SALES, active: bool | None = None
    ) -> list[Record]:
        """Return the products with exactly this code; the vendor finds by parts (§5).

        :param active: None finds those that are not, too
        """
        wanted = _sought(code)
        filters = {"code": wanted, "type": kind, "active": active}
        pages = self._lists.pages(RESOURCES["products"], filters, None)
        found = (record for page in pages for record in page.records)
        return [
            record
            for record in found
            if text_of(record.get("code")) == wanted and record.get("type") == kind
        ]

    def add(self, body: Mapping[str, Any]) -> Written:
        """Create a product (§5).

        :raises transport.errors.BadAnswer: no id came back; it may be there
        """
        return create(self._caller, _PRODUCTS, body)

    def change(self, current: Mapping[str, Any], changes: Mapping[str, Any]) -> Written:
        """Change some fields of a product; the others go out as they were read (§5).

        :param current: the full record, just read
        """
        whole = merged(dict(current), dict(changes))
        return change(self._caller, "PUT", _PRODUCTS, text_of(current["id"]), whole)


def _sought(text: str) -> str:
    sought = fit(text.strip()).body
    if not sought:
        raise ValueError("a search needs something to look for")
    return sought


def _invoicing(record: Mapping[str, Any]) -> Mapping[str, Any]:
    found = record.get("invoicingInfo")
    return found if isinstance(found, Mapping) else {}


def _comparable(name: str, value: Any) -> str:
    return plain_identifier(value) if name == "identifier" else text_of(value)


def _without_files(record: Record) -> Record:
    # (§4) Attachments have calls of their own.
    return {name: value for name, value in record.items() if name != "attachments"}
