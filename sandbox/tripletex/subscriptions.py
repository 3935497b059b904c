# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Calls about events and subscriptions to them (dossier §11)."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from ..wire import Request, Response
from . import errors
from .access import Caller
from .books import Books
from .endpoints import SUBSCRIPTIONS
from .events import ACTIVE, EVENTS, Events, model_of
from .fields import Record, projection
from .listing import Reader
from .routes import read_body, route
from .writing import Writer, bodies_of, ids_of

if TYPE_CHECKING:
    from .system import Tripletex

# kept out of every answer: name in the body, name in the record
SECRETS = {"hmacSharedSecret": "_secret", "authHeaderValue": "_auth"}
LONGEST_AUTH = 4096


class SubscriptionWriter(Writer):
    """Writes the subscriptions of the caller's employee token."""

    def __init__(self, system: Tripletex, caller: Caller) -> None:
        super().__init__(system, caller, "Subscription")
        self._postman = system.postman
        self._caller = caller

    def find(self, key: int) -> Record:
        """Return a subscription of this token; 404 / 6000 for anybody else's."""
        record = super().find(key)
        if not is_own(record, self._caller, self.settings):
            raise errors.not_found()
        return record

    def prepare(self, body: Record) -> Record:
        """Return the stored form of a new subscription."""
        values = super().prepare(body)
        self._check(values)
        secrets = {name: values.pop(key, "") for key, name in SECRETS.items()}
        token = self._caller.key.token
        mine = {"_token": token, "_company": self._caller.books.id, "_errors": 0}
        return {"fields": "", "status": ACTIVE, **values, **secrets, **mine}

    def change(self, record: Record, body: Record) -> None:
        """Change a subscription; one that is enabled again begins without errors."""
        values = self.prepared_change(record, body)
        for key, name in SECRETS.items():
            if values.pop(key, ""):
                record[name] = body[key]
        if values.get("status") == ACTIVE != record["status"]:
            record["_errors"] = 0
        self.intake.update(self.model, record, values)
        if record["status"] != ACTIVE:
            self._postman.drop(record["id"])

    def prepared_change(self, record: Record, body: Record) -> Record:
        """Return the stored form of a change, all rules kept."""
        values = super().prepared_change(record, body)
        self._check({**record, **values})
        return values

    def remove(self, record: Record) -> None:
        """End a subscription with what is on its way for it."""
        self.books.remove(self.model, record)
        self._postman.drop(record["id"])

    def _check(self, values: Record) -> None:
        """Raise 422 / 18000, or 400 / 11000 for `fields` the object does not have."""
        found = []
        event = values.get("event") or ""
        if event not in EVENTS:
            found.append(errors.message("Ukjent hendelse.", "event"))
        if not _is_allowed(values.get("targetUrl") or "", self.settings):
            text = "Må være en absolutt URL med HTTPS."
            found.append(errors.message(text, "targetUrl"))
        if values.get("status") not in (None, ACTIVE, "DISABLED"):
            found.append(errors.message("Kan ikke settes.", "status"))
        if len(values.get("authHeaderValue") or "") > LONGEST_AUTH:
            found.append(errors.message("For lang.", "authHeaderValue"))
        if found:
            raise errors.validation(*found)
        model = model_of(event)
        if model is not None:
            projection(model, values.get("fields") or "")


def is_own(record: Record, caller: Caller, settings: dict[str, Any]) -> bool:
    """Tell whether a subscription belongs to the caller's employee token."""
    if record["_token"] != caller.key.token:
        return False
    whole_key = settings["office_webhooks"] == "key"
    return whole_key or record["_company"] == caller.books.id


