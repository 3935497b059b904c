# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What comes of writing: the id, the vendor's answer, and texts that were changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from .body import without_blanks
from .calls import Caller, Record, object_in
from .texts import Replaced, fit
from .values import id_of

if TYPE_CHECKING:
    from transport.exchange import Answer


class Written(NamedTuple):
    """What came of creating or changing a record.

    :param id: of the record
    :param data: the vendor's answer, mostly the whole record
    :param replaced: texts that were spelled otherwise, to be told to the user
    """

    id: str
    data: Record
    replaced: tuple[Replaced, ...]


def prepared(body: Mapping[str, Any]) -> tuple[Record, tuple[Replaced, ...]]:
    """Return *body* as it is sent, and what was changed in its texts (§1, §3.2).

    What is prepared stays as it is when it is prepared again, so that a preview and
    the call show the same.
    """
    fitted = fit(body)
    return without_blanks(fitted.body), fitted.replaced


def create(caller: Caller, path: str, body: Mapping[str, Any]) -> Written:
    """Create a record.

    :raises transport.errors.BadAnswer: no id came back; it may be there
    """
    data, replaced = prepared(body)
    answer = caller.tell("POST", path, data)
    return Written(id_in(caller, answer), object_in(caller.http, answer), replaced)


def change(
    caller: Caller, method: str, path: str, record_id: str, body: Mapping[str, Any]
) -> Written:
    """Change the record with this id; without an answer of its own it is ``{}``.

    :param path: of the list
    :raises ValueError: there is no id
    """
    known = needed(record_id)
    data, replaced = prepared(body)
    answer = caller.tell(method, f"{path}/{known}", data)
    found = answer.data if isinstance(answer.data, dict) else {}
    return Written(known, found, replaced)


def needed(record_id: Any) -> str:
    """Return *record_id* as text.

    :raises ValueError: it is empty or no id
    """
    if known := id_of(record_id):
        return known
    raise ValueError("the record needs its id")


def id_in(caller: Caller, answer: Answer) -> str:
    """Return the id of what *answer* says was made.

    :raises transport.errors.BadAnswer: there is none
    """
    data = answer.data if isinstance(answer.data, dict) else {}
    try:
        found = id_of(data.get("id"))
    except ValueError:
        found = ""
    if not found:
        raise caller.http.bad_answer(answer, "the answer names no id")
    return found
