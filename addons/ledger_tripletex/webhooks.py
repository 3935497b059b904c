# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Events: what is subscribed to, and what a delivery says (§11)."""

from __future__ import annotations

import hmac
import json
from base64 import b64encode
from collections.abc import Iterable, Mapping
from hashlib import sha512
from typing import TYPE_CHECKING, Any

from odoo.addons.ledger_connector_base.sync.contract import Notice
from odoo.addons.ledger_connector_base.transport.errors import VendorError

from .writing.results import is_list_refused

if TYPE_CHECKING:
    from .client import TripletexClient

Record = dict[str, Any]

SIGNATURE = "x-request-signature"
DELIVERY = "idempotency-key"
PATH = "/event/subscription"
ACTIVE = "ACTIVE"
#: Small: the record is read again in any case, and deliveries may be read on the way.
FIELDS = "id,version"
#: Subjects of events by the entity of the flow that wants to know.
_SUBJECTS = {
    "partner": ("customer", "supplier", "contact"),
    "product": ("product",),
    "order": ("order",),
}
#: There is no event for a changed invoice; a group of closed postings, which a payment
#: makes, does not name its invoice.
_CHARGED = "invoice.charged"
_VERBS = ("create", "update", "delete")
_RESOURCES = frozenset(name for names in _SUBJECTS.values() for name in names)


# === WHAT ARRIVES === #


def is_genuine(secret: str, headers: Mapping[str, str], body: bytes) -> bool:
    """Tell whether the delivery was signed with *secret*; without one it is not.

    (§11) base64(HMAC-SHA512(secret, idempotency-key & "&" & body)).
    """
    lower = {name.lower(): value for name, value in headers.items()}
    signature = lower.get(SIGNATURE)
    if not secret or not signature:
        return False
    signed = f"{lower.get(DELIVERY) or ''}&".encode() + body
    digest = hmac.new(secret.encode(), signed, sha512).digest()
    return hmac.compare_digest(b64encode(digest), signature.strip().encode())


def notices(headers: Mapping[str, str], body: bytes) -> list[Notice]:
    """Return what the delivery says; nothing for events that concern nobody here.

    :raises ValueError: it is no delivery of Tripletex
    """
    data = json.loads(body)
    if not isinstance(data, dict) or not isinstance(data.get("event"), str):
        raise ValueError("the delivery names no event")
    subject, _dot, verb = data["event"].partition(".")
    known = subject in _RESOURCES and verb in _VERBS
    if not known and data["event"] != _CHARGED:
        return []
    if not str(data.get("id") or "").isdecimal():
        raise ValueError("the delivery names no record")
    lower = {name.lower(): value for name, value in headers.items()}
    return [
        Notice(
            subject,
            str(data["id"]),
            topic=data["event"],
            key=lower.get(DELIVERY) or "",
            deleted=verb == "delete",
        )
    ]


# === WHAT IS SUBSCRIBED TO === #


def events_of(entities: Iterable[str]) -> list[str]:
    """Return the events that flows of *entities* want to know of."""
    wanted = set(entities)
    events = [
        f"{subject}.{verb}"
        for entity, subjects in _SUBJECTS.items()
        if entity in wanted
        for subject in subjects
        for verb in _VERBS
    ]
    return [*events, _CHARGED] if wanted & {"invoice", "payment"} else events


def subscribe(
    client: TripletexClient, events: Iterable[str], address: str, secret: str
) -> int:
    """Make the subscriptions of *address* those to *events*; may be called again.

    :return: number of subscriptions that are alive now
    """
    wanted = list(dict.fromkeys(events))
    kept: dict[str, Record] = {}
    spare = []
    for one in _subscriptions(client, address):
        if one.get("event") in wanted and one["event"] not in kept:
            kept[one["event"]] = one
        else:
            spare.append(one["id"])
    _remove(client, spare)
    for one in kept.values():
        if one.get("status") != ACTIVE:
            _revive(client, one, secret)
    _add(client, [event for event in wanted if event not in kept], address, secret)
    return len(wanted)


def unsubscribe(client: TripletexClient, address: str) -> None:
    """Remove all subscriptions of *address*; those of others are left alone."""
    _remove(client, [one["id"] for one in _subscriptions(client, address)])


def _subscriptions(client: TripletexClient, address: str) -> list[Record]:
    fields = "id,version,event,targetUrl,status"
    pages = client.pages(PATH, fields=fields)
    rows = (row for page in pages for row in page.values)
    return [row for row in rows if row.get("targetUrl") == address]


def _revive(client: TripletexClient, one: Record, secret: str) -> None:
    # The secret as well: nobody can read which one is there.
    body = {"id": one["id"], "version": one.get("version"), "status": ACTIVE}
    client.put(f"{PATH}/{one['id']}", {**body, "hmacSharedSecret": secret})


def _add(client: TripletexClient, events: list[str], address: str, secret: str) -> None:
    bodies = [
        {
            "event": event,
            "targetUrl": address,
            "fields": FIELDS,
            "hmacSharedSecret": secret,
        }
        for event in events
    ]
    if not bodies:
        return
    try:
        client.post_many(PATH, bodies)
    except VendorError as error:
        if not is_list_refused(error):
            raise
        for body in bodies:
            client.post(PATH, body)


def _remove(client: TripletexClient, ids: list[int]) -> None:
    if not ids:
        return
    try:
        client.delete(f"{PATH}/list", {"ids": ids})
    except VendorError as error:
        if not is_list_refused(error):
            raise
        for number in ids:
            client.delete(f"{PATH}/{number}")
