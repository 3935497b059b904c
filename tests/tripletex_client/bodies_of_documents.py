# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Compares bodies with the schemas of the vendor's documents."""

from __future__ import annotations

import gzip
import json
import os
from functools import cache
from pathlib import Path
from typing import Any

_TYPES = {
    "string": str,
    "boolean": bool,
    "integer": int,
    "number": (int, float),
    "array": list,
}


def _folder() -> Path:
    return Path(os.environ["LEDGER_SHARED"]) / "apis" / "specs" / "tripletex"


@cache
def document() -> dict[str, Any]:
    """The newest document, which knows paths, fields and types."""
    return json.loads((_folder() / "openapi-2.74.00.json").read_text("utf-8"))


@cache
def older() -> dict[str, Any]:
    """An older one, which still says what is required and how long texts may be."""
    with gzip.open(_folder() / "swagger-2.70.19.json.gz", "rt", encoding="utf-8") as it:
        return json.load(it)


def complaints(name: str, body: dict[str, Any], new: bool = True) -> list[str]:
    """Return what is wrong with *body* as a body of the schema *name*."""
    found = list(_wrong(name, body, name))
    if new:
        found += [
            f"{name}.{key}: not in a new one"
            for key in ("id", "version")
            if key in body
        ]
        needed = older()["definitions"][name].get("required", ())
        found += [f"{name}.{key}: missing" for key in needed if key not in body]
    return found


def _wrong(name: str, body: Any, place: str):
    fields = document()["components"]["schemas"][name]["properties"]
    lengths = older()["definitions"].get(name, {}).get("properties", {})
    for key, value in body.items():
        spot = f"{place}.{key}"
        if key not in fields:
            yield f"{spot}: unknown"
            continue
        if fields[key].get("readOnly"):
            yield f"{spot}: read-only"
        yield from _wrong_value(fields[key], value, spot)
        longest = lengths.get(key, {}).get("maxLength")
        if longest and isinstance(value, str) and len(value) > longest:
            yield f"{spot}: longer than {longest}"


def _wrong_value(schema: dict[str, Any], value: Any, spot: str):
    if "$ref" in schema:
        if isinstance(value, dict):
            yield from _wrong(schema["$ref"].rpartition("/")[2], value, spot)
        elif value is not None:
            yield f"{spot}: no object"
        return
    kind = _TYPES[schema["type"]]
    wrong_bool = isinstance(value, bool) and kind is not bool
    if value is not None and (wrong_bool or not isinstance(value, kind)):
        yield f"{spot}: {value!r} is no {schema['type']}"
    if schema["type"] == "array":
        for number, one in enumerate(value or ()):
            yield from _wrong_value(schema["items"], one, f"{spot}[{number}]")
    if value not in schema.get("enum", [value]):
        yield f"{spot}: {value!r} is not in the list"