def _is_allowed(url: str, settings: dict[str, Any]) -> bool:
    try:
        address = urlsplit(url)
        host = address.hostname
    except ValueError:
        return False
    if not host or address.scheme not in ("http", "https"):
        return False
    rule = settings["webhook_http"]
    return (
        address.scheme == "https"
        or rule == "allowed"
        or (rule == "loopback" and _is_loopback(host))
    )


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@route("GET", "event/subscription")
def list_subscriptions(
    system: Tripletex, caller: Caller, request: Request, _values: Any
) -> Response:
    """List the subscriptions of the caller's token."""

    def mine(record: Record) -> bool:
        return is_own(record, caller, system.settings)

    return Reader(caller.books, system.settings).page(SUBSCRIPTIONS, request, mine)


@route("POST", "event/subscription")
def subscribe(
    system: Tripletex, caller: Caller, request: Request, _values: Any
) -> Response:
    """Make a subscription."""
    writer = SubscriptionWriter(system, caller)
    record = writer.create(writer.prepare(read_body(request)))
    return writer.answer(record, request, writer.created)


@route("GET", "event/subscription/{id}")
def read_subscription(
    system: Tripletex, caller: Caller, request: Request, values: Any
) -> Response:
    """Return one subscription."""
    writer = SubscriptionWriter(system, caller)
    return writer.answer(writer.find(int(values["id"])), request)


@route("PUT", "event/subscription/{id}")
def change_subscription(
    system: Tripletex, caller: Caller, request: Request, values: Any
) -> Response:
    """Change a subscription, or enable it again."""
    writer = SubscriptionWriter(system, caller)
    record = writer.find(int(values["id"]))
    writer.change(record, read_body(request))
    return writer.answer(record, request)


@route("DELETE", "event/subscription/{id}")
def unsubscribe(
    system: Tripletex, caller: Caller, _request: Request, values: Any
) -> Response:
    """End a subscription."""
    writer = SubscriptionWriter(system, caller)
    writer.remove(writer.find(int(values["id"])))
    return Response(204)


@route("POST", "event/subscription/list")
def subscribe_to_all(
    system: Tripletex, caller: Caller, request: Request, _values: Any
) -> Response:
    """Make several subscriptions."""
    writer = SubscriptionWriter(system, caller)
    made = writer.create_all(bodies_of(request))
    return writer.answer_list(made, request, writer.created)


@route("PUT", "event/subscription/list")
def change_subscriptions(
    system: Tripletex, caller: Caller, request: Request, _values: Any
) -> Response:
    """Change several subscriptions."""
    writer = SubscriptionWriter(system, caller)
    changed = writer.change_all(bodies_of(request))
    return writer.answer_list(changed, request)


@route("DELETE", "event/subscription/list")
def unsubscribe_from_all(
    system: Tripletex, caller: Caller, request: Request, _values: Any
) -> Response:
    """End several subscriptions."""
    writer = SubscriptionWriter(system, caller)
    records = [writer.find(key) for key in ids_of(request)]
    for record in records:
        writer.remove(record)
    return Response(204)


# events


@route("GET", "event", public=True)
def list_events(
    _system: Tripletex, _caller: None, _request: Request, _values: Any
) -> Response:
    """List what can be subscribed to; needs no login."""
    return Response.json({"value": {name: _describe(name) for name in EVENTS}})


@route("GET", "event/<event>")
def read_event(
    _system: Tripletex, caller: Caller, request: Request, values: Any
) -> Response:
    """Return an event with an example of what is delivered."""
    name = values["event"]
    if name not in EVENTS:
        raise errors.not_found()
    example = _example(caller.books, name, request.arg("fields") or "")
    model = model_of(name)
    found = {
        "name": name,
        **_describe(name),
        "payloadModel": model,
        "examples": [{"subscriptionId": 0, "event": name, **example}],
    }
    return Response.json({"value": found})


def _describe(event: str) -> dict[str, str]:
    subject, _dot, verb = event.partition(".")
    return {"description": f"Sent after {verb} of {subject}."}


def _example(books: Books, event: str, fields: str) -> Record:
    model = model_of(event)
    known = next(iter(books.table(model).records), None) if model else None
    if known is None:
        return {"id": 0, "value": None}
    return {"id": known, "value": Events.value(books, event, known, fields)}
