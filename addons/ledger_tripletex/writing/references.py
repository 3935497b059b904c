# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Ids in Tripletex of what we know by a code or a name, asked once in a run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Protocol

Record = dict[str, Any]

#: (§9) Ids of countries and currencies are the same in all companies.
NORWAY = 161
HOME = "NO"
_KNOWN_COUNTRIES = {HOME: NORWAY}
_KNOWN_CURRENCIES = {"NOK": 1}


class UnknownCode(Exception):
    """Tripletex does not know a country or currency.

    :param kind: ``country`` or ``currency``
    :param code: ISO code
    """

    def __init__(self, kind: str, code: str) -> None:
        super().__init__(f"{kind} {code}")
        self.kind = kind
        self.code = code


class Client(Protocol):
    """What is needed of ``client.TripletexClient``."""

    learnt: dict[Any, Any]

    def pages(self, path: str, *, fields: str) -> Iterator[Any]:
        """Yield the pages of a list."""


class References:
    """Looks up ids; each list is read once in a run, when it is needed first.

    :param unit_names: Odoo's names of standard units by their UNECE codes
    """

    def __init__(self, client: Client, unit_names: dict[str, str]) -> None:
        self._client = client
        self._unit_names = unit_names

    def country(self, code: str) -> int:
        """Return the id of the country with the ISO code *code* (alpha-2).

        :raises UnknownCode: Tripletex has no such country
        """
        return self._by_code("country", code, _KNOWN_COUNTRIES, "isoAlpha2Code")

    def currency(self, code: str) -> int:
        """Return the id of the currency *code* (ISO 4217).

        :raises UnknownCode: Tripletex has no such currency
        """
        return self._by_code("currency", code, _KNOWN_CURRENCIES, "code")

    def unit(self, name: str) -> int | None:
        """Return the id of the product unit called *name* (any case), None if none is.

        Odoo's name of a standard unit counts as well, and the abbreviation.
        """
        found = self._once("/product/unit", self._read_units)
        return found.get(name.strip().lower())

    def _by_code(self, kind: str, code: str, known: dict[str, int], name: str) -> int:
        code = code.strip().upper()
        if code in known:
            return known[code]
        found = self._once(f"/{kind}", lambda: self._read_codes(f"/{kind}", name))
        if code not in found:
            raise UnknownCode(kind, code)
        return found[code]

    def _read_codes(self, path: str, name: str) -> dict[str, int]:
        rows = self._rows(path, f"id,{name}")
        return {str(row.get(name) or "").upper(): row["id"] for row in rows}

    def _read_units(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for row in self._rows("/product/unit", "id,name,nameShort,commonCode"):
            ours = self._unit_names.get(row.get("commonCode") or "")
            for name in filter(None, (row.get("name"), row.get("nameShort"), ours)):
                found.setdefault(name.strip().lower(), row["id"])
        return found

    def _rows(self, path: str, fields: str) -> Iterator[Record]:
        for page in self._client.pages(path, fields=fields):
            yield from page.values

    def _once(self, key: str, read: Callable[[], dict[str, int]]) -> dict[str, int]:
        if key not in self._client.learnt:
            self._client.learnt[key] = read()
        return self._client.learnt[key]
