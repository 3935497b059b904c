# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What happens to a delivery: believed, read, stored. Answers are bare numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from psycopg2.errors import SerializationFailure
from werkzeug.datastructures import EnvironHeaders

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry

from . import alarm
from .line import Line
from .together import Together

#: Status codes.
STORED, UNREADABLE, FORGED, CLOSED = 200, 400, 401, 404
_TRIES = 5


@dataclass(frozen=True)
class Door:
    """The door of one connection, as it was found under its address.

    :param digest: of the token; the statement that stores asks for it again
    :param connector: of the vendor. It may be used after its transaction has ended:
        what is asked of it here looks at text only
    :param secret: what the vendor signs with
    :param readers: entities whose flows read a resource, by resource, comma-separated
    """

    digest: str
    connector: Any = field(repr=False)
    secret: str = field(repr=False)
    readers: Mapping[str, str]


class DeliveryHeaders(EnvironHeaders):
    """Headers of a delivery, by names in any case.

    Some vendors sign nothing and put what they have to say into the address
    (Uniconta §1.7), so its query comes along.
    """

    @property
    def query(self) -> str:
        """The address from its question mark on, still encoded."""
        return self.environ.get("QUERY_STRING", "")


def deliver(
    database: str,
    door: Door,
    headers: DeliveryHeaders,
    body: bytes,
    together: bool = False,
) -> int:
    """Store what a delivery says and let the lanes know.

    When this returns :data:`STORED` it is committed.

    :param together: with what comes at the same time. The caller must not hold a
        transaction of its own
    :return: HTTP status; :data:`CLOSED` when the door is not open any more
    """
    if not door.connector._verify_webhook(door.secret, headers, body):
        return FORGED
    try:
        notices = door.connector._parse_webhook(headers, body)
    except ValueError:
        return UNREADABLE
    item = (door, notices)
    if together:
        is_open, delay = _together(database).add(item)
    else:
        ((is_open, delay),) = _store(Registry(database).cursor, [item])
    if not is_open:
        return CLOSED
    if delay is not None:
        alarm.ring_after(database, delay)
    return STORED


_queues: dict[str, Together] = {}


def _together(database: str) -> Together:
    if database not in _queues:
        # Of two threads that come here first, both take what the first one put there.
        store = partial(_store, Line(database).cursor)
        _queues.setdefault(database, Together(store))
    return _queues[database]


def _store(
    cursor: Callable[[], AbstractContextManager], items: list[tuple[Door, list]]
) -> list[tuple]:
    for left in reversed(range(_TRIES)):
        try:
            with cursor() as cr:
                # Nobody is logged in: the statement looks at the door by itself.
                return api.Environment(cr, SUPERUSER_ID, {})["ledger.event"]._store(
                    items
                )
        except SerializationFailure:
            # Another process stores the same delivery: it has done so by now.
            if not left:
                raise
    raise AssertionError("unreachable")
