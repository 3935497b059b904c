# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What an answer, or an error, says of an operation."""

from __future__ import annotations

from typing import Any

from odoo.addons.ledger_connector_base.sync.contract import (
    DONE,
    EXISTS,
    GONE,
    REFUSED,
    UNCERTAIN,
    Operation,
    Result,
)
from odoo.addons.ledger_connector_base.transport.errors import (
    ConnectionFailed,
    LedgerError,
    VendorError,
)

from ..errors import NO_ACCESS, RULES, UNKNOWN_PATH
from .bodies import ADDRESS_LINES, ADDRESSES

Record = dict[str, Any]

#: What nobody filled in of an address that was just made.
_NEW_ADDRESS = {**dict.fromkeys(ADDRESS_LINES, ""), "version": 0}


# === ERRORS === #


def is_list_refused(error: VendorError) -> bool:
    """Tell whether a bulk call is not open to us, and nothing was done (§7: BETA)."""
    forbidden = error.status == 403 and error.code == NO_ACCESS
    unknown = error.status == 404 and error.code == UNKNOWN_PATH
    return forbidden or unknown or error.status == 405


def concerns_all(error: LedgerError) -> bool:
    """Tell whether *error* is no single operation's."""
    ours = isinstance(error, VendorError) and error.status not in (401, 403, None)
    return not ours or error.sent


def outcome_of(error: LedgerError) -> str:
    """Return what *error* says of a write, by the vendor's error table."""
    if error.sent:
        return UNCERTAIN
    details = (f"{one.field}: {one.message}" for one in error.problems)
    text = " ".join([error.message, *details])
    for rule in RULES:
        if rule.matches(error.code, error.status, text):
            return rule.outcome or REFUSED
    return REFUSED


def is_misplaced(operation: Operation, outcome: str) -> bool:
    """Tell whether *outcome* is not the operation's: something else is gone, or there.

    A new order's customer may be gone, a changed product's number be another one's.
    """
    return outcome == (GONE if operation.kind == "create" else EXISTS)


def not_tried(error: LedgerError) -> Result:
    """Return the result of an operation that came after *error* and was not sent."""
    if error.sent:
        error = ConnectionFailed("not sent: an earlier call was lost")
    return Result(REFUSED, error=error)


# === ANSWERS === #


def done(operation: Operation, answer: Record | None, paths: list[str]) -> Result:
    """Return the result of an operation that was answered with *answer*.

    :param paths: what a reading asks for: an answer that has it all is a record
    """
    answer = answer or {}
    record = completed(operation, answer)
    return Result(
        DONE,
        external_id=str(answer.get("id") or operation.external_id),
        version=str(answer.get("version", "")),
        record=record if all(has(record, path) for path in paths) else None,
    )


def completed(operation: Operation, answer: Record) -> Record:
    """Return *answer* with what was sent of the objects that it only names.

    (§4) References come as an id and an address.
    """
    record = dict(answer)
    for key, stub in answer.items():
        told = operation.whole.get(key)
        if isinstance(stub, dict) and isinstance(told, dict):
            record[key] = _merged(told, stub)
        if operation.kind == "create" and key in ADDRESSES and isinstance(stub, dict):
            blank = _NEW_ADDRESS if told else {**_NEW_ADDRESS, "country": None}
            record[key] = {**blank, **record[key]}
    return record


def _merged(told: Record, stub: Record) -> Record:
    """Return *stub* with what it lacks from *told*, also inside objects."""
    merged = {**told, **stub}
    for key in told.keys() & stub.keys():
        if isinstance(told[key], dict) and isinstance(stub[key], dict):
            merged[key] = _merged(told[key], stub[key])
    return merged


def has(value: Any, path: str) -> bool:
    """Tell whether *value* holds *path*, be it empty.

    >>> has({"lines": [{"tax": {"id": 3}}], "home": None}, "lines[].tax.id")
    True
    >>> has({"lines": [{"tax": None}], "home": None}, "home.city")
    True
    >>> has({"lines": [{"id": 3}]}, "lines[].tax.id")
    False
    """
    key, _dot, rest = path.replace("[]", "").partition(".")
    if value is None:
        return True
    if isinstance(value, list):
        return all(has(one, path) for one in value)
    if not isinstance(value, dict) or key not in value:
        return False
    return has(value[key], rest) if rest else True
