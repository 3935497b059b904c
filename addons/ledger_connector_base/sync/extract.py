# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Reading mapped values out of remote records, and recognising unchanged ones.

Runs once for every record of every page, also for those that did not change, so it
touches nothing but the record. Nothing here imports Odoo.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from hashlib import blake2b
from typing import Any

Getter = Callable[[dict[str, Any]], Any]


def getter(path: str) -> Getter:
    """Return a function reading *path* (keys joined by dots) from a record.

    A missing key, or a null on the way, reads as None. ``items[].name`` reads a list:
    one value for each element; ``a[].b[].c`` flattens.
    """
    if "[]" in path:
        head, _, tail = path.partition("[]")
        outer, inner = getter(head), getter(tail.lstrip(".")) if tail else None
        flatten = "[]" in tail

        def read_list(record: dict[str, Any]) -> Any:
            values: list[Any] = []
            elements = outer(record)
            for element in elements if isinstance(elements, list) else ():
                if inner is None:
                    values.append(element)
                elif not isinstance(element, dict):
                    continue
                elif flatten:
                    values.extend(inner(element))
                else:
                    values.append(inner(element))
            return values

        return read_list
    keys = path.split(".")
    if len(keys) == 1:
        key = keys[0]
        return lambda record: record.get(key)

    def read(record: dict[str, Any]) -> Any:
        value: Any = record
        for key in keys:
            if not isinstance(value, dict):
                return None
            value = value.get(key)
        return value

    return read


class Extractor:
    """Reads a fixed list of paths and makes a digest of what it read."""

    def __init__(self, paths: Iterable[str], version: str) -> None:
        self.paths = tuple(paths)
        self._getters = tuple(getter(path) for path in self.paths)
        self._seed = blake2b(version.encode(), digest_size=16)

    def values(self, record: dict[str, Any]) -> tuple[Any, ...]:
        """Return the values at the paths, in their order."""
        return tuple([get(record) for get in self._getters])

    def digest(self, values: tuple[Any, ...]) -> str:
        """Return a text that changes with the values and with the mapping's version."""
        seed = self._seed.copy()
        seed.update(repr(values).encode("utf-8", "surrogatepass"))
        return seed.hexdigest()


def storable(text: str) -> str:
    """Return *text* without what no database takes: NUL, and halves of characters."""
    if text.isascii():
        return text.replace("\x00", "")
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")


def version_of(parts: Iterable[Any], size: int = 8) -> str:
    """Return a short text that changes whenever one of *parts* does.

    :param size: half its length
    """
    text = json.dumps(list(parts), sort_keys=True, default=str)
    return blake2b(text.encode(), digest_size=size).hexdigest()
